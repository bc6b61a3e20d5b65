package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.DenseLayer;
import org.jspecify.annotations.Nullable;

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

    private final int inputs;
    private @Nullable LogDensities densities;

    Workspace(int rows, int inputs, int latent, int widest) {
        this.inputs = inputs;
        this.x = DenseLayer.room(rows, inputs);
        this.code = DenseLayer.room(rows, latent);
        this.logVariance = DenseLayer.room(rows, latent);
        this.even = DenseLayer.room(rows, widest);
        this.odd = DenseLayer.room(rows, widest);
    }

    /** Room for densities, made when it is first asked for. */
    LogDensities densities() {
        LogDensities made = densities;
        if (made == null) {
            made = new LogDensities(inputs);
            densities = made;
        }
        return made;
    }

    /** The number of examples that there is room for. */
    int rows() {
        return x.length;
    }
}
