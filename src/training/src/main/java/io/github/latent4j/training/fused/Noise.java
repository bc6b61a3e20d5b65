package io.github.latent4j.training.fused;

import io.github.latent4j.training.Step;
import java.util.SplittableRandom;

/** Where the standard normal numbers of a VAE's draws come from. */
interface Noise {
    /**
     * Draws the noise of one example: all its samples, one after the other.
     *
     * @param step where the training stands
     * @param row of the batch
     * @param into receives the numbers
     * @param from where
     * @param count how many
     */
    void draw(Step step, int row, float[] into, int from, int count);

    /** Noise that depends on the plan's seed, the epoch and the example alone. */
    static Noise seeded(long seed) {
        return (step, row, into, from, count) -> {
            SplittableRandom random = new SplittableRandom(step.noiseSeed(seed, row));
            for (int i = from; i < from + count; i++) {
                into[i] = (float) random.nextGaussian();
            }
        };
    }
}
