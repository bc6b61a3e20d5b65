package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Scaling;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A table of correlated numbers: twelve columns, each a mixture of three hidden factors and of noise of its own. What a column is
 * expected to be, given all others, is known in closed form.
 */
final class Factors {
    static final int COLUMNS = 12;

    private static final int FACTORS = 3;
    private static final double NOISE = 0.5;

    private static final double[][] LOADINGS = loadings();

    private Factors() {}

    private static double[][] loadings() {
        Random random = new Random(5);
        double[][] loadings = new double[COLUMNS][FACTORS];
        for (double[] row : loadings) {
            double sum = 0;
            for (int k = 0; k < FACTORS; k++) {
                row[k] = random.nextGaussian();
                sum += row[k] * row[k];
            }
            for (int k = 0; k < FACTORS; k++) {
                row[k] *= Math.sqrt((1 - NOISE * NOISE) / sum); // each column has variance 1
            }
        }
        return loadings;
    }

    /** Columns of numbers that are standardised as they are. */
    static Table table() {
        return new Table(IntStream.range(0, COLUMNS)
                .<Column>mapToObj(
                        c -> new Column.Numeric("c" + c, new Scaling.Linear(Scaling.Basis.STANDARD, 0, 1, 10), false))
                .toList());
    }

    static Matrix rows(int count, long seed) {
        Random random = new Random(seed);
        Matrix rows = Matrix.zeros(count, COLUMNS);
        for (int r = 0; r < count; r++) {
            double[] factors = new double[FACTORS];
            for (int k = 0; k < FACTORS; k++) {
                factors[k] = random.nextGaussian();
            }
            for (int c = 0; c < COLUMNS; c++) {
                double value = NOISE * random.nextGaussian();
                for (int k = 0; k < FACTORS; k++) {
                    value += LOADINGS[c][k] * factors[k];
                }
                rows.data()[r * COLUMNS + c] = (float) value;
            }
        }
        return rows;
    }

    static Examples examples(Matrix rows) {
        return Examples.of(rows, table(), "factors");
    }

    /** The precision matrix of the columns: the inverse of loadings · loadingsᵀ + noise². */
    private static double[][] precision() {
        double[][] a = new double[COLUMNS][2 * COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                for (int k = 0; k < FACTORS; k++) {
                    a[i][j] += LOADINGS[i][k] * LOADINGS[j][k];
                }
            }
            a[i][i] += NOISE * NOISE;
            a[i][COLUMNS + i] = 1;
        }
        for (int i = 0; i < COLUMNS; i++) { // Gauss and Jordan; the matrix is positive definite
            double pivot = a[i][i];
            for (int j = 0; j < 2 * COLUMNS; j++) {
                a[i][j] /= pivot;
            }
            for (int r = 0; r < COLUMNS; r++) {
                double factor = r == i ? 0 : a[r][i];
                for (int j = 0; j < 2 * COLUMNS; j++) {
                    a[r][j] -= factor * a[i][j];
                }
            }
        }
        double[][] inverse = new double[COLUMNS][COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            System.arraycopy(a[i], COLUMNS, inverse[i], 0, COLUMNS);
        }
        return inverse;
    }

    /** What a cell is expected to be, given the others of its row. */
    static double expected(float[] row, int column) {
        double[] precision = precision()[column];
        double sum = 0;
        for (int c = 0; c < COLUMNS; c++) {
            sum += c == column ? 0 : precision[c] * row[c];
        }
        return -sum / precision[column];
    }

    /** The standard deviation of a cell around what is expected of it. */
    static double deviation(int column) {
        return 1 / Math.sqrt(precision()[column][column]);
    }
}
