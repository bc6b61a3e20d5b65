package io.github.latent4j.evaluation.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The closed forms are those of Dowson and Landau 1982, or follow by hand from the definition. */
class FrechetDistanceTest {
    private static double between(double[][] first, double[][] second) {
        return FrechetDistance.between(new double[first.length], first, new double[second.length], second);
    }

    private static double[][] diagonal(double... values) {
        return MatrixUtils.createRealDiagonalMatrix(values).getData();
    }

    private static RealMatrix rotation(double angle) {
        return new Array2DRowRealMatrix(
                new double[][] {{Math.cos(angle), -Math.sin(angle)}, {Math.sin(angle), Math.cos(angle)}});
    }

    private static double[][] turned(RealMatrix by, double... values) {
        return by.multiply(MatrixUtils.createRealDiagonalMatrix(values))
                .multiply(by.transpose())
                .getData();
    }

    @Test
    void ofEqualDistributionsIsZero() {
        double[][] covariance = {{2, 0.5}, {0.5, 1}};
        assertThat(between(covariance, covariance)).isCloseTo(0, within(1e-14));
    }

    @Test
    void ofShiftedDistributionsIsTheSquareOfTheShift() {
        double[][] covariance = {{2, 0.5}, {0.5, 1}};
        assertThat(FrechetDistance.between(new double[] {1, 2}, covariance, new double[] {4, -2}, covariance))
                .isCloseTo(9 + 16, within(1e-12));
    }

    @Test
    void inOneDimensionComparesMeansAndDeviations() {
        assertThat(FrechetDistance.between(new double[] {1}, diagonal(9), new double[] {3}, diagonal(4)))
                .isCloseTo(4 + 1, within(1e-14));
    }

    @Test
    void ofCommutingCovariancesComparesDeviationsAlongTheirAxes() {
        // (3 - 1)^2 + (1 - 2)^2, turned or not.
        assertThat(between(diagonal(9, 1), diagonal(1, 4))).isCloseTo(5, within(1e-14));
        assertThat(between(turned(rotation(0.7), 9, 1), turned(rotation(0.7), 1, 4)))
                .isCloseTo(5, within(1e-13));
    }

    @Test
    void ofAnyTwoByTwoMatricesFollowsFromTraceAndDeterminant() {
        // With eigenvalues a and b of the product, (sqrt a + sqrt b)^2 = trace + 2 sqrt(determinant).
        RealMatrix first = new Array2DRowRealMatrix(turned(rotation(0.3), 5, 0.2));
        RealMatrix second = new Array2DRowRealMatrix(turned(rotation(1.4), 3, 0.7));
        double root = Math.sqrt(first.multiply(second).getTrace() + 2 * Math.sqrt(5 * 0.2 * 3 * 0.7));
        assertThat(between(first.getData(), second.getData())).isCloseTo(5.2 + 3.7 - 2 * root, within(1e-13));
    }

    @Test
    void covariancesMayBeSingular() {
        assertThat(between(diagonal(4, 0), diagonal(1, 0))).isCloseTo(1, within(1e-14));
        assertThat(between(diagonal(4, 0), diagonal(0, 1))).isCloseTo(5, within(1e-14));
        assertThat(between(diagonal(0, 0), diagonal(0, 0))).isZero();
        // Of rank one, u uT and v vT: |u|^2 + |v|^2 - 2 |u.v|.
        assertThat(between(new double[][] {{1, 2}, {2, 4}}, new double[][] {{9, -3}, {-3, 1}}))
                .isCloseTo(5 + 10 - 2 * 1, within(1e-13));
    }

    /** N(0, I) from N(0, 4 I) is 1 a dimension. */
    @Test
    void roundingErrorsOffTheDiagonalDoNotMatter() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] unit = MatrixUtils.createRealIdentityMatrix(20).getData();
        double[][] wide =
                MatrixUtils.createRealIdentityMatrix(20).scalarMultiply(4).getData();
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 20; j++) {
                unit[i][j] += i == j ? 0 : random.nextDouble(-1e-17, 1e-17);
            }
        }
        assertThat(between(unit, wide)).isCloseTo(20, within(1e-9));
        assertThat(between(wide, unit)).isCloseTo(20, within(1e-9));
        // A dimension that does not vary, up to rounding.
        assertThat(between(new double[][] {{1, 1e-17}, {-1e-17, 0}}, diagonal(4, 0)))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void whatCannotBeADistanceIsNoZero() {
        // Not symmetric, which callers cannot bring in.
        FittedGaussian broken = new FittedGaussian(new double[2], new double[][] {{1, 100}, {0, 1.0001}});
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> FrechetDistance.between(broken, new FittedGaussian(new double[2], diagonal(1, 1))))
                .withMessageStartingWith("Fréchet distance: found -")
                .withMessageEndingWith("expected at least 0: their roots are wrong");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20, 128})
    void agreesWithTheEigenvaluesOfTheProduct(int size) {
        FittedGaussian first = FittedGaussian.of(HandMade.normal(2 * size, size, 1, size));
        FittedGaussian second = FittedGaussian.of(HandMade.normal(3 * size, size, 2, size + 1));
        RealMatrix product =
                new Array2DRowRealMatrix(first.covariance()).multiply(new Array2DRowRealMatrix(second.covariance()));
        double roots = Arrays.stream(new EigenDecomposition(product).getRealEigenvalues())
                .map(Math::sqrt)
                .sum();
        double traces = MatrixUtils.createRealMatrix(first.covariance()).getTrace()
                + MatrixUtils.createRealMatrix(second.covariance()).getTrace();
        assertThat(between(first.covariance(), second.covariance()))
                .isCloseTo(traces - 2 * roots, within(1e-9 * traces));
    }

    @Test
    void isTheSameBothWays() {
        Matrix first = HandMade.normal(50, 10, 1, 1);
        Matrix second = HandMade.uniform(40, 10, 2);
        assertThat(FrechetDistance.between(first, second))
                .isCloseTo(FrechetDistance.between(second, first), within(1e-12));
    }

    @Test
    void fitsRowsWithDivisorOfOneLess() {
        // Variances 2 and 8, means 1 and 5.
        assertThat(FrechetDistance.between(
                        Matrix.of(new float[] {0}, new float[] {2}), Matrix.of(new float[] {3}, new float[] {7})))
                .isCloseTo(16 + 2, within(1e-13));
    }

    @Test
    void ofFewerRowsThanFeaturesIsExactToo() {
        Matrix rows = HandMade.normal(5, 40, 1, 3);
        Matrix shifted = Matrix.zeros(5, 40);
        for (int i = 0; i < 200; i++) {
            // A quarter keeps all sums of floats exact to 1e-6.
            shifted.data()[i] = rows.data()[i] + 0.25f;
        }
        assertThat(FrechetDistance.between(rows, rows)).isCloseTo(0, within(1e-12));
        assertThat(FrechetDistance.between(rows, shifted)).isCloseTo(40 / 16.0, within(1e-5));
    }

    @Test
    void ofFewRowsIsLargerThanOfMany() {
        double few = FrechetDistance.between(HandMade.normal(100, 20, 1, 1), HandMade.normal(100, 20, 1, 2));
        double many = FrechetDistance.between(HandMade.normal(5_000, 20, 1, 1), HandMade.normal(5_000, 20, 1, 2));
        assertThat(many).isPositive().isLessThan(few / 10);
    }

    @Test
    void saysWhatItCannotCompare() {
        Matrix two = Matrix.zeros(2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrechetDistance.between(two, Matrix.zeros(2, 4)))
                .withMessage("found examples of 3 and of 4 values, expected both of one size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrechetDistance.between(two, Matrix.zeros(1, 3)))
                .withMessage("found 1 example, expected at least 2 to fit a covariance");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrechetDistance.between(two, Matrix.of(new float[3], new float[] {0, Float.NaN, 0})))
                .withMessage("found NaN in example 1 at index 1, expected finite numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> between(diagonal(1, 1), new double[][] {{1, 0.5}, {0.4, 1}}))
                .withMessage(
                        "covariance: found 0.5 in row 0, column 1, but 0.4 in row 1, column 0, expected a symmetric matrix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> between(diagonal(1, 1), diagonal(1, -1)))
                .withMessage("covariance: found an eigenvalue of -1.0, expected none below 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> between(diagonal(1, Double.NaN), diagonal(1, 1)))
                .withMessage("covariance: found NaN in row 1, expected finite numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrechetDistance.between(new double[2], diagonal(1, 1), new double[3], diagonal(1, 1)))
                .withMessage("found a mean of 3 values and a covariance of 2 rows, expected 2 of both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> between(diagonal(1, 1), new double[][] {{1}, {0, 1}}))
                .withMessage("covariance: found 1 values in row 0, expected 2");
    }
}
