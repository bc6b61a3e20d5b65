package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Examples in an IDX file, which is what every source that lies in files becomes. */
final class IdxExamples implements Examples {
    private final IdxFile file;
    private final InputContract input;
    private final String name;
    private final Labels labels;
    private final int[] origins;
    private volatile @Nullable String sha256;

    IdxExamples(IdxFile file, InputContract input, String name, Labels labels) {
        this(file, input, name, labels, new int[0]);
    }

    /**
     * Makes examples.
     *
     * @param origins where each example came from; empty if that is its index
     */
    IdxExamples(IdxFile file, InputContract input, String name, Labels labels, int[] origins) {
        this.file = file;
        this.input = input;
        this.name = name;
        this.labels = labels;
        this.origins = origins.clone();
    }

    /** Opens files as {@link Sources#idx(Path, Path)} says. */
    static Examples open(Path images, Optional<Path> labels, String name, Environment environment) throws IOException {
        IdxFile file = IdxFile.open(images, environment);
        try {
            Labels read = labels.isPresent() ? labels(labels.get(), file, environment) : Labels.NONE;
            return new IdxExamples(file, contract(file.header()), name, read);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Labels labels(Path path, IdxFile images, Environment environment) throws IOException {
        try (IdxFile labels = IdxFile.open(path, environment)) {
            if (labels.header().examples() != images.header().examples()) {
                throw new InvalidDataException("%s: byte 4: found %d labels, expected %d, one for each example of %s"
                        .formatted(
                                path,
                                labels.header().examples(),
                                images.header().examples(),
                                images.file()));
            }
            return Labels.ofNumbers(labels.readLabels(Labels.GREATEST));
        }
    }

    /** Bytes in two dimensions, or in three of which the last is 1 or 3, are images. */
    static InputContract contract(IdxHeader header) {
        List<Integer> shape = header.shape();
        if (header.type() == IdxType.UBYTE && header.rank() == 3) {
            return new InputContract.Image(shape.get(1), shape.get(2), 1);
        }
        if (header.type() == IdxType.UBYTE && header.rank() == 4 && (shape.get(3) == 1 || shape.get(3) == 3)) {
            return new InputContract.Image(shape.get(1), shape.get(2), shape.get(3));
        }
        return new InputContract.Vector(header.width());
    }

    @Override
    public int size() {
        return file.header().examples();
    }

    @Override
    public InputContract input() {
        return input;
    }

    @Override
    public String name() {
        return name;
    }

    /** The digest of the uncompressed file, followed by the labels and their names if there are any. */
    @Override
    public String sha256() {
        String known = sha256;
        if (known == null) {
            try {
                Sha256 digest = new Sha256();
                file.digest(digest);
                labels.digest(digest);
                known = digest.hex();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            sha256 = known;
        }
        return known;
    }

    @Override
    public void read(int[] indices, float[] into) {
        file.read(
                indices,
                input instanceof InputContract.Image ? IdxFile.SHARES : IdxFile.WHOLE,
                input instanceof InputContract.Table,
                into);
    }

    @Override
    public List<String> labelNames() {
        return labels.names();
    }

    @Override
    public int label(int index) {
        Objects.checkIndex(index, size());
        if (labels.isEmpty()) {
            throw new IllegalStateException(name + ": found no labels, expected some");
        }
        return labels.number(index);
    }

    @Override
    public int origin(int index) {
        Objects.checkIndex(index, size());
        return origins.length == 0 ? index : origins[index];
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
