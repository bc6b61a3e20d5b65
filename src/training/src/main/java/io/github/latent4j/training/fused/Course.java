package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.ParameterLayout.Block;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingEngine.Phase;
import java.util.List;

/** What a phase trains, and the part of its objective that a single example cannot know. */
interface Course {
    Phase phase();

    /** The parameters that are trained. */
    List<Block> blocks();

    /** The units of the code. */
    int codeSize();

    Shard shard(Memory memory, Parameters parameters, int rows);

    /** Whether {@link #weigh} must come between encoding and learning, for it does not always say the same. */
    boolean waitsForTheBatch();

    /**
     * From the batch's mean of each unit's {@link Shard#codeSums} to its weight in {@link Shard#learn}.
     *
     * @param codeMeans one a unit
     * @param codeWeights receives one a unit
     * @return the part of the loss that follows from the means alone
     */
    double weigh(double[] codeMeans, float[] codeWeights);

    /**
     * The losses of a batch.
     *
     * @param reconstruction mean over its examples
     * @param kl mean over its examples
     * @param bound mean over its examples
     * @param codeLoss what {@link #weigh} gave
     */
    Losses losses(Step step, double reconstruction, double kl, double bound, double codeLoss);

    /** Puts parameters back into their bounds after a step. */
    default void keepWithinBounds(Parameters parameters) {}
}
