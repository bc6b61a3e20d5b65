package io.github.latent4j.data;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a UTF-8 file, plain or gzip, that end with LF or CR LF. Bytes that are no UTF-8 are told with their line. */
final class Utf8Lines implements Closeable {
    private static final int BLOCK = 1 << 16;
    private static final int LONGEST = 1 << 24;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private int position;
    private int filled;
    private long number;

    private Utf8Lines(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    static Utf8Lines open(Path file) throws IOException {
        return new Utf8Lines(file, Inputs.open(file));
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** The next line without its end, or null behind the last. */
    @Nullable
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean any = false;
        while (fill()) {
            if (!any) {
                number++;
                any = true;
            }
            int end = position;
            while (end < filled && block[end] != '\n') {
                end++;
            }
            line.write(block, position, end - position);
            if (line.size() > LONGEST) {
                throw new InvalidDataException("%s: line %d: found more than %d bytes, expected a line of a table"
                        .formatted(file, number, LONGEST));
            }
            position = Math.min(end + 1, filled);
            if (end < filled) {
                break;
            }
        }
        return any ? decode(line.toByteArray()) : null;
    }

    private boolean fill() throws IOException {
        if (position == filled) {
            position = 0;
            filled = Math.max(0, in.read(block, 0, block.length));
        }
        return filled > 0;
    }

    private String decode(byte[] line) throws IOException {
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidDataException(
                    "%s: line %d, byte %d: found 0x%02x, expected UTF-8"
                            .formatted(file, number, bytes.position() + 1, line[bytes.position()]),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
