package io.github.latent4j.training.dl4j;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Objective;
import io.github.latent4j.training.PlanException;
import io.github.latent4j.training.TrainingEngine;
import io.github.latent4j.training.TrainingPlan;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Trains through DL4J's own layers: their gradients, its updaters, ND4J's backend. Before each step ND4J's generator is set
 * from seed, phase, epoch and step, so that a step depends on nothing but its place and the parameters.
 */
public final class Dl4jEngine implements TrainingEngine {
    private final DataType type;

    /** Makes the engine, in single precision. */
    public Dl4jEngine() {
        this(DataType.FLOAT);
    }

    /** Double precision is for holding gradients against finite differences. */
    Dl4jEngine(DataType type) {
        this.type = type;
    }

    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public void requireSupported(ModelSpec spec, TrainingPlan plan) {
        if (spec instanceof AutoencoderSpec ae
                && ae.weights() == AutoencoderSpec.Weights.TIED
                && ae.activation() != Activation.SIGMOID) {
            throw new IllegalArgumentException(
                    "engine dl4j: found a tied stack with activation %s, expected sigmoid, for which alone DL4J's AutoEncoder layer has the right gradient; engine fused takes any"
                            .formatted(ae.activation().text()));
        }
        if (spec instanceof VaeSpec vae && !(vae.corruption() instanceof Corruption.None)) {
            throw new IllegalArgumentException(
                    "engine dl4j: found a VAE with corruption %s, expected none, since DL4J's layer compares with what it gets; engine fused takes any"
                            .formatted(vae.corruption().text()));
        }
        Map<String, String> stock = plan.withObjective(Objective.defaults()).fields();
        plan.fields().forEach((field, found) -> {
            String expected = stock.get(field);
            if (!found.equals(expected)) {
                throw new PlanException(
                        field,
                        found,
                        "%s with engine dl4j, whose layers have no other objective; engine fused takes any"
                                .formatted(expected));
            }
        });
    }

    @Override
    public Training start(ModelSpec spec, TrainingPlan plan, InputContract input) {
        requireSupported(spec, plan);
        if (spec instanceof VaeSpec vae) {
            return new VaeTraining(vae, plan, type);
        }
        AutoencoderSpec ae = (AutoencoderSpec) spec;
        if (ae.weights() == AutoencoderSpec.Weights.UNTIED) {
            return new UntiedTraining(ae, plan, input, type);
        }
        return new TiedTraining(ae, plan, input, type);
    }
}
