package io.github.latent4j.evaluation.sampling;

import java.util.random.RandomGenerator;

/** A multivariate normal distribution N(μ, L Lᵀ). Immutable. */
final class Gaussian {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final double[] mean;
    /** L, lower triangular, row by row. */
    private final double[][] factor;
    /** Lᵀ row by row, so that the inner loop of a density runs along an array. */
    private final double[][] transposed;
    /** ln det L. */
    private final double logDeterminant;

    /** Takes both over; the diagonal of the factor is above 0. */
    Gaussian(double[] mean, double[][] factor) {
        this.mean = mean;
        this.factor = factor;
        this.transposed = new double[mean.length][mean.length];
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            sum += Math.log(factor[i][i]);
            for (int j = 0; j <= i; j++) {
                transposed[j][i] = factor[i][j];
            }
        }
        this.logDeterminant = sum;
    }

    int dimensions() {
        return mean.length;
    }

    double[] mean() {
        return mean.clone();
    }

    double[][] covariance() {
        int n = mean.length;
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum += factor[i][k] * factor[j][k];
                }
                covariance[i][j] = sum;
                covariance[j][i] = sum;
            }
        }
        return covariance;
    }

    /** The distribution of shift + scale x, dimension by dimension. */
    Gaussian transformed(double[] shift, double[] scale) {
        int n = mean.length;
        double[] moved = new double[n];
        double[][] scaled = new double[n][n];
        for (int i = 0; i < n; i++) {
            moved[i] = shift[i] + scale[i] * mean[i];
            for (int j = 0; j <= i; j++) {
                scaled[i][j] = scale[i] * factor[i][j];
            }
        }
        return new Gaussian(moved, scaled);
    }

    /**
     * The logarithm of the density of N(μ, t² L Lᵀ).
     *
     * @param x the point
     * @param temperature t
     * @param room as many values as there are dimensions, overwritten
     */
    double logDensity(double[] x, double temperature, double[] room) {
        int n = mean.length;
        for (int i = 0; i < n; i++) {
            room[i] = x[i] - mean[i];
        }
        double square = 0;
        // Solves L y = x − μ, taking each y out of the rows below as soon as it is known.
        for (int j = 0; j < n; j++) {
            double[] column = transposed[j];
            double y = room[j] / column[j];
            square += y * y;
            for (int i = j + 1; i < n; i++) {
                room[i] -= column[i] * y;
            }
        }
        return -0.5 * (square / (temperature * temperature) + n * LOG_TWO_PI)
                - logDeterminant
                - n * Math.log(temperature);
    }

    /** Draws μ + t L ε with standard normal ε, asked for dimension by dimension. */
    void draw(double temperature, RandomGenerator random, float[] into, int offset) {
        int n = mean.length;
        double[] noise = new double[n];
        for (int i = 0; i < n; i++) {
            noise[i] = random.nextGaussian();
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += factor[i][j] * noise[j];
            }
            into[offset + i] = (float) (mean[i] + temperature * sum);
        }
    }
}
