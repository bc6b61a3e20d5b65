package io.github.latent4j.runtime;

/** The mean squared error of a reconstruction. */
final class SquaredError {
    private SquaredError() {}

    /**
     * The mean over the features that are there.
     *
     * @param x holds the example; NaN where a value is missing
     * @param xFrom where it starts
     * @param y holds its reconstruction
     * @param yFrom where it starts
     * @param features of the example
     * @return 0 if all are missing
     */
    static double mean(float[] x, int xFrom, float[] y, int yFrom, int features) {
        double sum = 0;
        for (int i = 0; i < features; i++) {
            double difference = x[xFrom + i] - y[yFrom + i];
            sum += difference * difference;
        }
        return Double.isNaN(sum) ? meanOfPresent(x, xFrom, y, yFrom, features) : sum / features;
    }

    private static double meanOfPresent(float[] x, int xFrom, float[] y, int yFrom, int features) {
        double sum = 0;
        int present = 0;
        for (int i = 0; i < features; i++) {
            if (!Float.isNaN(x[xFrom + i])) {
                double difference = x[xFrom + i] - y[yFrom + i];
                sum += difference * difference;
                present++;
            }
        }
        return present == 0 ? 0 : sum / present;
    }
}
