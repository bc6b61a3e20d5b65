package io.github.latent4j.training;

import io.github.latent4j.data.PcaFit;
import io.github.latent4j.domain.Backend;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Provenance;
import io.github.latent4j.runtime.Vae;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the cards of trained models. */
final class ModelCards {
    private ModelCards() {}

    /** The same model with a card that says where it came from and how good it is. */
    static LatentModel carded(
            LatentModel model, TrainingPlan plan, TrainingEngine engine, TrainingData data, List<EpochReport> history) {
        EpochReport best = history.stream()
                .filter(EpochReport::best)
                .reduce((first, second) -> second)
                .orElseThrow();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("bestEpoch", (double) best.epoch());
        boolean bound = model instanceof Vae;
        put(metrics, "training", best.training(), bound);
        best.validation().ifPresent(losses -> put(metrics, "validation", losses, bound));
        Pca pca = PcaFit.fit(data.train(), model.spec().latent(), plan.seed());
        data.validation().ifPresent(held -> {
            LatentModel fast = model.withCard(ModelCard.of(held.input())).using(MultiplicationProvider.forBatches());
            metrics.put("validationReconstructionError", Validation.reconstructionError(fast, held));
            metrics.put("validationPcaReconstructionError", Validation.reconstructionError(pca, held));
        });
        Provenance provenance = new Provenance(
                data.examples().name(),
                data.sha256(),
                data.train().size(),
                engine.name(),
                plan.fields(),
                Backend.environment());
        return model.withCard(
                new ModelCard(data.examples().input(), Optional.of(provenance), metrics, Optional.of(pca)));
    }

    private static void put(Map<String, Double> metrics, String part, Losses losses, boolean bound) {
        if (bound) {
            metrics.put(part + "Elbo", losses.elbo());
            metrics.put(part + "Kl", losses.kl());
        } else {
            metrics.put(part + "Loss", losses.loss());
        }
    }
}
