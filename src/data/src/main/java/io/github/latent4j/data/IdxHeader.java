package io.github.latent4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The start of an IDX file: two zero bytes, the element type, the rank, and as many big-endian sizes, of which the first is
 * the number of examples.
 */
record IdxHeader(IdxType type, List<Integer> shape) {
    private static final int MAGIC_BYTES = 4;

    IdxHeader {
        shape = List.copyOf(shape);
    }

    int rank() {
        return shape.size();
    }

    int examples() {
        return shape.get(0);
    }

    /** Values an example. */
    int width() {
        return shape.stream().skip(1).reduce(1, Math::multiplyExact);
    }

    int exampleBytes() {
        return Math.multiplyExact(width(), type.bytes());
    }

    /** The length of this header, where the first example starts. */
    int bytes() {
        return MAGIC_BYTES + Integer.BYTES * rank();
    }

    long fileBytes() {
        return bytes() + (long) examples() * exampleBytes();
    }

    String text() {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(" x ")) + " of " + type.text();
    }

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(bytes());
        buffer.putInt(type.code() << 8 | rank());
        shape.forEach(buffer::putInt);
        return buffer.array();
    }

    /**
     * Reads a header from the start of a stream.
     *
     * @param file what messages call the stream
     * @throws InvalidDataException if there is none
     */
    static IdxHeader read(InputStream in, Path file) throws IOException {
        byte[] magic = bytes(in, MAGIC_BYTES, 0, file, "an IDX file's magic number");
        if (magic[0] != 0 || magic[1] != 0) {
            throw new InvalidDataException(
                    "%s: byte 0: found 0x%02x%02x, expected 0x0000, with which every IDX file starts"
                            .formatted(file, magic[0], magic[1]));
        }
        IdxType type = IdxType.of(magic[2])
                .orElseThrow(() -> new InvalidDataException("%s: byte 2: found element type 0x%02x, expected one of %s"
                        .formatted(file, magic[2], IdxType.all())));
        int rank = magic[3] & 0xff;
        if (rank == 0) {
            throw new InvalidDataException("%s: byte 3: found rank 0, expected at least 1".formatted(file));
        }
        ByteBuffer sizes = ByteBuffer.wrap(bytes(in, rank * Integer.BYTES, MAGIC_BYTES, file, rank + " sizes"));
        long exampleBytes = type.bytes();
        for (int i = 0; i < rank; i++) {
            int size = sizes.getInt(i * Integer.BYTES);
            if (size < 1) {
                throw new InvalidDataException("%s: byte %d: found %s %d, expected 1 to %d"
                        .formatted(
                                file,
                                MAGIC_BYTES + i * Integer.BYTES,
                                i == 0 ? "a number of examples of" : "a size of",
                                size,
                                Integer.MAX_VALUE));
            }
            if (i > 0) {
                exampleBytes = exampleBytes * size;
                if (exampleBytes > Integer.MAX_VALUE) {
                    throw new InvalidDataException(
                            "%s: byte %d: found a size of %d, with which an example has %d bytes or more, expected at most %d"
                                    .formatted(
                                            file,
                                            MAGIC_BYTES + i * Integer.BYTES,
                                            size,
                                            exampleBytes,
                                            Integer.MAX_VALUE));
                }
            }
        }
        return new IdxHeader(
                type,
                IntStream.range(0, rank)
                        .map(i -> sizes.getInt(i * Integer.BYTES))
                        .boxed()
                        .toList());
    }

    private static byte[] bytes(InputStream in, int count, int offset, Path file, String expected) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new InvalidDataException("%s: byte %d: found the end of the file, expected %s in bytes %d to %d"
                    .formatted(file, offset + bytes.length, expected, offset, offset + count - 1));
        }
        return bytes;
    }
}
