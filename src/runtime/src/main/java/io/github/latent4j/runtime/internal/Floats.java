package io.github.latent4j.runtime.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads big-endian floats, into an array that grows with what has come and not with what was promised. */
final class Floats {
    private static final int FIRST = 1 << 18;
    private static final int CHUNK_BYTES = 1 << 15;

    private Floats() {}

    static float[] read(InputStream in, int count) throws IOException {
        float[] values = new float[Math.min(count, FIRST)];
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        for (int read = 0; read < count; ) {
            int now = Math.min(count - read, CHUNK_BYTES / Float.BYTES);
            if (in.readNBytes(chunk.array(), 0, now * Float.BYTES) < now * Float.BYTES) {
                throw new EOFException("found fewer than %d numbers".formatted(count));
            }
            if (values.length - read < now) {
                values = Arrays.copyOf(values, (int) Math.min(count, 2L * values.length));
            }
            chunk.asFloatBuffer().get(values, read, now);
            read += now;
        }
        return values;
    }
}
