package io.github.latent4j.training.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.ParameterLayout.Block;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Blobs;
import io.github.latent4j.training.InputCorruption;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Objective;
import io.github.latent4j.training.Objective.Bound;
import io.github.latent4j.training.Objective.Sparsity;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingPlan.Pretraining;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses and gradients of the engine against a reference in double precision and its central differences. */
class FusedGradientTest {
    private static final int ROWS = 7;
    private static final Matrix BATCH = Blobs.matrix(ROWS, 3);
    /** Three shards of unequal size. */
    private static final TrainingPlan PLAN =
            TrainingPlan.defaults().withShards(3).withPretraining(new Pretraining(1, 0.3));

    private static Step step(int phase, double klWeight) {
        return new Step(phase, 0, 0, 0, 1e-3, klWeight, IntStream.range(0, ROWS).toArray());
    }

    private static float[][] noise(int width) {
        Random random = new Random(5);
        float[][] noise = new float[ROWS][width];
        for (float[] row : noise) {
            for (int i = 0; i < width; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return noise;
    }

    private static float[] parameters(FusedTraining training) {
        return Objects.requireNonNull(training.state().get("parameters"));
    }

    /** Away from the start, where biases are 0. */
    private static void shake(FusedTraining training, IntPredicate held) {
        float[] parameters = parameters(training);
        Random random = new Random(9);
        for (int i = 0; i < parameters.length; i++) {
            float by = (float) (0.15 * random.nextGaussian());
            parameters[i] += held.test(i) ? 0 : by;
        }
        training.restore(Map.of("parameters", parameters));
    }

    private static void check(
            FusedTraining training,
            ModelSpec spec,
            Matrix batch,
            Step step,
            Function<Reference, Double> loss,
            boolean lossIsReported,
            IntPredicate held) {
        try (training) {
            compare(training, spec, batch, step, loss, lossIsReported, held);
        }
    }

    private static void compare(
            FusedTraining training,
            ModelSpec spec,
            Matrix batch,
            Step step,
            Function<Reference, Double> loss,
            boolean lossIsReported,
            IntPredicate held) {
        shake(training, held);
        float[] start = parameters(training);
        float[] found = new float[start.length];
        Losses losses = training.gradient(step, batch, found);
        double[] parameters = new double[start.length];
        Reference reference = new Reference(spec.layout(), parameters);
        for (int i = 0; i < start.length; i++) {
            parameters[i] = start[i];
        }
        if (lossIsReported) {
            assertThat(losses.loss()).isCloseTo(loss.apply(reference), within(1e-5 * Math.abs(loss.apply(reference))));
        }
        double h = 1e-5;
        for (Block block : spec.layout().blocks()) {
            double difference = 0;
            double norm = 0;
            Random random = new Random(block.offset());
            for (int trial = 0; trial < 60; trial++) {
                int i = block.offset() + random.nextInt(block.length());
                double value = parameters[i];
                parameters[i] = value + h;
                double above = loss.apply(reference);
                parameters[i] = value - h;
                double below = loss.apply(reference);
                parameters[i] = value;
                double numeric = held.test(i) ? 0 : ROWS * (above - below) / (2 * h);
                difference += (found[i] - numeric) * (found[i] - numeric);
                norm += numeric * numeric;
            }
            assertThat(Math.sqrt(difference))
                    .as("%s of %s", block.name(), spec)
                    .isLessThanOrEqualTo(1e-4 * Math.sqrt(norm) + 1e-7);
        }
    }

    private static void checkVae(VaeSpec spec, Objective objective, double klWeight, Matrix batch) {
        checkVae(spec, objective, klWeight, batch, new InputContract.Vector(36));
    }

    private static void checkVae(
            VaeSpec spec, Objective objective, double klWeight, Matrix batch, InputContract contract) {
        float[][] noise = noise(objective.samples() * spec.latent());
        FusedTraining training = new FusedEngine(2)
                .start(
                        spec,
                        PLAN.withObjective(objective),
                        contract,
                        (step, row, into, from, count) -> System.arraycopy(noise[row], 0, into, from, count));
        Step step = step(0, klWeight);
        Matrix input = InputCorruption.of(spec.corruption(), spec, contract)
                .apply(batch, row -> VaeShard.corruptionSeed(step.noiseSeed(PLAN.seed(), row)));
        check(
                training,
                spec,
                batch,
                step,
                r -> r.vae(spec, objective, klWeight, input, batch, noise),
                true,
                Blobs.held(spec));
    }

    static Stream<Arguments> objectives() {
        Objective elbo = Objective.defaults();
        return Stream.of(
                Arguments.of(elbo, 1),
                Arguments.of(elbo, 0),
                Arguments.of(elbo.withBeta(4), 4),
                Arguments.of(elbo, 0.3),
                Arguments.of(elbo.withFreeBits(0.12), 1),
                Arguments.of(elbo.withFreeBits(0.12), 0.5),
                Arguments.of(elbo.withSamples(Bound.ELBO, 3), 1),
                Arguments.of(elbo.withSamples(Bound.IWAE, 1), 1),
                Arguments.of(elbo.withSamples(Bound.IWAE, 5), 1),
                Arguments.of(elbo.withSamples(Bound.IWAE, 5), 0.4));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void objectivesOfAVae(Objective objective, double klWeight) {
        for (String likelihood : new String[] {"bernoulli", "gaussian", "gaussian:per-example"}) {
            VaeSpec spec = VaeSpec.of(36, 4)
                    .withHidden(9, 6)
                    .withActivation(Activation.TANH)
                    .withLikelihood(Likelihood.parse(likelihood));
            checkVae(spec, objective, klWeight, BATCH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bernoulli", "gaussian:0.3", "gaussian", "gaussian:per-example"})
    void likelihoodsOfAVae(String likelihood) {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(8).withLikelihood(Likelihood.parse(likelihood));
        checkVae(spec, Objective.defaults(), 1, BATCH);
        checkVae(spec, Objective.defaults(), 1, Blobs.withMissing(BATCH, 6));
    }

    static Stream<Arguments> mixtures() {
        return Stream.of("none", "masking:0.4", "gaussian:0.3")
                .flatMap(corruption -> Stream.of(
                        Arguments.of(corruption, Objective.defaults()),
                        Arguments.of(corruption, Objective.defaults().withSamples(Bound.ELBO, 3)),
                        Arguments.of(corruption, Objective.defaults().withSamples(Bound.IWAE, 4))));
    }

    @ParameterizedTest
    @MethodSource("mixtures")
    void mixedLikelihoodsWithAndWithoutMissingCells(String corruption, Objective objective) {
        VaeSpec spec = VaeSpec.of(36, 3)
                .withHidden(8)
                .withLikelihood(Likelihood.parse(Blobs.MIXED))
                .withCorruption(Corruption.parse(corruption));
        Matrix whole = Blobs.mixed(ROWS, 4);
        checkVae(spec, objective, 1, whole);
        checkVae(spec, objective, 1, Blobs.withMissing(whole, 5));
    }

    @Test
    void aColumnThatIsAlwaysMissingTeachesNothing() {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(8).withLikelihood(Likelihood.parse(Blobs.MIXED));
        Matrix batch = Blobs.mixed(ROWS, 4);
        for (int r = 0; r < ROWS; r++) {
            batch.data()[r * 36 + 2] = Float.NaN; // of a Gaussian with a variance of its own
            Arrays.fill(batch.data(), r * 36 + 18, r * 36 + 22, Float.NaN); // a category
        }
        float[] gradient = new float[spec.layout().length()];
        Block e0 = spec.layout().block("e0W");
        Block weights = spec.layout().block("pXZW");
        Block bias = spec.layout().block("pXZb");
        int[] outputs = {2, 12 + 2, 30, 31, 32, 33};
        try (FusedTraining training =
                new FusedEngine(1).start(spec, PLAN, new InputContract.Vector(spec.inputs()), Noise.seeded(1))) {
            shake(training, Blobs.held(spec));
            double loss = training.gradient(step(0, 1), batch, gradient).loss();
            for (int unit = 0; unit < e0.outputs(); unit++) {
                assertThat(gradient[e0.offset() + unit * 36 + 2]).isZero();
                assertThat(gradient[e0.offset() + unit * 36 + 19]).isZero();
            }
            assertThat(gradient[bias.offset() + 3]).isNotZero();
            for (int output : outputs) {
                assertThat(gradient[bias.offset() + output]).isZero();
                for (int i = 0; i < weights.inputs(); i++) {
                    assertThat(gradient[weights.offset() + output * weights.inputs() + i])
                            .isZero();
                }
            }
            // Nor does it matter what the network says of it.
            float[] parameters = parameters(training);
            for (int output : outputs) {
                parameters[bias.offset() + output] += 1.5f;
            }
            training.restore(Map.of("parameters", parameters));
            float[] same = new float[gradient.length];
            assertThat(training.gradient(step(0, 1), batch, same).loss()).isEqualTo(loss);
            assertThat(same).containsExactly(gradient);
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsOfAVae(Activation activation) {
        // Cubes of cubes leave the range of float soon.
        int[] hidden = activation == Activation.CUBE ? new int[] {5} : new int[] {8, 5};
        checkVae(VaeSpec.of(36, 3).withHidden(hidden).withActivation(activation), Objective.defaults(), 1, BATCH);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsOfAnAutoencoder(Activation activation) {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 4)
                .withHidden(activation == Activation.CUBE ? new int[] {} : new int[] {9, 6})
                .withActivations(activation, activation, activation);
        checkAutoencoder(spec, Sparsity.NONE);
        checkAutoencoder(spec.withTiedWeights(activation), Sparsity.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "masking:0.4", "gaussian:0.3"})
    void corruptionAndSparsityOfAnAutoencoder(String corruption) {
        Sparsity sparsity = new Sparsity(0.1, 0.7);
        AutoencoderSpec spec = AutoencoderSpec.of(36, 4)
                .withHidden(9)
                .withActivations(Activation.ELU, Activation.SIGMOID, Activation.IDENTITY)
                .withCorruption(Corruption.parse(corruption));
        checkAutoencoder(spec, sparsity);
        checkAutoencoder(spec.withTiedWeights(Activation.SIGMOID), sparsity);
        checkAutoencoder(spec, sparsity, Blobs.withMissing(BATCH, 8), new InputContract.Vector(36));
    }

    @ParameterizedTest
    @ValueSource(strings = {"masking:0.4", "gaussian:0.3"})
    void cellsOfATable(String text) {
        Corruption corruption = Corruption.parse(text);
        VaeSpec vae = VaeSpec.of(36, 3).withHidden(8).withCorruption(corruption);
        checkVae(vae, Objective.defaults(), 1, BATCH, Blobs.columns());
        AutoencoderSpec ae = AutoencoderSpec.of(36, 3)
                .withHidden(9)
                .withActivations(Activation.ELU, Activation.SIGMOID, Activation.IDENTITY)
                .withCorruption(corruption);
        checkAutoencoder(ae, Sparsity.NONE, BATCH, Blobs.columns());
        checkAutoencoder(ae.withTiedWeights(Activation.SIGMOID), Sparsity.NONE, BATCH, Blobs.columns());
    }

    private static void checkAutoencoder(AutoencoderSpec spec, Sparsity sparsity) {
        checkAutoencoder(spec, sparsity, BATCH, new InputContract.Vector(36));
    }

    private static void checkAutoencoder(
            AutoencoderSpec spec, Sparsity sparsity, Matrix batch, InputContract contract) {
        TrainingPlan plan = PLAN.withObjective(Objective.defaults().withSparsity(sparsity));
        FusedTraining training = new FusedEngine(2).start(spec, plan, contract, Noise.seeded(1));
        Step step = step(training.phases().size() - 1, 1);
        Matrix input = InputCorruption.of(spec.corruption(), spec, contract)
                .apply(batch, row -> step.noiseSeed(plan.seed(), row));
        check(training, spec, batch, step, r -> r.autoencoder(spec, sparsity, input, batch), true, i -> false);
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"SIGMOID", "TANH", "SELU"})
    void pretrainingOfATiedStack(Activation activation) {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 4).withHidden(9).withTiedWeights(activation);
        for (int k = 0; k < 2; k++) {
            int layer = k;
            FusedTraining training =
                    new FusedEngine(2).start(spec, PLAN, new InputContract.Vector(spec.inputs()), Noise.seeded(1));
            Step step = step(layer, 1);
            int width = spec.encoderSizes().get(layer);
            float[][] mask = new float[ROWS][width];
            for (int r = 0; r < ROWS; r++) {
                Arrays.fill(mask[r], 1);
                InputCorruption.of(new Corruption.Masking(0.3), width)
                        .apply(mask[r], 0, step.noiseSeed(PLAN.seed(), r));
            }
            // Other layers are left as they are; the loss that is shown is squared error.
            Block first = spec.layout().block(layer + "_W");
            Block last = spec.layout().block(layer + "_vb");
            check(
                    training,
                    spec,
                    BATCH,
                    step,
                    r -> r.layer(spec, layer, BATCH, mask),
                    activation != Activation.SIGMOID,
                    i -> i < first.offset() || i >= last.offset() + last.length());
        }
    }

    @Test
    void aVariancePerExampleBeyondItsBoundIsOnlyLedBack() {
        VaeSpec spec =
                VaeSpec.of(36, 3).withHidden(7).withLikelihood(Likelihood.parse("gaussian:per-example:0.01:0.9"));
        Block bias = spec.layout().block("pXZb");
        float[] gradient = new float[spec.layout().length()];
        try (FusedTraining training =
                new FusedEngine(1).start(spec, PLAN, new InputContract.Vector(spec.inputs()), Noise.seeded(1))) {
            float[] parameters = parameters(training);
            Arrays.fill(parameters, bias.offset() + 36, bias.offset() + 72, 3);
            training.restore(Map.of("parameters", parameters));
            double above = training.gradient(step(0, 1), BATCH, gradient).loss();
            for (int i = bias.offset() + 36; i < bias.offset() + 72; i++) {
                assertThat(gradient[i]).isPositive();
            }
            Arrays.fill(parameters, bias.offset() + 36, bias.offset() + 72, 9);
            training.restore(Map.of("parameters", parameters));
            assertThat(training.gradient(step(0, 1), BATCH, gradient).loss()).isEqualTo(above);
            Arrays.fill(parameters, bias.offset() + 36, bias.offset() + 72, -9);
            training.restore(Map.of("parameters", parameters));
            training.gradient(step(0, 1), BATCH, gradient);
            for (int i = bias.offset() + 36; i < bias.offset() + 72; i++) {
                assertThat(gradient[i]).isNotPositive();
            }
        }
    }
}
