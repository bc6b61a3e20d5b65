package io.github.latent4j.evaluation.latent;

import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;

/**
 * Numbers put into bins, feature by feature. Immutable; the thresholds of one table can bin another.
 */
final class Bins {
    private static final int MOST_QUANTILES = 127;

    /** A value's bin is the number of thresholds that are not above it. */
    private final double[][] thresholds;

    private final int[][] bins;

    private Bins(double[][] thresholds, double[][] columns) {
        this.thresholds = thresholds;
        this.bins = new int[columns.length][];
        for (int f = 0; f < columns.length; f++) {
            double[] borders = thresholds[f];
            bins[f] = Arrays.stream(columns[f])
                    .mapToInt(value -> place(borders, value))
                    .toArray();
        }
    }

    private static int place(double[] borders, double value) {
        int found = Arrays.binarySearch(borders, value);
        return found < 0 ? -found - 1 : found + 1;
    }

    /** Bins between the values' quantiles: at most 128, fewer where values are equal. */
    static Bins byQuantiles(double[][] columns) {
        double[][] thresholds = new double[columns.length][];
        for (int f = 0; f < columns.length; f++) {
            double[] sorted = columns[f].clone();
            Arrays.sort(sorted);
            double[] borders = new double[MOST_QUANTILES];
            for (int q = 1; q <= MOST_QUANTILES; q++) {
                borders[q - 1] = sorted[(int) ((long) q * sorted.length / (MOST_QUANTILES + 1))];
            }
            // A border at the least value parts nothing.
            thresholds[f] = Arrays.stream(borders)
                    .filter(border -> border > sorted[0])
                    .distinct()
                    .toArray();
        }
        return new Bins(thresholds, columns);
    }

    /** Bins of equal width from the least value to the greatest; one where all values are the same. */
    static Bins ofEqualWidth(double[][] columns, int count) {
        double[][] thresholds = new double[columns.length][];
        for (int f = 0; f < columns.length; f++) {
            double least = Arrays.stream(columns[f]).min().orElse(0);
            double greatest = Arrays.stream(columns[f]).max().orElse(0);
            thresholds[f] = new double[least < greatest ? count - 1 : 0];
            Arrays.setAll(thresholds[f], k -> least + (greatest - least) * (k + 1) / count);
        }
        return new Bins(thresholds, columns);
    }

    /** Other values between the same thresholds. */
    Bins of(double[][] columns) {
        return new Bins(thresholds, columns);
    }

    int features() {
        return bins.length;
    }

    /** The number of bins of a feature. */
    int count(int feature) {
        return thresholds[feature].length + 1;
    }

    int bin(int feature, int row) {
        return bins[feature][row];
    }

    int[] column(int feature) {
        return bins[feature].clone();
    }

    /** One array a column. */
    static double[][] columns(Matrix matrix) {
        double[][] columns = new double[matrix.columns()][matrix.rows()];
        for (int c = 0; c < columns.length; c++) {
            for (int r = 0; r < matrix.rows(); r++) {
                columns[c][r] = matrix.get(r, c);
            }
        }
        return columns;
    }
}
