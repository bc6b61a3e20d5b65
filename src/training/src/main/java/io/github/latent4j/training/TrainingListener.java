package io.github.latent4j.training;

import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.training.TrainingEngine.Phase;
import java.io.PrintStream;
import java.util.Locale;

/** Is told how a training goes on, in the thread that trains. Its time counts as the training's. */
public interface TrainingListener {
    /** Says nothing. */
    TrainingListener SILENT = new TrainingListener() {};

    /**
     * A training starts.
     *
     * @param spec what is trained
     * @param training number of examples trained on
     * @param validation number of examples held out
     */
    default void started(ModelSpec spec, int training, int validation) {}

    /**
     * A step is done.
     *
     * @param phase the phase
     * @param epoch its epoch, from 1
     * @param step number of steps done in this epoch
     * @param steps number of steps of an epoch
     * @param losses of the step's batch
     */
    default void stepped(Phase phase, int epoch, int step, int steps, Losses losses) {}

    /**
     * An epoch is done.
     *
     * @param report what it gave
     */
    default void epochDone(EpochReport report) {}

    /**
     * Something happened that people want to know, such as that a training goes on where another one stopped.
     *
     * @param message one line
     */
    default void noted(String message) {}

    /**
     * A listener that prints one line an epoch, and what is noted.
     *
     * @param out where to
     * @return the listener
     */
    static TrainingListener lines(PrintStream out) {
        return new TrainingListener() {
            @Override
            public void epochDone(EpochReport report) {
                out.println(describe(report));
            }

            @Override
            public void noted(String message) {
                out.println(message);
            }
        };
    }

    /**
     * An epoch in one line.
     *
     * @param report what it gave
     * @return such as {@code training 3/10  loss 105.40 (reconstruction 80.10, KL 25.30)  validation 104.20 (79.50, 24.70)
     *     4.0 s, 13,500 examples/s  best}; the speed is left out where it is 0, which is unknown
     */
    static String describe(EpochReport report) {
        boolean bound = report.training().kl() != 0;
        StringBuilder line = new StringBuilder("%s %d/%d  loss %s"
                .formatted(
                        report.phase().name(),
                        report.epoch(),
                        report.phase().epochs(),
                        number(report.training().loss())));
        if (bound) {
            line.append(" (reconstruction %s, KL %s)"
                    .formatted(
                            number(report.training().reconstruction()),
                            number(report.training().kl())));
        }
        report.validation().ifPresent(v -> {
            line.append("  validation ").append(number(v.loss()));
            if (bound) {
                line.append(" (%s, %s)".formatted(number(v.reconstruction()), number(v.kl())));
            }
        });
        line.append(String.format(Locale.ROOT, "  %.1f s", report.seconds()));
        if (report.examplesPerSecond() > 0) {
            line.append(String.format(Locale.ROOT, ", %,.0f examples/s", report.examplesPerSecond()));
        }
        return line.append(report.best() ? "  best" : "").toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.5f" : "%.2f", value);
    }
}
