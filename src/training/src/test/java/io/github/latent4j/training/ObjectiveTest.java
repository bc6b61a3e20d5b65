package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.Datasets;
import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.Elbo;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Posterior;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Objective.Bound;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the objectives do to a model that learns pen strokes. */
class ObjectiveTest {
    private static final Examples STROKES = Datasets.strokes(3000, 1).train();
    private static final VaeSpec SPEC = VaeSpec.of(STROKES.input().size(), 16).withHidden(64);
    private static final TrainingPlan PLAN =
            TrainingPlan.defaults().withEpochs(12).withBatchSize(64).withOptimiser(Optimiser.ADAM, 2e-3);

    private static TrainingResult<Vae> trained(Objective objective) {
        return Trainer.with(PLAN.withObjective(objective)).fit(SPEC, STROKES);
    }

    private static Losses last(TrainingResult<Vae> result) {
        return result.history().get(result.history().size() - 1).training();
    }

    @Test
    void betaTradesReconstructionForSimplicity() {
        Losses free = last(trained(Objective.defaults().withBeta(0)));
        Losses plain = last(trained(Objective.defaults()));
        Losses simple = last(trained(Objective.defaults().withBeta(4)));
        assertThat(free.kl()).isGreaterThan(2 * plain.kl());
        assertThat(free.reconstruction()).isLessThan(plain.reconstruction() - 5);
        assertThat(simple.kl()).isLessThan(0.6 * plain.kl());
        assertThat(simple.reconstruction()).isGreaterThan(plain.reconstruction() + 5);
    }

    @Test
    void freeBitsHoldEveryDimensionNearItsFloor() {
        double floor = 1.5;
        double[] plain = klOfDimensions(trained(Objective.defaults()).model());
        assertThat(Arrays.stream(plain).min().orElseThrow()).isLessThan(0.5 * floor);
        double[] floored =
                klOfDimensions(trained(Objective.defaults().withFreeBits(floor)).model());
        for (double kl : floored) {
            assertThat(kl).isCloseTo(floor, within(0.2 * floor));
        }
    }

    private static double[] klOfDimensions(Vae vae) {
        Posterior posterior = vae.posterior(STROKES.read(0, 1000));
        int latent = vae.spec().latent();
        double[] kl = new double[latent];
        for (int i = 0; i < posterior.mean().data().length; i++) {
            double mean = posterior.mean().data()[i];
            double logVariance = posterior.logVariance().data()[i];
            kl[i % latent] += 0.5 * (mean * mean + Math.exp(logVariance) - 1 - logVariance) / 1000;
        }
        return kl;
    }

    @Test
    void theImportanceWeightedBoundIsTheElboForOneSampleAndGrowsWithMore() {
        Vae vae = trained(Objective.defaults()).model();
        Matrix examples = STROKES.read(0, 500);
        double elbo = 0;
        double one = 0;
        for (int repeat = 0; repeat < 20; repeat++) {
            elbo += Arrays.stream(vae.elbo(examples, new SplittableRandom(repeat)))
                    .mapToDouble(Elbo::value)
                    .average()
                    .orElseThrow();
            one += mean(vae.logLikelihood(examples, 1, new SplittableRandom(100 + repeat)));
        }
        double five = mean(vae.logLikelihood(examples, 5, new SplittableRandom(7)));
        double fifty = mean(vae.logLikelihood(examples, 50, new SplittableRandom(7)));
        assertThat(one / 20).isCloseTo(elbo / 20, within(0.3));
        assertThat(five).isGreaterThan(one / 20 + 0.5);
        assertThat(fifty).isGreaterThan(five + 0.2);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** What is minimised is the bound that the plan names: the loss that is shown is minus it. */
    @Test
    void theLossOfAnImportanceWeightedTrainingIsItsBound() {
        Losses one = last(trained(Objective.defaults().withSamples(Bound.IWAE, 1)));
        Losses eight = last(trained(Objective.defaults().withSamples(Bound.IWAE, 8)));
        assertThat(one.loss()).isCloseTo(-one.elbo(), within(1e-6 * Math.abs(one.elbo())));
        assertThat(eight.loss()).isLessThan(-eight.elbo() - 0.5);
        assertThat(eight.loss()).isLessThan(one.loss());
    }

    @Test
    void aWarmUpStartsWithoutKlAndEndsWithAllOfIt() {
        TrainingResult<Vae> warmed = trained(Objective.defaults().withWarmUp(new WarmUp.Linear(Span.epochs(6))));
        EpochReport first = warmed.history().get(0);
        assertThat(first.training().loss())
                .isLessThan(first.training().reconstruction()
                        + 0.3 * first.training().kl());
        Losses end = last(warmed);
        assertThat(end.loss()).isCloseTo(-end.elbo(), within(1e-6 * Math.abs(end.elbo())));
    }
}
