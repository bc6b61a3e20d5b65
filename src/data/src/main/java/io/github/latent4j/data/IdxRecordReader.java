package io.github.latent4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.datavec.api.split.InputSplit;

/**
 * Reads an IDX file, plain or gzip, of any element type and rank, for DataVec; see {@link Sources#idx(Path, Path)}. The split
 * names one file.
 *
 * <pre>{@code
 * RecordReader reader = new IdxRecordReader(Path.of("train-labels-idx1-ubyte.gz"));
 * reader.initialize(new FileSplit(new File("train-images-idx3-ubyte.gz")));
 * }</pre>
 */
public final class IdxRecordReader extends ExamplesRecordReader {
    private static final long serialVersionUID = 1;

    private final transient Optional<Path> labels;
    private transient Path file = Path.of("");

    /** Makes a reader without labels. */
    public IdxRecordReader() {
        this.labels = Optional.empty();
    }

    /**
     * Makes a reader with labels.
     *
     * @param labels an IDX file of rank 1 with a whole number for each example
     */
    public IdxRecordReader(Path labels) {
        this.labels = Optional.of(labels);
    }

    @Override
    Examples open(InputSplit split) throws IOException {
        file = onlyFile(split);
        return IdxExamples.open(file, labels, Sources.fileName(file), Environment.ofProcess());
    }

    @Override
    Path origin(int index) {
        return file;
    }
}
