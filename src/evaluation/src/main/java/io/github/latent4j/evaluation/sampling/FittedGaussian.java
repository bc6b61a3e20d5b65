package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.runtime.Matrix;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A normal distribution with a full covariance, which may be singular.
 *
 * @param mean one value a dimension
 * @param covariance symmetric, one row a dimension
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between methods of this package, never compared
record FittedGaussian(double[] mean, double[][] covariance) {
    /** An eigenvalue below this share of the largest, times the dimensions, is made of rounding errors. */
    private static final double VANISHED = 1e-14;

    /** The mean and the sample covariance, with divisor n − 1, of at least two finite rows. */
    static FittedGaussian of(Matrix rows) {
        int width = rows.columns();
        float[] values = rows.data();
        double[] mean = new double[width];
        for (int r = 0; r < rows.rows(); r++) {
            for (int i = 0; i < width; i++) {
                mean[i] += values[r * width + i];
            }
        }
        for (int i = 0; i < width; i++) {
            mean[i] /= rows.rows();
        }
        double[][] covariance = new double[width][width];
        double[] centred = new double[width];
        for (int r = 0; r < rows.rows(); r++) {
            for (int i = 0; i < width; i++) {
                centred[i] = values[r * width + i] - mean[i];
            }
            for (int i = 0; i < width; i++) {
                double[] row = covariance[i];
                double factor = centred[i];
                for (int j = 0; j <= i; j++) {
                    row[j] += factor * centred[j];
                }
            }
        }
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i][j] /= rows.rows() - 1;
                covariance[j][i] = covariance[i][j];
            }
        }
        return new FittedGaussian(mean, covariance);
    }

    /**
     * The symmetric matrix whose square is the covariance.
     *
     * @throws IllegalArgumentException if an eigenvalue is negative beyond rounding errors
     */
    RealMatrix root() {
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
        double[] values = eigen.getRealEigenvalues();
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        double least = VANISHED * mean.length * largest;
        double[][] vectors = eigen.getV().getData();
        double[][] root = new double[mean.length][mean.length];
        for (int k = 0; k < values.length; k++) {
            // Sums that a caller rounded may be off by more than those of the decomposition.
            if (values[k] < -1e6 * least) {
                throw new IllegalArgumentException(
                        "covariance: found an eigenvalue of %s, expected none below 0".formatted(values[k]));
            }
            if (values[k] > least) {
                add(root, vectors, k, Math.sqrt(values[k]));
            }
        }
        return new Array2DRowRealMatrix(root, false);
    }

    /** Adds a multiple of the product of a column with itself. */
    private static void add(double[][] sum, double[][] columns, int k, double factor) {
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[i][j] += factor * columns[i][k] * columns[j][k];
            }
        }
    }
}
