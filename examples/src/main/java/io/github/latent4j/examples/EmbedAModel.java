package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Shares one loaded model among many threads, each of which scores into arrays of its own. Run {@code main}; it takes some
 * seconds and writes into {@code examples/out}.
 */
public final class EmbedAModel {
    private EmbedAModel() {}

    /**
     * What came out.
     *
     * @param answers how many codes and errors the threads got
     * @param different how many of them were not, bit for bit, what one thread alone gets
     */
    record Outcome(long answers, long different) {}

    /**
     * Runs the example in full.
     *
     * @param arguments none
     * @throws Exception if a file cannot be written or the threads are interrupted
     */
    public static void main(String[] arguments) throws Exception {
        run(5_000, 16, 20_000, Files.createDirectories(Path.of("examples/out/EmbedAModel")));
    }

    /**
     * Runs the example.
     *
     * @param examples digits to train on
     * @param threads how many share the model
     * @param calls of each thread
     * @param folder where the model file goes
     * @return how many answers were compared, and how many differed
     * @throws IOException if the model file cannot be written or read
     * @throws InterruptedException if this thread is interrupted while it waits
     * @throws ExecutionException if a thread failed
     */
    static Outcome run(int examples, int threads, int calls, Path folder)
            throws IOException, InterruptedException, ExecutionException {
        // Somewhere a model is trained and saved ...
        Dataset digits = Datasets.strokes(examples, 1);
        Path file = folder.resolve("digits.zip");
        ModelFile.write(
                Trainer.with(TrainingPlan.defaults().withEpochs(2))
                        .fit(AutoencoderSpec.of(784, 16).withHidden(128), digits.train())
                        .model(),
                file);

        // ... and from here on a service needs latent4j-runtime alone. One model is for all threads: it never changes.
        LatentModel model = LatentModel.load(file);
        System.out.println("loaded " + model);

        // What one thread alone gets, in one batch.
        Matrix x = digits.test().read(0, Math.min(100, digits.test().size()));
        Matrix codes = model.encode(x);
        double[] errors = model.reconstructionErrors(x);

        float[][] rows = IntStream.range(0, x.rows()).mapToObj(x::row).toArray(float[][]::new);
        float[][] expected = IntStream.range(0, x.rows()).mapToObj(codes::row).toArray(float[][]::new);
        List<Callable<Long>> tasks = IntStream.range(0, threads)
                .<Callable<Long>>mapToObj(thread -> () -> {
                    // Each thread brings the array that its codes go into, so a call allocates nothing.
                    float[] code = new float[model.spec().latent()];
                    long different = 0;
                    for (int i = 0; i < calls; i++) {
                        int row = (thread + i) % x.rows();
                        float[] digit = rows[row];
                        model.encode(digit, code);
                        different += Arrays.equals(code, expected[row]) ? 0 : 1;
                        different += model.reconstructionError(digit) == errors[row] ? 0 : 1;
                    }
                    return different;
                })
                .toList();

        long different = 0;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            for (Future<Long> task : pool.invokeAll(tasks)) {
                different += task.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Outcome outcome = new Outcome(2L * threads * calls, different);
            System.out.printf(
                    "%,d codes and errors by %d threads in %.1f s (%,.0f a second), of which %d differ from those of one"
                            + " thread%n",
                    outcome.answers(), threads, seconds, outcome.answers() / seconds, outcome.different());
            return outcome;
        } finally {
            pool.shutdown();
        }
    }
}
