package io.github.latent4j.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an {@link AnomalyDetector} knows besides the model: how it scores, what scores normal examples have that it was not
 * trained on, and from where on a score is an anomaly. Immutable; part of a model's card and file.
 *
 * @param score what it goes by
 * @param parts what is combined, each with its values on held-out normal examples; where nothing is combined, the score alone
 * @param spreads for each feature the mean squared error of its reconstruction from all others, on held-out normal examples;
 *     empty where nothing needs it
 * @param neighbours how many nearest reference rows a distance is a mean of, at least 1
 * @param draws of the posterior that {@code elbo} and {@code log-likelihood} take, at least 1
 * @param calibration the scores of held-out normal examples, in ascending order, at least one
 * @param threshold scores above it are anomalies
 * @param rule where the threshold came from, for people
 * @param reference rows of features that distances are taken to; empty where nothing needs it; not copied
 */
public record Detection(
        AnomalyScore score,
        List<Part> parts,
        double[] spreads,
        int neighbours,
        int draws,
        double[] calibration,
        double threshold,
        String rule,
        Optional<Matrix> reference) {
    /** The largest number of held-out examples. */
    public static final int MOST_CALIBRATION = 10_000;

    /** The largest number of reference rows. */
    public static final int MOST_REFERENCE = 100_000;

    /** The largest number of neighbours. */
    public static final int MOST_NEIGHBOURS = 1000;

    /** The largest number of draws. */
    public static final int MOST_DRAWS = 10_000;

    /** The largest product of columns and features of a table whose rows are reconstructed once for each column. */
    public static final int MOST_EXPECTATIONS = 1 << 20;

    /**
     * Makes a detection with copies of the arrays.
     *
     * @throws IllegalArgumentException if a number is out of range or not finite, or scores are not in ascending order. Whether
     *     it suits a model, and has reference rows if it needs them, a {@link ModelCard} says with its model
     */
    public Detection {
        parts = List.copyOf(parts);
        spreads = spreads.clone();
        calibration = calibration.clone();
        requireAscending("calibration", calibration);
        range("neighbours", neighbours, MOST_NEIGHBOURS);
        range("draws", draws, MOST_DRAWS);
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold: found %s, expected a finite number".formatted(threshold));
        }
        if (parts.isEmpty()
                || (score != AnomalyScore.COMBINED
                        && (parts.size() != 1 || parts.get(0).score() != score))) {
            throw new IllegalArgumentException("score %s: found the parts %s, expected %s"
                    .formatted(
                            score.text(),
                            parts.stream().map(part -> part.score().text()).toList(),
                            score == AnomalyScore.COMBINED ? "at least one" : "the score alone"));
        }
        for (double spread : spreads) {
            if (!(spread > 0 && Double.isFinite(spread))) {
                throw new IllegalArgumentException(
                        "spreads: found %s, expected finite numbers above 0".formatted(spread));
            }
        }
        reference.ifPresent(rows -> {
            range("reference rows", rows.rows(), MOST_REFERENCE);
            for (float value : rows.data()) {
                if (Float.isInfinite(value)) {
                    throw new IllegalArgumentException(
                            "reference rows: found %s, expected finite numbers, or NaN for missing ones"
                                    .formatted(value));
                }
            }
        });
    }

    /**
     * The same with reference rows.
     *
     * @param rows of features
     * @return a new detection
     */
    public Detection withReference(Matrix rows) {
        return new Detection(score, parts, spreads, neighbours, draws, calibration, threshold, rule, Optional.of(rows));
    }

    private static void range(String what, int found, int most) {
        if (found < 1 || found > most) {
            throw new IllegalArgumentException("%s: found %d, expected 1 to %d".formatted(what, found, most));
        }
    }

    private static void requireAscending(String what, double[] values) {
        range(what, values.length, MOST_CALIBRATION);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i]) || (i > 0 && values[i] < values[i - 1])) {
                throw new IllegalArgumentException(
                        "%s: found %s at index %d, expected finite numbers in ascending order"
                                .formatted(what, values[i], i));
            }
        }
    }

    /** Says so if this is for another model. */
    void checkFor(ModelSpec spec, InputContract input) {
        boolean needed = parts.stream().anyMatch(part -> part.score().needsReference());
        if (needed != reference.isPresent()) {
            throw new IllegalArgumentException("score %s: found %s reference rows, expected %s"
                    .formatted(score.text(), needed ? "no" : "some", needed ? "some" : "none"));
        }
        for (Part part : parts) {
            if ((part.score() == AnomalyScore.ELBO || part.score() == AnomalyScore.LOG_LIKELIHOOD)
                    && !(spec instanceof VaeSpec)) {
                throw new IllegalArgumentException("score %s: found an autoencoder, expected a VAE, which alone has it"
                        .formatted(part.score().text()));
            }
            if (part.score() == AnomalyScore.SURPRISE
                    && (!(input instanceof InputContract.Table) || spreads.length != spec.inputs())) {
                throw new IllegalArgumentException("score surprise: found %d spreads for %s, expected a table and %d"
                        .formatted(spreads.length, input.text(), spec.inputs()));
            }
        }
        if (spreads.length > 0
                && input instanceof InputContract.Table table
                && (long) table.columns().size() * table.size() > MOST_EXPECTATIONS) {
            throw new IllegalArgumentException(
                    "spreads: found %d columns of %d features, expected a product of at most %d"
                            .formatted(table.columns().size(), table.size(), MOST_EXPECTATIONS));
        }
        reference.ifPresent(rows -> {
            if (rows.columns() != spec.inputs()) {
                throw new IllegalArgumentException(
                        "reference rows: found %d features, expected %d".formatted(rows.columns(), spec.inputs()));
            }
        });
    }

    /**
     * A score that is combined with others.
     *
     * @param score which, not combined itself
     * @param calibration its values on held-out normal examples, in ascending order, at least one
     */
    public record Part(AnomalyScore score, double[] calibration) {
        /**
         * Makes a part with a copy of the values.
         *
         * @throws IllegalArgumentException if the score is a combination, or the values are not finite and ascending
         */
        public Part {
            if (score == AnomalyScore.COMBINED) {
                throw new IllegalArgumentException("part of a score: found combined, expected a single one");
            }
            calibration = calibration.clone();
            requireAscending("calibration of " + score.text(), calibration);
        }

        /**
         * The values on held-out normal examples, in ascending order.
         *
         * @return a copy
         */
        @Override
        public double[] calibration() {
            return calibration.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Part part && score == part.score && Arrays.equals(calibration, part.calibration);
        }

        @Override
        public int hashCode() {
            return 31 * score.hashCode() + Arrays.hashCode(calibration);
        }
    }

    /**
     * For each feature the mean squared error of its reconstruction from all others, on held-out normal examples.
     *
     * @return a copy; empty where nothing needs it
     */
    @Override
    public double[] spreads() {
        return spreads.clone();
    }

    /**
     * The scores of held-out normal examples, in ascending order.
     *
     * @return a copy, of at least one
     */
    @Override
    public double[] calibration() {
        return calibration.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Detection d
                && score == d.score
                && parts.equals(d.parts)
                && Arrays.equals(spreads, d.spreads)
                && neighbours == d.neighbours
                && draws == d.draws
                && Arrays.equals(calibration, d.calibration)
                && threshold == d.threshold
                && rule.equals(d.rule)
                && reference.equals(d.reference);
    }

    @Override
    public int hashCode() {
        return 31 * parts.hashCode() + Arrays.hashCode(calibration);
    }
}
