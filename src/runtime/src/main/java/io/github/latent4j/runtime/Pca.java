package io.github.latent4j.runtime;

import java.util.Arrays;

/**
 * A fitted principal component analysis: the best linear autoencoder in squared error, and so the baseline of every other.
 * Immutable as long as nobody writes to its arrays; thread-safe.
 *
 * <p>A missing value, NaN, counts as 0, which is the mean of a feature of a table once it has been scaled.
 *
 * @param mean the mean of the examples that it was fitted on
 * @param components one orthonormal direction a row, that of the largest variance first
 */
public record Pca(float[] mean, Matrix components) implements Reconstructor {
    /**
     * Makes an analysis.
     *
     * @throws IllegalArgumentException if there is no component, their width is not that of the mean, or a number is not
     *     finite
     */
    public Pca {
        Checks.size("components", components.rows());
        if (components.columns() != mean.length) {
            throw new IllegalArgumentException(
                    "components: found %d columns, expected %d".formatted(components.columns(), mean.length));
        }
        Checks.batch("mean", Matrix.wrap(1, mean.length, mean), mean.length);
        Checks.batch("components", components, mean.length);
    }

    /**
     * The number of values of an example.
     *
     * @return at least 1
     */
    public int inputs() {
        return mean.length;
    }

    /**
     * The number of components.
     *
     * @return at least 1
     */
    public int dimensions() {
        return components.rows();
    }

    /**
     * The coordinates of examples along the components.
     *
     * @param examples n rows of {@code inputs()} values; NaN where one is missing
     * @return n rows of {@code dimensions()} values
     * @throws IllegalArgumentException if the width is another or a value is infinite
     */
    public Matrix encode(Matrix examples) {
        Checks.batch("input", examples, inputs(), true);
        Matrix codes = Matrix.zeros(examples.rows(), dimensions());
        float[] x = examples.data();
        float[] w = components.data();
        for (int r = 0; r < examples.rows(); r++) {
            for (int k = 0; k < dimensions(); k++) {
                double sum = 0;
                for (int i = 0; i < mean.length; i++) {
                    float value = x[r * mean.length + i];
                    sum += (double) w[k * mean.length + i] * ((Float.isNaN(value) ? 0 : value) - mean[i]);
                }
                codes.data()[r * dimensions() + k] = (float) sum;
            }
        }
        return codes;
    }

    /**
     * What codes stand for: the mean and each component as often as the code says. Values are not held within the range of the
     * examples.
     *
     * @param codes n rows of {@code dimensions()} values
     * @return n rows of {@code inputs()} values
     * @throws IllegalArgumentException if the width is another or a value is not finite
     */
    public Matrix decode(Matrix codes) {
        Checks.batch("code", codes, dimensions());
        return sums(codes);
    }

    @Override
    public Matrix reconstruct(Matrix examples) {
        return sums(encode(examples));
    }

    private Matrix sums(Matrix codes) {
        Matrix result = Matrix.zeros(codes.rows(), mean.length);
        float[] y = result.data();
        float[] w = components.data();
        for (int r = 0; r < codes.rows(); r++) {
            int row = r * mean.length;
            System.arraycopy(mean, 0, y, row, mean.length);
            for (int k = 0; k < dimensions(); k++) {
                float code = codes.get(r, k);
                for (int i = 0; i < mean.length; i++) {
                    y[row + i] += code * w[k * mean.length + i];
                }
            }
        }
        return result;
    }

    /**
     * Compares the numbers.
     *
     * @param other anything
     * @return true if {@code other} is an analysis with the same mean and components
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Pca pca && Arrays.equals(mean, pca.mean) && components.equals(pca.components);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + components.hashCode();
    }

    @Override
    public String toString() {
        return "Pca[%d of %d dimensions]".formatted(dimensions(), inputs());
    }
}
