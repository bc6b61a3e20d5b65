package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.runtime.Matrix;

/** Checks of two sets of examples that are compared, one example a row. */
final class FeatureRows {
    private FeatureRows() {}

    static void check(Matrix first, Matrix second, int least, String why) {
        if (first.columns() < 1 || first.columns() != second.columns()) {
            throw new IllegalArgumentException("found examples of %d and of %d values, expected both of one size"
                    .formatted(first.columns(), second.columns()));
        }
        for (Matrix rows : new Matrix[] {first, second}) {
            if (rows.rows() < least) {
                throw new IllegalArgumentException("found %d %s, expected at least %d %s"
                        .formatted(rows.rows(), rows.rows() == 1 ? "example" : "examples", least, why));
            }
            float[] values = rows.data();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new IllegalArgumentException("found %s in example %d at index %d, expected finite numbers"
                            .formatted(values[i], i / rows.columns(), i % rows.columns()));
                }
            }
        }
    }
}
