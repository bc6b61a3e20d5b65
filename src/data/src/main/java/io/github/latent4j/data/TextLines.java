package io.github.latent4j.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, plain or gzip, that end with LF or CR LF. What is wrong with a line is told with the line, and the
 * reading goes on behind it.
 */
final class TextLines implements Closeable {
    private static final int BLOCK = 1 << 16;
    private static final int LONGEST = 1 << 24;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final Charset charset;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
    private final CharBuffer chars = CharBuffer.allocate(BLOCK).flip();
    private final StringBuilder line = new StringBuilder();
    private boolean ended;
    /** A byte that could not be decoded and stands behind the characters, or −1. */
    private int malformed = -1;

    private long number;

    private TextLines(InputStream in, Charset wanted) throws IOException {
        this.in = in;
        more();
        this.charset = wanted.equals(StandardCharsets.UTF_8) ? marked(wanted) : wanted;
        this.decoder = charset.newDecoder();
    }

    /**
     * A line.
     *
     * @param number from 1
     * @param text without its end
     * @param problem what is wrong with it, with the place in the line; null if nothing is
     */
    record Line(long number, String text, @Nullable String problem) {}

    static TextLines open(Path file, Charset charset) throws IOException {
        InputStream in = Inputs.open(file);
        try {
            return new TextLines(in, charset);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** The encoding that a byte order mark of UTF-16 tells. */
    private Charset marked(Charset otherwise) {
        int mark = bytes.remaining() < 2 ? 0 : bytes.getShort(0) & 0xffff;
        return mark == 0xfeff ? StandardCharsets.UTF_16BE : mark == 0xfffe ? StandardCharsets.UTF_16LE : otherwise;
    }

    /** The next line, or null behind the last. */
    @Nullable
    Line next() throws IOException {
        line.setLength(0);
        String problem = null;
        boolean any = false;
        while (fill()) {
            if (!any) {
                any = true;
                number++;
            }
            if (!chars.hasRemaining()) {
                problem = problem == null ? malformed() : problem;
                malformed = -1;
                continue;
            }
            char[] block = chars.array();
            int from = chars.position();
            int end = from;
            while (end < chars.limit() && block[end] != '\n') {
                end++;
            }
            boolean whole = end < chars.limit();
            if (line.length() + end - from > LONGEST) {
                problem = "found more than %d characters, expected a line of a table".formatted(LONGEST);
                line.setLength(0);
            } else {
                line.append(block, from, end - from);
            }
            chars.position(whole ? end + 1 : end);
            if (whole) {
                break;
            }
        }
        return any ? new Line(number, text(), problem == null && number == 1 ? zero() : problem) : null;
    }

    private String text() {
        int length = line.length();
        boolean carriage = length > 0 && line.charAt(length - 1) == '\r';
        boolean mark = number == 1 && length > 0 && line.charAt(0) == BYTE_ORDER_MARK;
        return line.substring(mark ? 1 : 0, carriage ? length - 1 : length);
    }

    private String malformed() {
        return "byte %d: found 0x%02x, expected %s"
                .formatted(line.toString().getBytes(charset).length + 1, malformed, charset.name());
    }

    private @Nullable String zero() {
        int zero = line.indexOf("\0");
        return zero < 0
                ? null
                : "byte %d: found 0x00, expected text in %s; UTF-16 without a byte order mark has to be named"
                        .formatted(line.substring(0, zero).getBytes(charset).length + 1, charset.name());
    }

    /** Decodes more characters once there are none left. False at the end of the file. */
    private boolean fill() throws IOException {
        if (chars.hasRemaining() || malformed >= 0) {
            return true;
        }
        chars.clear();
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, ended);
            if (result.isError()) {
                malformed = bytes.get(bytes.position()) & 0xff;
                bytes.position(bytes.position() + result.length());
                decoder.reset();
                break;
            }
            if (chars.position() > 0 || ended) {
                break;
            }
            bytes.compact();
            more();
        }
        chars.flip();
        return chars.hasRemaining() || malformed >= 0;
    }

    private void more() throws IOException {
        int read = in.readNBytes(bytes.array(), bytes.position(), bytes.remaining());
        ended = read == 0;
        bytes.position(bytes.position() + read).flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
