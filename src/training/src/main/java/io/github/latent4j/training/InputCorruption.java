package io.github.latent4j.training;

import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Disturbs batches as a {@link Corruption} says. */
public final class InputCorruption {
    private InputCorruption() {}

    /**
     * What masking takes as one: the features of a category together, each other feature for itself.
     *
     * @param spec of the model that is trained
     * @return numbers of features, which add up to those of an example
     */
    public static int[] cells(ModelSpec spec) {
        if (!(spec instanceof VaeSpec vae && vae.likelihood() instanceof Likelihood.Mixed mixed)) {
            return singles(spec.inputs());
        }
        return mixed.blocks().stream()
                .flatMapToInt(block -> block.likelihood() instanceof Likelihood.Categorical
                        ? IntStream.of(block.features())
                        : IntStream.generate(() -> 1).limit(block.features()))
                .toArray();
    }

    /**
     * Cells of one feature each.
     *
     * @param features how many
     * @return as many ones
     */
    public static int[] singles(int features) {
        int[] cells = new int[features];
        Arrays.fill(cells, 1);
        return cells;
    }

    /**
     * Disturbs a batch.
     *
     * @param corruption how
     * @param cells the features of each cell; see {@link #cells}
     * @param batch one example a row, not changed
     * @param seeds decides the noise of each row
     * @return a new batch, or {@code batch} itself where there is no corruption
     */
    public static Matrix apply(Corruption corruption, int[] cells, Matrix batch, IntToLongFunction seeds) {
        if (corruption instanceof Corruption.None) {
            return batch;
        }
        Matrix result = Matrix.wrap(batch.rows(), batch.columns(), batch.data().clone());
        for (int r = 0; r < batch.rows(); r++) {
            apply(corruption, cells, result.data(), r * batch.columns(), seeds.applyAsLong(r));
        }
        return result;
    }

    /**
     * Disturbs an example in place.
     *
     * @param corruption how
     * @param cells the features of each cell; see {@link #cells}
     * @param values holds the example
     * @param from where it starts
     * @param seed decides the noise
     */
    public static void apply(Corruption corruption, int[] cells, float[] values, int from, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int at = from;
        for (int features : cells) {
            if (corruption instanceof Corruption.Masking masking) {
                if (random.nextDouble() < masking.probability()) {
                    Arrays.fill(values, at, at + features, 0);
                }
            } else if (corruption instanceof Corruption.Gaussian gaussian) {
                for (int i = at; i < at + features; i++) {
                    values[i] += (float) (gaussian.standardDeviation() * random.nextGaussian());
                }
            }
            at += features;
        }
    }
}
