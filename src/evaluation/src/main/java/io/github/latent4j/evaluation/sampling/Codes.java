package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;

/** Codes of examples. */
final class Codes {
    /** A block's inputs take about a megabyte. */
    private static final int VALUES_A_BLOCK = 1 << 18;

    private Codes() {}

    /** The codes of a seeded choice of at most so many examples, in the order of the examples. */
    static Matrix of(LatentModel model, Examples examples, int most, long seed) {
        int size = examples.size();
        int[] chosen = new int[Math.min(most, size)];
        Permutation order = new Permutation(size, seed);
        Arrays.setAll(chosen, order);
        Arrays.sort(chosen);
        int latent = model.spec().latent();
        Matrix codes = Matrix.zeros(chosen.length, latent);
        int block = blockSize(model);
        for (int from = 0; from < chosen.length; from += block) {
            int[] indices = Arrays.copyOfRange(chosen, from, Math.min(chosen.length, from + block));
            float[] some = model.encode(examples.read(indices)).data();
            System.arraycopy(some, 0, codes.data(), from * latent, some.length);
        }
        return codes;
    }

    /** How many examples are read at once. */
    static int blockSize(LatentModel model) {
        return Math.max(1, VALUES_A_BLOCK / model.spec().inputs());
    }

    /** One latent dimension of all codes. */
    static double[] dimension(Matrix codes, int dimension) {
        double[] values = new double[codes.rows()];
        Arrays.setAll(values, i -> codes.get(i, dimension));
        return values;
    }

    static void requireFinite(float[] code) {
        for (int d = 0; d < code.length; d++) {
            if (!Float.isFinite(code[d])) {
                throw new IllegalArgumentException(
                        "code: found %s in dimension %d, expected a finite number".formatted(code[d], d));
            }
        }
    }
}
