package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.Exponentials;
import io.github.latent4j.runtime.internal.Softplus;

/**
 * Computes ln p(x|z), with room of its own. What is costly goes through arrays in vectorised loops; sums are taken in double
 * precision, in an order that the number of features alone decides, so an example has the same bits alone and in any batch.
 * Used by one thread at a time.
 */
final class LogDensities {
    private static final double HALF_LN_2PI = 0.5 * Math.log(2 * Math.PI);

    private final float[] odds;
    private final float[] tails;
    private final double[] precisions;

    /**
     * Makes room.
     *
     * @param features the most that an example or a block of a mixed likelihood has
     */
    LogDensities(int features) {
        this.odds = new float[features];
        this.tails = new float[features];
        this.precisions = new double[features];
    }

    /** What {@link Likelihood#logProbability} gives. */
    double of(Likelihood likelihood, float[] x, int xOffset, float[] raw, int rawOffset, int features) {
        if (likelihood instanceof Likelihood.Bernoulli) {
            return bernoulli(x, xOffset, raw, rawOffset, features);
        }
        if (likelihood instanceof Likelihood.Gaussian) {
            return gaussian(x, xOffset, raw, rawOffset, features);
        }
        if (likelihood instanceof Likelihood.Mixed mixed) {
            return mixed(mixed, x, xOffset, raw, rawOffset);
        }
        return categorical(x, xOffset, raw, rawOffset, features);
    }

    /** Σ x a − ln(1 + exp a), where ln(1 + exp a) = ½ (a + |a|) + ln(1 + exp(−|a|)). */
    private double bernoulli(float[] x, int xOffset, float[] raw, int rawOffset, int features) {
        System.arraycopy(raw, rawOffset, odds, 0, features);
        Softplus.tails(odds, odds, tails, features);
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 2 <= features; i += 2) {
            even += bernoulli(x[xOffset + i], raw[rawOffset + i], tails[i]);
            odd += bernoulli(x[xOffset + i + 1], raw[rawOffset + i + 1], tails[i + 1]);
        }
        double sum = even + odd;
        if (i < features) {
            sum += bernoulli(x[xOffset + i], raw[rawOffset + i], tails[i]);
        }
        return Double.isNaN(sum) ? bernoulliOfPresent(x, xOffset, raw, rawOffset, features) : sum;
    }

    private double bernoulliOfPresent(float[] x, int xOffset, float[] raw, int rawOffset, int features) {
        double sum = 0;
        for (int i = 0; i < features; i++) {
            if (!Float.isNaN(x[xOffset + i])) {
                sum += bernoulli(x[xOffset + i], raw[rawOffset + i], tails[i]);
            }
        }
        return sum;
    }

    private static double bernoulli(double x, double a, double tail) {
        return (x - 0.5) * a - 0.5 * Math.abs(a) - tail;
    }

    /** −½ Σ ln 2π + ln σ² + (x − μ)² / σ². */
    private double gaussian(float[] x, int xOffset, float[] raw, int rawOffset, int features) {
        int logVariances = rawOffset + features;
        for (int i = 0; i < features; i++) {
            precisions[i] = -raw[logVariances + i];
        }
        Exponentials.exp(precisions, features);
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 2 <= features; i += 2) {
            even += gaussian(x[xOffset + i], raw[rawOffset + i], raw[logVariances + i], precisions[i]);
            odd += gaussian(x[xOffset + i + 1], raw[rawOffset + i + 1], raw[logVariances + i + 1], precisions[i + 1]);
        }
        double sum = even + odd;
        if (i < features) {
            sum += gaussian(x[xOffset + i], raw[rawOffset + i], raw[logVariances + i], precisions[i]);
        }
        return Double.isNaN(sum)
                ? gaussianOfPresent(x, xOffset, raw, rawOffset, features)
                : -0.5 * sum - features * HALF_LN_2PI;
    }

    private double gaussianOfPresent(float[] x, int xOffset, float[] raw, int rawOffset, int features) {
        int there = 0;
        double sum = 0;
        for (int i = 0; i < features; i++) {
            if (!Float.isNaN(x[xOffset + i])) {
                there++;
                sum += gaussian(x[xOffset + i], raw[rawOffset + i], raw[rawOffset + features + i], precisions[i]);
            }
        }
        return -0.5 * sum - there * HALF_LN_2PI;
    }

    private static double gaussian(double x, double mean, double logVariance, double precision) {
        double difference = x - mean;
        return logVariance + difference * difference * precision;
    }

    /** Σ x ln softmax(a). */
    private static double categorical(float[] x, int xOffset, float[] raw, int rawOffset, int features) {
        if (Float.isNaN(x[xOffset])) {
            return 0;
        }
        double logSum = logSum(raw, rawOffset, features);
        double sum = 0;
        for (int i = 0; i < features; i++) {
            sum += x[xOffset + i] * (raw[rawOffset + i] - logSum);
        }
        return sum;
    }

    /** ln Σ exp(a), where the largest of the exponentials is 1, lest one overflows. */
    static double logSum(float[] raw, int offset, int features) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + features; i++) {
            largest = Math.max(largest, raw[i]);
        }
        double sum = 0;
        for (int i = offset; i < offset + features; i++) {
            sum += Math.exp(raw[i] - largest);
        }
        return largest + Math.log(sum);
    }

    /** The sum over the blocks. */
    private double mixed(Likelihood.Mixed mixed, float[] x, int xOffset, float[] raw, int rawOffset) {
        double sum = 0;
        int xFrom = xOffset;
        int rawFrom = rawOffset;
        for (int b = 0; b < mixed.blocks().size(); b++) {
            Likelihood.Block block = mixed.blocks().get(b);
            sum += of(block.likelihood(), x, xFrom, raw, rawFrom, block.features());
            xFrom += block.features();
            rawFrom += block.parameters();
        }
        return sum;
    }
}
