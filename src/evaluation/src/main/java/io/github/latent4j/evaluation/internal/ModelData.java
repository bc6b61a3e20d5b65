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

    /** Examples at {@link #places}. */
    public static Examples part(Examples examples, int from, int to, long seed) {
        int[] indices = places(examples.size(), from, to, seed);
        return examples.select(indices.length, i -> indices[i], examples.name());
    }

    /** Places of a seeded order, sorted: other places with the same size and seed have none in common. */
    public static int[] places(int size, int from, int to, long seed) {
        return IntStream.range(from, to)
                .map(new Permutation(size, seed))
                .sorted()
                .toArray();
    }

    /**
     * What a model says of examples, read as a block: their posteriors, or for an autoencoder codes with the variance 0.
     *
     * @throws IllegalArgumentException if a value is not finite
     */
    public static Posterior posterior(LatentModel model, Examples examples, int from, int to) {
        Posterior posterior = unchecked(model, examples.read(from, to));
        requireFinite(posterior, model, examples, from);
        return posterior;
    }

    private static Posterior unchecked(LatentModel model, Matrix block) {
        if (model instanceof Vae vae) {
            return vae.posterior(block);
        }
        Matrix codes = model.encode(block);
        Matrix none = Matrix.zeros(codes.rows(), codes.columns());
        Arrays.fill(none.data(), Float.NEGATIVE_INFINITY);
        return new Posterior(codes, none);
    }

    /**
     * The posteriors of all examples, in blocks on all cores.
     *
     * @throws IllegalArgumentException if a value is not finite
     */
    public static Posterior posteriors(LatentModel model, Examples examples) {
        int latent = model.spec().latent();
        int size = examples.size();
        int block = blockSize(model);
        Matrix means = Matrix.zeros(size, latent);
        Matrix logVariances = Matrix.zeros(size, latent);
        IntStream.range(0, (size + block - 1) / block).parallel().forEach(b -> {
            int from = b * block;
            int to = Math.min(size - from, block) + from;
            Posterior some = unchecked(model, examples.read(from, to));
            System.arraycopy(some.mean().data(), 0, means.data(), from * latent, (to - from) * latent);
            System.arraycopy(some.logVariance().data(), 0, logVariances.data(), from * latent, (to - from) * latent);
        });
        // Here and not in the loop, whose exceptions may arrive with another message.
        Posterior all = new Posterior(means, logVariances);
        requireFinite(all, model, examples, 0);
        return all;
    }

    private static void requireFinite(Posterior posterior, LatentModel model, Examples examples, int first) {
        requireFinite(posterior.mean(), examples, first);
        if (model instanceof Vae) {
            requireFinite(posterior.logVariance(), examples, first);
        }
    }

    private static void requireFinite(Matrix codes, Examples examples, int first) {
        float[] values = codes.data();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "%s: found a code of %s for example %d, expected finite numbers: its values are too large, or the model's parameters of no use"
                                .formatted(examples.name(), values[i], examples.origin(first + i / codes.columns())));
            }
        }
    }
}
