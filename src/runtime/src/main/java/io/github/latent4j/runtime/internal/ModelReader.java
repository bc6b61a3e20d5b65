package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelFormatException;
import io.github.latent4j.runtime.ModelSpec;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads model files: a zip of known entries, of which nothing is deserialised as Java objects. The first entry says what all
 * others must be, so that nothing is believed that a file only declares.
 */
public final class ModelReader {
    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final List<String> FIRST = List.of(ModelDescription.ENTRY);
    private static final List<String> OTHERS =
            List.of(ModelDescription.BASELINE_ENTRY, ModelDescription.REFERENCE_ENTRY, CONFIGURATION, COEFFICIENTS);
    private static final Set<String> NUMBERS =
            Set.of(ModelDescription.BASELINE_ENTRY, ModelDescription.REFERENCE_ENTRY);
    private static final int MOST_CONFIGURATION = 64 << 20;

    private final StoredZipReader zip;
    private final ModelHeader header;
    private final Map<String, Integer> expected;
    private final Map<String, float[]> numbers = new HashMap<>();
    private float @Nullable [] parameters;

    private ModelReader(StoredZipReader zip, ModelHeader header) {
        this.zip = zip;
        this.header = header;
        this.expected = header.numbers();
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @return the model
     * @throws ModelFormatException if the content is no model
     * @throws IOException if it cannot be read
     */
    public static LatentModel read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ModelFormatException(file + ": found a folder, expected a model file");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return read(stream, file.toString());
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param stream the stream
     * @param name what messages call it
     * @return the model
     * @throws ModelFormatException if the content is no model
     * @throws IOException if it cannot be read
     */
    public static LatentModel read(InputStream stream, String name) throws IOException {
        try {
            StoredZipReader zip = new StoredZipReader(stream);
            return new ModelReader(zip, header(zip)).model();
        } catch (ModelFormatException e) {
            throw new ModelFormatException(name + ": " + e.getMessage(), e);
        }
    }

    private static ModelHeader header(StoredZipReader zip) throws IOException {
        StoredZipReader.Entry entry = zip.next(FIRST);
        if (entry == null) {
            throw missing(ModelDescription.ENTRY);
        }
        requireAtMost(ModelHeader.MOST_BYTES, entry);
        byte[] json = entry.readAllBytes();
        entry.requireUndamaged(null);
        return ModelHeader.parse(json);
    }

    private static void requireAtMost(int bytes, StoredZipReader.Entry entry) throws ModelFormatException {
        if (entry.left() > bytes) {
            throw new ModelFormatException(
                    "%s: found %d bytes, expected at most %d".formatted(entry.name(), entry.left(), bytes));
        }
    }

    private static ModelFormatException missing(String name) {
        return new ModelFormatException("found no entry %s, expected one".formatted(name));
    }

    private LatentModel model() throws IOException {
        List<String> left = new ArrayList<>(OTHERS);
        left.removeIf(name -> NUMBERS.contains(name) && !expected.containsKey(name));
        for (StoredZipReader.Entry entry = zip.next(left); entry != null; entry = zip.next(left)) {
            left.remove(entry.name());
            String checksum = checksum(entry.name());
            try {
                content(entry);
            } catch (ModelFormatException e) {
                entry.requireUndamaged(checksum); // rather than what is wrong, that it came to be so by damage
                throw e;
            }
            entry.requireUndamaged(checksum);
        }
        if (!left.isEmpty()) {
            throw missing(left.get(0));
        }
        if (parameters == null) {
            throw missing(COEFFICIENTS);
        }
        ModelDescription description = header.with(numbers);
        try {
            return LatentModel.of(description.spec(), parameters).withCard(description.card());
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException("%s: %s".formatted(COEFFICIENTS, e.getMessage()), e);
        }
    }

    private @Nullable String checksum(String name) throws ModelFormatException {
        Map<String, String> checksums = header.checksums();
        if (checksums == null) {
            return null;
        }
        String checksum = checksums.get(name);
        if (checksum == null) {
            throw new ModelFormatException("%s: field checksums.%s: found nothing, expected a checksum"
                    .formatted(ModelDescription.ENTRY, name));
        }
        return checksum;
    }

    private void content(StoredZipReader.Entry entry) throws IOException {
        switch (entry.name()) {
            case ModelDescription.BASELINE_ENTRY, ModelDescription.REFERENCE_ENTRY ->
                numbers.put(entry.name(), numbers(entry));
            case COEFFICIENTS -> parameters = coefficients(entry, header.bare().spec());
            default -> requireAtMost(MOST_CONFIGURATION, entry); // DL4J's own, which nothing here needs
        }
    }

    private float[] numbers(StoredZipReader.Entry entry) throws IOException {
        int count = Objects.requireNonNull(expected.get(entry.name()));
        if (entry.left() != (long) count * Float.BYTES) {
            throw new ModelFormatException("%s: found %d bytes, expected %d, as %s says"
                    .formatted(entry.name(), entry.left(), (long) count * Float.BYTES, ModelDescription.ENTRY));
        }
        return Floats.read(entry, count);
    }

    /**
     * Reads ND4J's array format: twice an allocation mode, a length, a type and values, all big-endian; first the shape,
     * then the parameters. The shape is the rank, then as many sizes, as many strides, and three numbers more.
     */
    private static float[] coefficients(StoredZipReader.Entry entry, ModelSpec spec) throws IOException {
        int expected = spec.layout().length();
        DataInputStream in = new DataInputStream(entry);
        long size = entry.left();
        try {
            long shapeLength = header(in, "LONG");
            long rank = in.readLong();
            if (rank < 1 || rank > 2 || shapeLength != 2 * rank + 4) {
                throw new ModelFormatException(
                        "%s: found an array of rank %d in a shape of %d numbers, expected rank 1 or 2 in 6 or 8"
                                .formatted(COEFFICIENTS, rank, shapeLength));
            }
            long first = rank == 1 ? 1 : in.readLong();
            long last = in.readLong();
            if (first != 1 || last != expected) {
                throw new ModelFormatException("%s: found %s parameters, expected %d as the specification says"
                        .formatted(COEFFICIENTS, first == 1 ? last : first + " x " + last, expected));
            }
            in.skipNBytes((rank + 3) * Long.BYTES);
            long length = header(in, "FLOAT");
            if (length != expected || entry.left() != (long) Float.BYTES * expected) {
                throw new ModelFormatException("%s: found %d parameters in %d bytes, expected %d in %d"
                        .formatted(COEFFICIENTS, length, entry.left(), expected, (long) Float.BYTES * expected));
            }
            return Floats.read(in, expected);
        } catch (EOFException | UTFDataFormatException e) {
            throw new ModelFormatException(
                    "%s: found %d bytes that end within a header, expected an ND4J array".formatted(COEFFICIENTS, size),
                    e);
        }
    }

    private static long header(DataInputStream in, String expectedType) throws IOException {
        in.readUTF(); // the allocation mode
        long length = in.readLong();
        String type = in.readUTF();
        if (!type.equals(expectedType)) {
            throw new ModelFormatException(
                    "%s: found values of type %s, expected %s".formatted(COEFFICIENTS, Quoted.of(type), expectedType));
        }
        return length;
    }
}
