package io.github.latent4j.evaluation;

import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Squared errors of the reconstructions of many examples, in squared units of the input. Immutable and thread-safe.
 *
 * <p>The error of an example is the mean over its features; the error of a feature is the mean over the examples. Both
 * average to the same overall error. Missing values do not count, on either side: then the overall error is that of the examples.
 */
public final class ReconstructionErrors {
    private final double[] perExample;
    private final double[] perFeature;
    private final Estimate overall;

    private ReconstructionErrors(double[] perExample, double[] perFeature, Estimate overall) {
        this.perExample = perExample;
        this.perFeature = perFeature;
        this.overall = overall;
    }

    /**
     * The mean squared error over features and examples.
     *
     * @return the mean, at least 0, and its standard error over the examples
     */
    public Estimate overall() {
        return overall;
    }

    /**
     * The error of each example.
     *
     * @return a new array, in the order of the examples; 0 for one that has no value at all
     */
    public double[] perExample() {
        return perExample.clone();
    }

    /**
     * The error of each feature.
     *
     * @return a new array, in the order of the features; NaN for one that no example has a value of
     */
    public double[] perFeature() {
        return perFeature.clone();
    }

    /**
     * How the errors of the examples are spread.
     *
     * @return the quartiles over the examples
     */
    public Quartiles exampleQuartiles() {
        return Quartiles.of(perExample);
    }

    /**
     * How the errors of the features are spread.
     *
     * @return the quartiles over the features
     */
    public Quartiles featureQuartiles() {
        return Quartiles.of(
                Arrays.stream(perFeature).filter(error -> !Double.isNaN(error)).toArray());
    }

    /**
     * The examples with the greatest errors.
     *
     * @param count how many at most, at least 0
     * @return their indices, the worst first; of equal errors, the first example
     */
    public List<Integer> worst(int count) {
        return IntStream.range(0, perExample.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -perExample[i]))
                .limit(count)
                .toList();
    }

    /**
     * Compares every error.
     *
     * @param other anything
     * @return true if {@code other} has the same errors for each example and feature
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof ReconstructionErrors e
                && Arrays.equals(perExample, e.perExample)
                && Arrays.equals(perFeature, e.perFeature);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(perExample) + Arrays.hashCode(perFeature);
    }

    @Override
    public String toString() {
        return "ReconstructionErrors[%s, %d examples, %d features]"
                .formatted(overall, perExample.length, perFeature.length);
    }

    /** Adds up errors block by block, example by example, so that the size of the blocks does not matter. */
    static final class Sums {
        private final double[] perExample;
        private final double[] perFeature;
        private final int[] present;
        private final SummaryStatistics overall = new SummaryStatistics();
        private int next;

        Sums(int examples, int features) {
            this.perExample = new double[examples];
            this.perFeature = new double[features];
            this.present = new int[features];
        }

        /**
         * Adds the next examples.
         *
         * @throws IllegalArgumentException if a reconstruction is not finite
         */
        void add(Matrix originals, Matrix reconstructions) {
            float[] x = originals.data();
            float[] y = reconstructions.data();
            int features = perFeature.length;
            for (int r = 0; r < originals.rows(); r++, next++) {
                double sum = 0;
                int count = 0;
                for (int i = 0, n = r * features; i < features; i++, n++) {
                    if (!Float.isNaN(x[n])) {
                        double difference = x[n] - y[n];
                        double square = difference * difference;
                        sum += square;
                        perFeature[i] += square;
                        present[i]++;
                        count++;
                    }
                }
                if (!Double.isFinite(sum)) {
                    throw new IllegalArgumentException(
                            "found a reconstruction of example %d that is not finite, expected finite numbers: its values are too large, or the model's parameters of no use"
                                    .formatted(next));
                }
                perExample[next] = count == 0 ? 0 : sum / count;
                overall.addValue(perExample[next]);
            }
        }

        /**
         * The errors.
         *
         * @throws IllegalArgumentException if no example had a value
         */
        ReconstructionErrors result() {
            if (Arrays.stream(present).allMatch(count -> count == 0)) {
                throw new IllegalArgumentException(
                        "found missing values alone, expected some to hold reconstructions against");
            }
            double[] means = new double[perFeature.length];
            Arrays.setAll(means, i -> perFeature[i] / present[i]);
            return new ReconstructionErrors(perExample, means, Estimate.of(overall));
        }
    }
}
