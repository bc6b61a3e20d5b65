package io.github.latent4j.training.fused;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Row-major values of some examples, twice: on the heap, where Java's loops are fast, and outside of it, where OpenBLAS can
 * take them without a copy of its own. Who writes one of the two brings it to the other. For use by one thread at a time.
 */
final class Batch {
    final int width;
    final float[] values;
    final FloatPointer outside;
    private final FloatBuffer view;

    Batch(Memory memory, int rows, int width) {
        this.width = width;
        this.values = new float[Math.multiplyExact(rows, width)];
        this.outside = memory.zeros(values.length);
        this.view = outside.asBuffer();
    }

    /** Brings rows from the heap to the outside. */
    void push(int rows) {
        push(values, 0, rows);
    }

    /** Brings rows of another array to the outside. */
    void push(float[] from, int offset, int rows) {
        view.put(0, from, offset, rows * width);
    }

    /** Brings rows from the outside to the heap. */
    void pull(int rows) {
        view.get(0, values, 0, rows * width);
    }
}
