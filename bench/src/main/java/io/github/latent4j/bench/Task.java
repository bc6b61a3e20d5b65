package io.github.latent4j.bench;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.Sources;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a peer trains: with Adam, learning rate 0.001, and single precision.
 *
 * @param source the data, as latent4j's command line names them
 * @param batch examples of a step
 * @param threads threads that may compute
 * @param first number of examples that are held in memory; empty: all examples stay in their file
 */
record Task(String source, int batch, int threads, Optional<Integer> first) {
    static final double LEARNING_RATE = 1e-3;
    static final long SEED = 1;

    private static final int BLOCK = 4096;

    /** The VAE for examples of some size. */
    static VaeSpec spec(int inputs) {
        return VaeSpec.of(inputs, 20).withHidden(512, 256);
    }

    /** The sizes of its layers, one after the other. */
    static String architecture(int inputs) {
        VaeSpec spec = spec(inputs);
        return "%d-%s-%d-%s-%d"
                .formatted(inputs, hyphens(spec.encoder()), spec.latent(), hyphens(spec.decoder()), inputs);
    }

    private static String hyphens(List<Integer> sizes) {
        return String.join("-", sizes.stream().map(String::valueOf).toList());
    }

    /** The examples, in memory or in their file. */
    Examples examples() throws IOException {
        Examples all = Sources.open(source, Part.TRAIN, SourceOptions.defaults());
        if (first.isEmpty()) {
            return all;
        }
        try (all) {
            return Examples.of(matrix(all), all.input(), all.name());
        }
    }

    /** The examples that are held in memory, one a row. */
    Matrix matrix() throws IOException {
        try (Examples all = Sources.open(source, Part.TRAIN, SourceOptions.defaults())) {
            return matrix(all);
        }
    }

    private Matrix matrix(Examples all) {
        int size = Math.min(first.orElse(all.size()), all.size());
        Matrix matrix = Matrix.zeros(size, all.input().size());
        for (int from = 0; from < size; from += BLOCK) {
            float[] block = all.read(from, Math.min(from + BLOCK, size)).data();
            System.arraycopy(block, 0, matrix.data(), from * matrix.columns(), block.length);
        }
        return matrix;
    }
}
