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
 * @param detection how an {@link AnomalyDetector} scores; empty if none was fitted
 */
public record ModelCard(
        InputContract input,
        Optional<Provenance> provenance,
        Map<String, Double> metrics,
        Optional<Pca> baseline,
        Optional<Detection> detection) {
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
     * Makes a card without a detector.
     *
     * @param input what the values of an example mean
     * @param provenance where the model came from; empty for one made by hand
     * @param metrics figures measured when it was trained, by name, in order
     * @param baseline a principal component analysis of the training data
     * @throws IllegalArgumentException if a metric is not finite
     */
    public ModelCard(
            InputContract input, Optional<Provenance> provenance, Map<String, Double> metrics, Optional<Pca> baseline) {
        this(input, provenance, metrics, baseline, Optional.empty());
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

    /**
     * The same with a baseline.
     *
     * @param pca a principal component analysis of the training data
     * @return a new card
     */
    public ModelCard withBaseline(Pca pca) {
        return new ModelCard(input, provenance, metrics, Optional.of(pca), detection);
    }

    /**
     * The same with a detector.
     *
     * @param how it scores
     * @return a new card
     */
    public ModelCard withDetection(Detection how) {
        return new ModelCard(input, provenance, metrics, baseline, Optional.of(how));
    }

    /**
     * The table whose records the model takes.
     *
     * @return the input contract
     * @throws IllegalStateException if the model takes something else
     */
    public InputContract.Table table() {
        if (input instanceof InputContract.Table table) {
            return table;
        }
        throw new IllegalStateException("found a model of %s, expected one of a table".formatted(input.text()));
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
        detection.ifPresent(how -> how.checkFor(spec, input));
        return this;
    }
}
