package io.github.latent4j.training;

/** How the KL weight of a VAE comes to its full size, so that the decoder learns to use the code first. */
public sealed interface WarmUp {
    /** The full weight from the first step on. */
    WarmUp NONE = new None();

    /** No warm-up. */
    record None() implements WarmUp {}

    /**
     * The weight rises linearly from 0 (Bowman et al. 2016, arXiv 1511.06349; Sønderby et al. 2016, arXiv 1602.02282).
     *
     * @param length until it is full
     */
    record Linear(Span length) implements WarmUp {}

    /**
     * The weight rises from 0 several times: linearly in the first half of each cycle, full in the second (Fu et al. 2019,
     * arXiv 1903.10145).
     *
     * @param cycles at least 1
     * @param length of each
     */
    record Cyclical(int cycles, Span length) implements WarmUp {
        /**
         * Makes a warm-up.
         *
         * @throws PlanException if there is no cycle
         */
        public Cyclical {
            PlanException.require(cycles >= 1, "warmUp", cycles + " cycles", "at least 1");
        }
    }

    /**
     * What the KL weight is multiplied with at a step.
     *
     * @param taken steps taken before
     * @param stepsPerEpoch steps of one epoch
     * @return from 0 to 1
     */
    default double share(long taken, int stepsPerEpoch) {
        if (taken >= steps(stepsPerEpoch)) {
            return 1;
        }
        if (this instanceof Cyclical cyclical) {
            long cycle = cyclical.length.inSteps(stepsPerEpoch);
            return Math.min(1, 2.0 * (taken % cycle) / cycle);
        }
        return (double) taken / steps(stepsPerEpoch);
    }

    /**
     * How long the warm-up takes.
     *
     * @param stepsPerEpoch steps of one epoch
     * @return in steps, at least 0
     */
    default long steps(int stepsPerEpoch) {
        if (this instanceof Linear linear) {
            return linear.length.inSteps(stepsPerEpoch);
        }
        if (this instanceof Cyclical cyclical) {
            return cyclical.cycles * cyclical.length.inSteps(stepsPerEpoch);
        }
        return 0;
    }

    /**
     * The text form: {@code none}, {@code linear:LENGTH} or {@code cyclical:CYCLES:LENGTH}.
     *
     * @return what {@link #parse} reads
     */
    default String text() {
        if (this instanceof Linear linear) {
            return "linear:" + linear.length.text();
        }
        if (this instanceof Cyclical cyclical) {
            return "cyclical:" + cyclical.cycles + ":" + cyclical.length.text();
        }
        return "none";
    }

    /**
     * Reads the text form. A length without a unit is in epochs.
     *
     * @param text such as {@code none}, {@code linear:10}, {@code linear:5000steps}, {@code cyclical:4:5epochs}
     * @return the warm-up
     * @throws PlanException if the text is none of these or a number is out of range
     */
    static WarmUp parse(String text) {
        String[] parts = text.split(":", -1);
        return switch (parts[0] + "/" + parts.length) {
            case "none/1" -> NONE;
            case "linear/2" -> new Linear(Span.parse("warmUp", parts[1]));
            case "cyclical/3" -> new Cyclical(PlanText.whole("warmUp", parts[1]), Span.parse("warmUp", parts[2]));
            default ->
                throw new PlanException("warmUp", "'" + text + "'", "none, linear:LENGTH or cyclical:CYCLES:LENGTH");
        };
    }
}
