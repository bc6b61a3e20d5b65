package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Likelihood.Variance;
import java.util.Arrays;

/**
 * The negative log likelihood of examples given the decoder's raw outputs, and its gradient. Of one shard. A missing value,
 * NaN, costs nothing and has the gradient 0.
 */
abstract sealed class Criterion {
    final int features;
    // An example at work: arrays that loops go through with one index, which is what the compiler vectorises.
    final float[] target;
    final float[] value;
    final float[] costs;

    /** Whether the example at work lacks values. */
    boolean incomplete;

    Criterion(int features) {
        this.features = features;
        this.target = new float[features];
        this.value = new float[features];
        this.costs = new float[features];
    }

    /**
     * The criterion of a likelihood.
     *
     * @param likelihood any
     * @param features of an example, or of a block
     * @param parameters of which the learned variances are read
     * @param bias where those of the raw outputs stand
     */
    static Criterion of(Likelihood likelihood, int features, Parameters parameters, int bias) {
        if (likelihood instanceof Likelihood.Mixed mixed) {
            return new Mixed(mixed, parameters, bias);
        }
        if (likelihood instanceof Likelihood.Categorical) {
            return new Categorical(features);
        }
        if (!(likelihood instanceof Likelihood.Gaussian gaussian)) {
            return new Bernoulli(features);
        }
        return gaussian.variance() instanceof Variance.PerExample bounds
                ? new GaussianPerExample(features, bounds)
                : new Gaussian(
                        features, parameters, bias + features, gaussian.variance() instanceof Variance.PerFeature);
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

    /**
     * The sum of the costs of what is there. Where an example lacks values, which shows in a sum that is no number, their
     * costs and their places in {@link #value} become 0.
     */
    final double sumOfPresent() {
        double sum = sum();
        incomplete = Double.isNaN(sum);
        if (!incomplete) {
            return sum;
        }
        for (int i = 0; i < features; i++) {
            if (Float.isNaN(target[i])) {
                costs[i] = 0;
                value[i] = 0;
            }
        }
        return sum();
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
            double sum = sumOfPresent();
            System.arraycopy(value, 0, raw, rawFrom, features);
            return sum;
        }
    }

    /** One of several categories: ln Σ exp a − a of the category, up to the largest a, lest an exponential overflows. */
    static final class Categorical extends Criterion {
        Categorical(int features) {
            super(features);
        }

        @Override
        double cost(float[] x, int xFrom, float[] raw, int rawFrom) {
            if (Float.isNaN(x[xFrom])) {
                Arrays.fill(raw, rawFrom, rawFrom + features, 0);
                return 0;
            }
            System.arraycopy(x, xFrom, target, 0, features);
            System.arraycopy(raw, rawFrom, value, 0, features);
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < features; i++) {
                largest = Math.max(largest, value[i]);
            }
            double total = 0;
            for (int i = 0; i < features; i++) {
                costs[i] = target[i] * (largest - value[i]);
                value[i] = (float) Math.exp(value[i] - largest);
                total += value[i];
            }
            float share = (float) (1 / total);
            float logTotal = (float) Math.log(total);
            for (int i = 0; i < features; i++) {
                costs[i] += target[i] * logTotal;
                value[i] = value[i] * share - target[i];
            }
            System.arraycopy(value, 0, raw, rawFrom, features);
            return sum();
        }
    }

    /** Blocks of features, each with a criterion of its own, over all raw outputs that DL4J's layer has for them. */
    static final class Mixed extends Criterion {
        private final Criterion[] parts;
        private final int[] parameters;
        private final int width;

        Mixed(Likelihood.Mixed likelihood, Parameters values, int bias) {
            super(likelihood.features());
            int count = likelihood.blocks().size();
            this.parts = new Criterion[count];
            this.parameters = new int[count];
            int sum = 0;
            for (int b = 0; b < count; b++) {
                Likelihood.Block block = likelihood.blocks().get(b);
                parts[b] = of(block.likelihood(), block.features(), values, bias + sum);
                parameters[b] = block.parameters();
                sum += parameters[b];
            }
            this.width = sum;
        }

        @Override
        int width() {
            return width;
        }

        @Override
        void begin() {
            for (Criterion part : parts) {
                part.begin();
            }
        }

        @Override
        double cost(float[] x, int xFrom, float[] raw, int rawFrom) {
            double sum = 0;
            int feature = xFrom;
            int from = rawFrom;
            for (int b = 0; b < parts.length; b++) {
                sum += parts[b].cost(x, feature, raw, from);
                // Log variances that all examples share are no outputs of the network: their weights stay 0.
                Arrays.fill(raw, from + parts[b].width(), from + parameters[b], 0);
                feature += parts[b].features;
                from += parameters[b];
            }
            return sum;
        }

        @Override
        void weigh(float[] raw, int rawFrom, float weight) {
            int from = rawFrom;
            for (int b = 0; b < parts.length; b++) {
                parts[b].weigh(raw, from, weight);
                from += parameters[b];
            }
        }

        @Override
        void end(Gradient gradient) {
            for (Criterion part : parts) {
                part.end(gradient);
            }
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

        Gaussian(int features, Parameters parameters, int logVariances, boolean learned) {
            super(features);
            this.parameters = parameters;
            this.logVariances = logVariances;
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
            double sum = sumOfPresent();
            System.arraycopy(value, 0, raw, rawFrom, features);
            return incomplete ? sum + constantOfPresent() : constant + sum;
        }

        private double constantOfPresent() {
            double sum = 0;
            for (int i = 0; i < features; i++) {
                if (!Float.isNaN(target[i])) {
                    sum += 0.5 * (Math.log(2 * Math.PI) + parameters.values[logVariances + i]);
                }
            }
            return sum;
        }

        @Override
        void weigh(float[] raw, int rawFrom, float weight) {
            if (learned && incomplete) {
                // The example is still the one whose cost came last.
                for (int i = 0; i < features; i++) {
                    float slope = raw[rawFrom + i];
                    float present = Float.isNaN(target[i]) ? 0 : weight;
                    varianceGradient[i] += present * (0.5f - 0.5f * slope * slope / precisions[i]);
                }
            } else if (learned) {
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
            double sum = sum();
            return Double.isNaN(sum) ? present(x, xFrom, raw, rawFrom) : 0.5 * features * Math.log(2 * Math.PI) + sum;
        }

        private double present(float[] x, int xFrom, float[] raw, int rawFrom) {
            int present = features;
            for (int i = 0; i < features; i++) {
                if (Float.isNaN(x[xFrom + i])) {
                    raw[rawFrom + i] = 0;
                    raw[rawFrom + features + i] = 0;
                    costs[i] = 0;
                    present--;
                }
            }
            return 0.5 * present * Math.log(2 * Math.PI) + sum();
        }
    }
}
