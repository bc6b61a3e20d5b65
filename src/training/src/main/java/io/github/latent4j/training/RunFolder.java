package io.github.latent4j.training;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a training keeps its records, and how often it saves how far it has come. Immutable.
 *
 * <p>The folder gets {@code plan.yaml}, the plan in force; {@code metrics.csv}, a row for each epoch (RFC 4180), written anew
 * and moved into place after each; and {@code checkpoints/}, whose files are named by the phases, epochs and steps that are
 * done. Each is written beside its place and moved there when it is whole, so a process killed at any moment leaves the last
 * good one. At the end of a training, and when it is stopped, there is always a checkpoint. A folder is for one training at a
 * time, which keeps others out by a lock on its file {@code lock}.
 */
public final class RunFolder {
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final int KEPT = 3;

    private final Path path;
    private final int epochs;
    private final Duration interval;
    private final int kept;
    private final boolean resuming;

    private RunFolder(Path path, int epochs, Duration interval, int kept, boolean resuming) {
        this.path = path;
        this.epochs = epochs;
        this.interval = interval;
        this.kept = kept;
        this.resuming = resuming;
    }

    /**
     * A folder with a checkpoint every five minutes, of which the last three are kept. A training that starts in it is a new
     * one, and refuses a folder with checkpoints of an unfinished training.
     *
     * @param path the folder; made if it is not there
     * @return the run folder
     */
    public static RunFolder at(Path path) {
        return new RunFolder(path, 0, INTERVAL, KEPT, false);
    }

    /**
     * The same with a checkpoint every so many epochs, those of pretraining included, and not by time.
     *
     * @param count at least 1
     * @return a new run folder
     * @throws IllegalArgumentException if the number is below 1
     */
    public RunFolder withCheckpointEvery(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "epochs between checkpoints: found %d, expected at least 1".formatted(count));
        }
        return new RunFolder(path, count, interval, kept, resuming);
    }

    /**
     * The same with a checkpoint whenever so much time has passed since the last one, between two steps, and not by epochs.
     *
     * @param time above 0
     * @return a new run folder
     * @throws IllegalArgumentException if it is not above 0
     */
    public RunFolder withCheckpointEvery(Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("time between checkpoints: found %s, expected above 0".formatted(time));
        }
        return new RunFolder(path, 0, time, kept, resuming);
    }

    /**
     * The same with another number of checkpoints that are kept.
     *
     * @param count at least 1
     * @return a new run folder
     * @throws IllegalArgumentException if the number is below 1
     */
    public RunFolder withKept(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("checkpoints kept: found %d, expected at least 1".formatted(count));
        }
        return new RunFolder(path, epochs, interval, count, resuming);
    }

    /**
     * The same for a training that goes on, bit for bit, from the newest good checkpoint, or starts anew where there is none
     * at all. Model, plan, engine and examples have to be those of the checkpoint.
     *
     * @return a new run folder
     */
    public RunFolder resuming() {
        return new RunFolder(path, epochs, interval, kept, true);
    }

    /**
     * Where it is.
     *
     * @return the folder
     */
    public Path path() {
        return path;
    }

    Path checkpoints() {
        return path.resolve("checkpoints");
    }

    int kept() {
        return kept;
    }

    boolean isResuming() {
        return resuming;
    }

    /** Whether a checkpoint is due after so many epochs. */
    boolean isDueAfter(int epochsDone) {
        return epochs > 0 && epochsDone % epochs == 0;
    }

    /** Whether a checkpoint is due so many nanoseconds after the last one. */
    boolean isDueAfterNanos(long nanos) {
        return epochs == 0 && Duration.ofNanos(nanos).compareTo(interval) >= 0;
    }
}
