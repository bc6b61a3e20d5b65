package io.github.latent4j.cli;

import io.github.latent4j.data.Progress;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.training.EpochReport;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingListener;
import java.util.Locale;
import java.util.function.UnaryOperator;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how long work goes on: a line that moves on a terminal, plain lines elsewhere. */
final class ProgressDisplay implements TrainingListener, Progress, AutoCloseable {
    private final Console console;
    private @Nullable ProgressBar bar;
    private String task = "";
    private Pace pace = new Pace(0, 0);

    ProgressDisplay(Console console) {
        this.console = console;
    }

    @Override
    public void started(ModelSpec spec, int training, int validation) {
        console.note(String.format(Locale.ROOT, "training on %,d examples, %,d held out", training, validation));
        pace = new Pace(training, now());
    }

    @Override
    public void stepped(Phase phase, int epoch, int step, int steps, Losses losses) {
        if (console.isTerminal()) {
            ProgressBar line = bar(
                    phase.name() + epoch,
                    steps,
                    b -> b.setRenderer((state, width) -> fill(state.getExtraMessage(), width)));
            line.setExtraMessage(pace.step(phase, epoch, step, steps, losses, now()));
            line.stepTo(step);
        }
    }

    @Override
    public void epochDone(EpochReport report) {
        close();
        String left = pace.epoch(report, now()).map(text -> "  " + text).orElse("");
        console.note(TrainingListener.describe(report) + left);
    }

    @Override
    public void noted(String message) {
        close();
        console.note(message);
    }

    @Override
    public void note(String sentence) {
        noted(sentence);
    }

    @Override
    public void report(String news, long done, long total) {
        if (console.isTerminal()) {
            bar(news, total, UnaryOperator.identity()).stepTo(done);
        } else if (!news.equals(task)) {
            console.note(news);
            task = news;
        }
    }

    /** The bar of a task, made when it is new. */
    private ProgressBar bar(String news, long total, UnaryOperator<ProgressBarBuilder> style) {
        ProgressBar shown = bar;
        if (shown == null || !news.equals(task)) {
            close();
            shown = style.apply(new ProgressBarBuilder()
                            .setTaskName(news)
                            .setInitialMax(total)
                            .setStyle(ProgressBarStyle.ASCII)
                            .setUpdateIntervalMillis(200)
                            .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                            .clearDisplayOnFinish())
                    .build();
            bar = shown;
            task = news;
        }
        return shown;
    }

    /** A text of the whole width, over what stood there before. */
    private static String fill(String text, int width) {
        return text.length() > width ? text.substring(0, width) : text + " ".repeat(width - text.length());
    }

    private static double now() {
        return System.nanoTime() * 1e-9;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
        task = "";
    }
}
