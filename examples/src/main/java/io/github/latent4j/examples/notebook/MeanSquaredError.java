package io.github.latent4j.examples.notebook;

import io.github.latent4j.runtime.Matrix;

/** The mean squared difference of two sets of examples. */
public final class MeanSquaredError {
    private MeanSquaredError() {}

    /**
     * The mean over all values of the squared difference.
     *
     * @param a one example a row
     * @param b of the same shape
     * @return at least 0
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double between(Matrix a, Matrix b) {
        if (a.rows() != b.rows() || a.columns() != b.columns()) {
            throw new IllegalArgumentException("found %s, expected the shape of %s".formatted(b, a));
        }
        double sum = 0;
        for (int i = 0; i < a.data().length; i++) {
            double difference = a.data()[i] - b.data()[i];
            sum += difference * difference;
        }
        return sum / a.data().length;
    }
}
