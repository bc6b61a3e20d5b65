package io.github.latent4j.evaluation;

/**
 * The reconstruction error of a principal component analysis on the same examples: the best linear autoencoder, and so
 * what a model has to beat.
 *
 * @param reconstructionError mean squared error over features and examples, in squared units of the input
 * @param dimensions the number of components
 * @param fittedOn what it was fitted on
 */
public record PcaBaseline(double reconstructionError, int dimensions, FittedOn fittedOn) {
    /** What a baseline was fitted on. */
    public enum FittedOn {
        /** The data that the model was trained on: a fair comparison. */
        TRAINING_DATA("training data"),
        /** The data that it is measured on: a comparison that favours the baseline. */
        EVALUATED_DATA("evaluated data");

        private final String text;

        FittedOn(String text) {
            this.text = text;
        }

        /**
         * The name for people and JSON.
         *
         * @return {@code training data} or {@code evaluated data}
         */
        public String text() {
            return text;
        }
    }

    /**
     * What the baseline is, in one sentence.
     *
     * @return text for people
     */
    public String text() {
        String what =
                "PCA with %s %s, fitted on the ".formatted(dimensions, dimensions == 1 ? "dimension" : "dimensions");
        return switch (fittedOn) {
            case TRAINING_DATA -> what + "data that the model was trained on.";
            case EVALUATED_DATA ->
                what + "evaluated data itself, since the model brings none along, which favours PCA.";
        };
    }
}
