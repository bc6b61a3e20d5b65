package io.github.latent4j.training;

import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.Matrix;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;

/** Disturbs batches as a {@link Corruption} says. */
public final class InputCorruption {
    private InputCorruption() {}

    /**
     * Disturbs a batch.
     *
     * @param corruption how
     * @param batch one example a row, not changed
     * @param seeds decides the noise of each row
     * @return a new batch, or {@code batch} itself where there is no corruption
     */
    public static Matrix apply(Corruption corruption, Matrix batch, IntToLongFunction seeds) {
        if (corruption instanceof Corruption.None) {
            return batch;
        }
        Matrix result = Matrix.wrap(batch.rows(), batch.columns(), batch.data().clone());
        for (int r = 0; r < batch.rows(); r++) {
            apply(corruption, result.data(), r * batch.columns(), batch.columns(), seeds.applyAsLong(r));
        }
        return result;
    }

    /**
     * Disturbs an example in place.
     *
     * @param corruption how
     * @param values holds the example
     * @param from where it starts
     * @param count its values
     * @param seed decides the noise
     */
    public static void apply(Corruption corruption, float[] values, int from, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = from; i < from + count; i++) {
            if (corruption instanceof Corruption.Masking masking) {
                values[i] = random.nextDouble() < masking.probability() ? 0 : values[i];
            } else if (corruption instanceof Corruption.Gaussian gaussian) {
                values[i] += (float) (gaussian.standardDeviation() * random.nextGaussian());
            }
        }
    }
}
