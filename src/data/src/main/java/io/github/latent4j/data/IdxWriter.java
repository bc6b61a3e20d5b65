package io.github.latent4j.data;

import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Writes an IDX file, example by example; how many there will be need not be known before. A file whose name ends in
 * {@code .gz} is compressed.
 *
 * <p>The examples go into a file beside the target, which {@link #finish()} moves into place; a writer that is closed
 * without that leaves the target as it was. Not thread-safe.
 *
 * <pre>{@code
 * try (IdxWriter writer = IdxWriter.floats(Path.of("codes.idx"), 20)) {
 *     writer.write(codes);
 *     writer.finish();
 * }
 * }</pre>
 */
public final class IdxWriter implements Closeable {
    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final IdxType type;
    private final int[] exampleShape;
    private final StagedFile staged;
    private final FileChannel channel;
    private final ByteBuffer buffer;
    private final int width;
    private int examples;

    private IdxWriter(Path file, IdxType type, int... exampleShape) throws IOException {
        this.file = file;
        this.type = type;
        this.exampleShape = exampleShape.clone();
        for (int size : exampleShape) {
            if (size < 1) {
                throw new IllegalArgumentException("shape of an example: found %s, expected sizes of at least 1"
                        .formatted(Arrays.toString(exampleShape)));
            }
        }
        IdxHeader header = header(1);
        this.width = header.width();
        this.buffer = ByteBuffer.allocate(Math.max(BLOCK, header.exampleBytes()));
        this.staged = StagedFile.beside(file);
        this.channel = FileChannel.open(staged.path(), StandardOpenOption.WRITE);
        channel.position(header.bytes());
    }

    /**
     * Opens a file of unsigned bytes.
     *
     * @param file where it shall lie; replaced when it is there
     * @param exampleShape the sizes of an example, such as 28, 28; none for a file of rank 1, such as labels
     * @return a writer
     * @throws IllegalArgumentException if a size is below 1
     * @throws IOException if the folder is missing or cannot be written
     */
    public static IdxWriter bytes(Path file, int... exampleShape) throws IOException {
        return new IdxWriter(file, IdxType.UBYTE, exampleShape);
    }

    /**
     * Opens a file of 32-bit floats.
     *
     * @param file where it shall lie; replaced when it is there
     * @param exampleShape the sizes of an example, such as 20 for codes of 20 values
     * @return a writer
     * @throws IllegalArgumentException if a size is below 1
     * @throws IOException if the folder is missing or cannot be written
     */
    public static IdxWriter floats(Path file, int... exampleShape) throws IOException {
        return new IdxWriter(file, IdxType.FLOAT, exampleShape);
    }

    /** Opens a file of 32-bit whole numbers, one an example. */
    static IdxWriter labels(Path file) throws IOException {
        return new IdxWriter(file, IdxType.INT);
    }

    private IdxHeader header(int count) {
        List<Integer> shape = new ArrayList<>();
        shape.add(count);
        Arrays.stream(exampleShape).forEach(shape::add);
        return new IdxHeader(type, shape);
    }

    /**
     * Appends examples. Floats are written as they are. Bytes are pixels: a value of 0 becomes 0, one of 1 becomes 255,
     * others the nearest of the steps between, and what lies outside [0, 1] is clamped.
     *
     * @param rows one example a row
     * @throws IllegalArgumentException if the width is not that of an example
     * @throws IOException if the disk does not take it
     */
    public void write(Matrix rows) throws IOException {
        if (rows.columns() != width) {
            throw new IllegalArgumentException(
                    "%s: found %d values an example, expected %d".formatted(file, rows.columns(), width));
        }
        float[] values = rows.data();
        for (int r = 0; r < rows.rows(); r++) {
            startExample();
            for (int i = r * width; i < (r + 1) * width; i++) {
                if (type == IdxType.FLOAT) {
                    buffer.putFloat(values[i]);
                } else {
                    buffer.put((byte) Math.round(255 * Math.min(1, Math.max(0, values[i]))));
                }
            }
        }
    }

    /**
     * Appends one example of bytes.
     *
     * @param example its elements, each an unsigned byte
     * @throws IllegalArgumentException if the length is not that of an example
     * @throws IllegalStateException if this is a file of floats
     * @throws IOException if the disk does not take it
     */
    public void write(byte... example) throws IOException {
        if (type != IdxType.UBYTE) {
            throw new IllegalStateException(
                    "%s: found bytes, expected elements of type %s".formatted(file, type.text()));
        }
        if (example.length != width) {
            throw new IllegalArgumentException(
                    "%s: found %d values an example, expected %d".formatted(file, example.length, width));
        }
        startExample();
        buffer.put(example);
    }

    void writeLabel(int label) throws IOException {
        startExample();
        buffer.putInt(label);
    }

    private void startExample() throws IOException {
        examples = Math.addExact(examples, 1);
        if (buffer.remaining() < width * type.bytes()) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /**
     * Completes the file and moves it into place.
     *
     * @throws IllegalStateException if no example was written
     * @throws IOException if the disk does not take it
     */
    public void finish() throws IOException {
        if (examples == 0) {
            throw new IllegalStateException(file + ": found no example to write, expected at least one");
        }
        flush();
        channel.position(0);
        buffer.put(header(examples).encode());
        flush();
        channel.close();
        if (file.toString().endsWith(".gz")) {
            try (StagedFile compressed = StagedFile.beside(file)) {
                try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed.path()), BLOCK)) {
                    Files.copy(staged.path(), out);
                }
                compressed.place();
            }
        } else {
            staged.place();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        staged.close();
    }
}
