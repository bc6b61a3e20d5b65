package io.github.latent4j.cli;

import io.github.latent4j.training.EpochReport;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.TrainingEngine.Phase;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast a training goes and how long its phase will take, from what is heard of it. Times are those of one clock, in
 * seconds. An epoch that starts in its middle, as a resumed one does, tells its speed by the steps that were seen.
 */
final class Pace {
    private final int examples;
    private String phase = "";
    private int epochs;
    private double seconds;
    private int steps;
    private double since;

    /**
     * Starts to measure.
     *
     * @param examples of an epoch
     * @param now the time
     */
    Pace(int examples, double now) {
        this.examples = examples;
        this.since = now;
    }

    /** A step in one line that fits a terminal of 80 columns. */
    String step(Phase current, int epoch, int step, int of, Losses losses, double now) {
        enter(current);
        steps++;
        double elapsed = Math.max(now - since, 1e-9);
        double epochSeconds = epochs > 0 ? seconds / epochs : elapsed / steps * of;
        double left = (current.epochs() - epoch + 1 - (double) step / of) * epochSeconds;
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%s %d/%d %3d%%", current.name(), epoch, current.epochs(), 100L * step / of));
        line.append(String.format(Locale.ROOT, "  loss %.4g", losses.loss()));
        if (losses.kl() != 0) {
            line.append(String.format(Locale.ROOT, " (rec %.4g, KL %.4g)", losses.reconstruction(), losses.kl()));
        }
        line.append(String.format(Locale.ROOT, "  %,.0f/s", (double) examples / of * steps / elapsed));
        return line.append("  ").append(text(left)).append(" left").toString();
    }

    /** An epoch is done: how long the rest of its phase will take, as a text; empty after the last. */
    Optional<String> epoch(EpochReport report, double now) {
        enter(report.phase());
        epochs++;
        seconds += report.seconds();
        steps = 0;
        since = now;
        int left = report.phase().epochs() - report.epoch();
        return left == 0 ? Optional.empty() : Optional.of(text(left * seconds / epochs) + " left");
    }

    private void enter(Phase current) {
        if (!current.name().equals(phase)) {
            phase = current.name();
            epochs = 0;
            seconds = 0;
        }
    }

    private static String text(double left) {
        if (left < 90) {
            return String.format(Locale.ROOT, "%.0f s", left);
        }
        return left < 90 * 60
                ? String.format(Locale.ROOT, "%.0f min", left / 60)
                : String.format(Locale.ROOT, "%.1f h", left / 3600);
    }
}
