package io.github.latent4j.bench;

import io.github.latent4j.bench.inference.Inputs;
import java.util.Locale;

/** What is measured of encoding. */
enum Measure {
    ENCODE_P50("encodeP50", "Micros", "one encode, p50, µs", 1e-3, 1),
    ENCODE_P99("encodeP99", "Micros", "one encode, p99, µs", 1e-3, 1),
    HALF_ZERO_P50("halfZeroP50", "Micros", "half of the input 0, p50, µs", 1e-3, 1),
    HALF_ZERO_P99("halfZeroP99", "Micros", "half of the input 0, p99, µs", 1e-3, 1),
    HALF_ZERO_OVER_DENSE("halfZeroOverDense", "", "half of the input 0 / dense, p50", 1, 2),
    BATCHES("batches", "ExamplesPerSecond", "batches of " + Inputs.BATCH + ", examples/s", 1, 0),
    FIRST_CODE("firstCode", "Millis", "from java to the first code, ms", 1e-6, 0),
    HEAP("heap", "Megabytes", "heap in use, MB", 1e-6, 1),
    RESIDENT("resident", "Megabytes", "resident set, MB", 1e-6, 1),
    CLASS_PATH("classPath", "Megabytes", "class path, MB", 1e-6, 1);

    private final String field;
    private final String unit;
    private final String title;
    private final double scale;
    private final int digits;

    /**
     * A measure.
     *
     * @param field its name for programs
     * @param unit in which programs are told of it
     * @param title its name for people
     * @param scale brings nanoseconds and bytes to the unit
     * @param digits behind the point
     */
    Measure(String field, String unit, String title, double scale, int digits) {
        this.field = field;
        this.unit = unit;
        this.title = title;
        this.scale = scale;
        this.digits = digits;
    }

    String field() {
        return field;
    }

    String fieldWithUnit() {
        return field + unit;
    }

    String title() {
        return title;
    }

    /** A value in the unit, of one in nanoseconds, bytes, or whatever else is not scaled. */
    double scaled(double value) {
        return value * scale;
    }

    /** Whether it makes sense to hold one peer against another in it. */
    boolean compared() {
        return this != HALF_ZERO_OVER_DENSE;
    }

    String text(Spread spread) {
        return text(spread, digits);
    }

    /** A ratio, of which small ones are told more exactly. */
    static String ratio(Spread ratio) {
        return text(ratio, ratio.median() < 0.1 ? 3 : 2);
    }

    private static String text(Spread spread, int digits) {
        String number = "%,." + digits + "f";
        String median = String.format(Locale.ROOT, number, spread.median());
        return spread.minimum() == spread.maximum()
                ? median
                : median
                        + String.format(
                                Locale.ROOT, " (" + number + " to " + number + ")", spread.minimum(), spread.maximum());
    }
}
