package io.github.latent4j.training.dl4j;

import io.github.latent4j.domain.Networks;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.training.InputCorruption;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingEngine.Training;
import io.github.latent4j.training.TrainingPlan;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An untied autoencoder: what {@code fit(x, x)} does, with the corrupted input in the first place. */
final class UntiedTraining implements Training {
    private final AutoencoderSpec spec;
    private final TrainingPlan plan;
    private final MultiLayerNetwork network;
    private final Steps steps;

    UntiedTraining(AutoencoderSpec spec, TrainingPlan plan, DataType type) {
        this.spec = spec;
        this.plan = plan;
        this.network = Networks.create(spec, Steps.startSeed(plan), type);
        this.steps = new Steps(network.params(), plan);
    }

    @Override
    public List<Phase> phases() {
        return List.of(new Phase("training", plan.epochs()));
    }

    @Override
    public Losses step(int phase, Matrix batch, int epoch, int step) {
        double loss = gradient(batch, Steps.seed(plan, phase, epoch, step));
        steps.take(network.gradient().gradient(), batch.rows(), epoch);
        return Losses.ofError(loss);
    }

    /** Leaves the gradient, summed over the batch, in the network and gives the mean loss. */
    double gradient(Matrix batch, long seed) {
        DataType type = network.params().dataType();
        INDArray clean = Steps.array(batch, type);
        network.setInput(
                spec.corruption() == Corruption.NONE
                        ? clean
                        : Steps.array(InputCorruption.apply(spec.corruption(), batch, seed), type));
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
}
