package io.github.latent4j.runtime;

/**
 * How a denoising autoencoder's input is disturbed while training; the target stays clean (Vincent et al. 2010, JMLR 11; for
 * a VAE Im et al. 2017, arXiv 1511.06406). A trained model gets its input undisturbed.
 */
public sealed interface Corruption {
    /** No corruption. */
    Corruption NONE = new None();

    /** No corruption: a plain model. */
    record None() implements Corruption {}

    /**
     * Each value is set to 0 with a probability, independently; the others are not rescaled. The features of a table's
     * cell are masked together, and the one that tells of missing cells is set to 1; the features of a categorical block of a
     * VAE's likelihood are masked together, too.
     *
     * @param probability from 0, never, to below 1
     */
    record Masking(double probability) implements Corruption {
        /**
         * Makes a masking corruption.
         *
         * @throws IllegalArgumentException if the probability is not in [0, 1)
         */
        public Masking {
            if (!(probability >= 0 && probability < 1)) {
                throw new IllegalArgumentException(
                        "masking probability: found %s, expected from 0 to below 1".formatted(probability));
            }
        }
    }

    /**
     * Gaussian noise of mean 0 is added to each value, independently; of a table, to those of numbers and dates.
     *
     * @param standardDeviation in units of the preprocessed input, above 0
     */
    record Gaussian(double standardDeviation) implements Corruption {
        /**
         * Makes a Gaussian corruption.
         *
         * @throws IllegalArgumentException if the standard deviation is not finite and above 0
         */
        public Gaussian {
            if (!(standardDeviation > 0 && Double.isFinite(standardDeviation))) {
                throw new IllegalArgumentException("standard deviation of the corruption: found %s, expected above 0"
                        .formatted(standardDeviation));
            }
        }
    }

    /**
     * The text form: {@code none}, {@code masking:0.3} or {@code gaussian:0.1}.
     *
     * @return what {@link #parse} reads
     */
    default String text() {
        if (this instanceof Masking masking) {
            return "masking:" + masking.probability();
        }
        if (this instanceof Gaussian gaussian) {
            return "gaussian:" + gaussian.standardDeviation();
        }
        return "none";
    }

    /**
     * Reads the text form.
     *
     * @param text {@code none}, {@code masking:PROBABILITY} or {@code gaussian:STANDARD_DEVIATION}
     * @return the corruption
     * @throws IllegalArgumentException if the text is none of these or the number is out of range
     */
    static Corruption parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        if (colon < 0 && kind.equals("none")) {
            return NONE;
        }
        if (colon > 0 && (kind.equals("masking") || kind.equals("gaussian"))) {
            try {
                double value = Double.parseDouble(text.substring(colon + 1));
                return kind.equals("masking") ? new Masking(value) : new Gaussian(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "corruption '%s': found '%s', expected a number".formatted(text, text.substring(colon + 1)), e);
            }
        }
        throw new IllegalArgumentException(
                "found corruption '%s', expected none, masking:PROBABILITY or gaussian:STANDARD_DEVIATION"
                        .formatted(text));
    }
}
