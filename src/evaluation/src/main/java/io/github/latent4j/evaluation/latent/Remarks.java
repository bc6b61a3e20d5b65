package io.github.latent4j.evaluation.latent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sentences of a {@link LatentEvaluation}. */
final class Remarks {
    private static final String WHAT_TO_TRY =
            "let the KL weight warm up, give each dimension some free bits, lower beta, the weight of the KL divergence, or make the decoder weaker with smaller hidden layers";

    private final List<String> sentences = new ArrayList<>();

    List<String> sentences() {
        return sentences;
    }

    void codes(List<LatentDimension> dimensions, Optional<AggregatedPosterior> aggregated) {
        if (aggregated.isPresent()) {
            activity(dimensions);
            information(aggregated.get());
        } else {
            sentences.add(
                    "An autoencoder has no prior and no posterior: KL divergence, active units and mutual information are a VAE's alone.");
            long constant =
                    dimensions.stream().filter(d -> d.codeVariance() == 0).count();
            if (constant > 0) {
                sentences.add("%d of %d numbers of the code are the same for all examples and could be left out."
                        .formatted(constant, dimensions.size()));
            }
        }
    }

    private void activity(List<LatentDimension> dimensions) {
        int latent = dimensions.size();
        int active = (int) dimensions.stream().filter(LatentDimension::isActive).count();
        if (active == 0) {
            sentences.add(
                    "The posterior has collapsed: no latent dimension is active, so the decoder ignores the code and makes the same of every example. Try to %s."
                            .formatted(WHAT_TO_TRY));
        } else if (active < latent) {
            String idle = latent - active == 1 ? "the other says" : "the other %d say".formatted(latent - active);
            sentences.add(
                    "%d of %d latent dimensions %s active; %s next to nothing of an example and could be left out."
                            .formatted(active, latent, active == 1 ? "is" : "are", idle));
            if (2 * active < latent) {
                sentences.add("If more of the code is to be used, %s.".formatted(WHAT_TO_TRY));
            }
        }
    }

    private void information(AggregatedPosterior aggregated) {
        sentences.add(String.format(
                Locale.ROOT,
                "The KL divergence of %d examples, %.4g nats, is split into the mutual information of example and code, estimated with one draw an example, and the divergence of all codes together from the prior (Hoffman and Johnson 2016).",
                aggregated.examples(),
                aggregated.kl()));
        if (aggregated.saturated()) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "The estimate of the mutual information is near the greatest that %1$d examples allow, ln %1$d = %2$.2f nats: nearly every one of them can be told from its code. The true one may be greater, and the divergence from the prior smaller.",
                    aggregated.examples(),
                    aggregated.bound()));
        }
    }

    void noLabels() {
        sentences.add("The examples have no labels: what the code tells of labels is left out.");
    }

    void oneExample() {
        sentences.add(
                "There is one example, and probes are fitted on some and measured on others: what the code tells of labels is left out.");
    }

    void fewLabels(long labels) {
        sentences.add(
                "What the code tells of labels is left out: found %d %s with at least %d examples to fit probes on, expected at least 2."
                        .formatted(labels, labels == 1 ? "label" : "labels", Probing.LEAST_OF_A_LABEL));
    }

    void probes(Probes probes, boolean pcaOfCard, boolean ofReference) {
        sentences.add(
                "Nearest neighbours and linear probes were fitted on %d %s and measured on %d; PCA was fitted on %s."
                        .formatted(
                                probes.fittedOn(),
                                ofReference ? "examples of the reference" : "of the examples",
                                probes.measuredOn(),
                                pcaOfCard ? "the data that the model was trained on" : "the former"));
    }
}
