package io.github.latent4j.training.dl4j;

import io.github.latent4j.domain.Networks;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.AutoencoderSpec.Weights;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.runtime.ParameterLayout.Block;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingEngine.Training;
import io.github.latent4j.training.TrainingPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.feedforward.autoencoder.AutoEncoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A tied stack of sigmoid {@code AutoEncoder} layers: each layer is pretrained by itself with the gradient of DL4J's layer,
 * whose sign is put right, then the unrolled stack is trained as a whole with squared error.
 *
 * <p>For the second part the stack is laid out as DL4J's dense layers, whose gradients are brought together: a weight matrix
 * gets the sum of its encoder's and its decoder's, so W and Wᵀ stay one.
 */
final class TiedTraining implements Training {
    private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspacesImmutable();

    private final AutoencoderSpec spec;
    private final ParameterLayout layout;
    private final TrainingPlan plan;
    private final MultiLayerNetwork stack;
    private final List<Steps> layerSteps;
    private final UntiedTraining unrolled;
    private final INDArray parameters;
    private final INDArray gradient;
    private final Steps steps;

    TiedTraining(AutoencoderSpec spec, TrainingPlan plan, InputContract input, DataType type) {
        this.spec = spec;
        this.layout = spec.layout();
        this.plan = plan;
        this.stack = Networks.create(spec, plan.startSeed(), type);
        stack.initGradientsView();
        this.layerSteps = IntStream.range(0, stack.getnLayers())
                .mapToObj(k -> new Steps(layer(k).params(), layout.blocks().subList(3 * k, 3 * k + 3), plan))
                .toList();
        for (int k = 0; k < stack.getnLayers(); k++) {
            configuration(k).setCorruptionLevel(plan.pretraining().masking());
        }
        this.unrolled = new UntiedTraining(
                new AutoencoderSpec(
                        spec.inputs(),
                        spec.hidden(),
                        spec.latent(),
                        spec.activation(),
                        spec.codeActivation(),
                        spec.outputActivation(),
                        Weights.UNTIED,
                        spec.corruption()),
                plan,
                input,
                type);
        this.parameters = stack.params().reshape(stack.numParams());
        this.gradient = Nd4j.zeros(type, stack.numParams());
        this.steps = new Steps(stack.params(), layout.blocks(), plan);
    }

    private AutoEncoder layer(int k) {
        return (AutoEncoder) stack.getLayer(k);
    }

    private org.deeplearning4j.nn.conf.layers.AutoEncoder configuration(int k) {
        return (org.deeplearning4j.nn.conf.layers.AutoEncoder) layer(k).conf().getLayer();
    }

    @Override
    public List<Phase> phases() {
        List<Phase> phases = new ArrayList<>();
        for (int k = 0; k < stack.getnLayers(); k++) {
            phases.add(Phase.pretraining(k, stack.getnLayers(), plan));
        }
        phases.add(Phase.fineTuning(plan));
        return phases;
    }

    @Override
    public Losses step(Step step, Matrix batch) {
        int phase = step.phase();
        if (phase < stack.getnLayers()) {
            double loss = pretrainingGradient(phase, batch, Steps.seed(plan, step));
            layerSteps.get(phase).take(layer(phase).getGradientsViewArray(), batch.rows(), step);
            return Losses.ofError(loss);
        }
        double loss = gradient(batch, row -> step.noiseSeed(plan.seed(), row));
        steps.take(gradient, batch.rows(), step);
        return Losses.ofError(loss);
    }

    /**
     * Leaves in a layer the gradient of its cross-entropy, summed over the batch, and gives the mean squared error of its
     * reconstruction of an undisturbed input. The layer itself computes the direction of descent: its sign is turned.
     */
    double pretrainingGradient(int k, Matrix batch, long seed) {
        INDArray input = Steps.array(batch, parameters.dataType());
        for (int below = 0; below < k; below++) {
            input = layer(below).encode(input, false, NO_WORKSPACES);
        }
        AutoEncoder layer = layer(k);
        INDArray error = layer.decode(layer.encode(input, false, NO_WORKSPACES), NO_WORKSPACES)
                .subi(input);
        Nd4j.getRandom().setSeed(seed);
        layer.setInput(input, NO_WORKSPACES);
        layer.computeGradientAndScore(NO_WORKSPACES);
        layer.getGradientsViewArray().negi();
        return error.muli(error).meanNumber().doubleValue();
    }

    /** Leaves the gradient of the whole stack, summed over the batch, in {@link #flatGradient()} and gives the mean loss. */
    double gradient(Matrix batch, IntToLongFunction seeds) {
        MultiLayerNetwork network = unrolled.network();
        int depth = stack.getnLayers();
        for (int k = 0; k < depth; k++) {
            int mirrored = 2 * depth - 1 - k;
            INDArray weights = weights(parameters, k);
            network.getParam(k + "_W").assign(weights);
            network.getParam(k + "_b").assign(vector(parameters, k + "_b"));
            network.getParam(mirrored + "_W").assign(weights.transpose());
            network.getParam(mirrored + "_b").assign(vector(parameters, k + "_vb"));
        }
        double loss = unrolled.gradient(batch, seeds);
        Gradient gradients = network.gradient();
        for (int k = 0; k < depth; k++) {
            int mirrored = 2 * depth - 1 - k;
            weights(gradient, k)
                    .assign(gradients.getGradientFor(k + "_W"))
                    .addi(gradients.getGradientFor(mirrored + "_W").transpose());
            vector(gradient, k + "_b").assign(gradients.getGradientFor(k + "_b"));
            vector(gradient, k + "_vb").assign(gradients.getGradientFor(mirrored + "_b"));
        }
        return loss;
    }

    INDArray flatGradient() {
        return gradient;
    }

    MultiLayerNetwork stack() {
        return stack;
    }

    private INDArray weights(INDArray flat, int k) {
        Block block = layout.block(k + "_W");
        return vector(flat, block.name()).reshape('f', block.inputs(), block.outputs());
    }

    private INDArray vector(INDArray flat, String name) {
        Block block = layout.block(name);
        return flat.get(NDArrayIndex.interval(block.offset(), block.offset() + block.length()));
    }

    @Override
    public LatentModel model() {
        return Networks.toModel(stack, spec);
    }

    @Override
    public Map<String, float[]> state() {
        Map<String, float[]> state = new HashMap<>();
        for (int k = 0; k < layerSteps.size(); k++) {
            layerSteps.get(k).save("layer" + k, state);
        }
        steps.save("stack", state);
        return state;
    }

    @Override
    public void restore(Map<String, float[]> state) {
        for (int k = 0; k < layerSteps.size(); k++) {
            layerSteps.get(k).restore("layer" + k, state);
        }
        steps.restore("stack", state);
    }

    @Override
    public void close() {
        // ND4J frees its arrays when they are no longer reachable.
    }
}
