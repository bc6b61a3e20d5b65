package io.github.latent4j.data;

import io.github.latent4j.runtime.Scaling;
import io.github.latent4j.runtime.Scaling.Basis;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Fits the scaling of a column of numbers. */
final class Scalings {
    /** Columns with a greater excess kurtosis are mapped by their quantiles. */
    static final double HEAVY_TAILS = 3;

    /** How far from 0 a feature may lie, in standard deviations or what stands for them. */
    static final double LINEAR_CLIP = 5;

    /** How far from 0 a normal score may lie. */
    static final double QUANTILE_CLIP = 8;

    /** The largest number of knots of a column. */
    static final int MOST_KNOTS = 256;

    /** The largest number of knots of all columns, which a model file has to hold as text, and the smallest of one. */
    private static final int MOST_KNOTS_OF_ALL = 150_000;

    private static final int LEAST_KNOTS = 16;

    /** The distance between the quartiles of a normal distribution of standard deviation 1. */
    private static final double QUARTILES = 1.349;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final TableOptions.Scales scales;
    private final OptionalDouble clip;
    private final int knots;

    Scalings(TableOptions options, int columns) {
        this.scales = options.scaling();
        this.clip = options.clip();
        this.knots = Math.max(LEAST_KNOTS, Math.min(MOST_KNOTS, MOST_KNOTS_OF_ALL / Math.max(1, columns)));
    }

    /** The scaling of numbers of which at least two differ. */
    Scaling fit(Moments moments, Sample sample) {
        return switch (scales) {
            case NONE -> Scaling.NONE;
            case STANDARD -> standard(moments);
            case ROBUST -> robust(moments, sample);
            case MIN_MAX -> linear(Basis.MIN_MAX, moments.least(), moments.greatest() - moments.least(), moments);
            case QUANTILE -> quantiles(moments, sample);
            // A kurtosis that cannot be computed is that of numbers beyond all others.
            case AUTO -> moments.excessKurtosis() <= HEAVY_TAILS ? standard(moments) : quantiles(moments, sample);
        };
    }

    private Scaling standard(Moments moments) {
        return linear(Basis.STANDARD, moments.mean(), moments.deviation(), moments);
    }

    private Scaling robust(Moments moments, Sample sample) {
        double[] sorted = sample.sorted();
        double unit = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / QUARTILES;
        // More than half of the numbers are one: the quartiles say nothing of how far the others lie apart.
        return unit > 0 ? linear(Basis.ROBUST, quantile(sorted, 0.5), unit, moments) : standard(moments);
    }

    /** Numbers so large or so close that their spread cannot be computed are divided by the largest of them. */
    private Scaling linear(Basis basis, double centre, double unit, Moments moments) {
        double most = clip.orElse(LINEAR_CLIP);
        return Double.isFinite(centre) && Double.isFinite(unit) && unit > 0
                ? new Scaling.Linear(basis, centre, unit, most)
                : new Scaling.Linear(basis, 0, Math.max(Math.abs(moments.least()), Math.abs(moments.greatest())), most);
    }

    /** Between the two nearest numbers, linearly. */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /**
     * Knots at equal shares of the numbers, or at all of them if few differ. A knot's score is that of its rank, and the rank of
     * equal numbers is the middle of theirs.
     */
    private Scaling quantiles(Moments moments, Sample sample) {
        double[] sorted = sample.sorted();
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        double[] values = distinct.length <= knots ? distinct : atEqualShares(sorted);
        if (values.length < 2) {
            return standard(moments);
        }
        double[] scores = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            double middle = (first(sorted, values[k], false) + first(sorted, values[k], true)) / 2.0;
            scores[k] = NORMAL.inverseCumulativeProbability(middle / sorted.length);
        }
        return new Scaling.Quantiles(values, scores, clip.orElse(QUANTILE_CLIP));
    }

    private double[] atEqualShares(double[] sorted) {
        double[] values = new double[knots];
        for (int k = 0; k < knots; k++) {
            values[k] = sorted[(int) Math.round(k * (sorted.length - 1.0) / (knots - 1))];
        }
        return Arrays.stream(values).distinct().toArray();
    }

    /** The number of numbers below a value, or not above it. */
    private static int first(double[] sorted, double value, boolean behind) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (behind && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
