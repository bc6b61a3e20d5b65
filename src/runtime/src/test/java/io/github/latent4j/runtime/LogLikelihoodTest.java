package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A VAE of straight lines, whose ln p(x) is that of a Gaussian with known mean and covariance. */
class LogLikelihoodTest {
    private static final double[] WEIGHTS = {1, 0.5};
    private static final double[] BIASES = {0.25, -0.125};
    private static final double NOISE = 0.5;

    private static final Matrix EXAMPLES =
            Matrix.of(new float[] {0.25f, -0.125f}, new float[] {2, 0.5f}, new float[] {-1, 1});

    /** p(z) = N(0, 1), p(x|z) = N(w z + b, 0.5); q(z|x) is near the true posterior and not equal to it. */
    private static Vae vae() {
        return vae(1, 0.5f, 0, 0.5f, 0, 0, (float) Math.log(0.4)); // e0W, e0b, mean W b, log variance W b
    }

    /** The same with its true posterior: variance 1 / (1 + wᵀw / 0.5) = 2/7 and mean 2/7 wᵀ(x − b) / 0.5. */
    private static Vae exactPosterior() {
        return vae(4 / 7f, 2 / 7f, 0, 1, -0.75f / 7, 0, (float) Math.log(2 / 7.0));
    }

    private static Vae vae(float... encoder) {
        VaeSpec spec = new VaeSpec(
                2,
                List.of(1),
                1,
                List.of(1),
                Activation.IDENTITY,
                new Likelihood.Gaussian(new Likelihood.Variance.Fixed(NOISE)));
        float lv = (float) Math.log(NOISE);
        float[] decoder = {1, 0, 1, 0.5f, 0, 0, 0.25f, -0.125f, lv, lv}; // d0W, d0b, means' W, variances' W, b
        float[] all = Arrays.copyOf(encoder, encoder.length + decoder.length);
        System.arraycopy(decoder, 0, all, encoder.length, decoder.length);
        return (Vae) LatentModel.of(spec, all);
    }

    /** ln N(x; b, w wᵀ + 0.5 I). */
    private static double exact(int row) {
        double a = WEIGHTS[0] * WEIGHTS[0] + NOISE;
        double b = WEIGHTS[0] * WEIGHTS[1];
        double c = WEIGHTS[1] * WEIGHTS[1] + NOISE;
        double determinant = a * c - b * b;
        double x = EXAMPLES.get(row, 0) - BIASES[0];
        double y = EXAMPLES.get(row, 1) - BIASES[1];
        double distance = (c * x * x - 2 * b * x * y + a * y * y) / determinant;
        return -Math.log(2 * Math.PI) - 0.5 * Math.log(determinant) - 0.5 * distance;
    }

    @Test
    void manyDrawsGiveTheExactLogLikelihood() {
        double[] estimates = vae().logLikelihood(EXAMPLES, 100_000, new Random(1));
        for (int r = 0; r < EXAMPLES.rows(); r++) {
            assertThat(estimates[r]).isCloseTo(exact(r), within(0.005));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void estimatesAreWithinThreeStandardErrors(long seed) {
        ImportanceEstimate[] estimates = vae().importanceEstimates(EXAMPLES, 5_000, new Random(seed));
        for (int r = 0; r < EXAMPLES.rows(); r++) {
            ImportanceEstimate estimate = estimates[r];
            assertThat(estimate.logLikelihood()).isCloseTo(exact(r), within(3 * estimate.standardError()));
            assertThat(estimate.standardError()).isPositive().isLessThan(0.02);
            assertThat(estimate.elbo()).isLessThan(estimate.logLikelihood());
            assertThat(estimate.effectiveDraws()).isBetween(1_000.0, 5_000.0);
            assertThat(estimate.draws()).isEqualTo(5_000);
        }
    }

    /** All weights are the same but for what single precision takes from codes and means. */
    @Test
    void theTruePosteriorGivesTheExactLogLikelihoodWithAnyDraws() {
        ImportanceEstimate[] estimates = exactPosterior().importanceEstimates(EXAMPLES, 50, new Random(1));
        for (int r = 0; r < EXAMPLES.rows(); r++) {
            assertThat(estimates[r].logLikelihood()).isCloseTo(exact(r), within(2e-6));
            assertThat(estimates[r].elbo()).isCloseTo(exact(r), within(2e-6));
            assertThat(estimates[r].standardError()).isLessThan(1e-6);
            assertThat(estimates[r].effectiveDraws()).isCloseTo(50, within(1e-6));
        }
    }

    /** ln ∫ p(x|z) N(z; 0, 1) dz over three ones and zeros with log odds linear in z, by the trapezoidal rule. */
    @Test
    void ofABernoulliLikelihoodTheyAreThoseOfQuadrature() {
        float[] slopes = {2, -1, 0.5f};
        float[] intercepts = {0.5f, -1, 0};
        VaeSpec spec = new VaeSpec(3, List.of(1), 1, List.of(1), Activation.IDENTITY, Likelihood.BERNOULLI);
        float[] parameters = {
            1,
            -1,
            0,
            0,
            0.7f,
            -0.2f,
            0,
            -0.4f,
            1,
            0,
            slopes[0],
            slopes[1],
            slopes[2],
            intercepts[0],
            intercepts[1],
            intercepts[2]
        };
        Vae vae = (Vae) LatentModel.of(spec, parameters);
        Matrix x = Matrix.of(new float[] {1, 0, 1}, new float[] {0, 1, 0}, new float[] {1, 1, 1});
        ImportanceEstimate[] estimates = vae.importanceEstimates(x, 20_000, new Random(2));
        for (int r = 0; r < 3; r++) {
            double integral = 0;
            double step = 1e-3;
            for (double z = -10; z < 10; z += step) {
                double density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
                for (int i = 0; i < 3; i++) {
                    double one = 1 / (1 + Math.exp(-(slopes[i] * z + intercepts[i])));
                    density *= x.get(r, i) == 1 ? one : 1 - one;
                }
                integral += density * step;
            }
            assertThat(estimates[r].logLikelihood())
                    .isCloseTo(Math.log(integral), within(3 * estimates[r].standardError()));
            assertThat(estimates[r].standardError()).isLessThan(0.02);
            assertThat(estimates[r].elbo()).isLessThan(estimates[r].logLikelihood());
        }
    }

    @Test
    void estimatesAreTheLogLikelihoodsOfTheSameGenerator() {
        double[] values = vae().logLikelihood(EXAMPLES, 70, new Random(4));
        ImportanceEstimate[] estimates = vae().importanceEstimates(EXAMPLES, 70, new Random(4));
        for (int r = 0; r < values.length; r++) {
            assertThat(estimates[r].logLikelihood()).isEqualTo(values[r]);
        }
        assertThat(vae().importanceEstimate(EXAMPLES.row(0), 70, new Random(4))).isEqualTo(estimates[0]);
    }

    /** Each example gets as many numbers as draws times dimensions. */
    @Test
    void theDrawsAskedForAreTheDrawsMade() {
        int[] asked = new int[1];
        RandomGenerator counting = new RandomGenerator() {
            private final Random random = new Random(1);

            @Override
            public long nextLong() {
                return random.nextLong();
            }

            @Override
            public double nextGaussian() {
                asked[0]++;
                return random.nextGaussian();
            }
        };
        for (int draws : new int[] {1, 31, 32, 33, 1_000}) {
            asked[0] = 0;
            vae().importanceEstimates(EXAMPLES, draws, counting);
            assertThat(asked[0]).isEqualTo(draws * EXAMPLES.rows());
        }
    }

    @Test
    void aMissingValueLeavesTheLogLikelihoodOfTheOthers() {
        Vae vae = vae().withCard(ModelCard.of(InputContract.Table.ofNumbers(List.of("a", "b"))));
        Matrix x = Matrix.of(new float[] {0.9f, Float.NaN}, new float[] {Float.NaN, Float.NaN});
        double[] estimates = vae.logLikelihood(x, 100_000, new Random(1));
        // ln N(x0; b0, w0² + 0.5)
        double variance = WEIGHTS[0] * WEIGHTS[0] + NOISE;
        double difference = 0.9f - BIASES[0];
        double expected = -0.5 * (Math.log(2 * Math.PI * variance) + difference * difference / variance);
        assertThat(estimates[0]).isCloseTo(expected, within(0.005));
        assertThat(vae.logLikelihoodGiven(x, Matrix.zeros(2, 1))[1]).isZero();
    }

    private static double[] means(int draws) {
        Random random = new Random(2);
        double[] means = new double[EXAMPLES.rows()];
        int repetitions = 20_000;
        for (int k = 0; k < repetitions; k++) {
            double[] estimates = vae().logLikelihood(EXAMPLES, draws, random);
            for (int r = 0; r < means.length; r++) {
                means[r] += estimates[r] / repetitions;
            }
        }
        return means;
    }

    @Test
    void itsMeanIsTheEvidenceLowerBoundWithOneDrawAndGrowsWithMore() {
        double[] one = means(1);
        double[] four = means(4);
        double[] sixteen = means(16);
        Posterior posterior = vae().posterior(EXAMPLES);
        for (int r = 0; r < EXAMPLES.rows(); r++) {
            // E_q ln p(x|z) in closed form: that at the mean less the variance's part.
            double mean = posterior.mean().get(r, 0);
            double variance = Math.exp(posterior.logVariance().get(r, 0));
            double reconstruction = -Math.log(2 * Math.PI * NOISE);
            for (int i = 0; i < 2; i++) {
                double off = EXAMPLES.get(r, i) - WEIGHTS[i] * mean - BIASES[i];
                reconstruction -= (off * off + WEIGHTS[i] * WEIGHTS[i] * variance) / (2 * NOISE);
            }
            assertThat(one[r]).isCloseTo(reconstruction - posterior.kl(r), within(0.03));
            assertThat(four[r]).isGreaterThan(one[r]);
            assertThat(sixteen[r]).isGreaterThan(four[r]).isLessThan(exact(r) + 0.01);
        }
    }

    @Test
    void drawsAreDecodedInBlocksThatDoNotShow() {
        // More pairs of example and draw than are decoded at once, and draws that do not divide them.
        double[] together = vae().logLikelihood(EXAMPLES, 1_500, new Random(3));
        Random same = new Random(3);
        for (int r = 0; r < EXAMPLES.rows(); r++) {
            assertThat(vae().logLikelihood(EXAMPLES.slice(r, r + 1), 1_500, same)[0])
                    .isEqualTo(together[r]);
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> vae().logLikelihood(EXAMPLES, 0, new Random()))
                .hasMessage("draws: found 0, expected at least 1");
        assertThatThrownBy(() -> vae().logLikelihood(Matrix.zeros(1, 3), 1, new Random()))
                .hasMessage("input: found 3 values an example, expected 2");
        Vae bernoulli = (Vae) LatentModel.of(VaeSpec.of(1, 1).withHidden(1), new float[10]);
        assertThatThrownBy(() -> bernoulli.logLikelihood(Matrix.of(new float[] {1.5f}), 1, new Random()))
                .hasMessage("input: found 1.5 in example 0 at index 0, expected 0 to 1 for a Bernoulli likelihood");
    }
}
