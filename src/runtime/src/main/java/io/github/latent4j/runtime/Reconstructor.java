package io.github.latent4j.runtime;

/** What maps examples through a smaller code and back: a trained model, or the principal components it is held against. */
public interface Reconstructor {
    /**
     * Encodes and decodes a batch.
     *
     * @param examples n &ge; 1 rows of finite values
     * @return n rows of the same width
     * @throws IllegalArgumentException if there is no row, the width is not the one expected or a value is not finite
     */
    Matrix reconstruct(Matrix examples);

    /**
     * The mean squared error over the features of each example.
     *
     * @param examples n &ge; 1 rows of finite values
     * @return n values, each at least 0, in squared units of the input
     * @throws IllegalArgumentException if there is no row, the width is not the one expected or a value is not finite
     */
    default double[] reconstructionErrors(Matrix examples) {
        float[] x = examples.data();
        float[] y = reconstruct(examples).data();
        int columns = examples.columns();
        double[] errors = new double[examples.rows()];
        for (int r = 0; r < errors.length; r++) {
            double sum = 0;
            for (int i = r * columns; i < (r + 1) * columns; i++) {
                double difference = x[i] - y[i];
                sum += difference * difference;
            }
            errors[r] = sum / columns;
        }
        return errors;
    }
}
