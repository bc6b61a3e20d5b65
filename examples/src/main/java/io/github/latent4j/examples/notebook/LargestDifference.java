package io.github.latent4j.examples.notebook;

import io.github.latent4j.runtime.Matrix;

/** The largest difference between two sets of numbers that should be the same. */
public final class LargestDifference {
    private LargestDifference() {}

    /**
     * The largest over all values, without its sign.
     *
     * @param a one example a row
     * @param b of the same shape
     * @return at least 0; NaN if a value of either is NaN
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double between(Matrix a, Matrix b) {
        if (a.rows() != b.rows() || a.columns() != b.columns()) {
            throw new IllegalArgumentException("found %s, expected the shape of %s".formatted(b, a));
        }
        double largest = 0;
        for (int i = 0; i < a.data().length; i++) {
            largest = Math.max(largest, Math.abs((double) a.data()[i] - b.data()[i]));
        }
        return largest;
    }
}
