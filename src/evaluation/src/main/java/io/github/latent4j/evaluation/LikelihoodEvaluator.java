package io.github.latent4j.evaluation;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Progress;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.evaluation.internal.ModelData;
import io.github.latent4j.runtime.ImportanceEstimate;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the log likelihood that a VAE gives to examples, by importance sampling (Burda et al. 2016, arXiv 1509.00519,
 * section 5; see {@link Vae#importanceEstimates}). Immutable and thread-safe.
 *
 * <pre>{@code
 * LikelihoodEvaluation likelihood = LikelihoodEvaluator.of(vae).withDraws(5_000).evaluate(digits.test().binarised(1));
 * }</pre>
 *
 * <p>The calling thread and the common pool share the work. An example's draws depend on the seed and its index alone, so the
 * result does not depend on the number of threads. The model multiplies as it was given.
 */
public final class LikelihoodEvaluator {
    private static final int DEFAULT_DRAWS = 1_000;
    private static final long TAG = 0x6c696b656c69L;

    /** As many examples are taken at a time as have about so many draws. */
    private static final int DRAWS_AT_A_TIME = 1 << 10;

    /** And not more values than this. */
    private static final int VALUES_AT_A_TIME = 1 << 16;

    private final Vae vae;
    private final int draws;
    private final long seed;
    private final Progress progress;

    private LikelihoodEvaluator(Vae vae, int draws, long seed, Progress progress) {
        this.vae = vae;
        this.draws = draws;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * An evaluator of 1,000 draws, with seed 0, that says nothing on its way.
     *
     * @param vae what to measure
     * @return the evaluator
     */
    public static LikelihoodEvaluator of(Vae vae) {
        return new LikelihoodEvaluator(vae, DEFAULT_DRAWS, 0, Progress.NONE);
    }

    /**
     * The same with another number of draws.
     *
     * @param count draws of the posterior for each example, at least 1
     * @return a new evaluator
     * @throws IllegalArgumentException if it is below 1
     */
    public LikelihoodEvaluator withDraws(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("draws: found %d, expected at least 1".formatted(count));
        }
        return new LikelihoodEvaluator(vae, count, seed, progress);
    }

    /**
     * The same with another seed.
     *
     * @param other any number
     * @return a new evaluator
     */
    public LikelihoodEvaluator withSeed(long other) {
        return new LikelihoodEvaluator(vae, draws, other, progress);
    }

    /**
     * The same with somebody who is told how far it is.
     *
     * @param listener is told in the calling thread
     * @return a new evaluator
     */
    public LikelihoodEvaluator reportingTo(Progress listener) {
        return new LikelihoodEvaluator(vae, draws, seed, listener);
    }

    /**
     * Estimates the log likelihood of examples. Memory holds an estimate of some numbers for each example, whatever the number of
     * draws.
     *
     * @param examples what the model takes
     * @return the figures
     * @throws IllegalArgumentException if the examples are not what the model takes, a value is one that the model's likelihood
     *     does not give, or a figure is not finite
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public LikelihoodEvaluation evaluate(Examples examples) {
        ModelData.common(vae, examples);
        Work work = new Work(examples);
        work.report(0);
        // One leaf a processor, of which the calling thread takes its share; each takes examples until none is left.
        IntStream.rangeClosed(0, ForkJoinPool.getCommonPoolParallelism())
                .parallel()
                .forEach(worker -> work.share());
        return work.result();
    }

    /** Examples that several threads share out among them, block by block. */
    private final class Work {
        private final Examples examples;
        private final int size;
        private final int step;
        private final ImportanceEstimate[] estimates;
        private final Thread caller = Thread.currentThread();
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private volatile boolean binary = true;
        private volatile boolean complete = true;

        Work(Examples examples) {
            int inputs = vae.spec().inputs();
            this.examples = examples;
            this.size = examples.size();
            this.step = Math.max(1, Math.min(DRAWS_AT_A_TIME / draws, VALUES_AT_A_TIME / inputs));
            this.estimates = new ImportanceEstimate[size];
        }

        /** Takes blocks until none is left. A failure is kept for the caller: the pool would throw another in its place. */
        void share() {
            try {
                long from = step * (long) next.getAndIncrement();
                while (from < size && failure.get() == null) {
                    block((int) from, (int) Math.min(size, from + step));
                    from = step * (long) next.getAndIncrement();
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }

        private void block(int from, int to) {
            Matrix rows = examples.read(from, to);
            for (int r = 0; r < rows.rows(); r++) {
                look(rows, r, from + r);
                ImportanceEstimate estimate = vae.importanceEstimate(
                        rows.row(r), draws, new SplittableRandom(Seeds.mix(seed, TAG, from + r)));
                requireFinite(estimate, from + r);
                estimates[from + r] = estimate;
            }
            int soFar = done.addAndGet(to - from);
            if (Thread.currentThread() == caller && soFar < size) {
                report(soFar);
            }
        }

        /** Looks at the values of an example. */
        private void look(Matrix rows, int row, int index) {
            Likelihood likelihood = vae.spec().likelihood();
            int width = rows.columns();
            int wrong = likelihood.unsupported(rows.data(), row * width, width);
            if (wrong >= 0) {
                throw new IllegalArgumentException("%s: found %s in example %d at index %d, expected %s"
                        .formatted(examples.name(), rows.get(row, wrong), index, wrong, likelihood.support(wrong)));
            }
            for (int i = row * width; i < (row + 1) * width; i++) {
                float value = rows.data()[i];
                if (Float.isNaN(value)) {
                    complete = false;
                } else if (value != 0 && value != 1) {
                    binary = false;
                }
            }
        }

        private void requireFinite(ImportanceEstimate estimate, int index) {
            // The bound is at most the log likelihood, so that is finite too.
            if (!Double.isFinite(estimate.elbo())) {
                throw new IllegalArgumentException(
                        "%s: found a log likelihood of %s with a lower bound of %s for example %d, expected finite numbers: its values are too large, or the model's parameters of no use"
                                .formatted(examples.name(), estimate.logLikelihood(), estimate.elbo(), index));
            }
        }

        private void report(int soFar) {
            progress.report("log likelihood of " + examples.name(), soFar, size);
        }

        LikelihoodEvaluation result() {
            Throwable thrown = failure.get();
            if (thrown instanceof RuntimeException e) {
                throw e;
            }
            if (thrown instanceof Error e) {
                throw e;
            }
            report(size);
            return LikelihoodEvaluation.of(vae.spec(), examples.name(), seed, List.of(estimates), binary, complete);
        }
    }
}
