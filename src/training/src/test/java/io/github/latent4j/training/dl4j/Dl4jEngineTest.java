package io.github.latent4j.training.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.latent4j.domain.Networks;
import io.github.latent4j.domain.Networks.LogVarianceBlock;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Blobs;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Objective;
import io.github.latent4j.training.Optimiser;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingPlan.Pretraining;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.layers.feedforward.autoencoder.AutoEncoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Gradients against finite differences in double precision, and steps against DL4J's own loops. */
class Dl4jEngineTest {
    private static final TrainingPlan PLAN = TrainingPlan.defaults().withPretraining(new Pretraining(1, 0));
    private static final Matrix BATCH = Blobs.matrix(5, 3);

    private static final IntToLongFunction SEEDS = row -> 4 + row;

    private static Step at(int step) {
        return at(step, 1e-3);
    }

    private static Step at(int step, double rate) {
        return new Step(
                0, 0, step, step, rate, 1, IntStream.range(0, BATCH.rows()).toArray());
    }

    /** Compares a gradient with central differences at some of the parameters. */
    private static void assertGradient(INDArray parameters, INDArray gradient, DoubleSupplier loss) {
        assertGradient(parameters, gradient, loss, i -> false);
    }

    /** The same, where some parameters are held fast and have no gradient. */
    private static void assertGradient(
            INDArray parameters, INDArray gradient, DoubleSupplier loss, LongPredicate fast) {
        INDArray flat = parameters.reshape(parameters.length());
        INDArray expected = gradient.dup().reshape(gradient.length());
        Random random = new Random(1);
        for (int trial = 0; trial < 100; trial++) {
            long i = random.nextInt((int) flat.length());
            double value = flat.getDouble(i);
            double h = 1e-5;
            flat.putScalar(i, value + h);
            double above = loss.getAsDouble();
            flat.putScalar(i, value - h);
            double below = loss.getAsDouble();
            flat.putScalar(i, value);
            double numeric = fast.test(i) ? 0 : (above - below) / (2 * h);
            assertThat(expected.getDouble(i))
                    .as("parameter %d", i)
                    .isCloseTo(numeric, within(1e-6 + 1e-5 * Math.abs(numeric)));
        }
    }

    /** Away from the start, where many biases are 0. */
    private static void shake(INDArray parameters) {
        Nd4j.getRandom().setSeed(9);
        parameters.addi(Nd4j.randn(parameters.dataType(), parameters.shape()).muli(0.1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"SIGMOID", "TANH", "ELU", "SOFTPLUS", "SWISH"})
    void gradientOfTheUntiedAutoencoder(Activation activation) {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 3)
                .withHidden(7)
                .withActivations(activation, Activation.IDENTITY, Activation.SIGMOID)
                .withCorruption(new Corruption.Masking(0.3));
        UntiedTraining training =
                new UntiedTraining(spec, PLAN, new InputContract.Vector(spec.inputs()), DataType.DOUBLE);
        shake(training.network().params());
        training.gradient(BATCH, SEEDS);
        INDArray gradient = training.network().gradient().gradient().dup();
        assertGradient(training.network().params(), gradient, () -> training.gradient(BATCH, SEEDS) * BATCH.rows());
    }

    @Test
    void gradientOfTheTiedStack() {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 3)
                .withHidden(7, 5)
                .withTiedWeights(Activation.SIGMOID)
                .withCorruption(new Corruption.Gaussian(0.2));
        TiedTraining training = new TiedTraining(spec, PLAN, new InputContract.Vector(spec.inputs()), DataType.DOUBLE);
        shake(training.stack().params());
        training.gradient(BATCH, SEEDS);
        assertGradient(
                training.stack().params(),
                training.flatGradient().dup(),
                () -> training.gradient(BATCH, SEEDS) * BATCH.rows());
    }

    /** The layer's gradient is that of the cross-entropy of its reconstruction, once its sign is put right. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void gradientOfPretraining(int layer) {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 3).withHidden(7).withTiedWeights(Activation.SIGMOID);
        TiedTraining training = new TiedTraining(spec, PLAN, new InputContract.Vector(spec.inputs()), DataType.DOUBLE);
        shake(training.stack().params());
        training.pretrainingGradient(layer, BATCH, 4);
        AutoEncoder tied = (AutoEncoder) training.stack().getLayer(layer);
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        INDArray input = Steps.array(BATCH, DataType.DOUBLE);
        if (layer == 1) {
            input = ((AutoEncoder) training.stack().getLayer(0)).encode(input, false, none);
        }
        INDArray x = input;
        assertGradient(tied.params(), tied.getGradientsViewArray(), () -> {
            INDArray z = tied.decode(tied.encode(x, false, none), none);
            INDArray ones = Nd4j.onesLike(x);
            return -x.mul(log(z))
                    .add(ones.sub(x).mul(log(ones.sub(z))))
                    .sumNumber()
                    .doubleValue();
        });
    }

    private static INDArray log(INDArray x) {
        return Transforms.log(x, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bernoulli", "gaussian:per-example", "gaussian", "gaussian:0.5", Blobs.MIXED})
    void gradientOfTheVae(String likelihood) {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(7).withLikelihood(Likelihood.parse(likelihood));
        Matrix batch = likelihood.equals(Blobs.MIXED) ? Blobs.mixed(BATCH.rows(), 1) : BATCH;
        VaeTraining training = new VaeTraining(spec, PLAN, DataType.DOUBLE);
        shake(training.layer().params());
        training.gradient(batch, 4);
        IntPredicate held = Blobs.held(spec);
        assertGradient(
                training.layer().params(),
                training.layer().getGradientsViewArray(),
                () -> training.gradient(batch, 4).loss() * batch.rows(),
                i -> held.test((int) i));
    }

    @Test
    void aVariancePerExampleBeyondItsBoundIsOnlyLedBack() {
        VaeSpec spec =
                VaeSpec.of(36, 3).withHidden(7).withLikelihood(Likelihood.parse("gaussian:per-example:0.01:0.9"));
        VaeTraining training = new VaeTraining(spec, PLAN, DataType.DOUBLE);
        LogVarianceBlock block = LogVarianceBlock.of(spec).get(0);
        INDArray parameters = training.layer().params().reshape(spec.layout().length());
        parameters.get(interval(block.biasFrom(), block.biasTo())).assign(3);
        training.gradient(BATCH, 4);
        // The right variance is below the bound, so every gradient leads down from above it.
        INDArray gradient = training.layer().getGradientsViewArray().reshape(parameters.length());
        assertThat(gradient.get(interval(block.biasFrom(), block.biasTo()))
                        .minNumber()
                        .doubleValue())
                .isGreaterThan(0);

        parameters.get(interval(block.biasFrom(), block.biasTo())).assign(-9);
        double loss = training.gradient(BATCH, 4).loss();
        // From below, a step would first have to go back within the bounds: what leads further out is left out.
        assertThat(gradient.get(interval(block.biasFrom(), block.biasTo()))
                        .maxNumber()
                        .doubleValue())
                .isLessThanOrEqualTo(0);
        parameters.get(interval(block.biasFrom(), block.biasTo())).assign(-12);
        assertThat(training.gradient(BATCH, 4).loss()).isEqualTo(loss);
    }

    @Test
    void aVariancePerFeatureIsLearnedWithinItsBounds() {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(7).withLikelihood(Likelihood.parse("gaussian:per-feature:0.5:0.9"));
        VaeTraining training = new VaeTraining(spec, PLAN.withOptimiser(Optimiser.ADAM, 0.05), DataType.FLOAT);
        LogVarianceBlock block = LogVarianceBlock.of(spec).get(0);
        for (int step = 0; step < 40; step++) {
            training.step(at(step, 0.05), BATCH);
        }
        float[] parameters = training.model().parameters();
        for (int i = block.weightsFrom(); i < block.weightsTo(); i++) {
            assertThat(parameters[i]).isZero();
        }
        for (int i = block.biasFrom(); i < block.biasTo(); i++) {
            // The spots vary far less than 0.5: every variance falls to the lower bound.
            assertThat(Math.exp(parameters[i])).isCloseTo(0.5, within(1e-6));
        }
    }

    @Test
    void aFixedVarianceStays() {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(7).withLikelihood(Likelihood.parse("gaussian:0.04"));
        VaeTraining training = new VaeTraining(spec, PLAN, DataType.FLOAT);
        Losses first = training.step(at(0), BATCH);
        Losses last = first;
        for (int step = 1; step < 60; step++) {
            last = training.step(at(step), BATCH);
        }
        LogVarianceBlock block = LogVarianceBlock.of(spec).get(0);
        float[] parameters = training.model().parameters();
        for (int i = block.biasFrom(); i < block.biasTo(); i++) {
            assertThat(parameters[i]).isEqualTo((float) Math.log(0.04));
        }
        assertThat(last.loss()).isLessThan(first.loss() - 10);
    }

    @Test
    void stepsOfTheUntiedAutoencoderAreThoseOfFit() {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 3).withHidden(7);
        UntiedTraining training =
                new UntiedTraining(spec, PLAN, new InputContract.Vector(spec.inputs()), DataType.FLOAT);
        MultiLayerNetwork theirs = Networks.create(spec, PLAN.startSeed());
        INDArray x = Steps.array(BATCH, DataType.FLOAT);
        for (int step = 0; step < 5; step++) {
            training.step(at(step), BATCH);
            theirs.fit(new DataSet(x, x));
        }
        assertThat(training.network().params()).isEqualTo(theirs.params());
    }

    @Test
    void stepsOfTheVaeAreThoseOfPretraining() {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(7);
        VaeTraining training = new VaeTraining(spec, PLAN, DataType.FLOAT);
        MultiLayerNetwork theirs = Networks.create(spec, PLAN.startSeed());
        INDArray x = Steps.array(BATCH, DataType.FLOAT);
        for (int step = 0; step < 5; step++) {
            training.step(at(step), BATCH);
            Nd4j.getRandom().setSeed(Steps.seed(PLAN, at(step)));
            theirs.pretrainLayer(0, x);
        }
        assertThat(training.model().parameters())
                .containsExactly(Networks.toModel(theirs).parameters());
    }

    @Test
    void theLossOfAVaeComesApartIntoReconstructionAndKl() {
        VaeSpec spec = VaeSpec.of(36, 3).withHidden(7);
        VaeTraining training = new VaeTraining(spec, PLAN, DataType.DOUBLE);
        shake(training.layer().params());
        Losses losses = training.gradient(BATCH, 4);
        var posterior = ((Vae) training.model()).posterior(BATCH);
        double kl = 0;
        for (int r = 0; r < BATCH.rows(); r++) {
            kl += posterior.kl(r) / BATCH.rows();
        }
        assertThat(losses.kl()).isCloseTo(kl, within(1e-5));
    }

    @Test
    void pretrainingLowersTheLoss() {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 8).withTiedWeights(Activation.SIGMOID);
        TrainingPlan plan = PLAN.withOptimiser(Optimiser.SGD, 0.1);
        TiedTraining training = new TiedTraining(spec, plan, new InputContract.Vector(spec.inputs()), DataType.FLOAT);
        double before = training.pretrainingGradient(0, BATCH, 1);
        for (int step = 0; step < 100; step++) {
            training.step(at(step, 0.1), BATCH);
        }
        double after = training.pretrainingGradient(0, BATCH, 1);
        assertThat(after).isLessThan(0.5 * before);
    }

    @Test
    void aTiedStackWithAnotherActivationIsRefused() {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 3).withTiedWeights(Activation.TANH);
        assertThatThrownBy(() -> new Dl4jEngine().start(spec, PLAN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "engine dl4j: found a tied stack with activation tanh, expected sigmoid, for which alone DL4J's"
                                + " AutoEncoder layer has the right gradient; engine fused takes any");
    }

    @Test
    void anObjectiveThatTheLayersDoNotHaveIsRefused() {
        TrainingPlan plan = PLAN.withObjective(Objective.defaults().withBeta(4));
        assertThatThrownBy(() -> new Dl4jEngine().start(VaeSpec.of(36, 3), plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "beta: found 4.0, expected 1.0 with engine dl4j, whose layers have no other objective; engine fused takes any");
    }
}
