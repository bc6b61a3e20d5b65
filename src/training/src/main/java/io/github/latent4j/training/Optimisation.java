package io.github.latent4j.training;

/**
 * How gradients change parameters.
 *
 * @param optimiser how a gradient becomes a step
 * @param learningRate above 0
 * @param schedule how the learning rate changes
 * @param weightDecay at least 0; of weights, not of biases. With {@link Optimiser#ADAMW} a weight shrinks by this times the
 *     learning rate at each step; with the others this times the weight is added to the gradient, which is an L2 penalty of
 *     half of this
 * @param clipping the norm that the gradient of a step, a mean over its examples, is scaled down to if it is larger; 0 for
 *     no clipping (Pascanu et al. 2013, arXiv 1211.5063)
 */
public record Optimisation(
        Optimiser optimiser, double learningRate, Schedule schedule, double weightDecay, double clipping) {
    /**
     * Makes an optimisation.
     *
     * @throws PlanException if a value is out of range, or AdamW has no weight decay
     */
    public Optimisation {
        PlanException.require(
                learningRate > 0 && Double.isFinite(learningRate), "learningRate", learningRate, "a number above 0");
        PlanException.require(
                weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", weightDecay, "a number of at least 0");
        PlanException.require(
                optimiser != Optimiser.ADAMW || weightDecay > 0,
                "weightDecay",
                weightDecay,
                "above 0 with optimiser adamw, which is adam but for the weight decay");
        PlanException.require(
                clipping >= 0 && Double.isFinite(clipping), "clipping", clipping, "a number of at least 0");
    }

    /**
     * Adam with a constant rate of 0.001, no weight decay and no clipping.
     *
     * @return the optimisation
     */
    public static Optimisation defaults() {
        return new Optimisation(Optimiser.ADAM, 1e-3, Schedule.CONSTANT, 0, 0);
    }

    /**
     * The same with another optimiser that has no weight decay of its own.
     *
     * @param value not {@link Optimiser#ADAMW}, unless there is a weight decay
     * @param rate its learning rate, above 0
     * @return a new optimisation
     */
    public Optimisation withOptimiser(Optimiser value, double rate) {
        return new Optimisation(value, rate, schedule, weightDecay, clipping);
    }

    /**
     * The same as AdamW.
     *
     * @param rate the learning rate, above 0
     * @param decay the weight decay, above 0
     * @return a new optimisation
     */
    public Optimisation withAdamW(double rate, double decay) {
        return new Optimisation(Optimiser.ADAMW, rate, schedule, decay, clipping);
    }

    /**
     * The same with another schedule.
     *
     * @param value how the learning rate changes
     * @return a new optimisation
     */
    public Optimisation withSchedule(Schedule value) {
        return new Optimisation(optimiser, learningRate, value, weightDecay, clipping);
    }

    /**
     * The same with another weight decay.
     *
     * @param value at least 0
     * @return a new optimisation
     */
    public Optimisation withWeightDecay(double value) {
        return new Optimisation(optimiser, learningRate, schedule, value, clipping);
    }

    /**
     * The same with another bound of the gradient's norm.
     *
     * @param value at least 0; 0 for none
     * @return a new optimisation
     */
    public Optimisation withClipping(double value) {
        return new Optimisation(optimiser, learningRate, schedule, weightDecay, value);
    }
}
