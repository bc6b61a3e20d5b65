package io.github.latent4j.data;

import io.github.latent4j.runtime.internal.StagedFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * An IDX file of which any example can be read without the others. Thread-safe: reads name their position and share no
 * state.
 */
final class IdxFile implements Closeable {
    /** Bytes as the numbers that they are. */
    static final float[] WHOLE = quotients(1);
    /** Bytes as shares of 255. */
    static final float[] SHARES = quotients(255);

    private static final int BLOCK = 1 << 18;

    private final Path file;
    private final Path plain;
    private final IdxHeader header;
    private final FileChannel channel;

    private IdxFile(Path file, Path plain, IdxHeader header, FileChannel channel) {
        this.file = file;
        this.plain = plain;
        this.header = header;
        this.channel = channel;
    }

    private static float[] quotients(float divisor) {
        float[] quotients = new float[256];
        for (int value = 0; value < quotients.length; value++) {
            quotients[value] = value / divisor;
        }
        return quotients;
    }

    /**
     * Opens a file, plain or gzip. What is gzip is uncompressed once into the cache, under the digest of the file.
     *
     * @throws InvalidDataException if the content is not that of a whole IDX file
     * @throws IOException if the file cannot be read or the cache cannot be written
     */
    static IdxFile open(Path file, Environment environment) throws IOException {
        Inputs.requireFile(file, "an IDX file");
        if (!Inputs.isGzip(file)) {
            return open(file, file);
        }
        Path plain = environment.spooled("gunzip-" + new Sha256().content(file).hex() + ".idx");
        if (!Files.exists(plain)) {
            gunzip(file, plain);
        }
        return open(file, plain);
    }

    private static IdxFile open(Path file, Path plain) throws IOException {
        FileChannel channel = FileChannel.open(plain, StandardOpenOption.READ);
        try {
            IdxHeader header = IdxHeader.read(Channels.newInputStream(channel), plain);
            requireLength(header, channel.size(), plain);
            return new IdxFile(file, plain, header, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void gunzip(Path file, Path plain) throws IOException {
        try (StagedFile staged = StagedFile.beside(plain);
                InputStream in = Inputs.open(file)) {
            IdxHeader header = IdxHeader.read(in, file);
            try (OutputStream out = Files.newOutputStream(staged.path())) {
                out.write(header.encode());
                byte[] block = new byte[BLOCK];
                long written = header.bytes();
                for (int read = in.read(block); read >= 0; read = in.read(block)) {
                    written += read;
                    if (written > header.fileBytes()) {
                        throw new InvalidDataException("%s: byte %d of the uncompressed content: found more bytes, "
                                        .formatted(file, header.fileBytes())
                                + "expected the end of " + header.text());
                    }
                    out.write(block, 0, read);
                }
                requireLength(header, written, file);
            }
            staged.place();
        }
    }

    private static void requireLength(IdxHeader header, long found, Path file) throws IOException {
        long expected = header.fileBytes();
        if (found < expected) {
            throw new InvalidDataException("%s: byte %d: found the end of the file, expected %d bytes: %s"
                    .formatted(file, found, expected, header.text()));
        }
        if (found > expected) {
            throw new InvalidDataException("%s: byte %d: found %d more bytes, expected the end of %s"
                    .formatted(file, expected, found - expected, header.text()));
        }
    }

    IdxHeader header() {
        return header;
    }

    /** The file that the user named. */
    Path file() {
        return file;
    }

    /** Adds the uncompressed file to a digest. */
    void digest(Sha256 digest) throws IOException {
        digest.content(plain);
    }

    /**
     * Reads examples. Neighbours in the file that are neighbours in the request are read together.
     *
     * @param indices from 0 to the number of examples − 1
     * @param bytes what the values of bytes are, unsigned, if the file holds bytes: {@link #WHOLE} or {@link #SHARES}
     * @param missing whether NaN may stand for a value that is missing
     * @param into receives one row an index
     * @throws IndexOutOfBoundsException if an index is out of range
     * @throws UncheckedIOException if the file cannot be read or a value is not finite as a float
     */
    void read(int[] indices, float[] bytes, boolean missing, float[] into) {
        int width = header.width();
        int rowBytes = header.exampleBytes();
        int most = Math.max(1, Math.min(indices.length, BLOCK / rowBytes));
        ByteBuffer buffer = ByteBuffer.allocate(rowBytes * most);
        try {
            for (int i = 0; i < indices.length; ) {
                int run = run(indices, i, most);
                long position = header.bytes() + (long) indices[i] * rowBytes;
                fill(buffer.clear().limit(run * rowBytes), position);
                decode(buffer.flip(), position, bytes, missing, into, i * width, run * width);
                i += run;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many of the indices count up from here. */
    private int run(int[] indices, int from, int most) {
        int first = Objects.checkIndex(indices[from], header.examples());
        int run = 1;
        while (run < most
                && from + run < indices.length
                && indices[from + run] == first + run
                && first + run < header.examples()) {
            run++;
        }
        return run;
    }

    private void fill(ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new InvalidDataException("%s: byte %d: found the end of the file, expected %d bytes: %s"
                        .formatted(file, position + buffer.position(), header.fileBytes(), header.text()));
            }
        }
    }

    private void decode(
            ByteBuffer buffer,
            long position,
            float[] byteValues,
            boolean missing,
            float[] values,
            int offset,
            int count)
            throws IOException {
        IdxType type = header.type();
        if (type == IdxType.UBYTE) {
            byte[] bytes = buffer.array();
            for (int i = 0; i < count; i++) {
                values[offset + i] = byteValues[bytes[i] & 0xff];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            double found = type.get(buffer);
            float value = (float) found;
            if (!Float.isFinite(value) && !(missing && Double.isNaN(found))) {
                throw new InvalidDataException("%s: byte %d: found %s, expected a finite number in the range of float"
                        .formatted(file, position + (long) i * type.bytes(), found));
            }
            values[offset + i] = value;
        }
    }

    /**
     * Reads a file of rank 1 that holds whole numbers.
     *
     * @throws InvalidDataException if the rank or the type is another, or a number is out of range
     */
    int[] readLabels(int most) throws IOException {
        if (header.rank() != 1 || !header.type().isInteger()) {
            throw new InvalidDataException(
                    "%s: byte 2: found %s, expected labels: rank 1, whole numbers".formatted(file, header.text()));
        }
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(header.fileBytes() - header.bytes()));
        fill(buffer, header.bytes());
        buffer.flip();
        int[] labels = new int[header.examples()];
        for (int i = 0; i < labels.length; i++) {
            int label = (int) header.type().get(buffer);
            if (label < 0 || label > most) {
                throw new InvalidDataException("%s: byte %d: found label %d, expected 0 to %d"
                        .formatted(
                                file, header.bytes() + (long) i * header.type().bytes(), label, most));
            }
            labels[i] = label;
        }
        return labels;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
