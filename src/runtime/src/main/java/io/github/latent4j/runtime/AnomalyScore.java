package io.github.latent4j.runtime;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an anomaly detector goes by. Higher is odder, always. */
public enum AnomalyScore {
    /** The mean squared error of the reconstruction, over the features that are there. */
    RECONSTRUCTION(false),
    /** Minus the evidence lower bound, in nats; of a VAE. */
    ELBO(false),
    /** Minus the importance-sampled log likelihood ln p(x), in nats; of a VAE. */
    LOG_LIKELIHOOD(false),
    /**
     * How surprising each cell is when the model is told all others: the sum over the columns of −ln p(cell | other cells), in
     * nats, up to a constant (a pseudo-likelihood; Besag 1975, The Statistician 24).
     */
    SURPRISE(false),
    /** The mean distance from the features to the nearest reference rows, in features of a standard deviation's size. */
    NEIGHBOURS(true),
    /** The mean distance from the code to the nearest reference rows' codes. */
    CODES(true),
    /** A fixed combination of others, each in terms of how rare its value is among normal examples. */
    COMBINED(false);

    private final boolean reference;

    AnomalyScore(boolean reference) {
        this.reference = reference;
    }

    /**
     * Whether it needs reference rows, which are then part of the model file.
     *
     * @return true for the distances to neighbours
     */
    public boolean needsReference() {
        return reference;
    }

    /**
     * The name as files and the command line write it.
     *
     * @return such as {@code log-likelihood}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The score of a name.
     *
     * @param text a name as {@link #text()} gives it
     * @return the score
     * @throws IllegalArgumentException if there is none of that name; the message lists the known ones
     */
    public static AnomalyScore parse(String text) {
        for (AnomalyScore score : values()) {
            if (score.text().equals(text)) {
                return score;
            }
        }
        throw new IllegalArgumentException("anomaly score: found '%s', expected %s"
                .formatted(text, Arrays.stream(values()).map(AnomalyScore::text).collect(Collectors.joining(", "))));
    }
}
