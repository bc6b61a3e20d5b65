package io.github.latent4j.runtime;

import java.util.random.RandomGenerator;

/**
 * The approximate posteriors q(z|x) of a batch: a Gaussian with diagonal covariance for each example.
 *
 * @param mean n rows, one value a latent dimension
 * @param logVariance of the same shape: natural logarithms of the variances
 */
public record Posterior(Matrix mean, Matrix logVariance) {
    /**
     * Makes posteriors.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public Posterior {
        if (mean.rows() != logVariance.rows() || mean.columns() != logVariance.columns()) {
            throw new IllegalArgumentException(
                    "log variances: found %s, expected the shape of the means, %s".formatted(logVariance, mean));
        }
    }

    /**
     * The divergence KL(q(z|x) ‖ p(z)) from the standard normal prior, for each example and latent dimension, in nats:
     * ½ (μ² + σ² − 1 − ln σ²) (Kingma and Welling 2014, arXiv 1312.6114, appendix B).
     *
     * @param row the example
     * @param dimension the latent dimension
     * @return at least 0
     */
    public double kl(int row, int dimension) {
        double m = mean.get(row, dimension);
        double lv = logVariance.get(row, dimension);
        // expm1 keeps the digits that exp(lv) - 1 would lose near the prior.
        return 0.5 * (m * m + Math.expm1(lv) - lv);
    }

    /**
     * The divergence from the prior, summed over the latent dimensions.
     *
     * @param row the example
     * @return at least 0, in nats
     */
    public double kl(int row) {
        double sum = 0;
        for (int d = 0; d < mean.columns(); d++) {
            sum += kl(row, d);
        }
        return sum;
    }

    /**
     * Draws a code for each example: z = μ + σ ε with standard normal ε.
     *
     * @param random the source of ε, asked for example by example and dimension by dimension
     * @return a matrix of the shape of the means
     */
    public Matrix sample(RandomGenerator random) {
        Matrix codes = Matrix.zeros(mean.rows(), mean.columns());
        float[] z = codes.data();
        float[] m = mean.data();
        float[] lv = logVariance.data();
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) (m[i] + Math.exp(0.5 * lv[i]) * random.nextGaussian());
        }
        return codes;
    }

    /** Draws codes, a number of them for each example in turn. */
    Draws draws(int draws, RandomGenerator random) {
        return new Draws(draws, random);
    }

    /** Codes drawn one by one, with their importance. Used by one thread. */
    final class Draws {
        private final int draws;
        private final RandomGenerator random;
        private final double[] means = new double[mean.columns()];
        private final double[] deviations = new double[mean.columns()];
        private double logDeterminant;
        private int row = -1;
        private int left;

        private Draws(int draws, RandomGenerator random) {
            this.draws = draws;
            this.random = random;
        }

        /**
         * Draws the next code, z = μ + σ ε; ε is asked for dimension by dimension.
         *
         * @param code receives the code, from its start on
         * @return ln p(z) − ln q(z|x) = Σ ½ (ε² + ln σ² − z²)
         */
        double next(float[] code) {
            if (left == 0) {
                begin(++row);
                left = draws;
            }
            left--;
            double twice = logDeterminant;
            for (int d = 0; d < means.length; d++) {
                double noise = random.nextGaussian();
                double z = means[d] + deviations[d] * noise;
                code[d] = (float) z;
                twice += noise * noise - z * z;
            }
            return 0.5 * twice;
        }

        private void begin(int example) {
            logDeterminant = 0;
            for (int d = 0; d < means.length; d++) {
                double lv = logVariance.get(example, d);
                means[d] = mean.get(example, d);
                deviations[d] = Math.exp(0.5 * lv);
                logDeterminant += lv;
            }
        }
    }
}
