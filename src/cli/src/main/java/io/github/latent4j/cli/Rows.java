package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.Matrix;
import java.util.List;

/** Rows of pictures: ways through the latent space. */
final class Rows {
    private Rows() {}

    /** All rows of matrices of one width, one matrix after the other. */
    static Matrix of(List<Matrix> matrices) {
        int columns = matrices.get(0).columns();
        Matrix all = Matrix.zeros(matrices.stream().mapToInt(Matrix::rows).sum(), columns);
        int offset = 0;
        for (Matrix matrix : matrices) {
            System.arraycopy(matrix.data(), 0, all.data(), offset, matrix.data().length);
            offset += matrix.data().length;
        }
        return all;
    }

    /** An index of an example that is there. */
    static int index(String option, int index, Examples examples) {
        if (index < 0 || index >= examples.size()) {
            throw new IllegalArgumentException("%s: found %d, expected 0 to %d, an example of %s"
                    .formatted(option, index, examples.size() - 1, examples.name()));
        }
        return index;
    }
}
