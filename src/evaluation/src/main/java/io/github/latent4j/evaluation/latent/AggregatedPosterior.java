package io.github.latent4j.evaluation.latent;

import io.github.latent4j.data.Seeds;
import io.github.latent4j.evaluation.Estimate;
import io.github.latent4j.runtime.Posterior;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * How the codes of all examples together, q(z) = 1/N Σ q(z|xₙ), compare with the prior p(z): the mean KL divergence of the
 * posteriors is the mutual information between the number of an example and its code, and what q(z) as a whole is away from the
 * prior,
 *
 * <p>1/N Σ KL(q(z|xₙ) ‖ p(z)) = I(n; z) + KL(q(z) ‖ p(z))
 *
 * <p>(Hoffman and Johnson 2016, "ELBO surgery: yet another way to carve up the variational evidence lower bound", NIPS workshop
 * on advances in approximate Bayesian inference). The left side is exact. The mutual information is the mean over the examples
 * of ln q(zₙ|xₙ) − ln 1/N Σₘ q(zₙ|xₘ) with one draw zₙ of q(z|xₙ) for each; it is unbiased for these N examples and at most
 * ln N. That of all examples that there could be is greater where the estimate comes near that bound. The rest is what is left
 * of the left side; it may fall a little below 0 by chance.
 *
 * @param examples N, the number of examples
 * @param kl the mean KL divergence of their posteriors from the prior, in nats
 * @param mutualInformation the estimate of I(n; z) in nats; its standard error is that of the mean over the
 *     examples, each with its own draw, so of other examples and other draws together
 */
public record AggregatedPosterior(int examples, double kl, Estimate mutualInformation) {
    private static final long TAG = 0x5a;
    private static final double LN_2_PI = Math.log(2 * Math.PI);

    /**
     * The greatest value that the estimate of the mutual information can have.
     *
     * @return ln N, in nats
     */
    public double bound() {
        return Math.log(examples);
    }

    /**
     * The estimate of KL(q(z) ‖ p(z)), which no code of a single example tells.
     *
     * @return in nats
     */
    public double divergence() {
        return kl - mutualInformation.mean();
    }

    /** Whether the estimate is so near its bound that the number of examples, and not the code, decides it. */
    boolean saturated() {
        return mutualInformation.mean() > bound() - Math.min(1, bound() / 2);
    }

    static AggregatedPosterior of(Posterior posteriors, long seed) {
        int n = posteriors.mean().rows();
        int latent = posteriors.mean().columns();
        // One array a dimension: the inner loop runs along the examples.
        double[][] means = new double[latent][n];
        double[][] precisions = new double[latent][n];
        double[] logNorm = new double[n];
        double kl = 0;
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < latent; d++) {
                double logVariance = posteriors.logVariance().get(i, d);
                means[d][i] = posteriors.mean().get(i, d);
                precisions[d][i] = Math.exp(-logVariance);
                logNorm[i] -= 0.5 * (LN_2_PI + logVariance);
            }
            kl += posteriors.kl(i) / n;
        }
        SummaryStatistics information = new SummaryStatistics();
        IntStream.range(0, n)
                .parallel()
                .mapToDouble(i -> information(i, means, precisions, logNorm, seed))
                .forEachOrdered(information::addValue);
        double standardError = n > 1 ? Math.sqrt(information.getVariance() / n) : Double.NaN;
        return new AggregatedPosterior(n, kl, new Estimate(information.getMean(), standardError));
    }

    /** ln q(z|x) − ln q(z) at one draw z of the posterior of x. */
    private static double information(int i, double[][] means, double[][] precisions, double[] logNorm, long seed) {
        int n = logNorm.length;
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, TAG, i));
        double[] squares = new double[n];
        for (int d = 0; d < means.length; d++) {
            double z = means[d][i] + random.nextGaussian() / Math.sqrt(precisions[d][i]);
            add(squares, means[d], precisions[d], z);
        }
        double[] logDensities = squares;
        for (int j = 0; j < n; j++) {
            logDensities[j] = logNorm[j] - 0.5 * squares[j];
        }
        double own = logDensities[i];
        double greatest = Arrays.stream(logDensities).max().orElseThrow();
        double sum = 0;
        for (double logDensity : logDensities) {
            sum += Math.exp(logDensity - greatest);
        }
        return own - greatest - Math.log(sum / n);
    }

    private static void add(double[] squares, double[] means, double[] precisions, double z) {
        for (int j = 0; j < squares.length; j++) {
            double difference = z - means[j];
            squares[j] += difference * difference * precisions[j];
        }
    }
}
