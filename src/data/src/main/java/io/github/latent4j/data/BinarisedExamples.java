package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import java.util.List;
import java.util.SplittableRandom;

/** Ones and zeros drawn from others' values, which are their probabilities. */
final class BinarisedExamples implements Examples {
    private final Examples source;
    private final long seed;

    BinarisedExamples(Examples source, long seed) {
        this.source = source;
        this.seed = seed;
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public InputContract input() {
        return source.input();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public String sha256() {
        return new Sha256().text(source.sha256()).text("binarised " + seed).hex();
    }

    @Override
    public void read(int[] indices, float[] values) {
        source.read(indices, values);
        int width = input().size();
        for (int r = 0; r < indices.length; r++) {
            SplittableRandom random = new SplittableRandom(Seeds.mix(seed, indices[r]));
            for (int i = r * width; i < (r + 1) * width; i++) {
                if (!(values[i] >= 0 && values[i] <= 1)) {
                    throw new IllegalArgumentException(
                            "%s: found %s in example %d at index %d, expected 0 to 1, a probability to draw from"
                                    .formatted(name(), values[i], indices[r], i - r * width));
                }
                values[i] = (random.nextInt() >>> 8) < values[i] * 0x1p24f ? 1 : 0;
            }
        }
    }

    @Override
    public List<String> labelNames() {
        return source.labelNames();
    }

    @Override
    public int label(int index) {
        return source.label(index);
    }

    @Override
    public List<Factor> factors() {
        return source.factors();
    }

    @Override
    public double factor(int index, int factor) {
        return source.factor(index, factor);
    }

    @Override
    public int origin(int index) {
        return source.origin(index);
    }

    @Override
    public void close() {
        // The source is closed by whoever opened it.
    }
}
