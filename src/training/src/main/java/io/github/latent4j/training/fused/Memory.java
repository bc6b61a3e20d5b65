package io.github.latent4j.training.fused;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Arrays outside the heap that are freed together. Not thread-safe. */
final class Memory implements AutoCloseable {
    private final List<FloatPointer> arrays = new ArrayList<>();

    /** An array of zeros. */
    FloatPointer zeros(int length) {
        FloatPointer array = new FloatPointer(length);
        Pointer.memset(array, 0, (long) length * Float.BYTES);
        arrays.add(array);
        return array;
    }

    /** An array of ones. */
    FloatPointer ones(int length) {
        FloatPointer array = zeros(length);
        for (int i = 0; i < length; i++) {
            array.put(i, 1);
        }
        return array;
    }

    @Override
    public void close() {
        arrays.forEach(Pointer::close);
        arrays.clear();
    }
}
