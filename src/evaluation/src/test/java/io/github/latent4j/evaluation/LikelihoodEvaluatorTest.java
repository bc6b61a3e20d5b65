package io.github.latent4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.ImportanceEstimate;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Likelihood.Gaussian;
import io.github.latent4j.runtime.Likelihood.Variance;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikelihoodEvaluatorTest {
    private static final double NOISE = 0.25;
    private static final float[][] WEIGHTS = {{0.9f, -0.4f}, {0.3f, 0.7f}, {-0.5f, 0.2f}};
    private static final float[] BIASES = {0.1f, -0.3f, 0.2f};

    /**
     * p(z) = N(0, I), p(x|z) = N(W z + b, 0.25 I), so p(x) = N(b, W Wᵀ + 0.25 I) (probabilistic PCA: Tipping and Bishop 1999);
     * q(z|x) = N(Wᵀ (x − b), 0.3 I), which is not the true posterior.
     */
    private static Vae linearGaussian() {
        VaeSpec spec =
                new VaeSpec(3, List.of(3), 2, List.of(2), Activation.IDENTITY, new Gaussian(new Variance.Fixed(NOISE)));
        float[] transposed = new float[6];
        float[] shift = new float[2];
        for (int d = 0; d < 2; d++) {
            for (int i = 0; i < 3; i++) {
                transposed[d * 3 + i] = WEIGHTS[i][d];
                shift[d] -= WEIGHTS[i][d] * BIASES[i];
            }
        }
        float[] decoder = Arrays.copyOf(
                new float[] {0.9f, -0.4f, 0.3f, 0.7f, -0.5f, 0.2f}, 12); // no weights to the log variances
        float lv = (float) Math.log(NOISE);
        float deviation = (float) Math.log(0.3);
        return HandMade.of(spec)
                .set("e0W", 1, 0, 0, 0, 1, 0, 0, 0, 1)
                .set("pZXMeanW", transposed)
                .set("pZXMeanb", shift)
                .set("pZXLogStd2b", deviation, deviation)
                .set("d0W", 1, 0, 0, 1)
                .set("pXZW", decoder)
                .set("pXZb", BIASES[0], BIASES[1], BIASES[2], lv, lv, lv)
                .vae();
    }

    private static double exactMean(Matrix x) {
        double[][] covariance = new double[3][3];
        double[] mean = new double[3];
        for (int i = 0; i < 3; i++) {
            mean[i] = BIASES[i];
            for (int j = 0; j < 3; j++) {
                covariance[i][j] = WEIGHTS[i][0] * WEIGHTS[j][0] + WEIGHTS[i][1] * WEIGHTS[j][1] + (i == j ? NOISE : 0);
            }
        }
        MultivariateNormalDistribution exact = new MultivariateNormalDistribution(mean, covariance);
        double sum = 0;
        for (int r = 0; r < x.rows(); r++) {
            sum += Math.log(exact.density(new double[] {x.get(r, 0), x.get(r, 1), x.get(r, 2)}));
        }
        return sum / x.rows();
    }

    private static Examples vectors(Matrix x) {
        return Examples.of(x, new InputContract.Vector(x.columns()), "vectors");
    }

    private static Vae bernoulli() {
        return HandMade.random(VaeSpec.of(9, 2).withHidden(7), 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void theEstimateIsWithinThreeStandardErrorsOfTheExactLogLikelihood(long seed) {
        Matrix x = HandMade.normal(50, 3, 1, seed);
        LikelihoodEvaluation figures = LikelihoodEvaluator.of(linearGaussian())
                .withDraws(2_000)
                .withSeed(seed)
                .evaluate(vectors(x));
        assertThat(figures.logLikelihood().mean()).isCloseTo(exactMean(x), within(3 * figures.monteCarloError()));
        assertThat(figures.monteCarloError()).isPositive().isLessThan(0.02);
        assertThat(figures.elbo().mean()).isLessThan(figures.logLikelihood().mean());
        double bits = -figures.logLikelihood().mean() / (3 * Math.log(2));
        assertThat(figures.bitsPerDimension().orElseThrow().mean()).isCloseTo(bits, within(1e-12));
    }

    @Test
    void eachExampleHasDrawsOfItsOwnAndTheMeansAreOverExamples() {
        Matrix x = HandMade.normal(20, 3, 1, 5);
        Vae vae = linearGaussian();
        LikelihoodEvaluation figures =
                LikelihoodEvaluator.of(vae).withDraws(64).withSeed(7).evaluate(vectors(x));
        double sum = 0;
        double squares = 0;
        double bound = 0;
        List<Double> effective = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            LikelihoodEvaluation alone =
                    LikelihoodEvaluator.of(vae).withDraws(64).withSeed(7).evaluate(vectors(x.slice(0, i + 1)));
            double mean = alone.logLikelihood().mean() * (i + 1);
            double error = alone.monteCarloError() * (i + 1);
            // The last example's own: what it adds to the ones before.
            assertThat(mean - sum).isLessThan(0);
            assertThat(error * error).isGreaterThan(squares);
            sum = mean;
            squares = error * error;
            bound = alone.elbo().mean() * (i + 1);
            effective.add(alone.effectiveDraws().min());
        }
        assertThat(figures.logLikelihood().mean()).isEqualTo(sum / 20);
        assertThat(figures.elbo().mean()).isEqualTo(bound / 20);
        assertThat(figures.monteCarloError()).isCloseTo(Math.sqrt(squares) / 20, within(1e-12));
        assertThat(figures.effectiveDraws().min()).isEqualTo(effective.get(19));
        assertThat(figures.effectiveDraws().max()).isLessThanOrEqualTo(64);
    }

    @Test
    void theResultDoesNotDependOnThreads() throws Exception {
        Examples x = vectors(HandMade.uniform(70, 9, 1));
        LikelihoodEvaluator evaluator =
                LikelihoodEvaluator.of(bernoulli()).withDraws(33).withSeed(2);
        LikelihoodEvaluation figures = evaluator.evaluate(x);
        assertThat(evaluator.evaluate(x)).isEqualTo(figures);
        ForkJoinPool single = new ForkJoinPool(1);
        try {
            assertThat(single.submit(() -> evaluator.evaluate(x)).get()).isEqualTo(figures);
        } finally {
            single.shutdown();
        }
        assertThat(evaluator.withSeed(3).evaluate(x).logLikelihood()).isNotEqualTo(figures.logLikelihood());
    }

    @Test
    void progressIsToldInTheCallingThreadAndEndsAtTheTotal() {
        List<Long> done = new ArrayList<>();
        Thread caller = Thread.currentThread();
        LikelihoodEvaluator.of(bernoulli())
                .withDraws(2_000)
                .reportingTo((task, soFar, total) -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    assertThat(task).isEqualTo("log likelihood of vectors");
                    assertThat(total).isEqualTo(30);
                    done.add(soFar);
                })
                .evaluate(vectors(HandMade.uniform(30, 9, 1)));
        assertThat(done).isSorted().doesNotHaveDuplicates().startsWith(0L).endsWith(30L);
    }

    @Test
    void onesAndZerosAreToldFromGreyMeans() {
        Examples grey = vectors(HandMade.uniform(20, 9, 4));
        LikelihoodEvaluator evaluator = LikelihoodEvaluator.of(bernoulli()).withDraws(50);
        LikelihoodEvaluation ofGrey = evaluator.evaluate(grey);
        LikelihoodEvaluation ofOnes = evaluator.evaluate(grey.binarised(1));
        assertThat(ofGrey.binary()).isFalse();
        assertThat(ofGrey.remarks()).singleElement().asString().startsWith("The values are grey means between 0 and 1");
        assertThat(ofOnes.binary()).isTrue();
        assertThat(ofOnes.remarks()).singleElement().asString().startsWith("All values are ones and zeros");
        assertThat(figure(ofGrey, "bitsPerDimension").meaning()).contains("no normalised density");
        assertThat(figure(ofOnes, "bitsPerDimension").meaning()).contains("ones and zeros");
    }

    private static Figure figure(LikelihoodEvaluation evaluation, String key) {
        return evaluation.figures().stream()
                .filter(f -> f.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSingleDrawHasNoSamplingError() {
        LikelihoodEvaluation figures =
                LikelihoodEvaluator.of(bernoulli()).withDraws(1).evaluate(vectors(HandMade.uniform(20, 9, 4)));
        assertThat(figures.monteCarloError()).isNaN();
        assertThat(figures.logLikelihood()).isEqualTo(figures.elbo());
        assertThat(figures.figures()).extracting(Figure::key).doesNotContain("logLikelihoodMonteCarloError");
        assertThat(figures.fields()).doesNotContainKey("logLikelihoodMonteCarloError");
        assertThat(figures.remarks()).last().asString().startsWith("With a single draw");
    }

    @Test
    void figuresAndFieldsSayTheSame() {
        LikelihoodEvaluation figures =
                LikelihoodEvaluator.of(bernoulli()).withDraws(50).evaluate(vectors(HandMade.uniform(20, 9, 4)));
        assertThat(figures.figures())
                .extracting(Figure::key)
                .containsExactly(
                        "logLikelihood",
                        "logLikelihoodMonteCarloError",
                        "elboOfDraws",
                        "bitsPerDimension",
                        "effectiveDraws");
        Map<String, Object> fields = figures.fields();
        for (String key : List.of("logLikelihood", "elboOfDraws", "bitsPerDimension")) {
            assertThat(fields).containsEntry(key, figure(figures, key).value());
            assertThat(fields)
                    .containsEntry(key + "StandardError", figure(figures, key).standardError());
        }
        assertThat(fields)
                .containsEntry("logLikelihoodMonteCarloError", figures.monteCarloError())
                .containsEntry("effectiveDraws", figures.effectiveDraws().fields())
                .containsEntry("draws", 50)
                .containsEntry("binary", false);
    }

    @Test
    void fewEffectiveDrawsAreRemarkedOn() {
        List<ImportanceEstimate> estimates = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            estimates.add(new ImportanceEstimate(100, -3, 0.1, i < 1 ? 4.9 : 80, -4));
        }
        LikelihoodEvaluation one = LikelihoodEvaluation.of(VaeSpec.of(2, 1), "hand-made", 0, estimates, true, true);
        assertThat(one.loose()).isEqualTo(1);
        assertThat(one.remarks().get(1)).startsWith("For 1 of 10 examples the draws are worth fewer than 5");
        assertThat(one.monteCarloError()).isCloseTo(0.1 / Math.sqrt(10), within(1e-15));
        estimates.set(0, estimates.get(1));
        assertThat(LikelihoodEvaluation.of(VaeSpec.of(2, 1), "hand-made", 0, estimates, true, true)
                        .remarks())
                .hasSize(1);
    }

    @Test
    void missingValuesAndMixedLikelihoodsHaveNoBitsPerDimension() {
        InputContract table = InputContract.Table.ofNumbers(List.of("a", "b"));
        VaeSpec spec = VaeSpec.of(2, 1).withHidden(3).withLikelihood(Likelihood.GAUSSIAN);
        Vae vae = HandMade.random(spec, 1).withCard(ModelCard.of(table));
        Examples whole = Examples.of(Matrix.of(new float[] {1, 2}, new float[] {0, 1}), table, "rows");
        Examples gaps = Examples.of(Matrix.of(new float[] {1, Float.NaN}, new float[] {0, 1}), table, "rows");
        assertThat(LikelihoodEvaluator.of(vae).withDraws(9).evaluate(whole).bitsPerDimension())
                .isPresent();
        LikelihoodEvaluation withGaps = LikelihoodEvaluator.of(vae).withDraws(9).evaluate(gaps);
        assertThat(withGaps.bitsPerDimension()).isEmpty();
        assertThat(withGaps.logLikelihood().mean()).isFinite();
        Vae mixed = HandMade.random(spec.withLikelihood(Likelihood.parse("gaussian[1]+bernoulli[1]")), 1);
        assertThat(LikelihoodEvaluator.of(mixed)
                        .withDraws(9)
                        .evaluate(vectors(HandMade.uniform(2, 2, 1)))
                        .bitsPerDimension())
                .isEmpty();
    }

    @Test
    void whatIsWrongIsNamed() {
        LikelihoodEvaluator evaluator = LikelihoodEvaluator.of(bernoulli());
        assertThatThrownBy(() -> evaluator.withDraws(0)).hasMessage("draws: found 0, expected at least 1");
        assertThatThrownBy(() -> evaluator.evaluate(vectors(HandMade.uniform(2, 8, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("vectors: found ")
                .hasMessageEndingWith(", which the model takes");
        Matrix x = HandMade.uniform(40, 9, 1);
        x.data()[37 * 9 + 4] = 1.5f;
        assertThatThrownBy(() -> evaluator.withDraws(3).evaluate(vectors(x)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("vectors: found 1.5 in example 37 at index 4, expected 0 to 1 for a Bernoulli likelihood");
        float[] useless = bernoulli().parameters();
        Arrays.fill(useless, 1e30f);
        Vae broken = (Vae) LatentModel.of(bernoulli().spec(), useless);
        assertThatThrownBy(
                        () -> LikelihoodEvaluator.of(broken).withDraws(3).evaluate(vectors(HandMade.uniform(1, 9, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("for example 0, expected finite numbers");
    }
}
