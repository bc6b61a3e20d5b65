package io.github.latent4j.training.dl4j;

import io.github.latent4j.domain.Networks;
import io.github.latent4j.domain.Networks.LogVarianceBlock;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood.Variance;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingEngine.Training;
import io.github.latent4j.training.TrainingPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A VAE, through the gradient of DL4J's layer. A Gaussian's variance is held to what the specification says: the
 * gradient of what is fixed is set to 0, and a learned variance is put back within its bounds after each step.
 */
final class VaeTraining implements Training {
    private final VaeSpec spec;
    private final TrainingPlan plan;
    private final List<LogVarianceBlock> logVariances;
    private final MeasuredDistribution distribution;
    private final MultiLayerNetwork network;
    private final VariationalAutoencoder layer;
    private final Steps steps;

    VaeTraining(VaeSpec spec, TrainingPlan plan, DataType type) {
        this.spec = spec;
        this.plan = plan;
        MultiLayerNetwork stock = Networks.create(spec, plan.startSeed(), type);
        // The same network, but for a distribution that tells the two parts of the loss apart.
        MultiLayerConfiguration configuration = stock.getLayerWiseConfigurations();
        var layerConfiguration = (org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder)
                configuration.getConf(0).getLayer();
        this.logVariances = LogVarianceBlock.of(spec);
        int firstBias = spec.layout().block("pXZb").offset();
        this.distribution = new MeasuredDistribution(
                layerConfiguration.getOutputDistribution(),
                logVariances.stream()
                        .filter(block -> block.variance() instanceof Variance.PerExample)
                        .map(block -> MeasuredDistribution.Bounds.of(
                                (Variance.PerExample) block.variance(),
                                block.biasFrom() - firstBias,
                                block.biasTo() - firstBias))
                        .toList());
        layerConfiguration.setOutputDistribution(distribution);
        this.network = new MultiLayerNetwork(configuration);
        network.init(stock.params(), false);
        network.initGradientsView();
        this.layer = (VariationalAutoencoder) network.getLayer(0);
        this.steps = new Steps(network.params(), spec.layout().blocks(), plan);
    }

    @Override
    public List<Phase> phases() {
        return List.of(Phase.training(plan));
    }

    @Override
    public Losses step(Step step, Matrix batch) {
        Losses losses = gradient(batch, Steps.seed(plan, step));
        steps.take(layer.getGradientsViewArray(), batch.rows(), step);
        logVariances.forEach(this::keepWithin);
        return losses;
    }

    /** Leaves the gradient, summed over the batch, in the layer and gives the mean losses. */
    Losses gradient(Matrix batch, long seed) {
        Nd4j.getRandom().setSeed(seed);
        layer.setInput(Steps.array(batch, network.params().dataType()), LayerWorkspaceMgr.noWorkspacesImmutable());
        layer.computeGradientAndScore(LayerWorkspaceMgr.noWorkspacesImmutable());
        for (LogVarianceBlock block : logVariances) {
            if (!(block.variance() instanceof Variance.PerExample)) {
                part(layer.getGradientsViewArray(), block.weightsFrom(), block.weightsTo())
                        .assign(0);
            }
            if (block.variance() instanceof Variance.Fixed) {
                part(layer.getGradientsViewArray(), block.biasFrom(), block.biasTo())
                        .assign(0);
            }
        }
        double reconstruction = distribution.lastMean();
        return Losses.ofBound(reconstruction, layer.score() - reconstruction);
    }

    private void keepWithin(LogVarianceBlock block) {
        if (block.variance() instanceof Variance.PerFeature bounds) {
            INDArray logVariance = part(network.params(), block.biasFrom(), block.biasTo());
            logVariance.assign(Transforms.min(
                    Transforms.max(logVariance, Math.log(bounds.min()), true), Math.log(bounds.max()), false));
        }
    }

    private static INDArray part(INDArray flat, int from, int to) {
        return flat.reshape(flat.length()).get(NDArrayIndex.interval(from, to));
    }

    VariationalAutoencoder layer() {
        return layer;
    }

    @Override
    public LatentModel model() {
        return Networks.toModel(network, spec);
    }

    @Override
    public Map<String, float[]> state() {
        Map<String, float[]> state = new HashMap<>();
        steps.save("network", state);
        return state;
    }

    @Override
    public void restore(Map<String, float[]> state) {
        steps.restore("network", state);
    }

    @Override
    public void close() {
        // ND4J frees its arrays when they are no longer reachable.
    }
}
