package io.github.latent4j.data;

import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Pca;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.eigen.Eigen;
import org.nd4j.linalg.factory.Nd4j;

/** Fits a principal component analysis, the best linear autoencoder in squared error. */
public final class PcaFit {
    /** Up to this many features the covariance is computed, above it the inner products of as many examples. */
    private static final int MOST = 2048;

    /** Values of a block that is multiplied at once, and of all examples that are kept at once. */
    private static final int BLOCK = 1 << 20;

    private static final int KEPT = 1 << 27;

    /** A direction whose length falls below this share when others are taken out of it is made of rounding errors. */
    private static final double VANISHED = 1e-6;

    private PcaFit() {}

    /**
     * Fits an analysis, in double precision. Up to 2,048 features it is that of all examples, which are read once, in order.
     * Above that it is that of a seeded choice of at most 2,048 examples (fewer above 65,536 features, so that they fit into
     * 512 MB). The largest coefficient of every component is positive. A missing value, NaN, counts as 0.
     *
     * @param examples what to fit on
     * @param dimensions the number of components, at least 1; capped at the number of features and of examples used
     * @param seed chooses among the examples if there are more than 2,048 features
     * @return the analysis
     * @throws IllegalArgumentException if there are no dimensions
     * @throws java.io.UncheckedIOException if the examples cannot be read
     */
    public static Pca fit(Examples examples, int dimensions, long seed) {
        if (dimensions < 1) {
            throw new IllegalArgumentException("dimensions: found %d, expected at least 1".formatted(dimensions));
        }
        return examples.input().size() <= MOST
                ? fitCovariance(examples, dimensions)
                : fitInnerProducts(sample(examples, seed), dimensions);
    }

    private static Matrix sample(Examples examples, long seed) {
        int count = Math.min(
                Math.min(MOST, examples.size()),
                Math.max(2, KEPT / examples.input().size()));
        Permutation order = new Permutation(examples.size(), seed);
        int[] indices = new int[Math.min(count, examples.size())];
        Arrays.setAll(indices, order::applyAsInt);
        Arrays.sort(indices);
        return examples.read(indices);
    }

    /** The eigenvectors of the covariance. Values are taken relative to the first example, lest large means cancel. */
    static Pca fitCovariance(Examples examples, int dimensions) {
        int features = examples.input().size();
        int rows = Math.max(1, Math.min(examples.size(), BLOCK / features));
        double[] shift = toDouble(examples.example(0));
        double[] sum = new double[features];
        double[] block = new double[rows * features];
        INDArray products = Nd4j.create(DataType.DOUBLE, new long[] {features, features}, 'f');
        for (int from = 0; from < examples.size(); from += rows) {
            int to = Math.min(examples.size(), from + rows);
            float[] values = examples.read(from, to).data();
            Arrays.fill(block, 0);
            for (int row = 0; row < values.length; row += features) {
                for (int i = 0; i < features; i++) {
                    block[row + i] = present(values[row + i]) - shift[i];
                    sum[i] += block[row + i];
                }
            }
            addProducts(products, block, rows, features, true);
        }
        double[] covariance = products.data().asDouble();
        double[] mean = new double[features];
        for (int i = 0; i < features; i++) {
            mean[i] = shift[i] + sum[i] / examples.size();
            for (int j = 0; j < features; j++) {
                covariance[i * features + j] -= sum[i] * (sum[j] / examples.size());
            }
        }
        int count = Math.min(dimensions, Math.min(features, examples.size()));
        return pca(mean, eigenvectors(covariance, features, count));
    }

    /** The eigenvectors of the inner products of the centred examples, which span the same space. */
    static Pca fitInnerProducts(Matrix examples, int dimensions) {
        int rows = examples.rows();
        int features = examples.columns();
        double[] mean = new double[features];
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < features; i++) {
                mean[i] += present(examples.get(r, i)) / (double) rows;
            }
        }
        INDArray products = Nd4j.create(DataType.DOUBLE, new long[] {rows, rows}, 'f');
        int columns = Math.max(1, Math.min(features, BLOCK / rows));
        for (int from = 0; from < features; from += columns) {
            int width = Math.min(columns, features - from);
            double[] block = new double[rows * width];
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < width; i++) {
                    block[r * width + i] = present(examples.get(r, from + i)) - mean[from + i];
                }
            }
            addProducts(products, block, rows, width, false);
        }
        int count = Math.min(dimensions, Math.min(features, rows));
        double[][] weights = eigenvectors(products.data().asDouble(), rows, count);
        double[][] components = new double[count][features];
        for (int k = 0; k < count; k++) {
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < features; i++) {
                    components[k][i] += weights[k][r] * (present(examples.get(r, i)) - mean[i]);
                }
            }
        }
        orthonormalise(components);
        return pca(mean, components);
    }

    /** Adds XᵀX or XXᵀ to a matrix, for a row-major X. */
    private static void addProducts(INDArray products, double[] block, int rows, int columns, boolean ofColumns) {
        try (INDArray x = Nd4j.createFromArray(block).reshape(rows, columns)) {
            Nd4j.gemm(x, x, products, ofColumns, !ofColumns, 1, 1);
        }
    }

    /** The first eigenvectors of a symmetric matrix, that of the largest eigenvalue first. */
    private static double[][] eigenvectors(double[] symmetric, int size, int count) {
        try (INDArray matrix = Nd4j.createFromArray(symmetric).reshape('f', size, size)) {
            Eigen.symmetricGeneralizedEigenvalues(matrix, true).close();
            double[] columns = matrix.data().asDouble();
            double[][] vectors = new double[count][];
            for (int k = 0; k < count; k++) {
                int column = size - 1 - k;
                vectors[k] = Arrays.copyOfRange(columns, column * size, (column + 1) * size);
            }
            return vectors;
        }
    }

    /**
     * Makes vectors orthonormal in their order, by Gram and Schmidt's process done twice. One that vanishes, since there is no
     * variance left, is replaced by the next unit vector that does not.
     */
    private static void orthonormalise(double[][] vectors) {
        int unit = 0;
        double longest = norm(vectors[0]);
        for (int k = 0; k < vectors.length; k++) {
            double before = longest;
            while (!reduce(vectors, k, before)) {
                vectors[k] = new double[vectors[k].length];
                vectors[k][unit++] = 1;
                before = 1;
            }
        }
    }

    /** Takes the earlier vectors out of one and gives it length 1, unless less than a share of a length is left. */
    private static boolean reduce(double[][] vectors, int k, double length) {
        double[] vector = vectors[k];
        double left = norm(vector);
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j < k; j++) {
                double along = 0;
                for (int i = 0; i < vector.length; i++) {
                    along += vector[i] * vectors[j][i];
                }
                for (int i = 0; i < vector.length; i++) {
                    vector[i] -= along * vectors[j][i];
                }
            }
            left = norm(vector);
            if (!(left > VANISHED * length)) {
                return false;
            }
            for (int i = 0; i < vector.length; i++) {
                vector[i] /= left;
            }
            length = 1;
        }
        return true;
    }

    private static double norm(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private static Pca pca(double[] mean, double[][] components) {
        int features = mean.length;
        Matrix rows = Matrix.zeros(components.length, features);
        for (int k = 0; k < components.length; k++) {
            double largest = 0;
            for (double value : components[k]) {
                largest = Math.abs(value) > Math.abs(largest) ? value : largest;
            }
            for (int i = 0; i < features; i++) {
                rows.data()[k * features + i] = (float) (largest < 0 ? -components[k][i] : components[k][i]);
            }
        }
        float[] centre = new float[features];
        for (int i = 0; i < features; i++) {
            centre[i] = (float) mean[i];
        }
        return new Pca(centre, rows);
    }

    private static float present(float value) {
        return Float.isNaN(value) ? 0 : value;
    }

    private static double[] toDouble(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> present(values[i]));
        return doubles;
    }
}
