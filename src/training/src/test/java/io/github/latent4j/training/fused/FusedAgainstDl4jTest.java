package io.github.latent4j.training.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Blobs;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Optimisation;
import io.github.latent4j.training.Optimiser;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingEngine;
import io.github.latent4j.training.TrainingEngine.Training;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingPlan.Pretraining;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

/** Both engines from the same start, on the same batches, with the same noise: DL4J's layers are the oracle. */
class FusedAgainstDl4jTest {
    private static final int ROWS = 24;
    private static final TrainingPlan PLAN =
            TrainingPlan.defaults().withBatchSize(ROWS).withShards(2).withPretraining(new Pretraining(1, 0));

    /** The numbers that DL4J's layer draws in a step, for ND4J's generator is set before it. */
    private static final Noise REPLAYED = (step, row, into, from, count) -> {
        // -2: the tag of this noise in package training.dl4j
        Nd4j.getRandom().setSeed(Seeds.mix(PLAN.seed(), -2, step.phase(), step.epoch(), step.index()) | 1);
        float[] drawn = Nd4j.randn(step.examples().length, count).data().asFloat();
        System.arraycopy(drawn, row * count, into, from, count);
    };

    private static void compare(ModelSpec spec, TrainingPlan plan, int phase) {
        compare(spec, plan, phase, new InputContract.Vector(36));
    }

    private static void compare(ModelSpec spec, TrainingPlan plan, int phase, InputContract input) {
        try (Training fused = new FusedEngine(1).start(spec, plan, input, REPLAYED);
                Training dl4j = TrainingEngine.dl4j().start(spec, plan, input)) {
            assertThat(fused.model().parameters()).containsExactly(dl4j.model().parameters());
            for (int i = 0; i < 100; i++) {
                Step step = new Step(
                        phase, 0, i, i, 1e-3, 1, IntStream.range(0, ROWS).toArray());
                boolean mixed = spec instanceof VaeSpec vae && vae.likelihood() instanceof Likelihood.Mixed;
                Matrix batch = mixed ? Blobs.mixed(ROWS, i) : Blobs.matrix(ROWS, i);
                Losses mine = fused.step(step, batch);
                Losses theirs = dl4j.step(step, batch);
                // A VAE's loss may come near 0, an autoencoder's is small from the start.
                double tolerance = 1e-3 * Math.max(spec instanceof VaeSpec ? 1 : 0, Math.abs(theirs.loss()));
                assertThat(mine.loss()).as("loss of step %d", i).isCloseTo(theirs.loss(), within(tolerance));
                assertThat(mine.reconstruction()).isCloseTo(theirs.reconstruction(), within(tolerance));
                assertThat(mine.kl()).isCloseTo(theirs.kl(), within(1e-3 + 1e-3 * theirs.kl()));
            }
            float[] mine = fused.model().parameters();
            float[] theirs = dl4j.model().parameters();
            for (int i = 0; i < mine.length; i++) {
                assertThat(mine[i]).as("parameter %d of %s", i, spec).isCloseTo(theirs[i], within(1e-3f));
            }
        }
    }

    static Stream<ModelSpec> specs() {
        VaeSpec vae = VaeSpec.of(36, 3).withHidden(16, 8).withActivation(Activation.TANH);
        AutoencoderSpec ae = AutoencoderSpec.of(36, 3).withHidden(16, 8);
        return Stream.of(
                vae,
                vae.withActivation(Activation.RELU),
                vae.withLikelihood(Likelihood.GAUSSIAN),
                vae.withLikelihood(Likelihood.parse("gaussian:0.1")),
                vae.withLikelihood(Likelihood.parse("gaussian:per-example")),
                vae.withLikelihood(Likelihood.parse(Blobs.MIXED)),
                ae,
                ae.withCorruption(new Corruption.Masking(0.3)),
                ae.withCorruption(new Corruption.Gaussian(0.2)),
                ae.withTiedWeights(Activation.SIGMOID));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void theFirstHundredSteps(ModelSpec spec) {
        compare(spec, PLAN, spec instanceof AutoencoderSpec ae && ae.weights() == AutoencoderSpec.Weights.TIED ? 3 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"masking:0.3", "gaussian:0.2"})
    void cellsOfATable(String corruption) {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 3).withHidden(16).withCorruption(Corruption.parse(corruption));
        compare(spec, PLAN, 0, Blobs.columns());
        compare(spec.withTiedWeights(Activation.SIGMOID), PLAN, 2, Blobs.columns());
    }

    @ParameterizedTest
    @EnumSource(Optimiser.class)
    void everyOptimiserWithDecayAndClipping(Optimiser optimiser) {
        Optimisation optimisation =
                Optimisation.defaults().withWeightDecay(0.01).withClipping(0.05).withOptimiser(optimiser, 1e-3);
        compare(AutoencoderSpec.of(36, 3).withHidden(16), PLAN.withOptimisation(optimisation), 0);
    }

    @Test
    void pretrainingOfATiedStack() {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 3).withHidden(16).withTiedWeights(Activation.SIGMOID);
        compare(spec, PLAN, 0);
        compare(spec, PLAN, 1);
    }
}
