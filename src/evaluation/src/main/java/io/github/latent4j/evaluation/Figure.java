package io.github.latent4j.evaluation;

/**
 * A number that was measured, with what a reader needs to understand it.
 *
 * @param key its name in JSON and CSV files, in camel case, such as {@code reconstructionError}; the same figure of two models
 *     has the same key
 * @param name its name for people, such as {@code Reconstruction error}
 * @param value the number; NaN where it is not defined
 * @param standardError the standard error of the value, in its unit; NaN if none is known
 * @param kind how it is written
 * @param unit for people, such as {@code nats per example}
 * @param meaning one or two sentences: what it says, and which way is better
 */
public record Figure(
        String key, String name, double value, double standardError, Kind kind, String unit, String meaning) {
    /** How a figure is written. */
    public enum Kind {
        /** A number with four significant digits. */
        NUMBER,
        /** A whole number. */
        COUNT,
        /** From 0 to 1, written in percent. */
        SHARE
    }

    /**
     * A number.
     *
     * @param key its name in files
     * @param name its name for people
     * @param value the number
     * @param unit for people
     * @param meaning what it says
     * @return the figure, without a standard error
     */
    public static Figure number(String key, String name, double value, String unit, String meaning) {
        return new Figure(key, name, value, Double.NaN, Kind.NUMBER, unit, meaning);
    }

    /**
     * A mean over examples.
     *
     * @param key its name in files
     * @param name its name for people
     * @param estimate the mean and its standard error
     * @param unit for people
     * @param meaning what it says
     * @return the figure
     */
    public static Figure mean(String key, String name, Estimate estimate, String unit, String meaning) {
        return new Figure(key, name, estimate.mean(), estimate.standardError(), Kind.NUMBER, unit, meaning);
    }

    /**
     * A whole number.
     *
     * @param key its name in files
     * @param name its name for people
     * @param value the number
     * @param unit for people, such as {@code of 20 latent dimensions}
     * @param meaning what it says
     * @return the figure, without a standard error
     */
    public static Figure count(String key, String name, long value, String unit, String meaning) {
        return new Figure(key, name, value, Double.NaN, Kind.COUNT, unit, meaning);
    }

    /**
     * A share.
     *
     * @param key its name in files
     * @param name its name for people
     * @param value from 0 to 1
     * @param unit for people, such as {@code of the examples}
     * @param meaning what it says
     * @return the figure, without a standard error
     */
    public static Figure share(String key, String name, double value, String unit, String meaning) {
        return new Figure(key, name, value, Double.NaN, Kind.SHARE, unit, meaning);
    }
}
