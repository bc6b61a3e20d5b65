package io.github.latent4j.training;

/** How the learning rate changes in the course of a training. */
public sealed interface Schedule {
    /** The rate stays as it is. */
    Schedule CONSTANT = new Constant();

    /** The rate stays as it is. */
    record Constant() implements Schedule {}

    /**
     * The rate is multiplied with a factor after every so many epochs.
     *
     * @param epochs at least 1
     * @param factor above 0, at most 1
     */
    record Steps(int epochs, double factor) implements Schedule {
        /**
         * Makes a schedule.
         *
         * @throws PlanException if a value is out of range
         */
        public Steps {
            PlanException.require(epochs >= 1, "schedule", epochs + " epochs a step", "at least 1");
            requireFactor(factor);
        }
    }

    /**
     * The rate rises linearly from 0 for a while and then falls along half a cosine to 0 at the end of the training
     * (Loshchilov and Hutter 2017, arXiv 1608.03983, without restarts).
     *
     * @param warmUp how long it rises
     */
    record Cosine(Span warmUp) implements Schedule {}

    /**
     * The rate is multiplied with a factor whenever so many epochs have passed without a better validation loss.
     *
     * @param patience at least 1 epoch
     * @param factor above 0, at most 1
     */
    record Plateau(int patience, double factor) implements Schedule {
        /**
         * Makes a schedule.
         *
         * @throws PlanException if a value is out of range
         */
        public Plateau {
            PlanException.require(patience >= 1, "schedule", "a patience of " + patience, "at least 1");
            requireFactor(factor);
        }
    }

    private static void requireFactor(double factor) {
        PlanException.require(factor > 0 && factor <= 1, "schedule", "a factor of " + factor, "above 0, at most 1");
    }

    /**
     * What the plan's learning rate is multiplied with at a step. A plateau's factor depends on what was measured, which is
     * the trainer's to know: 1 here.
     *
     * @param taken steps taken before
     * @param stepsPerEpoch steps of one epoch
     * @param epochs of the training
     * @return from 0 to 1
     */
    default double factor(long taken, int stepsPerEpoch, int epochs) {
        if (this instanceof Steps steps) {
            return Math.pow(steps.factor, Math.floorDiv(taken / stepsPerEpoch, steps.epochs));
        }
        if (this instanceof Cosine cosine) {
            long rising = cosine.warmUp.inSteps(stepsPerEpoch);
            if (taken < rising) {
                return (taken + 1.0) / rising;
            }
            double falling = Math.max(1, (long) epochs * stepsPerEpoch - rising);
            return 0.5 * (1 + Math.cos(Math.PI * Math.min(1, (taken - rising) / falling)));
        }
        return 1;
    }

    /**
     * The text form: {@code constant}, {@code step:EPOCHS:FACTOR}, {@code cosine:WARM_UP} or
     * {@code plateau:PATIENCE:FACTOR}.
     *
     * @return what {@link #parse} reads
     */
    default String text() {
        if (this instanceof Steps steps) {
            return "step:" + steps.epochs + ":" + steps.factor;
        }
        if (this instanceof Cosine cosine) {
            return "cosine:" + cosine.warmUp.text();
        }
        if (this instanceof Plateau plateau) {
            return "plateau:" + plateau.patience + ":" + plateau.factor;
        }
        return "constant";
    }

    /**
     * Reads the text form. {@code cosine} alone has no warm-up; a warm-up without a unit is in epochs.
     *
     * @param text such as {@code constant}, {@code step:10:0.5}, {@code cosine}, {@code cosine:500steps},
     *     {@code plateau:5:0.5}
     * @return the schedule
     * @throws PlanException if the text is none of these or a number is out of range
     */
    static Schedule parse(String text) {
        String[] parts = text.split(":", -1);
        String form = parts[0] + "/" + parts.length;
        return switch (form) {
            case "constant/1" -> CONSTANT;
            case "step/3" -> new Steps(PlanText.whole("schedule", parts[1]), PlanText.number("schedule", parts[2]));
            case "cosine/1" -> new Cosine(Span.epochs(0));
            case "cosine/2" -> new Cosine(Span.parse("schedule", parts[1]));
            case "plateau/3" ->
                new Plateau(PlanText.whole("schedule", parts[1]), PlanText.number("schedule", parts[2]));
            default ->
                throw new PlanException(
                        "schedule",
                        "'" + text + "'",
                        "constant, step:EPOCHS:FACTOR, cosine[:WARM_UP] or plateau:PATIENCE:FACTOR");
        };
    }
}
