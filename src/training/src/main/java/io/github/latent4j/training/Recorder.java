package io.github.latent4j.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps a run folder: finds the checkpoint to go on from, writes checkpoints and metrics, and clears away old ones. */
final class Recorder implements AutoCloseable {
    private static final Pattern CHECKPOINT = Pattern.compile("\\d{3}-\\d{10}-\\d{10}\\.zip");
    private static final Pattern UNFINISHED_FILE = Pattern.compile("\\..+\\.part");

    private final RunFolder folder;
    private final TrainingListener listener;
    /** Checkpoints of a finished training, which stay until this one has something to put in their place. */
    private List<Path> stale = List.of();
    /** The plan, until it is written. */
    private Optional<TrainingPlan> plan = Optional.empty();

    private Optional<FileChannel> lock = Optional.empty();
    private Optional<Path> last = Optional.empty();
    private long lastNanos = System.nanoTime();

    /**
     * A checkpoint and where it is.
     *
     * @param file the file
     * @param content the checkpoint
     */
    record Saved(Path file, Checkpoint content) {}

    Recorder(RunFolder folder, TrainingListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /**
     * Makes the folder ready for a training.
     *
     * @param identity of the training
     * @param plan of the training, which is written into the folder with the first thing that the training saves
     * @return the checkpoint to go on from; empty if the training is a new one
     * @throws IllegalArgumentException if another training is at work in the folder, the newest checkpoint is that of another
     *     training, or the folder holds an unfinished one and is not to be resumed
     * @throws UncheckedIOException if the folder cannot be written, or holds no checkpoint but damaged ones
     */
    Optional<Saved> open(Identity identity, TrainingPlan plan) {
        try {
            Files.createDirectories(folder.checkpoints());
            lock();
            // What a killed process left of a file that it had not written to its end.
            delete(list(folder.path(), UNFINISHED_FILE));
            delete(list(folder.checkpoints(), UNFINISHED_FILE));
            List<Path> files = list(folder.checkpoints(), CHECKPOINT);
            Optional<Saved> start = folder.isResuming() ? newest(files, identity) : Optional.empty();
            if (!folder.isResuming()) {
                requireFinished(files);
                stale = files;
            } else if (start.isEmpty()) {
                listener.noted(
                        "%s: found no checkpoint to go on from; the training starts anew".formatted(folder.path()));
            }
            last = start.map(Saved::file);
            this.plan = Optional.of(plan);
            return start;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps others out for as long as this is open; the system lets go when the process ends, however it ends. */
    private void lock() throws IOException {
        FileChannel channel =
                FileChannel.open(folder.path().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock = Optional.of(channel);
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // held in this process: told below
        }
        throw new IllegalArgumentException(
                "%s: found another training at work, expected a folder of this one's own".formatted(folder.path()));
    }

    @Override
    public void close() {
        lock.ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException e) {
                listener.noted("%s: the lock cannot be closed: %s".formatted(folder.path(), reason(e)));
            }
        });
    }

    private Optional<Saved> newest(List<Path> files, Identity identity) throws IOException {
        Optional<IOException> failure = Optional.empty();
        for (int i = files.size() - 1; i >= 0; i--) {
            Path file = files.get(i);
            try {
                Checkpoint content = CheckpointFile.read(file);
                content.identity().requireSame(identity, file.toString());
                return Optional.of(new Saved(file, content));
            } catch (IOException e) {
                if (i > 0) {
                    listener.noted("%s; the checkpoint before it is taken".formatted(reason(e)));
                }
                failure = failure.isPresent() ? failure : Optional.of(e);
            }
        }
        if (failure.isPresent()) {
            throw new IOException(
                    "%s; there is no other checkpoint to go on from".formatted(reason(failure.get())), failure.get());
        }
        return Optional.empty();
    }

    private void requireFinished(List<Path> files) {
        if (!files.isEmpty() && !isFinished(files.get(files.size() - 1))) {
            throw new IllegalArgumentException(
                    "%s: found checkpoints of an unfinished training, expected none; resume it (--resume), name another folder (--run) or delete this one"
                            .formatted(folder.path()));
        }
    }

    private static boolean isFinished(Path file) {
        try {
            return CheckpointFile.read(file).progress().finished();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> list(Path folder, Pattern names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> names.matcher(name(file)).matches())
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** Whether a checkpoint is due after so many epochs. */
    boolean isDueAfter(int epochs) {
        return folder.isDueAfter(epochs);
    }

    /** Whether a checkpoint is due by time. */
    boolean isDue() {
        return folder.isDueAfterNanos(System.nanoTime() - lastNanos);
    }

    /** Writes a checkpoint and clears older ones away. Where that fails, the listener is told and the training goes on. */
    void save(Checkpoint checkpoint) {
        Path file = folder.checkpoints().resolve(checkpoint.progress().name() + ".zip");
        try {
            begin();
            CheckpointFile.write(checkpoint, file);
            last = Optional.of(file);
        } catch (IOException e) {
            listener.noted("checkpoint not written because %s: training goes on, %s"
                    .formatted(
                            e instanceof FileSystemException ? reason(e) : file + ": " + reason(e),
                            last.map(good -> "the last good one is " + good).orElse("there is no earlier one")));
            return;
        } finally {
            lastNanos = System.nanoTime();
        }
        try {
            clear(file);
        } catch (IOException e) {
            listener.noted("old checkpoints not deleted because %s: training goes on".formatted(reason(e)));
        }
    }

    /** Makes the folder this training's. */
    private void begin() throws IOException {
        delete(stale);
        stale = List.of();
        if (plan.isPresent()) {
            PlanFile.write(plan.get(), folder.path().resolve("plan.yaml"));
            plan = Optional.empty();
        }
    }

    /** Deletes all but a checkpoint and those right before it. One that seems to come after it is a damaged one. */
    private void clear(Path newest) throws IOException {
        List<Path> files = list(folder.checkpoints(), CHECKPOINT);
        int place = files.indexOf(newest);
        delete(files.subList(place + 1, files.size()));
        delete(files.subList(0, Math.max(0, place + 1 - folder.kept())));
    }

    /** Writes the metrics of all epochs. Where that fails, the listener is told and the training goes on. */
    void write(List<EpochReport> history, boolean bound) {
        try {
            begin();
            MetricsFile.write(folder.path().resolve("metrics.csv"), history, bound);
        } catch (IOException e) {
            listener.noted("metrics not written because %s: training goes on".formatted(reason(e)));
        }
    }

    /** The newest checkpoint that is whole. */
    Optional<Path> lastGood() {
        return last;
    }

    private static String reason(IOException e) {
        boolean bare = e instanceof FileSystemException file && file.getReason() == null;
        String text = bare
                ? "%s (%s)".formatted(e.getMessage(), e.getClass().getSimpleName())
                : String.valueOf(e.getMessage());
        return text.lines().collect(Collectors.joining(" "));
    }
}
