package io.github.latent4j.training;

import java.util.Locale;

/** Whether values in [0, 1] are taken as probabilities of a 1, and ones and zeros are drawn from them. */
public enum Binarisation {
    /** The values are taken as they are. */
    NONE,
    /** Drawn once, before the training. */
    FIXED,
    /**
     * The training part is drawn anew for each epoch (Burda et al. 2016, arXiv 1509.00519); the examples held out are drawn
     * once, so that epochs compare.
     */
    DYNAMIC;

    /**
     * The name as plans and the command line write it.
     *
     * @return the constant's name in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The binarisation of a name.
     *
     * @param text a name as {@link #text()} gives it, in any case
     * @return the binarisation
     * @throws IllegalArgumentException if there is none of that name; the message lists the known ones
     */
    public static Binarisation parse(String text) {
        return PlanText.constant(Binarisation.class, "binarise", text);
    }
}
