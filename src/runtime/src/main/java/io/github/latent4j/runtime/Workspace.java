package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.DenseLayer;

/** Room for some examples on their way through a model: an array for each example at each stage. Used by one thread at a time. */
final class Workspace {
    /** The inputs. */
    final float[][] x;

    /** The codes; for a VAE the posterior's means. */
    final float[][] code;

    /** The posterior's log variances. */
    final float[][] logVariance;

    /** The results of layers, by turns. */
    final float[][] even;

    final float[][] odd;

    Workspace(int rows, int inputs, int latent, int widest) {
        this.x = DenseLayer.room(rows, inputs);
        this.code = DenseLayer.room(rows, latent);
        this.logVariance = DenseLayer.room(rows, latent);
        this.even = DenseLayer.room(rows, widest);
        this.odd = DenseLayer.room(rows, widest);
    }

    /** The number of examples that there is room for. */
    int rows() {
        return x.length;
    }
}
