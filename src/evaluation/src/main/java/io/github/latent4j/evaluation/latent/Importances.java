package io.github.latent4j.evaluation.latent;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How important each latent dimension is for each factor, and what follows: disentanglement and completeness (Eastwood and
 * Williams 2018).
 */
final class Importances {
    /** One row a dimension, one column a factor. */
    private final double[][] r;

    private final int factors;

    Importances(double[][] r) {
        this.r = r;
        this.factors = r[0].length;
    }

    /**
     * D = Σ ρᵢ Dᵢ; NaN for a single factor, or where nothing is important.
     */
    double disentanglement() {
        double all = Arrays.stream(r).flatMapToDouble(Arrays::stream).sum();
        if (factors < 2 || !(all > 0)) {
            return Double.NaN;
        }
        return Arrays.stream(r)
                .filter(row -> Arrays.stream(row).sum() > 0)
                .mapToDouble(row -> Arrays.stream(row).sum() / all * concentration(row))
                .sum();
    }

    /** Dᵢ of a dimension: 1 if it is important for one factor alone; NaN for a single factor, or where it is for none. */
    double disentanglement(int dimension) {
        return concentration(r[dimension]);
    }

    /** Cⱼ of a factor: 1 if one dimension alone is important; NaN for a single dimension, or where none is. */
    double completeness(int factor) {
        return concentration(
                IntStream.range(0, r.length).mapToDouble(i -> r[i][factor]).toArray());
    }
    /** 1 − H(p) with the number of values as the base of the logarithm, p the values' shares of their sum. */
    private static double concentration(double[] values) {
        double sum = Arrays.stream(values).sum();
        if (values.length < 2 || !(sum > 0)) {
            return Double.NaN;
        }
        double entropy = 0;
        for (double value : values) {
            double share = value / sum;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return 1 - entropy / Math.log(values.length);
    }
}
