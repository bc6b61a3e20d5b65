package io.github.latent4j.training;

import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.Matrix;
import java.util.SplittableRandom;

/** Disturbs batches as a {@link Corruption} says. */
public final class InputCorruption {
    private InputCorruption() {}

    /**
     * Disturbs a batch.
     *
     * @param corruption how
     * @param batch one example a row, not changed
     * @param seed decides the noise
     * @return a new batch, or {@code batch} itself where there is no corruption
     */
    public static Matrix apply(Corruption corruption, Matrix batch, long seed) {
        if (corruption instanceof Corruption.None) {
            return batch;
        }
        SplittableRandom random = new SplittableRandom(seed);
        Matrix result = Matrix.wrap(batch.rows(), batch.columns(), batch.data().clone());
        float[] values = result.data();
        for (int i = 0; i < values.length; i++) {
            if (corruption instanceof Corruption.Masking masking) {
                values[i] = random.nextDouble() < masking.probability() ? 0 : values[i];
            } else if (corruption instanceof Corruption.Gaussian gaussian) {
                values[i] += (float) (gaussian.standardDeviation() * random.nextGaussian());
            }
        }
        return result;
    }
}
