package io.github.latent4j.training;

/**
 * A stretch of a training.
 *
 * @param count how long, at least 0
 * @param unit in what
 */
public record Span(int count, Unit unit) {
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
        boolean steps = text.endsWith("steps");
        String number = steps
                ? text.substring(0, text.length() - 5)
                : text.endsWith("epochs") ? text.substring(0, text.length() - 6) : text;
        int count = PlanText.whole(field, number.strip());
        PlanException.require(count >= 0, field, text, "a span of at least 0");
        return steps ? steps(count) : epochs(count);
    }
}
