package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.runtime.ParameterLayout.Block;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** The flat parameter vector on the heap, with a twin outside whose weights OpenBLAS reads. */
final class Parameters {
    final ParameterLayout layout;
    final float[] values;
    private final FloatPointer outside;
    private final FloatBuffer view;

    Parameters(Memory memory, ParameterLayout layout, float[] start) {
        this.layout = layout;
        this.values = start.clone();
        this.outside = memory.zeros(values.length);
        this.view = outside.asBuffer();
        push(0, values.length);
    }

    /** Brings values from the heap to the outside. */
    void push(int from, int count) {
        view.put(from, values, from, count);
    }

    /** Where a block stands outside. */
    FloatPointer outside(Block block) {
        return new FloatPointer(outside).position(block.offset());
    }
}
