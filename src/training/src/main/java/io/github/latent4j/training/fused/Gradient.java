package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.ParameterLayout.Block;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** One shard's gradient of all parameters, summed over its examples. What nothing writes stays 0. */
final class Gradient {
    private final FloatPointer outside;
    private final FloatBuffer view;

    Gradient(Memory memory, int length) {
        this.outside = memory.zeros(length);
        this.view = outside.asBuffer();
    }

    FloatPointer outside(Block block) {
        return new FloatPointer(outside).position(block.offset());
    }

    void put(int at, float[] values, int count) {
        view.put(at, values, 0, count);
    }

    /** Reads some values into the same places of an array of all. */
    void get(int from, float[] into, int count) {
        view.get(from, into, from, count);
    }
}
