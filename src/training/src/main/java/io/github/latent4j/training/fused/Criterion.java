package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.Likelihood.Variance;
import io.github.latent4j.runtime.ParameterLayout.Block;
import java.util.Arrays;

/** The negative log likelihood of examples given the decoder's raw outputs, and its gradient. Of one shard. */
abstract sealed class Criterion {
    final int features;
    // An example at work: arrays that loops go through with one index, which is what the compiler vectorises.
    final float[] target;
    final float[] value;
    final float[] costs;

    Criterion(int features) {
        this.features = features;
        this.target = new float[features];
        this.value = new float[features];
        this.costs = new float[features];
    }

    /** The number of raw outputs that a product with weights gives. */
    int width() {
        return features;
    }

    /** Forgets gradients of the batch before. */
    void begin() {}

    /** Writes gradients of parameters that are no layer's. */
    void end(Gradient gradient) {}

    /**
     * The negative log likelihood of an example, in nats; the raw values become its gradient.
     *
     * @param x holds the example
     * @param xFrom where it starts
     * @param raw holds the raw values
     * @param rawFrom where they start
     */
    abstract double cost(float[] x, int xFrom, float[] raw, int rawFrom);

    /** Gives the gradient that {@link #cost} left the weight of its example in the loss. */
    void weigh(float[] raw, int rawFrom, float weight) {
        if (weight != 1) {
            for (int i = rawFrom; i < rawFrom + width(); i++) {
                raw[i] *= weight;
            }
        }
    }

    /** The same sum for any order of compilation: four running sums, then theirs. */
    final double sum() {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 4 <= features; i += 4) {
            a += costs[i];
            b += costs[i + 1];
            c += costs[i + 2];
            d += costs[i + 3];
        }
        for (; i < features; i++) {
            a += costs[i];
        }
        return (a + b) + (c + d);
    }

    static final class Bernoulli extends Criterion {
        private final BernoulliKernel bernoulli;

        Bernoulli(int features) {
            super(features);
            this.bernoulli = new BernoulliKernel(features);
        }

        @Override
        double cost(float[] x, int xFrom, float[] raw, int rawFrom) {
            System.arraycopy(x, xFrom, target, 0, features);
            System.arraycopy(raw, rawFrom, value, 0, features);
            bernoulli.derive(target, value, costs);
            System.arraycopy(value, 0, raw, rawFrom, features);
            return sum();
        }
    }

    /** Gaussians with variances that no example changes: given, or learned as the second half of the biases. */
    static final class Gaussian extends Criterion {
        private final Parameters parameters;
        private final int logVariances;
        private final boolean learned;
        private final float[] precisions;
        private final float[] varianceGradient;
        private double constant;

        Gaussian(int features, Parameters parameters, Block bias, boolean learned) {
            super(features);
            this.parameters = parameters;
            this.logVariances = bias.offset() + features;
            this.learned = learned;
            this.precisions = new float[features];
            this.varianceGradient = new float[features];
        }

        @Override
        void begin() {
            Arrays.fill(varianceGradient, 0);
            constant = 0.5 * features * Math.log(2 * Math.PI);
            for (int i = 0; i < features; i++) {
                float logVariance = parameters.values[logVariances + i];
                precisions[i] = (float) Math.exp(-logVariance);
                constant += 0.5 * logVariance;
            }
        }

        @Override
        double cost(float[] x, int xFrom, float[] raw, int rawFrom) {
            System.arraycopy(x, xFrom, target, 0, features);
            System.arraycopy(raw, rawFrom, value, 0, features);
            for (int i = 0; i < features; i++) {
                float difference = value[i] - target[i];
                value[i] = difference * precisions[i];
                costs[i] = 0.5f * difference * difference * precisions[i];
            }
            System.arraycopy(value, 0, raw, rawFrom, features);
            return constant + sum();
        }

        @Override
        void weigh(float[] raw, int rawFrom, float weight) {
            if (learned) {
                for (int i = 0; i < features; i++) {
                    float slope = raw[rawFrom + i];
                    varianceGradient[i] += weight * (0.5f - 0.5f * slope * slope / precisions[i]);
                }
            }
            super.weigh(raw, rawFrom, weight);
        }

        @Override
        void end(Gradient gradient) {
            if (learned) {
                gradient.put(logVariances, varianceGradient, features);
            }
        }
    }

    /** Gaussians whose log variances are the second half of the raw values, kept within bounds. */
    static final class GaussianPerExample extends Criterion {
        private final float min;
        private final float max;

        GaussianPerExample(int features, Variance.PerExample bounds) {
            super(features);
            this.min = (float) Math.log(bounds.min());
            this.max = (float) Math.log(bounds.max());
        }

        @Override
        int width() {
            return 2 * features;
        }

        @Override
        double cost(float[] x, int xFrom, float[] raw, int rawFrom) {
            for (int i = 0; i < features; i++) {
                float found = raw[rawFrom + features + i];
                float logVariance = Math.min(max, Math.max(min, found));
                float difference = raw[rawFrom + i] - x[xFrom + i];
                float slope = difference * (float) Math.exp(-logVariance);
                float cost = 0.5f * difference * slope;
                float spread = 0.5f - cost;
                // Beyond a bound only what leads back.
                boolean outwards = (found > max && spread < 0) || (found < min && spread > 0);
                raw[rawFrom + i] = slope;
                raw[rawFrom + features + i] = outwards ? 0 : spread;
                costs[i] = cost + 0.5f * logVariance;
            }
            return 0.5 * features * Math.log(2 * Math.PI) + sum();
        }
    }
}
