package io.github.latent4j.bench;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.Sources;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The bound: the matrix products of a step and nothing else, by OpenBLAS, outside the heap. Forward each layer has one
 * product, backward one for its weights' gradient and one for its input's, but for the first layer, whose input's nobody
 * needs. The two layers of the posterior count as one of twice the size.
 */
final class ProductsPeer implements Peer {
    private final boolean split;

    /**
     * Makes the peer.
     *
     * @param split whether each of the task's threads takes a share of the batch, else OpenBLAS gets whole batches
     */
    ProductsPeer(boolean split) {
        this.split = split;
    }

    @Override
    public void train(Task task, Rounds rounds) throws IOException {
        VaeSpec spec;
        try (Examples examples = Sources.open(task.source(), Part.TRAIN, SourceOptions.defaults())) {
            spec = Task.spec(examples.input().size());
        }
        int workers = split ? Math.min(task.threads(), task.batch()) : 1;
        List<Products> shares = IntStream.range(0, workers)
                .map(w -> task.batch() * (w + 1) / workers - task.batch() * w / workers)
                .mapToObj(rows -> new Products(spec, rows))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            rounds.ready("OpenBLAS, kernel " + Blas.kernel());
            while (true) {
                // No worker waits for another within a round: the bound has no cost but the products.
                int steps = rounds.left();
                List<Callable<Void>> work = new ArrayList<>();
                for (Products share : shares) {
                    work.add(() -> {
                        for (int step = 0; step < steps; step++) {
                            share.step();
                        }
                        return null;
                    });
                }
                for (Future<Void> done : threads.invokeAll(work)) {
                    done.get();
                }
                rounds.stepped(steps, Math.multiplyExact(steps, task.batch()), Double.NaN);
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The products of one step on some rows. */
    private static final class Products {
        private final Stack encoder;
        private final Stack decoder;

        Products(VaeSpec spec, int rows) {
            SplittableRandom random = new SplittableRandom(Task.SEED);
            encoder = new Stack(rows, sizes(spec.inputs(), spec.encoder(), 2 * spec.latent()), false, random);
            decoder = new Stack(rows, sizes(spec.latent(), spec.decoder(), spec.inputs()), true, random);
        }

        private static int[] sizes(int inputs, List<Integer> hidden, int outputs) {
            return Stream.of(List.of(inputs), hidden, List.of(outputs))
                    .flatMap(List::stream)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        void step() {
            encoder.forward();
            decoder.forward();
            decoder.backward();
            encoder.backward();
        }
    }

    /** Layers in a row, without biases and activations. The values stay what they are from step to step. */
    private static final class Stack {
        private final int rows;
        private final int[] sizes;
        private final boolean inputGradient;
        private final FloatPointer[] activations;
        private final FloatPointer[] deltas;
        private final FloatPointer[] weights;
        private final FloatPointer[] gradients;

        Stack(int rows, int[] sizes, boolean inputGradient, SplittableRandom random) {
            this.rows = rows;
            this.sizes = sizes;
            this.inputGradient = inputGradient;
            int layers = sizes.length - 1;
            activations = new FloatPointer[layers + 1];
            deltas = new FloatPointer[layers + 1];
            weights = new FloatPointer[layers];
            gradients = new FloatPointer[layers];
            for (int k = 0; k <= layers; k++) {
                activations[k] = random(rows * sizes[k], 1, random);
                deltas[k] = random(rows * sizes[k], 1, random);
            }
            for (int k = 0; k < layers; k++) {
                double width = 2 / Math.sqrt(sizes[k]);
                weights[k] = random(sizes[k] * sizes[k + 1], width, random);
                gradients[k] = random(sizes[k] * sizes[k + 1], width, random);
            }
        }

        private static FloatPointer random(int length, double width, SplittableRandom random) {
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = (float) ((random.nextDouble() - 0.5) * width);
            }
            return new FloatPointer(values);
        }

        void forward() {
            for (int k = 0; k < weights.length; k++) {
                int in = sizes[k];
                int out = sizes[k + 1];
                multiply(
                        CblasNoTrans,
                        CblasTrans,
                        rows,
                        out,
                        in,
                        activations[k],
                        in,
                        weights[k],
                        in,
                        activations[k + 1]);
            }
        }

        void backward() {
            for (int k = weights.length - 1; k >= 0; k--) {
                int in = sizes[k];
                int out = sizes[k + 1];
                multiply(CblasTrans, CblasNoTrans, out, in, rows, deltas[k + 1], out, activations[k], in, gradients[k]);
                if (k > 0 || inputGradient) {
                    multiply(CblasNoTrans, CblasNoTrans, rows, in, out, deltas[k + 1], out, weights[k], in, deltas[k]);
                }
            }
        }

        private static void multiply(
                int transposeA,
                int transposeB,
                int m,
                int n,
                int k,
                FloatPointer a,
                int strideA,
                FloatPointer b,
                int strideB,
                FloatPointer c) {
            cblas_sgemm(CblasRowMajor, transposeA, transposeB, m, n, k, 1f, a, strideA, b, strideB, 0f, c, n);
        }
    }
}
