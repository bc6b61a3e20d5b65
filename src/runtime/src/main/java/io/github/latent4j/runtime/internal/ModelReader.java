package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelFormatException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads model files: a zip of known entries, of which nothing is deserialised as Java objects. */
public final class ModelReader {
    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final List<String> ENTRIES = List.of(ModelDescription.ENTRY, CONFIGURATION, COEFFICIENTS);
    private static final int MOST_JSON = 256 << 20;
    private static final int MOST_COEFFICIENTS = Integer.MAX_VALUE - 64;

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
            ModelDescription description = ModelDescription.parse(utf8(required(entries, ModelDescription.ENTRY)));
            float[] parameters = coefficients(
                    required(entries, COEFFICIENTS), description.spec().layout().length());
            return LatentModel.of(description.spec(), parameters).withCard(description.card());
        } catch (ModelFormatException | ZipException | EOFException | UTFDataFormatException e) {
            String reason = e instanceof ModelFormatException
                    ? e.getMessage()
                    : "found a damaged zip file, expected a whole one (%s)".formatted(e.getMessage());
            throw new ModelFormatException(name + ": " + reason, e);
        }
    }

    private static Map<String, byte[]> entries(InputStream stream) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        ZipInputStream zip = new ZipInputStream(stream, StandardCharsets.UTF_8);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String entryName = entry.getName();
            if (!ENTRIES.contains(entryName)) {
                throw new ModelFormatException(
                        "found entry %s, expected %s alone".formatted(entryName, String.join(", ", ENTRIES)));
            }
            int most = entryName.equals(COEFFICIENTS) ? MOST_COEFFICIENTS : MOST_JSON;
            byte[] content = zip.readNBytes(most);
            if (zip.read() != -1) {
                throw new ModelFormatException(
                        "entry %s: found more than %d bytes, expected fewer".formatted(entryName, most));
            }
            if (entries.put(entryName, content) != null) {
                throw new ModelFormatException("found entry %s twice, expected it once".formatted(entryName));
            }
        }
        if (entries.isEmpty()) {
            throw new ModelFormatException("found no zip file, expected a model file");
        }
        return entries;
    }

    private static byte[] required(Map<String, byte[]> entries, String name) throws ModelFormatException {
        byte[] content = entries.get(name);
        if (content == null) {
            throw new ModelFormatException(
                    "found no entry %s, expected %s".formatted(name, String.join(", ", ENTRIES)));
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
        for (int i = 0; i < expected; i++) {
            if (!Float.isFinite(parameters[i])) {
                throw new ModelFormatException("%s: found %s as parameter %d, expected a finite number"
                        .formatted(COEFFICIENTS, parameters[i], i));
            }
        }
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
