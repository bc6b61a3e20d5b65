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

    /** Puts 0 where rows of the heap are NaN. */
    void fillMissing(int rows) {
        for (int i = 0; i < rows * width; i++) {
            if (Float.isNaN(values[i])) {
                values[i] = 0;
            }
        }
    }

    /** Brings rows of another array to the outside, 0 for NaN; leaves them on the heap if there is such a one. */
    void pushFilled(float[] from, int offset, int rows) {
        for (int i = offset; i < offset + rows * width; i++) {
            if (Float.isNaN(from[i])) {
                System.arraycopy(from, offset, values, 0, rows * width);
                fillMissing(rows);
                push(rows);
                return;
            }
        }
        push(from, offset, rows);
    }

    /** Brings rows from the outside to the heap. */
    void pull(int rows) {
        view.get(0, values, 0, rows * width);
    }
}
