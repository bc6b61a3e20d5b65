package io.github.latent4j.training;

import io.github.latent4j.training.TrainingEngine.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a training has come.
 *
 * @param phase index of the phase under way
 * @param epoch epochs of the phase that are done
 * @param step steps done in the epoch under way
 * @param sum losses of these steps
 * @param seconds that these steps took
 * @param history the epochs that are done, of all phases; never changed
 * @param standing what the validation losses have shown
 * @param finished whether there is nothing left to do
 */
record Progress(
        int phase,
        int epoch,
        int step,
        Losses.Sum sum,
        double seconds,
        List<EpochReport> history,
        Standing standing,
        boolean finished) {
    /** Before the first step. */
    static final Progress START = new Progress(0, 0, 0, Losses.Sum.EMPTY, 0, List.of(), Standing.START, false);

    Progress afterStep(Losses losses, int examples, double took) {
        return new Progress(
                phase, epoch, step + 1, sum.plus(losses, examples), seconds + took, history, standing, false);
    }

    Progress afterEpoch(EpochReport report, Standing now) {
        List<EpochReport> longer = new ArrayList<>(history);
        longer.add(report);
        return new Progress(phase, epoch + 1, 0, Losses.Sum.EMPTY, 0, List.copyOf(longer), now, false);
    }

    Progress nextPhase() {
        return new Progress(phase + 1, 0, 0, Losses.Sum.EMPTY, 0, history, standing, false);
    }

    Progress asFinished() {
        return new Progress(phase, epoch, step, sum, seconds, history, standing, true);
    }

    /** Whether a training of these phases, with so many steps an epoch, comes by here. */
    boolean isWithin(List<Phase> phases, int steps) {
        return phase >= 0
                && phase < phases.size()
                && epoch >= 0
                && epoch <= phases.get(phase).epochs()
                && step >= 0
                && step <= steps;
    }

    /** A name for a file, such that names sort by how far the training has come. */
    String name() {
        return String.format(Locale.ROOT, "%03d-%010d-%010d", phase, epoch, step);
    }

    /** The place for people, such as {@code training, epoch 3, step 20} or {@code training, end of epoch 2}. */
    String place(List<Phase> phases) {
        String where = step > 0
                ? "epoch %d, step %d".formatted(epoch + 1, step)
                : epoch > 0 ? "end of epoch " + epoch : "start";
        return phases.get(phase).name() + ", " + where;
    }
}
