package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * What each latent dimension does by itself: codes in which one dimension goes through its range while all others stay.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * for (Traversal.Path path : Traversal.ofPrior(vae).around(vae.encode(digit)).paths()) {
 *     Matrix row = vae.decode(path.codes());
 * }
 * }</pre>
 */
public final class Traversal {
    /** How far a traversal goes to either side unless told otherwise, in standard deviations of a standard normal distribution. */
    public static final double DEFAULT_RANGE = 3;

    private static final int DEFAULT_STEPS = 11;

    private final float[] centre;
    private final float[] from;
    private final float[] to;
    private final int[] dimensions;
    private final int steps;

    private Traversal(float[] centre, float[] from, float[] to, int[] dimensions, int steps) {
        this.centre = centre;
        this.from = from;
        this.to = to;
        this.dimensions = dimensions;
        this.steps = steps;
    }

    /**
     * The way of one dimension.
     *
     * @param dimension which, from 0
     * @param from its first value
     * @param to its last value
     * @param codes one a row, in equal steps
     */
    public record Path(int dimension, float from, float to, Matrix codes) {}

    /**
     * Around the mean of a VAE's prior, 11 steps from −3 to 3 standard deviations of it.
     *
     * @param vae the model
     * @return the traversal of all dimensions
     */
    public static Traversal ofPrior(Vae vae) {
        return ofPrior(vae, DEFAULT_RANGE);
    }

    /**
     * Around the mean of a VAE's prior, in 11 steps.
     *
     * @param vae the model
     * @param range how many standard deviations of the prior to go to either side, above 0
     * @return the traversal of all dimensions
     * @throws IllegalArgumentException if the range is not a finite number above 0
     */
    public static Traversal ofPrior(Vae vae, double range) {
        checkRange(range);
        int latent = vae.spec().latent();
        float[] to = new float[latent];
        Arrays.fill(to, (float) range);
        float[] from = new float[latent];
        Arrays.fill(from, (float) -range);
        return new Traversal(new float[latent], from, to, all(latent), DEFAULT_STEPS);
    }

    /**
     * Around the median of codes, in 11 steps between two quantiles of each dimension, with linear interpolation between codes
     * (type 7 of Hyndman and Fan 1996).
     *
     * @param codes one a row, such as an autoencoder's, which has no prior
     * @param range says which quantiles: those that a normal distribution has so many standard deviations from its mean, for 3
     *     .13 % and 99.87 %; above 0
     * @return the traversal of all dimensions
     * @throws IllegalArgumentException if there is no code, or the range is not a finite number above 0
     */
    public static Traversal ofCodes(Matrix codes, double range) {
        checkRange(range);
        int latent = codes.columns();
        if (codes.rows() < 1) {
            throw new IllegalArgumentException("found no code, expected at least one");
        }
        float[] centre = new float[latent];
        float[] from = new float[latent];
        float[] to = new float[latent];
        double below = 100 * new NormalDistribution(null, 0, 1).cumulativeProbability(-range);
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        for (int d = 0; d < latent; d++) {
            double[] values = Codes.dimension(codes, d);
            percentile.setData(values);
            centre[d] = (float) percentile.evaluate(50);
            from[d] = below > 0
                    ? (float) percentile.evaluate(below)
                    : (float) Arrays.stream(values).min().orElseThrow();
            to[d] = (float) percentile.evaluate(100 - below);
        }
        return new Traversal(centre, from, to, all(latent), DEFAULT_STEPS);
    }

    /**
     * Around the median of a model's codes of examples, in 11 steps; see {@link #ofCodes(Matrix, double)}.
     *
     * @param model the model
     * @param examples what it takes, all of which are encoded
     * @param range says between which quantiles
     * @return the traversal of all dimensions
     * @throws IllegalArgumentException if the examples are not what the model takes, or the range is not a finite number
     *     above 0
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public static Traversal ofCodes(LatentModel model, Examples examples, double range) {
        checkRange(range);
        return ofCodes(Codes.of(model, examples, examples.size(), 0), range);
    }

    private static void checkRange(double range) {
        if (!(range > 0 && range <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("range: found %s, expected a finite number above 0".formatted(range));
        }
    }

    private static int[] all(int latent) {
        return IntStream.range(0, latent).toArray();
    }

    /**
     * The same around another code, at which all dimensions stay but the one that moves.
     *
     * @param code such as that of an example
     * @return a new traversal
     * @throws IllegalArgumentException if the number of values is another or one is not finite
     */
    public Traversal around(float[] code) {
        if (code.length != centre.length) {
            throw new IllegalArgumentException(
                    "code: found %d values, expected %d".formatted(code.length, centre.length));
        }
        Codes.requireFinite(code);
        return new Traversal(code.clone(), from, to, dimensions, steps);
    }

    /**
     * The same of chosen dimensions, in the order given.
     *
     * @param chosen from 0, at least one, such as the most active ones
     * @return a new traversal
     * @throws IllegalArgumentException if there is none, or one that the code does not have
     */
    public Traversal withDimensions(List<Integer> chosen) {
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("dimensions: found none, expected at least one");
        }
        for (int dimension : chosen) {
            if (dimension < 0 || dimension >= centre.length) {
                throw new IllegalArgumentException(
                        "dimensions: found %d, expected 0 to %d".formatted(dimension, centre.length - 1));
            }
        }
        return new Traversal(
                centre, from, to, chosen.stream().mapToInt(Integer::intValue).toArray(), steps);
    }

    /**
     * The same with another number of steps.
     *
     * @param count codes for each dimension, at least 2
     * @return a new traversal
     * @throws IllegalArgumentException if there are fewer than two
     */
    public Traversal withSteps(int count) {
        Steps.check(count);
        return new Traversal(centre, from, to, dimensions, count);
    }

    /**
     * The codes.
     *
     * @return one way for each dimension, in their order
     */
    public List<Path> paths() {
        return Arrays.stream(dimensions).mapToObj(this::path).toList();
    }

    private Path path(int dimension) {
        float[] first = centre.clone();
        first[dimension] = from[dimension];
        float[] last = centre.clone();
        last[dimension] = to[dimension];
        return new Path(dimension, from[dimension], to[dimension], Interpolation.LINEAR.between(first, last, steps));
    }
}
