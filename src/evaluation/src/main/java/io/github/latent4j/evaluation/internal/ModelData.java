package io.github.latent4j.evaluation.internal;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Posterior;
import io.github.latent4j.runtime.Vae;
import java.util.Arrays;
import java.util.stream.IntStream;

/** How a model and examples meet: the examples fit, some of them are chosen, and all are encoded in blocks. */
public final class ModelData {
    /** A block's inputs take about a megabyte. */
    private static final int VALUES_A_BLOCK = 1 << 18;

    private ModelData() {}

    /**
     * What a model and examples mean alike by their values.
     *
     * @throws IllegalArgumentException if the model takes others
     */
    public static InputContract common(LatentModel model, Examples examples) {
        InputContract taken = model.card().input();
        return taken.common(examples.input())
                .orElseThrow(() -> new IllegalArgumentException("%s: found %s, expected %s, which the model takes"
                        .formatted(examples.name(), examples.input().text(), taken.text())));
    }

    /** The number of examples of a block. */
    public static int blockSize(LatentModel model) {
        return Math.max(1, VALUES_A_BLOCK / model.spec().inputs());
    }

    /** A uniformly random choice in the order of the examples; all of them if there are no more. */
    public static Examples choose(Examples examples, int most, long seed) {
        int size = examples.size();
        return size <= most ? examples : part(examples, 0, most, seed);
    }

    /** Places of a seeded order, sorted: parts with the same seed and other places have no example in common. */
    public static Examples part(Examples examples, int from, int to, long seed) {
        Permutation order = new Permutation(examples.size(), seed);
        int[] indices = IntStream.range(from, to).map(order).sorted().toArray();
        return examples.select(indices.length, i -> indices[i], examples.name());
    }

    /**
     * What a model says of a block of examples: their posteriors, or for an autoencoder codes with the variance 0.
     *
     * @throws IllegalArgumentException if a value is not finite; {@code first} is the number of the first example
     */
    public static Posterior posterior(LatentModel model, Matrix block, int first) {
        Posterior posterior;
        if (model instanceof Vae vae) {
            posterior = vae.posterior(block);
            requireFinite(posterior.logVariance(), first);
        } else {
            Matrix codes = model.encode(block);
            Matrix none = Matrix.zeros(codes.rows(), codes.columns());
            Arrays.fill(none.data(), Float.NEGATIVE_INFINITY);
            posterior = new Posterior(codes, none);
        }
        requireFinite(posterior.mean(), first);
        return posterior;
    }

    /** The posteriors of all examples, in blocks on all cores. */
    public static Posterior posteriors(LatentModel model, Examples examples) {
        int latent = model.spec().latent();
        int size = examples.size();
        int block = blockSize(model);
        Matrix means = Matrix.zeros(size, latent);
        Matrix logVariances = Matrix.zeros(size, latent);
        IntStream.range(0, (size + block - 1) / block).parallel().forEach(b -> {
            int from = b * block;
            int to = Math.min(size - from, block) + from;
            Posterior some = posterior(model, examples.read(from, to), from);
            System.arraycopy(some.mean().data(), 0, means.data(), from * latent, (to - from) * latent);
            System.arraycopy(some.logVariance().data(), 0, logVariances.data(), from * latent, (to - from) * latent);
        });
        return new Posterior(means, logVariances);
    }

    private static void requireFinite(Matrix codes, int first) {
        float[] values = codes.data();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "found a code of %s for example %d, expected finite numbers: its values are too large, or the model's parameters of no use"
                                .formatted(values[i], first + i / codes.columns()));
            }
        }
    }
}
