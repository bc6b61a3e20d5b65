package io.github.latent4j.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Posterior;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.CompositeReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.GaussianReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.LossFunctionWrapper;
import org.deeplearning4j.nn.conf.layers.variational.ReconstructionDistribution;
import org.deeplearning4j.nn.layers.feedforward.autoencoder.AutoEncoder;
import org.deeplearning4j.nn.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** DL4J's own layers are the oracle: whatever a network computes, the model made from it computes too. */
class NetworksTest {
    private static final float CLOSE = 1e-5f;

    static Matrix examples(int rows, int columns) {
        Matrix examples = Matrix.zeros(rows, columns);
        Random random = new Random(7);
        for (int i = 0; i < examples.data().length; i++) {
            examples.data()[i] = random.nextFloat();
        }
        return examples;
    }

    /** Examples that the likelihood can give. */
    static Matrix examples(int rows, VaeSpec spec) {
        Matrix examples = examples(rows, spec.inputs());
        if (spec.likelihood() instanceof Likelihood.Mixed mixed) {
            int from = 0;
            for (Likelihood.Block block : mixed.blocks()) {
                for (int r = 0; block.likelihood() instanceof Likelihood.Categorical && r < rows; r++) {
                    for (int i = 0; i < block.features(); i++) {
                        examples.data()[r * spec.inputs() + from + i] = i == r % block.features() ? 1 : 0;
                    }
                }
                from += block.features();
            }
        }
        return examples;
    }

    static INDArray array(Matrix m) {
        return Nd4j.createFromArray(m.data()).reshape(m.rows(), m.columns());
    }

    static void assertSame(Matrix ours, INDArray theirs) {
        assertThat(theirs.shape()).containsExactly(ours.rows(), ours.columns());
        float[] expected = theirs.dup('c').data().asFloat();
        for (int i = 0; i < expected.length; i++) {
            assertThat(ours.data()[i]).isCloseTo(expected[i], within(CLOSE * (1 + Math.abs(expected[i]))));
        }
    }

    static MultiLayerNetwork noisy(ModelSpec spec) {
        MultiLayerNetwork network = Networks.create(spec, 3);
        // Biases are 0 at first: move everything a little, so that each one counts.
        Nd4j.getRandom().setSeed(11);
        network.params().addi(Nd4j.randn(network.params().shape()).muli(0.05));
        return network;
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void vaeAgreesWithTheLayerForEveryActivation(Activation activation) {
        VaeSpec spec = new VaeSpec(12, List.of(9, 7), 3, List.of(5, 8), activation, Likelihood.BERNOULLI);
        assertVaeAgrees(spec, noisy(spec));
    }

    static Stream<Likelihood> likelihoods() {
        return Stream.of(
                        "bernoulli",
                        "gaussian",
                        "gaussian:0.25",
                        "gaussian:per-example",
                        "gaussian:per-example[3]+categorical[4]+bernoulli[2]+gaussian[1]+categorical[2]",
                        "categorical[12]")
                .map(Likelihood::parse);
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void vaeAgreesWithTheLayerForEveryLikelihood(Likelihood likelihood) {
        VaeSpec spec = VaeSpec.of(12, 3).withHidden(9).withLikelihood(likelihood);
        assertVaeAgrees(spec, noisy(spec));
    }

    @Provide
    Arbitrary<ModelSpec> specifications() {
        return Specifications.upTo(40);
    }

    /** Vectors hold up to 16 values, so sizes are beside, at and above that. */
    @Property(tries = 150, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void whateverIsSpecifiedAgreesWithTheLayers(@ForAll("specifications") ModelSpec spec) {
        if (spec instanceof VaeSpec vae) {
            assertVaeAgrees(vae, calm(noisy(spec)));
        } else {
            assertAutoencoderAgrees((AutoencoderSpec) spec, calm(noisy(spec)));
        }
    }

    /** Halves all weights: cubes of cubes would tear the smallest differences apart. */
    private static MultiLayerNetwork calm(MultiLayerNetwork network) {
        network.params().muli(0.5);
        return network;
    }

    private static void assertVaeAgrees(VaeSpec spec, MultiLayerNetwork network) {
        Vae model = (Vae) Networks.toModel(network, spec);
        Matrix x = examples(4, spec);
        VariationalAutoencoder layer = (VariationalAutoencoder) network.getLayer(0);

        assertSame(model.encode(x), network.output(array(x)));
        Matrix codes = model.encode(x);
        assertSame(model.decode(codes), layer.generateAtMeanGivenZ(array(codes)));

        // The layer draws one z for each example and sums ln p(x|z); replay its generator.
        Nd4j.getRandom().setSeed(5);
        double[] theirs = layer.reconstructionLogProbability(array(x), 1).data().asDouble();
        Nd4j.getRandom().setSeed(5);
        INDArray noise = Nd4j.randn(x.rows(), spec.latent());
        Posterior posterior = model.posterior(x);
        Matrix z = Matrix.zeros(x.rows(), spec.latent());
        for (int i = 0; i < z.data().length; i++) {
            z.data()[i] = (float) (posterior.mean().data()[i]
                    + Math.exp(0.5 * posterior.logVariance().data()[i]) * noise.getFloat(i));
        }
        double[] ours = model.logLikelihoodGiven(x, z);
        for (int i = 0; i < ours.length; i++) {
            if (spec.activation() == Activation.CUBE) {
                continue; // Its log odds are so large that DL4J's score leaves them out as saturated.
            }
            assertThat(ours[i]).isCloseTo(theirs[i], within(1e-4 * (1 + Math.abs(theirs[i]))));
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void untiedAutoencoderAgreesWithTheNetworkForEveryActivation(Activation activation) {
        AutoencoderSpec spec = AutoencoderSpec.of(12, 3)
                .withHidden(9, 6)
                .withActivations(activation, Activation.TANH, Activation.SIGMOID);
        assertAutoencoderAgrees(spec, noisy(spec));
    }

    private static void assertAutoencoderAgrees(AutoencoderSpec spec, MultiLayerNetwork network) {
        Autoencoder model = (Autoencoder) Networks.toModel(network, spec);
        Matrix x = examples(5, spec.inputs());
        int depth = spec.hidden().size() + 1;
        INDArray codes = network.feedForward(array(x)).get(depth);
        INDArray decoded = network.output(array(x));
        if (spec.weights() == AutoencoderSpec.Weights.TIED) {
            decoded = codes;
            for (int k = depth - 1; k >= 0; k--) {
                decoded = ((AutoEncoder) network.getLayer(k)).decode(decoded, LayerWorkspaceMgr.noWorkspaces());
            }
        }

        assertSame(model.encode(x), codes);
        assertSame(model.reconstruct(x), decoded);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void tiedStackAgreesWithTheLayersForEveryActivation(Activation activation) {
        AutoencoderSpec spec = AutoencoderSpec.of(12, 3).withHidden(9, 6).withTiedWeights(activation);
        assertAutoencoderAgrees(spec, noisy(spec));
    }

    static Stream<ModelSpec> specs() {
        return Stream.of(
                VaeSpec.of(12, 3).withHidden(9),
                VaeSpec.of(12, 3).withHidden(9).withLikelihood(Likelihood.GAUSSIAN),
                VaeSpec.of(12, 3).withHidden(9).withLikelihood(Likelihood.parse("gaussian:per-example")),
                VaeSpec.of(12, 3)
                        .withHidden(9)
                        .withLikelihood(Likelihood.parse("gaussian[3]+categorical[4]+bernoulli[3]+gaussian[2]")),
                AutoencoderSpec.of(12, 3),
                AutoencoderSpec.of(12, 3).withHidden(9, 5),
                AutoencoderSpec.of(12, 3).withHidden(9).withTiedWeights(Activation.SIGMOID),
                AutoencoderSpec.of(12, 3)
                        .withTiedWeights(Activation.SIGMOID)
                        .withCorruption(new Corruption.Masking(0.25)));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void networkAndModelGoBothWays(ModelSpec spec) {
        MultiLayerNetwork network = Networks.create(spec, 0);
        if (spec instanceof VaeSpec vae && vae.likelihood().text().contains("per-example")) {
            network.params().addi(0.01); // as new, its log variances look like those of one variance a feature
        }
        LatentModel model = Networks.toModel(network);
        assertThat(model.spec()).isEqualTo(spec);
        assertThat(Networks.of(model).params()).isEqualTo(network.params());
        assertThat(model.parameters()).hasSize(spec.layout().length());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void openBlasAgreesWithPlainJavaAndIsForBatchesAlone(ModelSpec spec) {
        LatentModel plain = Networks.toModel(noisy(spec), spec);
        LatentModel blas = plain.using(MultiplicationProvider.forBatches());
        Matrix x = examples(300, 12);
        assertThat(blas.provider().name()).isEqualTo("openblas");
        assertThat(blas.reconstruct(x).data())
                .usingComparatorWithPrecision(CLOSE)
                .containsExactly(plain.reconstruct(x).data());
        assertThat(blas.reconstruct(x.row(7)))
                .as("one example alone is multiplied in Java")
                .containsExactly(plain.reconstruct(x.row(7)));
    }

    @Test
    void plainJavaGivesARowTheSameBitsInAnyBatch() {
        LatentModel model = Networks.toModel(noisy(VaeSpec.of(13, 3).withHidden(9)));
        Matrix x = examples(17, 13);
        Matrix all = model.reconstruct(x);
        for (int r = 0; r < x.rows(); r++) {
            assertThat(model.reconstruct(x.row(r))).containsExactly(all.row(r));
        }
    }

    @Test
    void everySeedGivesWeightsOfItsOwnAndTheSameOnesAgain() {
        VaeSpec spec = VaeSpec.of(12, 3).withHidden(9);
        assertThat(Networks.create(spec, 0).params())
                .isEqualTo(Networks.create(spec, 0).params());
        assertThat(Networks.create(spec, 0).params())
                .isNotEqualTo(Networks.create(spec, 1).params());
    }

    private static MultiLayerNetwork byHand(int inputs, ReconstructionDistribution distribution) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder.Builder()
                        .nIn(inputs)
                        .nOut(2)
                        .encoderLayerSizes(5)
                        .decoderLayerSizes(4)
                        .activation(org.nd4j.linalg.activations.Activation.TANH)
                        .pzxActivationFunction(org.nd4j.linalg.activations.Activation.IDENTITY)
                        .reconstructionDistribution(distribution)
                        .build())
                .build());
        network.init();
        return network;
    }

    @Test
    void aCompositeMadeByHandIsAMixedLikelihood() {
        MultiLayerNetwork network = byHand(
                9,
                new CompositeReconstructionDistribution.Builder()
                        .addDistribution(2, new GaussianReconstructionDistribution(new ActivationIdentity()))
                        .addDistribution(3, new LossFunctionWrapper(new ActivationSoftmax(), new LossMCXENT()))
                        .addDistribution(1, new BernoulliReconstructionDistribution(new ActivationSigmoid()))
                        .addDistribution(3, new GaussianReconstructionDistribution(new ActivationIdentity()))
                        .build());
        VaeSpec asDrawn = (VaeSpec) Networks.toModel(network).spec();
        assertThat(asDrawn.likelihood().text())
                .isEqualTo("gaussian:per-example:0.001:1000.0[2]+categorical[3]+bernoulli[1]"
                        + "+gaussian:per-example:0.001:1000.0[3]");
        assertVaeAgrees(asDrawn, network);

        Networks.LogVarianceBlock last = Networks.LogVarianceBlock.of(asDrawn).get(1);
        network.params()
                .reshape(network.numParams())
                .get(NDArrayIndex.interval(last.weightsFrom(), last.weightsTo()))
                .assign(0);
        assertThat(((VaeSpec) Networks.toModel(network).spec()).likelihood().text())
                .isEqualTo("gaussian:per-example:0.001:1000.0[2]+categorical[3]+bernoulli[1]"
                        + "+gaussian:per-feature:0.001:1000.0[3]");
    }

    @Test
    void aDistributionThatNoLikelihoodIsIsRefused() {
        MultiLayerNetwork network = byHand(4, new LossFunctionWrapper(new ActivationSoftmax(), new LossMCXENT()));
        assertThatThrownBy(() -> Networks.toModel(network))
                .hasMessage(
                        "found a network with reconstruction distribution LossFunctionWrapper(afn=softmax,LossMCXENT()),"
                                + " expected Bernoulli with sigmoid, Gaussian with identity, or a composite of these and softmax"
                                + " with LossMCXENT");
    }

    @Test
    void aNetworkOfOtherLayersIsRefused() {
        MultiLayerNetwork lopsided = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(2).build())
                .layer(new OutputLayer.Builder().nIn(2).nOut(3).build())
                .build());
        lopsided.init();
        assertThatThrownBy(() -> Networks.toModel(lopsided))
                .hasMessage("found a network with layers of sizes [4, 2, 3], expected sizes that are the same read from"
                        + " either end");
    }
}
