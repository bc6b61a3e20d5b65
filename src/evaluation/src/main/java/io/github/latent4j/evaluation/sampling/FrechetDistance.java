package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.runtime.Matrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The Fréchet distance of two normal distributions, squared as it is usual:
 *
 * <p>‖&mu;₁ − &mu;₂‖² + tr(&Sigma;₁ + &Sigma;₂ − 2 (&Sigma;₁&Sigma;₂)<sup>½</sup>)
 *
 * <p>(Dowson and Landau 1982, "The Fréchet distance between multivariate normal distributions"). It is the square of their
 * 2-Wasserstein distance, in squared units of the values, 0 for equal distributions alone. Between normal distributions that
 * are fitted to features of real and of generated examples it judges a generator (Heusel et al. 2017, arXiv 1706.08500, who
 * take the features of a certain Inception network; with others the figures are others).
 *
 * <p>The trace of the root is computed in double precision as the sum of the singular values of &Sigma;₁<sup>½</sup>
 * &Sigma;₂<sup>½</sup>, which are the roots of the eigenvalues of &Sigma;₁<sup>½</sup> &Sigma;₂ &Sigma;₁<sup>½</sup> and so of
 * &Sigma;₁&Sigma;₂. So a covariance may be singular, as it is for features that never vary or for fewer examples than features.
 */
public final class FrechetDistance {
    /** As a share of the traces. */
    private static final double ROUNDING = 1e-6;

    private FrechetDistance() {}

    /**
     * Fits a normal distribution to the rows of each matrix (mean and sample covariance with divisor n − 1) and gives their
     * distance. It is biased: for few rows it is larger than for many, so only distances at equal numbers of rows compare.
     *
     * @param first one example a row, at least two; finite values
     * @param second as wide; the number of rows may be another
     * @return at least 0, in squared units of the values; lower is closer
     * @throws IllegalArgumentException if there are fewer than two rows, the widths differ or a value is not finite
     */
    public static double between(Matrix first, Matrix second) {
        FeatureRows.check(first, second, 2, "to fit a covariance");
        return between(FittedGaussian.of(first), FittedGaussian.of(second));
    }

    /**
     * The distance of two normal distributions.
     *
     * @param firstMean one value a dimension
     * @param firstCovariance symmetric up to rounding errors, with no eigenvalue below 0
     * @param secondMean as many values
     * @param secondCovariance as the other
     * @return at least 0; lower is closer
     * @throws IllegalArgumentException if sizes differ, a value is not finite, or a covariance is none
     */
    public static double between(
            double[] firstMean, double[][] firstCovariance, double[] secondMean, double[][] secondCovariance) {
        return between(
                checked(firstMean, firstCovariance, firstMean.length),
                checked(secondMean, secondCovariance, firstMean.length));
    }

    static double between(FittedGaussian first, FittedGaussian second) {
        double sum = 0;
        double traces = 0;
        for (int i = 0; i < first.mean().length; i++) {
            double shift = first.mean()[i] - second.mean()[i];
            sum += shift * shift;
            traces += first.covariance()[i][i] + second.covariance()[i][i];
        }
        sum += traces;
        double[] roots = new SingularValueDecomposition(first.root().multiply(second.root())).getSingularValues();
        for (double root : roots) {
            sum -= 2 * root;
        }
        // What rounding leaves of equal distributions may be below 0, if only by little.
        if (sum < -ROUNDING * traces) {
            throw new ArithmeticException(
                    "Fréchet distance: found %s for covariances whose traces add up to %s, expected at least 0: their roots are wrong"
                            .formatted(sum, traces));
        }
        return Math.max(0, sum);
    }

    private static FittedGaussian checked(double[] mean, double[][] covariance, int dimensions) {
        if (dimensions < 1 || mean.length != dimensions || covariance.length != dimensions) {
            throw new IllegalArgumentException(
                    "found a mean of %d values and a covariance of %d rows, expected %d of both"
                            .formatted(mean.length, covariance.length, Math.max(1, dimensions)));
        }
        for (int i = 0; i < dimensions; i++) {
            if (covariance[i].length != dimensions) {
                throw new IllegalArgumentException("covariance: found %d values in row %d, expected %d"
                        .formatted(covariance[i].length, i, dimensions));
            }
            requireFinite("mean", mean[i], i);
            for (int j = 0; j < dimensions; j++) {
                requireFinite("covariance", covariance[i][j], i);
            }
        }
        return new FittedGaussian(mean, Covariances.symmetric("covariance", covariance));
    }

    private static void requireFinite(String what, double value, int row) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "%s: found %s in row %d, expected finite numbers".formatted(what, value, row));
        }
    }
}
