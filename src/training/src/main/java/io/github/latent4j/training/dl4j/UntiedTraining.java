package io.github.latent4j.training.dl4j;

import io.github.latent4j.domain.Networks;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.training.InputCorruption;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingEngine.Training;
import io.github.latent4j.training.TrainingPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An untied autoencoder: what {@code fit(x, x)} does, with the corrupted input in the first place. */
final class UntiedTraining implements Training {
    private final AutoencoderSpec spec;
    private final InputCorruption corruption;
    private final TrainingPlan plan;
    private final MultiLayerNetwork network;
    private final Steps steps;

    UntiedTraining(AutoencoderSpec spec, TrainingPlan plan, InputContract input, DataType type) {
        this.spec = spec;
        this.corruption = InputCorruption.of(spec.corruption(), spec, input);
        this.plan = plan;
        this.network = Networks.create(spec, plan.startSeed(), type);
        this.steps = new Steps(network.params(), spec.layout().blocks(), plan);
    }

    @Override
    public List<Phase> phases() {
        return List.of(Phase.training(plan));
    }

    @Override
    public Losses step(Step step, Matrix batch) {
        double loss = gradient(batch, row -> step.noiseSeed(plan.seed(), row));
        steps.take(network.gradient().gradient(), batch.rows(), step);
        return Losses.ofError(loss);
    }

    /** Leaves the gradient, summed over the batch, in the network and gives the mean loss. */
    double gradient(Matrix batch, IntToLongFunction seeds) {
        DataType type = network.params().dataType();
        INDArray clean = Steps.array(batch, type);
        Matrix input = corruption.apply(batch, seeds);
        network.setInput(input == batch ? clean : Steps.array(input, type));
        network.setLabels(clean);
        network.computeGradientAndScore();
        return network.score();
    }

    MultiLayerNetwork network() {
        return network;
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
