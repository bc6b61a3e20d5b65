package io.github.latent4j.runtime;

import java.util.Arrays;
import java.util.Locale;

/**
 * How a number of a table becomes a feature, and back. Immutable.
 *
 * <p>No map turns the order of two numbers round. Undoing gives the number again as far as single precision and the limits of a
 * clip allow; what would be beyond double precision is the largest number that it holds.
 */
public sealed interface Scaling {
    /** The number as it is. */
    Scaling NONE = new None();

    /**
     * Scales a number.
     *
     * @param value finite
     * @return the feature; infinite where a scaling without a clip leads beyond double precision
     */
    double apply(double value);

    /**
     * Turns a feature into the number that it stands for.
     *
     * @param feature any number but NaN
     * @return the number, finite
     */
    double undo(double feature);

    private static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    private static double clipped(double value, double clip) {
        return Math.max(-clip, Math.min(clip, value));
    }

    /** The number as it is. */
    record None() implements Scaling {
        @Override
        public double apply(double value) {
            return value;
        }

        @Override
        public double undo(double feature) {
            return finite(feature);
        }
    }

    /** What centre and unit of a {@link Linear} scaling were taken from. */
    enum Basis {
        /** Mean and standard deviation. */
        STANDARD,
        /** Median and the distance between the quartiles, divided by 1.349, which is its size in standard deviations. */
        ROBUST,
        /** Minimum and range: features are in [0, 1] on the training data. */
        MIN_MAX;

        /**
         * The name as files and the command line write it.
         *
         * @return such as {@code min-max}
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A feature is (value − centre) / unit, not further from 0 than the clip.
     *
     * @param basis what centre and unit were taken from
     * @param centre finite
     * @param unit above 0
     * @param clip above 0; infinite for none
     */
    record Linear(Basis basis, double centre, double unit, double clip) implements Scaling {
        /**
         * Makes a scaling.
         *
         * @throws IllegalArgumentException if a number is out of range
         */
        public Linear {
            if (!Double.isFinite(centre) || !(unit > 0 && Double.isFinite(unit)) || !(clip > 0)) {
                throw new IllegalArgumentException(
                        "scaling: found centre %s, unit %s and clip %s, expected a finite centre and a unit and a clip above 0"
                                .formatted(centre, unit, clip));
            }
        }

        @Override
        public double apply(double value) {
            return clipped((value - centre) / unit, clip);
        }

        @Override
        public double undo(double feature) {
            return finite(centre + unit * feature);
        }
    }

    /**
     * Straight lines between knots, which map quantiles of the training data to those of a normal distribution. Beyond the
     * first and the last knot the line goes on that leads from the first to the last, up to the clip.
     *
     * @param values at least two, increasing
     * @param scores as many, increasing: what the values become
     * @param clip above 0; infinite for none
     */
    record Quantiles(double[] values, double[] scores, double clip) implements Scaling {
        /** The largest number of knots. */
        public static final int MOST_KNOTS = 1024;

        /**
         * Makes a scaling with copies of the arrays.
         *
         * @throws IllegalArgumentException if there are fewer than two knots or more than {@value #MOST_KNOTS}, the numbers of
         *     values and scores differ, or they are not finite, increasing and of a finite range
         */
        public Quantiles {
            if (values.length < 2 || values.length > MOST_KNOTS || values.length != scores.length || !(clip > 0)) {
                throw new IllegalArgumentException(
                        "scaling: found %d values, %d scores and clip %s, expected 2 to %d of either and a clip above 0"
                                .formatted(values.length, scores.length, clip, MOST_KNOTS));
            }
            requireIncreasing("values", values);
            requireIncreasing("scores", scores);
            values = values.clone();
            scores = scores.clone();
        }

        private static void requireIncreasing(String what, double[] knots) {
            for (int i = 0; i < knots.length; i++) {
                if (!Double.isFinite(knots[i]) || (i > 0 && !(knots[i] > knots[i - 1]))) {
                    throw new IllegalArgumentException(
                            "scaling: found %s as knot %d of the %s, expected finite increasing numbers"
                                    .formatted(knots[i], i, what));
                }
            }
            if (!Double.isFinite(knots[knots.length - 1] - knots[0])) {
                throw new IllegalArgumentException("scaling: found %s from %s to %s, expected a finite range"
                        .formatted(what, knots[0], knots[knots.length - 1]));
            }
        }

        @Override
        public double apply(double value) {
            return clipped(along(values, scores, value), clip);
        }

        @Override
        public double undo(double feature) {
            return finite(along(scores, values, feature));
        }

        private static double along(double[] from, double[] to, double x) {
            int last = from.length - 1;
            if (x <= from[0] || x >= from[last]) {
                int end = x <= from[0] ? 0 : last;
                return to[end] + (x - from[end]) / (from[last] - from[0]) * (to[last] - to[0]);
            }
            int found = Arrays.binarySearch(from, x);
            if (found >= 0) {
                return to[found];
            }
            int above = -found - 1;
            double share = (x - from[above - 1]) / (from[above] - from[above - 1]);
            return Math.min(to[above], to[above - 1] + share * (to[above] - to[above - 1]));
        }

        /**
         * The values at the knots, increasing.
         *
         * @return a copy, of at least two
         */
        @Override
        public double[] values() {
            return values.clone();
        }

        /**
         * What the values at the knots become, increasing.
         *
         * @return a copy, of as many as values
         */
        @Override
        public double[] scores() {
            return scores.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Quantiles q
                    && Arrays.equals(values, q.values)
                    && Arrays.equals(scores, q.scores)
                    && clip == q.clip;
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Arrays.hashCode(values) + Arrays.hashCode(scores)) + Double.hashCode(clip);
        }

        @Override
        public String toString() {
            return "Quantiles[%d knots, clip %s]".formatted(values.length, clip);
        }
    }
}
