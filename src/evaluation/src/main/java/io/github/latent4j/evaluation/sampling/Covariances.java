package io.github.latent4j.evaluation.sampling;

/** What callers give as covariances. */
final class Covariances {
    /** Of the deviations of both dimensions. */
    private static final double SYMMETRIC_TO = 1e-9;

    /** Of the greatest variance: what rounding may leave where a dimension does not vary. */
    private static final double ROUNDING = 1e-14;

    private Covariances() {}

    /**
     * A copy that is symmetric to the bit, with means of the entries on both sides of the diagonal: decompositions take another,
     * worse way if a last digit differs.
     *
     * @param name what an error begins with
     * @param covariance square and finite
     * @throws IllegalArgumentException if entries differ by more than rounding errors, measured by the diagonal
     */
    static double[][] symmetric(String name, double[][] covariance) {
        int n = covariance.length;
        double greatest = 0;
        for (int i = 0; i < n; i++) {
            greatest = Math.max(greatest, Math.abs(covariance[i][i]));
        }
        double[][] symmetric = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double below = covariance[i][j];
                double above = covariance[j][i];
                double scale = Math.sqrt(Math.abs(covariance[i][i])) * Math.sqrt(Math.abs(covariance[j][j]));
                if (Math.abs(below - above) > Math.max(SYMMETRIC_TO * scale, ROUNDING * greatest)) {
                    throw new IllegalArgumentException(
                            "%s: found %s in row %d, column %d, but %s in row %d, column %d, expected a symmetric matrix"
                                    .formatted(name, above, j, i, below, i, j));
                }
                symmetric[i][j] = below + (above - below) / 2;
                symmetric[j][i] = symmetric[i][j];
            }
        }
        return symmetric;
    }
}
