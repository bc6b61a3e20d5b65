package io.github.latent4j.training;

import java.util.OptionalDouble;

/**
 * What the validation losses so far have shown.
 *
 * @param bestEpoch the best epoch, from 1; 0 before the first
 * @param bestLoss its validation loss; infinite where none counts yet
 * @param since epochs since then
 * @param rateFactor what a plateau schedule has made of the learning rate
 * @param sinceReduction epochs without a better validation loss since the rate was last reduced
 */
record Standing(int bestEpoch, double bestLoss, int since, double rateFactor, int sinceReduction) {
    /** Before the first epoch. */
    static final Standing START = new Standing(0, Double.POSITIVE_INFINITY, 0, 1, 0);

    /**
     * The standing after one more epoch.
     *
     * @param epoch its number, from 1
     * @param validation its validation loss; empty where none is held out, and the newest epoch is the best
     * @param warmingUp whether the KL weight is still below its full size after this epoch, so that its loss does not count
     *     and the newest epoch is the best so far
     * @param schedule of the learning rate
     * @return the new standing
     */
    Standing after(int epoch, OptionalDouble validation, boolean warmingUp, Schedule schedule) {
        if (validation.isEmpty() || warmingUp) {
            return new Standing(epoch, Double.POSITIVE_INFINITY, 0, rateFactor, 0);
        }
        if (validation.getAsDouble() < bestLoss) {
            return new Standing(epoch, validation.getAsDouble(), 0, rateFactor, 0);
        }
        if (schedule instanceof Schedule.Plateau plateau && sinceReduction + 1 >= plateau.patience()) {
            return new Standing(bestEpoch, bestLoss, since + 1, rateFactor * plateau.factor(), 0);
        }
        return new Standing(bestEpoch, bestLoss, since + 1, rateFactor, sinceReduction + 1);
    }

    /** Whether a patience, 0 for an endless one, has run out. */
    boolean exhausts(int patience) {
        return patience > 0 && since >= patience;
    }
}
