package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelFormatException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads model files: a zip of known entries, of which nothing is deserialised as Java objects. */
public final class ModelReader {
    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final List<String> REQUIRED = List.of(ModelDescription.ENTRY, CONFIGURATION, COEFFICIENTS);
    private static final List<String> ENTRIES =
            List.of(ModelDescription.ENTRY, ModelDescription.BASELINE_ENTRY, CONFIGURATION, COEFFICIENTS);
    private static final int MOST_TEXT = 64 << 20;
    private static final int MOST_NUMBERS = Integer.MAX_VALUE - 64;

    /** What ND4J writes before the parameters is far shorter. */
    private static final int MOST_HEADERS = 4096;

    private static final int END_RECORD = 22;

    private ModelReader() {}

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
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
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
            Map<String, byte[]> entries = entries(stream);
            required(entries, CONFIGURATION);
            ModelDescription description = description(entries);
            float[] parameters = coefficients(
                    required(entries, COEFFICIENTS), description.spec().layout().length());
            return LatentModel.of(description.spec(), parameters).withCard(description.card());
        } catch (ModelFormatException | ZipException | EOFException e) {
            String reason = e instanceof ModelFormatException
                    ? e.getMessage()
                    : "found a damaged zip file, expected a whole one (%s)".formatted(e.getMessage());
            throw new ModelFormatException(name + ": " + reason, e);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException("%s: %s: %s".formatted(name, COEFFICIENTS, e.getMessage()), e);
        }
    }

    private static ModelDescription description(Map<String, byte[]> entries) throws ModelFormatException {
        return ModelDescription.parse(
                utf8(required(entries, ModelDescription.ENTRY)),
                Optional.ofNullable(entries.get(ModelDescription.BASELINE_ENTRY)));
    }

    private static Map<String, byte[]> entries(InputStream stream) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        Tail tail = new Tail(stream);
        ZipInputStream zip = new ZipInputStream(tail, StandardCharsets.UTF_8);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String entryName = entry.getName();
            if (!ENTRIES.contains(entryName)) {
                throw new ModelFormatException(
                        "found entry %s, expected %s alone".formatted(entryName, String.join(", ", ENTRIES)));
            }
            int most = most(entryName, entries);
            byte[] content = zip.readNBytes(most);
            if (zip.read() != -1) {
                throw new ModelFormatException(
                        "entry %s: found more than %d bytes, expected at most that".formatted(entryName, most));
            }
            if (entries.put(entryName, content) != null) {
                throw new ModelFormatException("found entry %s twice, expected it once".formatted(entryName));
            }
        }
        if (entries.isEmpty()) {
            throw new ModelFormatException("found no zip file, expected a model file");
        }
        tail.requireEndRecord();
        return entries;
    }

    /** How long an entry may be; of the parameters, no longer than the specification says, which comes before them. */
    private static int most(String name, Map<String, byte[]> before) throws ModelFormatException {
        if (name.endsWith(".json")) {
            return MOST_TEXT;
        }
        if (name.equals(COEFFICIENTS) && before.containsKey(ModelDescription.ENTRY)) {
            int parameters = description(before).spec().layout().length();
            return (int) Math.min(MOST_NUMBERS, MOST_HEADERS + (long) Float.BYTES * parameters);
        }
        return MOST_NUMBERS;
    }

    /** Remembers the last bytes of a stream, where a whole zip file has its end record. */
    private static final class Tail extends FilterInputStream {
        private final byte[] last = new byte[END_RECORD];
        private long count;

        Tail(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = super.read(into, offset, length);
            for (int i = Math.max(0, got - END_RECORD); i < got; i++) {
                last[(int) ((count + i) % END_RECORD)] = into[offset + i];
            }
            count += Math.max(0, got);
            return got;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        void requireEndRecord() throws IOException {
            transferTo(OutputStream.nullOutputStream());
            byte[] signature = {'P', 'K', 5, 6};
            for (int i = 0; i < signature.length; i++) {
                if (last[(int) ((count + i) % END_RECORD)] != signature[i]) {
                    throw new ZipException("no end record");
                }
            }
        }
    }

    private static byte[] required(Map<String, byte[]> entries, String name) throws ModelFormatException {
        byte[] content = entries.get(name);
        if (content == null) {
            throw new ModelFormatException(
                    "found no entry %s, expected %s".formatted(name, String.join(", ", REQUIRED)));
        }
        return content;
    }

    private static String utf8(byte[] bytes) throws ModelFormatException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(ModelDescription.ENTRY + ": found bytes that are no UTF-8", e);
        }
    }

    /**
     * Reads ND4J's array format: twice an allocation mode, a length, a type and values, all big-endian; first the shape,
     * then the parameters.
     */
    private static float[] coefficients(byte[] bytes, int expected) throws IOException {
        ByteArrayInputStream raw = new ByteArrayInputStream(bytes);
        DataInputStream in = new DataInputStream(raw);
        try {
            long shapeLength = header(in, "LONG");
            if (shapeLength < 0 || shapeLength > 100) {
                throw new ModelFormatException("%s: found shape information of %d numbers, expected at most 100"
                        .formatted(COEFFICIENTS, shapeLength));
            }
            in.skipNBytes(shapeLength * Long.BYTES);
            long length = header(in, "FLOAT");
            if (length != expected) {
                throw new ModelFormatException("%s: found %d parameters, expected %d as the specification says"
                        .formatted(COEFFICIENTS, length, expected));
            }
            long left = raw.available();
            if (left != 4L * expected) {
                throw new ModelFormatException(
                        "%s: found %d bytes of parameters, expected %d".formatted(COEFFICIENTS, left, 4L * expected));
            }
        } catch (EOFException | UTFDataFormatException e) {
            throw new ModelFormatException(
                    "%s: found %d bytes that end within a header, expected an ND4J array"
                            .formatted(COEFFICIENTS, bytes.length),
                    e);
        }
        float[] parameters = new float[expected];
        ByteBuffer.wrap(bytes, bytes.length - 4 * expected, 4 * expected)
                .asFloatBuffer()
                .get(parameters);
        return parameters;
    }

    private static long header(DataInputStream in, String expectedType) throws IOException {
        in.readUTF(); // the allocation mode
        long length = in.readLong();
        String type = in.readUTF();
        if (!type.equals(expectedType)) {
            throw new ModelFormatException("%s: found values of type %s, expected %s"
                    .formatted(COEFFICIENTS, type.length() > 20 ? type.substring(0, 20) : type, expectedType));
        }
        return length;
    }
}
