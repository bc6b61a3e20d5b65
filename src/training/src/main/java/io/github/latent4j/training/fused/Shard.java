package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.training.Step;

/**
 * A part of a batch: its buffers, its gradient and its losses. A step is {@link #encode}, then, once all shards have come so
 * far, {@link #learn}: between the two is what depends on the whole batch. For use by one thread at a time.
 */
abstract class Shard {
    final Gradient gradient;
    /** Sums over this shard's examples, of the step that was done last. */
    double reconstruction;

    double kl;
    /** The importance-weighted bound, where it is the objective. */
    double bound;
    /** A sum over this shard's examples for each unit of the code, of what the whole batch must know. */
    final double[] codeSums;

    int rows;

    Shard(Gradient gradient, int latent) {
        this.gradient = gradient;
        this.codeSums = new double[latent];
    }

    /**
     * Forward up to the code.
     *
     * @param step where the training stands
     * @param batch the whole batch
     * @param from the first row of this shard
     * @param count its rows, may be 0
     */
    abstract void encode(Step step, Matrix batch, int from, int count);

    /**
     * Forward from the code and all the way back.
     *
     * @param step where the training stands
     * @param batch the whole batch
     * @param from the first row of this shard
     * @param codeWeights what the whole batch says of each unit of the code; see the subclasses
     */
    abstract void learn(Step step, Matrix batch, int from, float[] codeWeights);
}
