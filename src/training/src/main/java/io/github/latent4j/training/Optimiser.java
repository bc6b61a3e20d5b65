package io.github.latent4j.training;

import java.util.Locale;

/** How a gradient becomes a step, with the constants that DL4J takes by default. */
public enum Optimiser {
    /** Adam with β₁ = 0.9 and β₂ = 0.999 (Kingma and Ba 2015, arXiv 1412.6980). Weight decay is added to the gradient. */
    ADAM,
    /** Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019, arXiv 1711.05101). */
    ADAMW,
    /** RMSProp with a decay of 0.95 (Tieleman and Hinton 2012). */
    RMSPROP,
    /** Gradient descent with Nesterov momentum of 0.9 (Sutskever et al. 2013). */
    NESTEROV,
    /** Plain gradient descent. */
    SGD;

    /**
     * The name as plans and the command line write it.
     *
     * @return the constant's name in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The optimiser of a name.
     *
     * @param text a name as {@link #text()} gives it, in any case
     * @return the optimiser
     * @throws IllegalArgumentException if there is none of that name; the message lists the known ones
     */
    public static Optimiser parse(String text) {
        return PlanText.constant(Optimiser.class, "optimiser", text);
    }
}
