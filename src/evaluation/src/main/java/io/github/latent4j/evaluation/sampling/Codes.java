package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.internal.ModelData;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;

/** Codes of examples. */
final class Codes {
    private Codes() {}

    /** The codes of a seeded choice of at most so many examples, in the order of the examples, which are checked. */
    static Matrix of(LatentModel model, Examples examples, int most, long seed) {
        ModelData.common(model, examples);
        return ModelData.posteriors(model, ModelData.choose(examples, most, seed))
                .mean();
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
