package io.github.latent4j.cli;

import io.github.latent4j.data.Progress;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.training.EpochReport;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingListener;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how long work goes on: a bar on a terminal, plain lines elsewhere. */
final class ProgressDisplay implements TrainingListener, Progress, AutoCloseable {
    private final Console console;
    private @Nullable ProgressBar bar;
    private String task = "";

    ProgressDisplay(Console console) {
        this.console = console;
    }

    @Override
    public void started(ModelSpec spec, int training, int validation) {
        console.note("training on %,d examples, %,d held out".formatted(training, validation));
    }

    @Override
    public void stepped(Phase phase, int epoch, int step, int steps, Losses losses) {
        show("%s %d/%d".formatted(phase.name(), epoch, phase.epochs()), step, steps);
        if (bar != null) {
            bar.setExtraMessage(String.format(Locale.ROOT, "loss %.4g", losses.loss()));
        }
    }

    @Override
    public void epochDone(EpochReport report) {
        close();
        console.note(TrainingListener.describe(report));
    }

    @Override
    public void report(String news, long done, long total) {
        if (!console.isTerminal() && !news.equals(task)) {
            console.note(news);
        }
        show(news, done, total);
    }

    private void show(String news, long done, long total) {
        boolean newTask = !news.equals(task);
        if (newTask) {
            close();
            task = news;
        }
        if (newTask && console.isTerminal()) {
            bar = new ProgressBarBuilder()
                    .setTaskName(news)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                    .clearDisplayOnFinish()
                    .build();
        }
        if (bar != null) {
            bar.stepTo(done);
        }
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
