package io.github.latent4j.data;

/**
 * Count, range, mean, variance and kurtosis of numbers, taken one after the other (Pébay 2008, "Formulas for robust, one-pass
 * parallel computation of covariances and arbitrary-order statistical moments").
 */
final class Moments {
    private long count;
    private double mean;
    private double second;
    private double third;
    private double fourth;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    void add(double value) {
        long before = count++;
        double delta = value - mean;
        double step = delta / count;
        double square = step * step;
        double term = delta * step * before;
        mean += step;
        fourth += term * square * ((double) count * count - 3.0 * count + 3) + 6 * square * second - 4 * step * third;
        third += term * step * (count - 2) - 3 * step * second;
        second += term;
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    double least() {
        return least;
    }

    double greatest() {
        return greatest;
    }

    /** The standard deviation of the numbers as a whole, not as a sample. */
    double deviation() {
        return Math.sqrt(second / count);
    }

    /** 0 for a normal distribution; NaN if the numbers do not differ. */
    double excessKurtosis() {
        return count * fourth / (second * second) - 3;
    }
}
