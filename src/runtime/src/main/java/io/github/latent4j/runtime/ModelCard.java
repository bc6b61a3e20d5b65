package io.github.latent4j.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a model besides its specification and parameters.
 *
 * @param input what the values of an example mean
 * @param provenance where the model came from; empty for one made by hand
 * @param metrics figures measured when it was trained, by name, in order
 * @param baseline a principal component analysis of the training data with as many dimensions as the model's code
 */
public record ModelCard(
        InputContract input, Optional<Provenance> provenance, Map<String, Double> metrics, Optional<Pca> baseline) {
    /**
     * Makes a card with a copy of the metrics that keeps their order.
     *
     * @throws IllegalArgumentException if a metric is not finite
     */
    public ModelCard {
        for (Map.Entry<String, Double> metric : metrics.entrySet()) {
            if (!Double.isFinite(metric.getValue())) {
                throw new IllegalArgumentException(
                        "metric %s: found %s, expected a finite number".formatted(metric.getKey(), metric.getValue()));
            }
        }
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * A card that knows the input contract alone.
     *
     * @param input what the values of an example mean
     * @return the card
     */
    public static ModelCard of(InputContract input) {
        return new ModelCard(input, Optional.empty(), Map.of(), Optional.empty());
    }

    ModelCard checkedFor(ModelSpec spec) {
        if (input.size() != spec.inputs()) {
            throw new IllegalArgumentException(
                    "found an input contract of %d values, expected %d as in the specification"
                            .formatted(input.size(), spec.inputs()));
        }
        if (baseline.isPresent() && baseline.get().inputs() != spec.inputs()) {
            throw new IllegalArgumentException("found a baseline of %d values, expected %d as in the specification"
                    .formatted(baseline.get().inputs(), spec.inputs()));
        }
        return this;
    }
}
