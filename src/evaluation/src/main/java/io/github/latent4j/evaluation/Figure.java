package io.github.latent4j.evaluation;

import java.util.Locale;
import java.util.Optional;

/**
 * A number that was measured, with what a reader needs to understand it. Immutable.
 *
 * @param key its name in JSON and CSV files, in camel case, such as {@code reconstructionError}; the same figure of two models
 *     has the same key
 * @param name its name for people, such as {@code Reconstruction error}
 * @param value the number; NaN where it is not defined
 * @param standardError the standard error of the value, in its unit; NaN if none is known
 * @param kind how it is written
 * @param unit for people, such as {@code nats per example}
 * @param meaning one or two sentences: what it says, and which way is better
 * @param better which of two models' figures is the better one, where that can be said
 */
public record Figure(
        String key,
        String name,
        double value,
        double standardError,
        Kind kind,
        String unit,
        String meaning,
        Better better) {
    private static final int DIGITS = 4;
    private static final int MOST_DECIMALS = 10;

    /** How a figure is written. */
    public enum Kind {
        /** A number with four significant digits, or as many as its standard error supports. */
        NUMBER,
        /** A whole number. */
        COUNT,
        /** From 0 to 1, written in percent. */
        SHARE
    }

    /** Which way is better, when models are compared on the same data. */
    public enum Better {
        /** The higher figure is better. */
        HIGHER,
        /** The lower figure is better. */
        LOWER,
        /** Neither is better by itself. */
        NEITHER
    }

    /**
     * Makes a figure of which neither way is better by itself.
     *
     * @param key its name in files
     * @param name its name for people
     * @param value the number
     * @param standardError of the value, in its unit; NaN if none is known
     * @param kind how it is written
     * @param unit for people
     * @param meaning what it says
     */
    public Figure(String key, String name, double value, double standardError, Kind kind, String unit, String meaning) {
        this(key, name, value, standardError, kind, unit, meaning, Better.NEITHER);
    }

    /**
     * A number.
     *
     * @param key its name in files
     * @param name its name for people
     * @param value the number
     * @param unit for people
     * @param meaning what it says
     * @return the figure, without a standard error, neither way better
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
     * @return the figure, neither way better
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
     * @return the figure, without a standard error, neither way better
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
     * @return the figure, without a standard error, neither way better
     */
    public static Figure share(String key, String name, double value, String unit, String meaning) {
        return new Figure(key, name, value, Double.NaN, Kind.SHARE, unit, meaning);
    }

    /**
     * The same, and the higher the better.
     *
     * @return a new figure
     */
    public Figure higherIsBetter() {
        return with(Better.HIGHER);
    }

    /**
     * The same, and the lower the better.
     *
     * @return a new figure
     */
    public Figure lowerIsBetter() {
        return with(Better.LOWER);
    }

    private Figure with(Better other) {
        return new Figure(key, name, value, standardError, kind, unit, meaning, other);
    }

    /**
     * The value for people, without its unit, the same in every locale: {@code -95.05}, {@code 1,200}, {@code 12.3 %}; {@code n/a}
     * where it is not defined.
     *
     * @return plain text
     */
    public String valueText() {
        if (Double.isNaN(value)) {
            return "n/a";
        }
        return switch (kind) {
            case NUMBER -> hasError() ? fixed(value) : significant(value, DIGITS);
            case COUNT -> String.format(Locale.ROOT, "%,.0f", value);
            case SHARE -> significant(100 * value, DIGITS - 1) + " %";
        };
    }

    /**
     * The standard error for people, with two significant digits.
     *
     * @return plain text; empty if there is none
     */
    public Optional<String> errorText() {
        if (!hasError()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (kind) {
                    case NUMBER, COUNT -> fixed(standardError);
                    case SHARE -> significant(100 * standardError, 2) + " %";
                });
    }

    /**
     * The value and, if there is one, its standard error: {@code -95.05 ± 0.21}.
     *
     * @return plain text
     */
    public String text() {
        return valueText() + errorText().map(error -> " ± " + error).orElse("");
    }

    private boolean hasError() {
        return Double.isFinite(value) && Double.isFinite(standardError);
    }

    /** As many decimals as let the standard error have two digits. */
    private String fixed(double number) {
        if (standardError == 0) {
            return significant(number, DIGITS);
        }
        int decimals = 1 - (int) Math.floor(Math.log10(standardError));
        return decimals > MOST_DECIMALS
                ? significant(number, DIGITS)
                : String.format(Locale.ROOT, "%." + Math.max(0, decimals) + "f", number);
    }

    private static String significant(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "g", number);
    }
}
