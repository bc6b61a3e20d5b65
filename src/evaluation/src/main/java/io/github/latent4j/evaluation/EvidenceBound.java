package io.github.latent4j.evaluation;

import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Posterior;
import io.github.latent4j.runtime.Vae;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.Variance;

/**
 * The evidence lower bound of a VAE on many examples, ln p(x) &ge; E_q[ln p(x|z)] − KL(q(z|x) ‖ p(z)) (Kingma and Welling
 * 2014, arXiv 1312.6114), and what its code carries. All in nats per example, of preprocessed values.
 *
 * @param elbo the bound; higher is better
 * @param expectedLogLikelihood E_q[ln p(x|z)], estimated with one draw of the posterior an example
 * @param kl KL(q(z|x) ‖ p(z)), in closed form, at least 0
 * @param klPerDimension its mean for each latent dimension; they add up to the mean of {@code kl}
 * @param codeVariances for each latent dimension the variance over the examples of the posterior mean
 */
public record EvidenceBound(
        Estimate elbo,
        Estimate expectedLogLikelihood,
        Estimate kl,
        List<Double> klPerDimension,
        List<Double> codeVariances) {
    /** A latent dimension is active if its posterior mean varies by more than this over the examples. */
    public static final double ACTIVE_VARIANCE = 0.01;

    /** Makes a bound with copies of the lists. */
    public EvidenceBound {
        klPerDimension = List.copyOf(klPerDimension);
        codeVariances = List.copyOf(codeVariances);
    }

    /**
     * The number of active units: latent dimensions whose posterior mean has a variance above {@link #ACTIVE_VARIANCE} over
     * the examples (Burda, Grosse and Salakhutdinov 2016, arXiv 1509.00519, section 5).
     *
     * @return from 0 to the number of latent dimensions
     */
    public int activeUnits() {
        return (int) codeVariances.stream().filter(v -> v > ACTIVE_VARIANCE).count();
    }

    /**
     * Adds up the bound block by block, example by example. The draw for an example depends on the seed and its index
     * alone, so that the size of the blocks does not matter.
     */
    static final class Sums {
        private static final long TAG = 0x656c626fL;

        private final Vae vae;
        private final long seed;
        private final SummaryStatistics elbo = new SummaryStatistics();
        private final SummaryStatistics logLikelihood = new SummaryStatistics();
        private final SummaryStatistics kl = new SummaryStatistics();
        private final List<Mean> klPerDimension;
        private final List<Variance> codes;
        private int next;

        Sums(Vae vae, long seed) {
            this.vae = vae;
            this.seed = seed;
            int latent = vae.spec().latent();
            this.klPerDimension = Stream.generate(Mean::new).limit(latent).toList();
            this.codes =
                    Stream.generate(() -> new Variance(false)).limit(latent).toList();
        }

        /**
         * Adds the next examples.
         *
         * @return their codes, the posterior means
         * @throws IllegalArgumentException if a figure is not finite
         */
        Matrix add(Matrix examples) {
            Posterior posterior = vae.posterior(examples);
            for (int r = 0; r < examples.rows(); r++) {
                requireFinite("KL divergence", posterior.kl(r), r);
            }
            double[] logLikelihoods = vae.logLikelihoodGiven(examples, draw(posterior));
            for (int r = 0; r < examples.rows(); r++) {
                requireFinite("log likelihood", logLikelihoods[r], r);
                add(posterior, r, logLikelihoods[r]);
            }
            next += examples.rows();
            return posterior.mean();
        }

        private void add(Posterior posterior, int row, double logLikelihoodOfRow) {
            double klOfRow = posterior.kl(row);
            elbo.addValue(logLikelihoodOfRow - klOfRow);
            logLikelihood.addValue(logLikelihoodOfRow);
            kl.addValue(klOfRow);
            for (int d = 0; d < codes.size(); d++) {
                klPerDimension.get(d).increment(posterior.kl(row, d));
                codes.get(d).increment(posterior.mean().get(row, d));
            }
        }

        /** One code an example, each with a generator of its own. */
        private Matrix draw(Posterior posterior) {
            int rows = posterior.mean().rows();
            float[][] drawn = new float[rows][];
            for (int r = 0; r < rows; r++) {
                Posterior one = new Posterior(
                        posterior.mean().slice(r, r + 1),
                        posterior.logVariance().slice(r, r + 1));
                drawn[r] = one.sample(new SplittableRandom(Seeds.mix(seed, TAG, next + r)))
                        .data();
            }
            return Matrix.of(drawn);
        }

        private void requireFinite(String what, double value, int row) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "found a %s of %s for example %d, expected a finite number: its values are too large, or the model's parameters of no use"
                                .formatted(what, value, next + row));
            }
        }

        EvidenceBound result() {
            return new EvidenceBound(
                    Estimate.of(elbo),
                    Estimate.of(logLikelihood),
                    Estimate.of(kl),
                    klPerDimension.stream().map(Mean::getResult).toList(),
                    codes.stream().map(Variance::getResult).toList());
        }
    }
}
