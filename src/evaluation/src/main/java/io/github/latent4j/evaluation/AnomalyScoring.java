package io.github.latent4j.evaluation;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Progress;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.AnomalyDetector.Reason;
import io.github.latent4j.runtime.AnomalyDetector.Verdict;
import io.github.latent4j.runtime.Matrix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Judges many examples, with several threads, in their order. What is found is the same to the bit for any number of threads, and the
 * same as {@link AnomalyDetector} finds for each example alone. Memory holds a few blocks of examples. Immutable and thread-safe.
 */
public final class AnomalyScoring {
    private static final int BLOCK = 64;

    /** Blocks under way for each worker, so that none waits for a slow one before it. */
    private static final int AHEAD = 4;

    /** Which examples reasons are looked for. That takes a reconstruction for each of an example's cells. */
    public enum Reasons {
        /** None. */
        NONE,
        /** Those above the threshold. */
        ANOMALIES,
        /** All. */
        ALL
    }

    /**
     * What was found of an example.
     *
     * @param index the example's
     * @param verdict what the detector says
     * @param reasons what makes it odd, the most surprising cell first; empty if they were not asked for
     */
    public record Judged(int index, Verdict verdict, List<Reason> reasons) {}

    private final AnomalyDetector detector;
    private final Reasons reasons;
    private final int workers;
    private final Progress progress;

    private AnomalyScoring(AnomalyDetector detector, Reasons reasons, int workers, Progress progress) {
        this.detector = detector;
        this.reasons = reasons;
        this.workers = workers;
        this.progress = progress;
    }

    /**
     * Scoring without reasons, with as many threads as there are processors, that says nothing on its way.
     *
     * @param detector judges the examples
     * @return the scoring
     */
    public static AnomalyScoring with(AnomalyDetector detector) {
        return new AnomalyScoring(detector, Reasons.NONE, Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /**
     * The same with reasons.
     *
     * @param which of the examples get them
     * @return a new scoring
     */
    public AnomalyScoring withReasons(Reasons which) {
        return new AnomalyScoring(detector, which, workers, progress);
    }

    /**
     * The same with another number of threads.
     *
     * @param count at least 1
     * @return a new scoring
     * @throws IllegalArgumentException if it is below 1
     */
    public AnomalyScoring withWorkers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("workers: found %d, expected at least 1".formatted(count));
        }
        return new AnomalyScoring(detector, reasons, count, progress);
    }

    /**
     * The same with somebody who is told how far it is.
     *
     * @param listener is told in the calling thread
     * @return a new scoring
     */
    public AnomalyScoring reportingTo(Progress listener) {
        return new AnomalyScoring(detector, reasons, workers, listener);
    }

    /**
     * Scores examples.
     *
     * @param examples what the model takes
     * @return a score for each, in their order; higher is odder
     * @throws IllegalArgumentException if the examples are not what the model takes
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public double[] scores(Examples examples) {
        double[] scores = new double[examples.size()];
        new AnomalyScoring(detector, Reasons.NONE, workers, progress)
                .judge(
                        examples,
                        judged -> scores[judged.index()] = judged.verdict().score());
        return scores;
    }

    /**
     * Judges examples.
     *
     * @param examples what the model takes
     * @param sink gets what was found, one example after the other, in the calling thread
     * @throws IllegalArgumentException if the examples are not what the model takes
     * @throws IllegalStateException if reasons are asked for and the model is not one of a table
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public void judge(Examples examples, Consumer<Judged> sink) {
        int size = examples.size();
        String news = "scoring " + examples.name();
        ExecutorService pool = Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, "latent4j scoring");
            thread.setDaemon(true);
            return thread;
        });
        Deque<CompletableFuture<List<Judged>>> underWay = new ArrayDeque<>();
        try {
            for (int from = 0, done = 0; done < size; ) {
                while (from < size && underWay.size() < AHEAD * workers) {
                    int first = from;
                    int behind = Math.min(size - from, BLOCK) + from;
                    underWay.add(CompletableFuture.supplyAsync(() -> block(examples, first, behind), pool));
                    from = behind;
                }
                List<Judged> block = underWay.remove().join();
                block.forEach(sink);
                done += block.size();
                progress.report(news, done, size);
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        } finally {
            // No thread is interrupted, which would close the examples' file. What has not begun is dropped.
            underWay.forEach(block -> block.cancel(false));
            pool.shutdown();
        }
    }

    private List<Judged> block(Examples examples, int from, int to) {
        Matrix rows = examples.read(from, to);
        List<Judged> judged = new ArrayList<>(rows.rows());
        for (int r = 0; r < rows.rows(); r++) {
            float[] row = rows.row(r);
            Verdict verdict = detector.judge(row);
            boolean explained = reasons == Reasons.ALL || (reasons == Reasons.ANOMALIES && verdict.anomaly());
            judged.add(new Judged(from + r, verdict, explained ? detector.reasons(row) : List.of()));
        }
        return judged;
    }
}
