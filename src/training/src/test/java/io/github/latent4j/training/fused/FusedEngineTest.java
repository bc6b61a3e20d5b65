package io.github.latent4j.training.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.Posterior;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Blobs;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Objective;
import io.github.latent4j.training.Objective.Bound;
import io.github.latent4j.training.Objective.Sparsity;
import io.github.latent4j.training.Optimisation;
import io.github.latent4j.training.Optimiser;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingEngine;
import io.github.latent4j.training.TrainingEngine.Training;
import io.github.latent4j.training.TrainingPlan;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FusedEngineTest {
    private static final int ROWS = 50;
    private static final TrainingPlan PLAN =
            TrainingPlan.defaults().withBatchSize(ROWS).withShards(4);

    private static Step step(int i, int rows) {
        return new Step(0, 0, i, i, 1e-3, 1, IntStream.range(0, rows).toArray());
    }

    /** Steps with batches of which the last is smaller. */
    private static float[] trained(ModelSpec spec, TrainingPlan plan, int workers) {
        try (Training training = TrainingEngine.fused(workers).start(spec, plan)) {
            for (int i = 0; i < 6; i++) {
                int rows = i == 5 ? 3 : ROWS;
                training.step(step(i, rows), Blobs.matrix(rows, i));
            }
            return training.model().parameters();
        }
    }

    static Stream<ModelSpec> specs() {
        return Stream.of(
                VaeSpec.of(36, 3).withHidden(16, 8),
                VaeSpec.of(36, 3).withHidden(16).withLikelihood(Likelihood.GAUSSIAN),
                AutoencoderSpec.of(36, 3).withHidden(16),
                AutoencoderSpec.of(36, 3).withHidden(16).withTiedWeights(Activation.TANH));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void theNumberOfWorkersChangesNoBit(ModelSpec spec) {
        Objective objective = spec instanceof VaeSpec ? Objective.defaults().withFreeBits(0.1) : Objective.defaults();
        TrainingPlan plan = PLAN.withObjective(objective)
                .withOptimisation(Optimisation.defaults().withClipping(1));
        float[] alone = trained(spec, plan, 1);
        assertThat(trained(spec, plan, 2)).containsExactly(alone);
        assertThat(trained(spec, plan, 3)).containsExactly(alone);
        assertThat(trained(spec, plan.withSeed(2), 1)).isNotEqualTo(alone);
    }

    @Test
    void shardsChangeRoundingAlone() {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(16);
        float[] four = trained(spec, PLAN, 2);
        float[] one = trained(spec, PLAN.withShards(1), 2);
        for (int i = 0; i < one.length; i++) {
            assertThat(one[i]).isCloseTo(four[i], within(1e-4f));
        }
    }

    @ParameterizedTest
    @EnumSource(Optimiser.class)
    void aStateGoesOnBitForBit(Optimiser optimiser) {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(16);
        TrainingPlan plan = PLAN.withOptimisation(
                Optimisation.defaults().withWeightDecay(0.01).withOptimiser(optimiser, 0.01));
        try (Training whole = TrainingEngine.fused(2).start(spec, plan);
                Training second = TrainingEngine.fused(1).start(spec, plan.withSeed(plan.seed()))) {
            Map<String, float[]> state = Map.of();
            for (int i = 0; i < 8; i++) {
                if (i == 4) {
                    state = whole.state();
                }
                whole.step(step(i, ROWS), Blobs.matrix(ROWS, i));
            }
            second.restore(state);
            for (int i = 4; i < 8; i++) {
                second.step(step(i, ROWS), Blobs.matrix(ROWS, i));
            }
            assertThat(second.model().parameters())
                    .containsExactly(whole.model().parameters());
        }
    }

    @Test
    void aStateOfAnotherModelIsRefused() {
        try (Training small = TrainingEngine.fused().start(VaeSpec.of(36, 2), PLAN);
                Training large = TrainingEngine.fused().start(VaeSpec.of(36, 3), PLAN)) {
            assertThatThrownBy(() -> large.restore(small.state()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("parameters: found 20520 values, expected 21290");
            assertThatThrownBy(() -> large.restore(Map.of())).hasMessage("parameters: found no values, expected 21290");
        }
    }

    /** All buffers are there after the first steps; what a step makes is a handful of small objects. */
    @ParameterizedTest
    @MethodSource("specs")
    void aStepAllocatesNoBuffer(ModelSpec spec) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Matrix batch = Blobs.matrix(ROWS, 1);
        int steps = 200;
        List<Step> places = new ArrayList<>();
        for (int i = 0; i < 2 * steps; i++) {
            places.add(step(i, ROWS));
        }
        try (Training training = TrainingEngine.fused(1).start(spec, PLAN)) {
            for (int i = 0; i < steps; i++) {
                training.step(places.get(i), batch);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = steps; i < 2 * steps; i++) {
                training.step(places.get(i), batch);
            }
            long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / steps;
            // The batch alone has 7,200 bytes; a seed and a generator an example may stay.
            assertThat(bytes).isLessThan(160L * ROWS);
        }
    }

    @Test
    void aFixedVarianceStaysAndALearnedOneKeepsItsBounds() {
        VaeSpec fixed = VaeSpec.of(36, 3).withHidden(7).withLikelihood(Likelihood.parse("gaussian:0.04"));
        VaeSpec bounded = fixed.withLikelihood(Likelihood.parse("gaussian:per-feature:0.5:0.9"));
        int bias = fixed.layout().block("pXZb").offset();
        float[] parameters = trained(fixed, PLAN, 1);
        for (int i = bias + 36; i < bias + 72; i++) {
            assertThat(parameters[i]).isEqualTo((float) Math.log(0.04));
        }
        TrainingPlan fast = PLAN.withOptimiser(Optimiser.ADAM, 0.05);
        try (Training training = TrainingEngine.fused(1).start(bounded, fast)) {
            for (int i = 0; i < 40; i++) {
                training.step(
                        new Step(0, 0, i, i, 0.05, 1, IntStream.range(0, ROWS).toArray()), Blobs.matrix(ROWS, i));
            }
            parameters = training.model().parameters();
        }
        int weights = bounded.layout().block("pXZW").offset()
                + bounded.layout().block("pXZW").length() / 2;
        for (int i = weights; i < bias; i++) {
            assertThat(parameters[i]).isZero();
        }
        for (int i = bias + 36; i < bias + 72; i++) {
            // The spots vary far less than 0.5: every variance falls to the lower bound.
            assertThat(Math.exp(parameters[i])).isCloseTo(0.5, within(1e-6));
        }
    }

    @Test
    void aSparseCodeIsMostlyOff() {
        AutoencoderSpec spec =
                AutoencoderSpec.of(36, 12).withActivations(Activation.ELU, Activation.SIGMOID, Activation.SIGMOID);
        assertThat(meanActivation(spec, Sparsity.NONE)).isGreaterThan(0.3);
        assertThat(meanActivation(spec, new Sparsity(0.05, 0.1))).isCloseTo(0.05, within(0.02));
    }

    private static double meanActivation(AutoencoderSpec spec, Sparsity sparsity) {
        TrainingPlan plan = PLAN.withObjective(Objective.defaults().withSparsity(sparsity));
        try (Training training = TrainingEngine.fused(1).start(spec, plan)) {
            for (int i = 0; i < 400; i++) {
                training.step(
                        new Step(0, 0, i, i, 0.01, 1, IntStream.range(0, ROWS).toArray()), Blobs.matrix(ROWS, i));
            }
            double sum = 0;
            float[] codes = training.model().encode(Blobs.matrix(ROWS, 7)).data();
            for (float value : codes) {
                sum += value;
            }
            return sum / codes.length;
        }
    }

    /** Each sample has noise of its own: with more of them the same step's gradient varies less. */
    @Test
    void severalSamplesLowerTheVarianceOfTheLoss() {
        assertThat(spread(8)).isLessThan(0.6 * spread(1));
    }

    private static double spread(int samples) {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(16);
        TrainingPlan plan = PLAN.withObjective(Objective.defaults().withSamples(Bound.ELBO, samples));
        Matrix batch = Blobs.matrix(ROWS, 1);
        double[] losses = new double[40];
        try (FusedTraining training =
                new FusedEngine(1).start(spec, plan, new InputContract.Vector(spec.inputs()), Noise.seeded(3))) {
            float[] gradient = new float[spec.layout().length()];
            for (int i = 0; i < losses.length; i++) {
                Step place =
                        new Step(0, i, 0, i, 1e-3, 1, IntStream.range(0, ROWS).toArray());
                Losses found = training.gradient(place, batch, gradient);
                losses[i] = found.reconstruction();
            }
        }
        double mean = IntStream.range(0, losses.length)
                .mapToDouble(i -> losses[i])
                .average()
                .orElseThrow();
        return Math.sqrt(IntStream.range(0, losses.length)
                .mapToDouble(i -> (losses[i] - mean) * (losses[i] - mean))
                .average()
                .orElseThrow());
    }

    @Test
    void openBlasHasItsThreadsBackAfterTheLastTraining() {
        TrainingEngine.fused().start(VaeSpec.of(36, 2), PLAN).close(); // OpenBLAS is loaded by now
        int before = openblas_nolapack.blas_get_num_threads();
        Training first = TrainingEngine.fused().start(VaeSpec.of(36, 2), PLAN);
        Training second = TrainingEngine.fused().start(VaeSpec.of(36, 2), PLAN);
        assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(1);
        first.close();
        first.close();
        assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(1);
        second.close();
        assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(before);
    }

    @Test
    void aClosedTrainingIsNotGoneOnWith() {
        Training training = TrainingEngine.fused().start(VaeSpec.of(36, 2), PLAN);
        training.close();
        assertThatThrownBy(() -> training.step(step(0, ROWS), Blobs.matrix(ROWS, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("found a training that is closed, expected an open one");
    }

    /** Buffers grow, and the optimiser's memory stays. */
    @Test
    void aBatchMayBeLargerThanTheOneBefore() {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(16);
        try (Training growing = TrainingEngine.fused(1).start(spec, PLAN);
                Training large = TrainingEngine.fused(1).start(spec, PLAN)) {
            large.step(step(0, ROWS), Blobs.matrix(ROWS, 9)); // makes room at once
            large.restore(growing.state());
            for (int i = 0; i < 6; i++) {
                int rows = 4 + 9 * i;
                growing.step(step(i, rows), Blobs.matrix(rows, i));
                large.step(step(i, rows), Blobs.matrix(rows, i));
            }
            assertThat(growing.model().parameters())
                    .containsExactly(large.model().parameters());
        }
    }

    /** The loss is that of the scorer, whose forward pass is another. */
    @ParameterizedTest
    @ValueSource(strings = {"bernoulli", "gaussian:0.2", "gaussian", "gaussian:per-example"})
    void theLossIsThatOfTheScorer(String likelihood) {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(16, 8).withLikelihood(Likelihood.parse(likelihood));
        Matrix batch = Blobs.matrix(ROWS, 1);
        Noise none = (step, row, into, from, count) -> Arrays.fill(into, from, from + count, 0);
        try (FusedTraining training =
                new FusedEngine(2).start(spec, PLAN, new InputContract.Vector(spec.inputs()), none)) {
            Vae vae = (Vae) training.model();
            Losses losses = training.gradient(
                    step(0, ROWS), batch, new float[spec.layout().length()]);
            Posterior posterior = vae.posterior(batch);
            double likelihoods = Arrays.stream(vae.logLikelihoodGiven(batch, posterior.mean()))
                    .average()
                    .orElseThrow();
            double kl = IntStream.range(0, ROWS)
                    .mapToDouble(posterior::kl)
                    .average()
                    .orElseThrow();
            assertThat(losses.reconstruction()).isCloseTo(-likelihoods, within(1e-5 * Math.abs(likelihoods)));
            assertThat(losses.kl()).isCloseTo(kl, within(1e-5));
        }
    }

    @Test
    void whatAWorkerThrowsIsThrownToTheCallerAndTheTeamWorksOn() {
        try (Workers workers = new Workers(3)) {
            assertThatThrownBy(() -> workers.run(8, piece -> {
                        if (piece == 5) {
                            throw new IllegalArgumentException("piece 5");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a worker failed: piece 5");
            int[] done = new int[100];
            workers.run(100, piece -> done[piece]++);
            assertThat(done).containsOnly(1);
        }
    }

    @Test
    void anEngineWithoutWorkersIsRefused() {
        assertThatThrownBy(() -> TrainingEngine.fused(0)).hasMessage("workers: found 0, expected at least 1");
    }
}
