package io.github.latent4j.training;

import io.github.latent4j.data.Seeds;

/**
 * Where a step stands in a training, and what the plan's schedules give it.
 *
 * @param phase index of the phase
 * @param epoch of the phase, from 0
 * @param index of the step in its epoch, from 0
 * @param taken steps taken in the phase before this one
 * @param learningRate at this step
 * @param klWeight of a VAE at this step, warm-up and β together
 * @param examples which examples of the training part the batch holds, in the batch's order; not to be changed
 */
public record Step(int phase, int epoch, int index, long taken, double learningRate, double klWeight, int[] examples) {
    // What a seed drawn from the plan's is for; the trainer and the engines have other numbers.
    private static final long EXAMPLE = 4;

    /**
     * The seed of an example's noise in this epoch, whichever batch it is in.
     *
     * @param planSeed the plan's seed
     * @param row of the batch
     * @return a seed
     */
    public long noiseSeed(long planSeed, int row) {
        return Seeds.mix(planSeed, EXAMPLE, phase, epoch, examples[row]);
    }
}
