package io.github.latent4j.domain;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Likelihood.Variance;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.runtime.VaeSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.CompositeReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.GaussianReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.LossFunctionWrapper;
import org.deeplearning4j.nn.conf.layers.variational.ReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Maps specifications and models to DL4J networks and back.
 *
 * <p>A VAE is one {@code VariationalAutoencoder} layer; a tied autoencoder a stack of {@code AutoEncoder} layers; an untied
 * one dense layers that end in an output layer with squared error. A network is not thread-safe; a model is.
 */
public final class Networks {
    /**
     * The seed that configurations name. DL4J would put the clock time there; nothing here draws from it, since the weights
     * of a new network are drawn with a seed of their own.
     */
    private static final long CONFIGURATION_SEED = 1;

    private Networks() {}

    /**
     * A new network with random weights: Xavier initialisation (Glorot and Bengio 2010), biases 0, and the log variances of a
     * Gaussian likelihood at their starting value.
     *
     * @param spec what it is
     * @param seed any number, 0 included; ND4J's global generator is left in a state that depends on it
     * @return an initialised network of type {@code FLOAT} with Adam as updater
     */
    public static MultiLayerNetwork create(ModelSpec spec, long seed) {
        return create(spec, seed, DataType.FLOAT);
    }

    /**
     * A new network with random weights in another precision.
     *
     * @param spec what it is
     * @param seed any number, 0 included; ND4J's global generator is left in a state that depends on it
     * @param type {@code FLOAT} or {@code DOUBLE}
     * @return an initialised network
     */
    public static MultiLayerNetwork create(ModelSpec spec, long seed, DataType type) {
        MultiLayerConfiguration configuration = configuration(spec, type);
        // DL4J takes 0 for 'no seed'.
        long drawn = seed * 0x9E3779B97F4A7C15L | 1;
        configuration.getConfs().forEach(c -> c.setSeed(drawn));
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        configuration.getConfs().forEach(c -> c.setSeed(CONFIGURATION_SEED));
        if (spec instanceof VaeSpec vae) {
            LogVarianceBlock.of(vae)
                    .forEach(block -> startLogVariance(block, network.params().reshape(network.numParams())));
        }
        return network;
    }

    private static void startLogVariance(LogVarianceBlock block, INDArray parameters) {
        Variance variance = block.variance();
        double start = 1;
        if (variance instanceof Variance.Fixed fixed) {
            start = fixed.value();
        } else if (variance instanceof Variance.PerFeature bounds) {
            start = Math.min(Math.max(start, bounds.min()), bounds.max());
        } else if (variance instanceof Variance.PerExample bounds) {
            start = Math.min(Math.max(start, bounds.min()), bounds.max());
        }
        parameters
                .get(NDArrayIndex.interval(block.weightsFrom(), block.weightsTo()))
                .assign(0);
        parameters.get(NDArrayIndex.interval(block.biasFrom(), block.biasTo())).assign(Math.log(start));
    }

    /**
     * The network of a trained model, to go on with in DL4J.
     *
     * @param model the model
     * @return an initialised network with a copy of its parameters
     */
    public static MultiLayerNetwork of(LatentModel model) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(model.spec(), DataType.FLOAT));
        float[] parameters = model.parameters();
        network.init(Nd4j.createFromArray(parameters).reshape(1, parameters.length), false);
        return network;
    }

    /**
     * The model of a network that one of the methods here made, or of one made by hand of the same layers.
     *
     * @param network its parameters are copied
     * @return the model, with a card that knows nothing of its origin. What concerns training alone is not taken over:
     *     loss, dropout, regularisation; nor are the bounds of a variance, which a network does not know, and whether it was
     *     learned or given. Masking is taken from {@code AutoEncoder} layers
     * @throws IllegalArgumentException if the network is of other layers, has input preprocessors, or computes what a
     *     specification cannot say
     */
    public static LatentModel toModel(MultiLayerNetwork network) {
        return toModel(network, spec(network));
    }

    /**
     * The model of a network whose specification is known.
     *
     * @param network its parameters are copied
     * @param spec its specification
     * @return the model, with a card that knows nothing of its origin
     * @throws IllegalArgumentException if the specification needs another number of parameters
     */
    public static LatentModel toModel(MultiLayerNetwork network, ModelSpec spec) {
        return LatentModel.of(
                spec, network.params().castTo(DataType.FLOAT).dup().data().asFloat());
    }

    private static MultiLayerConfiguration configuration(ModelSpec spec, DataType type) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(CONFIGURATION_SEED)
                .dataType(type)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(1e-3))
                .list();
        layers(spec).forEach(list::layer);
        return list.build();
    }

    private static List<Layer> layers(ModelSpec spec) {
        if (spec instanceof VaeSpec vae) {
            return List.of(new VariationalAutoencoder.Builder()
                    .nIn(vae.inputs())
                    .nOut(vae.latent())
                    .encoderLayerSizes(ints(vae.encoder()))
                    .decoderLayerSizes(ints(vae.decoder()))
                    .activation(toDl4j(vae.activation()))
                    .pzxActivationFunction(org.nd4j.linalg.activations.Activation.IDENTITY)
                    .reconstructionDistribution(distribution(vae.likelihood()))
                    .build());
        }
        AutoencoderSpec ae = (AutoencoderSpec) spec;
        return ae.weights() == AutoencoderSpec.Weights.TIED ? tiedLayers(ae) : untiedLayers(ae);
    }

    private static int[] ints(List<Integer> sizes) {
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Layer> tiedLayers(AutoencoderSpec spec) {
        double masking = spec.corruption() instanceof Corruption.Masking masked ? masked.probability() : 0;
        List<Integer> sizes = spec.encoderSizes();
        return IntStream.range(0, sizes.size() - 1)
                .<Layer>mapToObj(k -> new AutoEncoder.Builder(masking)
                        .nIn(sizes.get(k))
                        .nOut(sizes.get(k + 1))
                        .activation(toDl4j(spec.activation()))
                        .build())
                .toList();
    }

    private static List<Layer> untiedLayers(AutoencoderSpec spec) {
        List<Integer> sizes = spec.encoderSizes();
        int depth = sizes.size() - 1;
        List<Layer> layers = new ArrayList<>();
        for (int k = 0; k < depth; k++) {
            layers.add(
                    dense(sizes.get(k), sizes.get(k + 1), k == depth - 1 ? spec.codeActivation() : spec.activation()));
        }
        for (int k = depth; k > 1; k--) {
            layers.add(dense(sizes.get(k), sizes.get(k - 1), spec.activation()));
        }
        layers.add(new OutputLayer.Builder(LossFunction.MSE)
                .nIn(sizes.get(1))
                .nOut(sizes.get(0))
                .activation(toDl4j(spec.outputActivation()))
                .build());
        return layers;
    }

    private static Layer dense(int in, int out, Activation activation) {
        return new DenseLayer.Builder()
                .nIn(in)
                .nOut(out)
                .activation(toDl4j(activation))
                .build();
    }

    private static ReconstructionDistribution distribution(Likelihood likelihood) {
        if (likelihood instanceof Likelihood.Mixed mixed) {
            CompositeReconstructionDistribution.Builder composite = new CompositeReconstructionDistribution.Builder();
            mixed.blocks().forEach(b -> composite.addDistribution(b.features(), distribution(b.likelihood())));
            return composite.build();
        }
        if (likelihood instanceof Likelihood.Categorical) {
            return new LossFunctionWrapper(new ActivationSoftmax(), new LossMCXENT());
        }
        return likelihood instanceof Likelihood.Gaussian
                ? new GaussianReconstructionDistribution(new ActivationIdentity())
                : new BernoulliReconstructionDistribution(new ActivationSigmoid());
    }

    private static IActivation toDl4j(Activation activation) {
        return org.nd4j.linalg.activations.Activation.valueOf(activation.name()).getActivationFunction();
    }

    private static Activation fromDl4j(IActivation function) {
        for (Activation activation : Activation.values()) {
            if (toDl4j(activation).equals(function)) {
                return activation;
            }
        }
        throw unsupported("activation " + function, "one of latent4j's");
    }

    private static ModelSpec spec(MultiLayerNetwork network) {
        if (!network.getLayerWiseConfigurations().getInputPreProcessors().isEmpty()) {
            throw unsupported(
                    "input preprocessors "
                            + network.getLayerWiseConfigurations().getInputPreProcessors(),
                    "none");
        }
        List<Layer> layers = network.getLayerWiseConfigurations().getConfs().stream()
                .map(NeuralNetConfiguration::getLayer)
                .toList();
        if (layers.size() == 1 && layers.get(0) instanceof VariationalAutoencoder vae) {
            return vaeSpec(network, vae);
        }
        if (layers.stream().allMatch(AutoEncoder.class::isInstance)) {
            return tiedSpec(layers.stream().map(AutoEncoder.class::cast).toList());
        }
        if (layers.get(layers.size() - 1) instanceof OutputLayer
                && layers.stream().limit(layers.size() - 1L).allMatch(DenseLayer.class::isInstance)) {
            return untiedSpec(layers.stream().map(FeedForwardLayer.class::cast).toList());
        }
        throw unsupported(
                "layers "
                        + String.join(
                                ", ",
                                layers.stream()
                                        .map(l -> l.getClass().getSimpleName())
                                        .toList()),
                "one VariationalAutoencoder, AutoEncoder layers alone, or dense layers and an output layer");
    }

    private static VaeSpec vaeSpec(MultiLayerNetwork network, VariationalAutoencoder layer) {
        if (!(layer.getPzxActivationFn() instanceof ActivationIdentity)) {
            throw unsupported("posterior activation " + layer.getPzxActivationFn(), "identity");
        }
        VaeSpec spec = new VaeSpec(
                (int) layer.getNIn(),
                boxed(layer.getEncoderLayerSizes()),
                (int) layer.getNOut(),
                boxed(layer.getDecoderLayerSizes()),
                fromDl4j(layer.getActivationFn()),
                likelihood(layer.getOutputDistribution()));
        INDArray parameters = network.params().reshape(network.numParams());
        Iterator<LogVarianceBlock> logVariances = LogVarianceBlock.of(spec).iterator();
        if (spec.likelihood() instanceof Likelihood.Mixed mixed) {
            return spec.withLikelihood(new Likelihood.Mixed(mixed.blocks().stream()
                    .map(b -> b.likelihood() instanceof Likelihood.Gaussian
                            ? new Likelihood.Block(gaussian(logVariances.next(), parameters), b.features())
                            : b)
                    .toList()));
        }
        return logVariances.hasNext() ? spec.withLikelihood(gaussian(logVariances.next(), parameters)) : spec;
    }

    /** Weights that are all 0 give all examples the same variances. */
    private static Likelihood gaussian(LogVarianceBlock block, INDArray parameters) {
        boolean perFeature = parameters
                        .get(NDArrayIndex.interval(block.weightsFrom(), block.weightsTo()))
                        .amaxNumber()
                        .doubleValue()
                == 0;
        return perFeature ? Likelihood.GAUSSIAN : Likelihood.parse("gaussian:per-example");
    }

    private static Likelihood likelihood(ReconstructionDistribution distribution) {
        if (distribution instanceof CompositeReconstructionDistribution composite) {
            ReconstructionDistribution[] parts = composite.getReconstructionDistributions();
            int[] features = composite.getDistributionSizes();
            return new Likelihood.Mixed(IntStream.range(0, parts.length)
                    .mapToObj(b -> new Likelihood.Block(part(parts[b]), features[b]))
                    .toList());
        }
        if (distribution instanceof BernoulliReconstructionDistribution bernoulli
                && bernoulli.getActivationFn() instanceof ActivationSigmoid) {
            return Likelihood.BERNOULLI;
        }
        if (distribution instanceof GaussianReconstructionDistribution gaussian
                && gaussian.getActivationFn() instanceof ActivationIdentity) {
            return Likelihood.GAUSSIAN;
        }
        throw unsupported(
                "reconstruction distribution " + distribution,
                "Bernoulli with sigmoid, Gaussian with identity, or a composite of these and softmax with LossMCXENT");
    }

    /** What a composite has in one place. */
    private static Likelihood part(ReconstructionDistribution distribution) {
        return distribution instanceof LossFunctionWrapper wrapper
                        && wrapper.getActivationFn() instanceof ActivationSoftmax
                        && wrapper.getLossFunction() instanceof LossMCXENT loss
                        && loss.getWeights() == null
                ? new Likelihood.Categorical()
                : likelihood(distribution);
    }

    private static List<Integer> boxed(int[] sizes) {
        return IntStream.of(sizes).boxed().toList();
    }

    private static AutoencoderSpec tiedSpec(List<AutoEncoder> layers) {
        AutoEncoder first = layers.get(0);
        Activation activation = fromDl4j(first.getActivationFn());
        for (AutoEncoder layer : layers) {
            if (fromDl4j(layer.getActivationFn()) != activation) {
                throw unsupported(
                        "AutoEncoder layers with activations %s and %s"
                                .formatted(first.getActivationFn(), layer.getActivationFn()),
                        "one activation throughout");
            }
        }
        int[] hidden = layers.stream()
                .limit(layers.size() - 1L)
                .mapToInt(l -> (int) l.getNOut())
                .toArray();
        AutoencoderSpec spec = AutoencoderSpec.of((int) first.getNIn(), (int)
                        layers.get(layers.size() - 1).getNOut())
                .withHidden(hidden)
                .withTiedWeights(activation);
        return first.getCorruptionLevel() > 0
                ? spec.withCorruption(new Corruption.Masking(first.getCorruptionLevel()))
                : spec;
    }

    private static AutoencoderSpec untiedSpec(List<FeedForwardLayer> layers) {
        int count = layers.size();
        int depth = count / 2;
        List<Integer> sizes = new ArrayList<>();
        sizes.add((int) layers.get(0).getNIn());
        layers.forEach(l -> sizes.add((int) l.getNOut()));
        for (int k = 0; k < depth; k++) {
            if (count % 2 != 0 || !sizes.get(k).equals(sizes.get(count - k))) {
                throw unsupported("layers of sizes " + sizes, "sizes that are the same read from either end");
            }
        }
        Activation code = fromDl4j(((BaseLayer) layers.get(depth - 1)).getActivationFn());
        Activation output = fromDl4j(((BaseLayer) layers.get(count - 1)).getActivationFn());
        Activation hidden = depth == 1 ? Activation.ELU : fromDl4j(((BaseLayer) layers.get(0)).getActivationFn());
        AutoencoderSpec spec = AutoencoderSpec.of(sizes.get(0), sizes.get(depth))
                .withHidden(ints(sizes.subList(1, depth)))
                .withActivations(hidden, code, output);
        List<IActivation> expected = untiedLayers(spec).stream()
                .map(l -> ((BaseLayer) l).getActivationFn())
                .toList();
        List<IActivation> found =
                layers.stream().map(l -> ((BaseLayer) l).getActivationFn()).toList();
        if (!expected.equals(found)) {
            throw unsupported("activations " + found, "one activation in all hidden layers");
        }
        for (FeedForwardLayer layer : layers) {
            boolean bias = layer instanceof OutputLayer output1
                    ? output1.isHasBias()
                    : layer instanceof DenseLayer dense && dense.isHasBias() && !dense.isHasLayerNorm();
            if (!bias) {
                throw unsupported(
                        "layer " + layer.getLayerName(), "a layer with biases and without layer normalisation");
            }
        }
        return spec;
    }

    private static IllegalArgumentException unsupported(String found, String expected) {
        return new IllegalArgumentException("found a network with %s, expected %s".formatted(found, expected));
    }

    /**
     * Where the log variances of a Gaussian likelihood, or of a Gaussian block of a mixed one, stand in the flat vector: the
     * second half of the weights and of the biases that lead to it.
     *
     * @param variance what they depend on
     * @param weightsFrom the first weight
     * @param weightsTo behind the last weight
     * @param biasFrom the first bias
     * @param biasTo behind the last bias
     */
    public record LogVarianceBlock(Variance variance, int weightsFrom, int weightsTo, int biasFrom, int biasTo) {
        /**
         * The blocks of a specification.
         *
         * @param spec with any likelihood
         * @return one for each Gaussian, in their order
         */
        public static List<LogVarianceBlock> of(VaeSpec spec) {
            List<Likelihood.Block> parts = spec.likelihood() instanceof Likelihood.Mixed mixed
                    ? mixed.blocks()
                    : List.of(new Likelihood.Block(spec.likelihood(), spec.inputs()));
            ParameterLayout layout = spec.layout();
            ParameterLayout.Block weights = layout.block("pXZW");
            ParameterLayout.Block bias = layout.block("pXZb");
            List<LogVarianceBlock> blocks = new ArrayList<>();
            int end = 0;
            for (Likelihood.Block part : parts) {
                end += part.parameters();
                if (part.likelihood() instanceof Likelihood.Gaussian gaussian) {
                    int start = end - part.features();
                    blocks.add(new LogVarianceBlock(
                            gaussian.variance(),
                            weights.offset() + start * weights.inputs(),
                            weights.offset() + end * weights.inputs(),
                            bias.offset() + start,
                            bias.offset() + end));
                }
            }
            return blocks;
        }
    }
}
