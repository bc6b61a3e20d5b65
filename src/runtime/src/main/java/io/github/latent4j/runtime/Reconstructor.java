package io.github.latent4j.runtime;

/**
 * What maps examples through a smaller code and back: a trained model, or the principal components it is held against. A value
 * that is NaN is missing, where the reconstructor takes such; a model does if its examples are rows of a table.
 */
public interface Reconstructor {
    /**
     * Encodes and decodes a batch.
     *
     * @param examples n &ge; 1 rows of values, finite or missing
     * @return n rows of the same width, all values finite
     * @throws IllegalArgumentException if there is no row, the width is not the one expected, or a value is infinite, or NaN
     *     where none may be missing
     */
    Matrix reconstruct(Matrix examples);

    /**
     * The mean squared error over the features of each example that are there.
     *
     * @param examples n &ge; 1 rows of values, finite or missing
     * @return n values, each at least 0, in squared units of the input; 0 where all values of an example are missing
     * @throws IllegalArgumentException if there is no row, the width is not the one expected, or a value is infinite, or NaN
     *     where none may be missing
     */
    default double[] reconstructionErrors(Matrix examples) {
        float[] x = examples.data();
        float[] y = reconstruct(examples).data();
        int columns = examples.columns();
        double[] errors = new double[examples.rows()];
        for (int r = 0; r < errors.length; r++) {
            errors[r] = SquaredError.mean(x, r * columns, y, r * columns, columns);
        }
        return errors;
    }
}
