package io.github.latent4j.training;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of a training.
 *
 * @param count how long, at least 0
 * @param unit in what
 */
public record Span(int count, Unit unit) {
    private static final Pattern TEXT = Pattern.compile("([0-9]+) ?(epochs?|steps?)?");

    /** What a span is counted in. */
    public enum Unit {
        /** Passes over the training part. */
        EPOCHS,
        /** Steps of the optimiser. */
        STEPS
    }

    /**
     * Makes a span.
     *
     * @throws IllegalArgumentException if the count is negative
     */
    public Span {
        if (count < 0) {
            throw new IllegalArgumentException("span: found %d, expected at least 0".formatted(count));
        }
    }

    /**
     * A span of epochs.
     *
     * @param count at least 0
     * @return the span
     */
    public static Span epochs(int count) {
        return new Span(count, Unit.EPOCHS);
    }

    /**
     * A span of steps.
     *
     * @param count at least 0
     * @return the span
     */
    public static Span steps(int count) {
        return new Span(count, Unit.STEPS);
    }

    /**
     * The span in steps.
     *
     * @param stepsPerEpoch steps of one epoch
     * @return at least 0
     */
    public long inSteps(int stepsPerEpoch) {
        return unit == Unit.STEPS ? count : (long) count * stepsPerEpoch;
    }

    /**
     * The text form.
     *
     * @return such as {@code 10epochs} or {@code 5000steps}
     */
    public String text() {
        return count + (unit == Unit.STEPS ? "steps" : "epochs");
    }

    /** Reads {@code 10}, {@code 10epochs} or {@code 5000steps} within a field of a plan. */
    static Span parse(String field, String text) {
        Matcher span = TEXT.matcher(text.strip());
        if (!span.matches()) {
            throw new PlanException(field, "'" + text + "'", "a span such as 10epochs or 500steps");
        }
        int count = PlanText.whole(field, span.group(1));
        return String.valueOf(span.group(2)).startsWith("step") ? steps(count) : epochs(count);
    }
}
