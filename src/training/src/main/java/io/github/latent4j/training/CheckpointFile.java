package io.github.latent4j.training;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.runtime.internal.JsonFields;
import io.github.latent4j.runtime.internal.StagedFile;
import io.github.latent4j.runtime.internal.StoredZip;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Checkpoints as files: a zip without compression, of {@code checkpoint.json} and one entry an array, whose values are
 * big-endian floats.
 */
final class CheckpointFile {
    private static final String JSON_ENTRY = "checkpoint.json";
    private static final String ARRAY_SUFFIX = ".bin";
    private static final int MOST_TEXT = 64 << 20;
    private static final int MOST_VALUES = (Integer.MAX_VALUE - 64) / Float.BYTES;

    private CheckpointFile() {}

    /**
     * Writes a checkpoint beside its place and moves it there.
     *
     * @throws IOException if it cannot be written; nothing else has changed then
     */
    static void write(Checkpoint checkpoint, Path file) throws IOException {
        try (StagedFile staged = StagedFile.beside(file)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(staged.path()))) {
                StoredZip zip = new StoredZip(out);
                zip.add(JSON_ENTRY, checkpoint.toJson().getBytes(StandardCharsets.UTF_8));
                for (Map.Entry<String, float[]> array : checkpoint.arrays().entrySet()) {
                    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(array.getValue().length, Float.BYTES));
                    bytes.asFloatBuffer().put(array.getValue());
                    zip.add(array.getKey() + ARRAY_SUFFIX, bytes.array());
                }
                zip.finish();
            }
            staged.place();
        }
    }

    /**
     * Reads a checkpoint.
     *
     * @throws IOException if it cannot be read or is not whole; the message names the file
     */
    static Checkpoint read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            JsonFields root = json(zip);
            Map<String, Integer> lengths = Checkpoint.lengths(root);
            if (zip.size() != lengths.size() + 1) {
                throw new IllegalArgumentException("found %d entries, expected %s and %d arrays"
                        .formatted(zip.size(), JSON_ENTRY, lengths.size()));
            }
            Map<String, float[]> arrays = new LinkedHashMap<>();
            for (Map.Entry<String, Integer> array : lengths.entrySet()) {
                arrays.put(array.getKey(), array(zip, array.getKey() + ARRAY_SUFFIX, array.getValue()));
            }
            return Checkpoint.of(root, arrays);
        } catch (ZipException | EOFException e) {
            throw new IOException(
                    "%s: found a damaged zip file, expected a whole checkpoint (%s)".formatted(file, e.getMessage()),
                    e);
        } catch (IllegalArgumentException e) {
            throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static JsonFields json(ZipFile zip) throws IOException {
        ZipEntry entry = entry(zip, JSON_ENTRY);
        if (entry.getSize() > MOST_TEXT) {
            throw new IllegalArgumentException(
                    "entry %s: found %d bytes, expected at most %d".formatted(JSON_ENTRY, entry.getSize(), MOST_TEXT));
        }
        String text = new String(content(zip, entry), StandardCharsets.UTF_8);
        try {
            return new JsonFields("", Objects.requireNonNullElse(JSON.std.mapFrom(text), Map.of()));
        } catch (IOException e) {
            throw new IllegalArgumentException("entry %s: found text that is no JSON".formatted(JSON_ENTRY), e);
        }
    }

    private static float[] array(ZipFile zip, String name, int length) throws IOException {
        ZipEntry entry = entry(zip, name);
        if (length < 0 || length > MOST_VALUES || entry.getSize() != (long) length * Float.BYTES) {
            throw new IllegalArgumentException("entry %s: found %d bytes, expected %d numbers of 4 bytes"
                    .formatted(name, entry.getSize(), length));
        }
        ByteBuffer content = ByteBuffer.wrap(content(zip, entry));
        float[] values = new float[length];
        content.asFloatBuffer().get(values);
        return values;
    }

    /** An entry without compression, so that it is no larger than the file. */
    private static ZipEntry entry(ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IllegalArgumentException("found no entry %s, expected one".formatted(name));
        }
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new IllegalArgumentException("entry %s: found it compressed, expected it as it is".formatted(name));
        }
        return entry;
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes(Math.toIntExact(entry.getSize()));
            CRC32 checksum = new CRC32();
            checksum.update(content);
            if (content.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
                throw new IllegalArgumentException(
                        "entry %s: found bytes that its checksum does not fit, expected those that were written"
                                .formatted(entry.getName()));
            }
            return content;
        }
    }
}
