package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Objective.Bound;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValidationTest {
    private static final Examples HELD = Blobs.examples(600, 2);
    private static final VaeSpec SPEC = VaeSpec.of(36, 3).withHidden(8);

    private static Vae vae() {
        Random random = new Random(1);
        float[] parameters = new float[SPEC.layout().length()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.3 * random.nextGaussian());
        }
        return (Vae) LatentModel.of(SPEC, parameters);
    }

    private static Losses losses(Objective objective) {
        return new Validation(TrainingPlan.defaults().withObjective(objective)).losses(vae(), HELD);
    }

    @Test
    void theSparsityCounts() {
        AutoencoderSpec spec =
                AutoencoderSpec.of(36, 3).withActivations(Activation.ELU, Activation.SIGMOID, Activation.SIGMOID);
        LatentModel model = LatentModel.of(spec, new float[spec.layout().length()]);
        Objective sparse = Objective.defaults().withSparsity(new Objective.Sparsity(0.2, 3));
        Losses losses = new Validation(TrainingPlan.defaults().withObjective(sparse)).losses(model, HELD);
        // All weights are 0: every unit of the code is at 0.5.
        double divergence = 0.2 * Math.log(0.4) + 0.8 * Math.log(1.6);
        assertThat(losses.loss() - losses.reconstruction()).isCloseTo(3 * 3 * divergence, within(1e-6));
    }

    @Test
    void theKlCountsWithItsFullWeightAndNoFreeBits() {
        Losses plain = losses(Objective.defaults());
        Losses weighted =
                losses(Objective.defaults().withBeta(3).withFreeBits(100).withWarmUp(WarmUp.parse("linear:5")));
        assertThat(plain.kl()).isPositive();
        assertThat(plain.loss()).isCloseTo(plain.reconstruction() + plain.kl(), within(1e-9));
        assertThat(weighted.reconstruction()).isEqualTo(plain.reconstruction());
        assertThat(weighted.kl()).isEqualTo(plain.kl());
        assertThat(weighted.loss()).isCloseTo(plain.reconstruction() + 3 * plain.kl(), within(1e-9));
    }

    @Test
    void theImportanceWeightedBoundIsMeasuredWithThePlansSamples() {
        double elbo = losses(Objective.defaults()).loss();
        double few = losses(Objective.defaults().withSamples(Bound.IWAE, 5)).loss();
        double many = losses(Objective.defaults().withSamples(Bound.IWAE, 50)).loss();
        assertThat(few).isLessThan(elbo);
        assertThat(many).isLessThan(few);
        // Parts are those of the evidence lower bound, so that they compare.
        assertThat(losses(Objective.defaults().withSamples(Bound.IWAE, 5)).elbo())
                .isEqualTo(losses(Objective.defaults()).elbo());
        // With another KL weight it is no bound.
        Losses weighted = losses(Objective.defaults().withSamples(Bound.IWAE, 5).withBeta(2));
        assertThat(weighted.loss()).isCloseTo(weighted.reconstruction() + 2 * weighted.kl(), within(1e-9));
    }

    @Test
    void aWarmUpThatNeverEndsIsRefused() {
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(2)
                .withObjective(Objective.defaults().withWarmUp(WarmUp.parse("linear:3")));
        TrainingData data = new TrainingData(plan, HELD);
        assertThatThrownBy(() -> data.requireSuitable(SPEC, TrainingEngine.fused()))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "warmUp: found linear:3epochs, expected a warm-up that ends within the 2 epochs of 5 steps");
    }
}
