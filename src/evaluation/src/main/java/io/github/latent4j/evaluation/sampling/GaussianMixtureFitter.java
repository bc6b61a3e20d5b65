package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.evaluation.sampling.ExpectationMaximisation.State;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/**
 * Fits a {@link GaussianMixture} to codes by expectation maximisation (Dempster, Laird and Rubin 1977, "Maximum likelihood from
 * incomplete data via the EM algorithm"). Immutable and thread-safe.
 *
 * <pre>{@code
 * GaussianMixture mixture = GaussianMixtureFitter.defaults().withSeed(1).fit(model, digits.train()).mixture();
 * Matrix samples = model.decode(mixture.codes(64, new Random(1)));
 * }</pre>
 *
 * <p>Unless it is given, the number of components is that with the lowest Bayesian information criterion (Schwarz 1978,
 * "Estimating the dimension of a model"), from 1 to a greatest number. The trial ends before the greatest number where some
 * component has fewer codes than the d + 1 that a covariance in d dimensions needs.
 *
 * <p>Each number of components is started three times from k-means++ on the codes as they are (Arthur and Vassilvitskii 2007); the most likely after ten
 * steps goes on (Biernacki, Celeux and Govaert 2003, "Choosing starting values for the EM algorithm") until a step brings less
 * than 10<sup>-4</sup> nats a code and dimension, at most 200 steps after those ten. Dimensions are scaled to a variance of 1 meanwhile, and no direction has
 * a variance below 10<sup>-6</sup> then. A dimension that does not vary is treated as if its variance were that floor times the
 * mean variance of the others. The same codes, seed and settings give the same bits.
 */
public final class GaussianMixtureFitter {
    private static final int STARTS = 3;
    private static final int SHORT_STEPS = 10;
    private static final int MOST_STEPS = 200;
    private static final double LEAST_GAIN = 1e-4;
    private static final double FLOOR = 1e-6;

    private final OptionalInt components;
    private final int mostComponents;
    private final int mostCodes;
    private final long seed;

    private GaussianMixtureFitter(OptionalInt components, int mostComponents, int mostCodes, long seed) {
        this.components = components;
        this.mostComponents = mostComponents;
        this.mostCodes = mostCodes;
        this.seed = seed;
    }

    /**
     * One to ten components, chosen by BIC; at most 10,000 codes of examples; seed 0.
     *
     * @return the fitter
     */
    public static GaussianMixtureFitter defaults() {
        return new GaussianMixtureFitter(OptionalInt.empty(), 10, 10_000, 0);
    }

    /**
     * The same with a given number of components, which BIC does not choose.
     *
     * @param count at least 1
     * @return a new fitter
     * @throws IllegalArgumentException if the number is below 1
     */
    public GaussianMixtureFitter withComponents(int count) {
        return new GaussianMixtureFitter(
                OptionalInt.of(atLeastOne("components", count)), mostComponents, mostCodes, seed);
    }

    /**
     * The same with the number of components chosen by BIC from 1 to another greatest number.
     *
     * @param most at least 1
     * @return a new fitter
     * @throws IllegalArgumentException if the number is below 1
     */
    public GaussianMixtureFitter withMostComponents(int most) {
        return new GaussianMixtureFitter(OptionalInt.empty(), atLeastOne("components", most), mostCodes, seed);
    }

    /**
     * The same with another greatest number of examples that {@link #fit(LatentModel, Examples)} encodes.
     *
     * @param most at least 1
     * @return a new fitter
     * @throws IllegalArgumentException if the number is below 1
     */
    public GaussianMixtureFitter withMostCodes(int most) {
        return new GaussianMixtureFitter(components, mostComponents, atLeastOne("codes", most), seed);
    }

    /**
     * The same with another seed, on which the starts depend, and which examples are encoded.
     *
     * @param other any number
     * @return a new fitter
     */
    public GaussianMixtureFitter withSeed(long other) {
        return new GaussianMixtureFitter(components, mostComponents, mostCodes, other);
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s: found %d, expected at least 1".formatted(name, value));
        }
        return value;
    }

    /**
     * Fits a mixture to a model's codes of examples: a VAE's posterior means, an autoencoder's codes. Of more examples than
     * {@link #withMostCodes} says, a seeded choice is taken.
     *
     * @param model the model
     * @param examples what it takes
     * @return the fit
     * @throws IllegalArgumentException if the examples are not what the model takes, or fewer than the components
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public GaussianMixtureFit fit(LatentModel model, Examples examples) {
        return fit(Codes.of(model, examples, mostCodes, seed));
    }

    /**
     * Fits a mixture to codes, all of them.
     *
     * @param codes one a row, finite
     * @return the fit; a given number of components is not reached where codes coincide, so that fewer explain them all
     * @throws IllegalArgumentException if there is no code, a value is not finite, or there are fewer codes than components
     */
    public GaussianMixtureFit fit(Matrix codes) {
        int needed = components.orElse(1);
        if (codes.rows() < needed || codes.columns() < 1) {
            throw new IllegalArgumentException(
                    "found %d codes of %d dimensions, expected at least %d, one a component, of at least 1 dimension"
                            .formatted(codes.rows(), codes.columns(), needed));
        }
        Standard standard = Standard.of(codes);
        ExpectationMaximisation em = new ExpectationMaximisation(standard.points(), standard.scale(), FLOOR);
        SortedMap<Integer, Double> bic = new TreeMap<>();
        Optional<State> best = Optional.empty();
        double lowest = Double.POSITIVE_INFINITY;
        int last = components.orElse(Math.min(mostComponents, codes.rows()));
        for (int count = needed; count <= last; count++) {
            State state = fit(em, count);
            if (count > needed && state.starved(count)) {
                break;
            }
            double criterion = standard.bic(state);
            bic.put(count, criterion);
            if (best.isEmpty() || criterion < lowest) {
                best = Optional.of(state);
                lowest = criterion;
            }
        }
        State chosen = best.orElseThrow();
        return new GaussianMixtureFit(
                chosen.mixture().transformed(standard.shift(), standard.scale()),
                codes.rows(),
                standard.logLikelihood(chosen) / codes.rows(),
                bic);
    }

    private State fit(ExpectationMaximisation em, int count) {
        State best = start(em, count, 0);
        for (int start = 1; start < STARTS && count > 1; start++) {
            State other = start(em, count, start);
            boolean starvesLess = best.starved(count) && !other.starved(count);
            boolean starvesMore = other.starved(count) && !best.starved(count);
            if (starvesLess || !starvesMore && other.logLikelihood() > best.logLikelihood()) {
                best = other;
            }
        }
        return climb(em, best, MOST_STEPS);
    }

    private State start(ExpectationMaximisation em, int count, int start) {
        return climb(em, em.start(count, new SplittableRandom(Seeds.mix(seed, count, start))), SHORT_STEPS);
    }

    private static State climb(ExpectationMaximisation em, State from, int steps) {
        State state = from;
        for (int i = 0; i < steps; i++) {
            State next = em.step(state);
            boolean done = next.logLikelihood() - state.logLikelihood()
                    < LEAST_GAIN * next.shares().length * next.mixture().latent();
            state = next;
            if (done) {
                break;
            }
        }
        return state;
    }

    /**
     * Codes scaled to mean 0 and variance 1, dimension by dimension.
     *
     * @param points (codes − shift) / scale
     * @param shift the means
     * @param scale the standard deviations; of a dimension that does not vary the mean of the others'
     */
    private record Standard(double[][] points, double[] shift, double[] scale) {
        static Standard of(Matrix codes) {
            int dimensions = codes.columns();
            double[] shift = new double[dimensions];
            double[] scale = new double[dimensions];
            double[][] points = new double[codes.rows()][dimensions];
            for (int d = 0; d < dimensions; d++) {
                double[] values = Codes.dimension(codes, d);
                double first = values[0];
                for (int i = 0; i < values.length; i++) {
                    if (!Double.isFinite(values[i])) {
                        throw new IllegalArgumentException("code %d: found %s in dimension %d, expected a finite number"
                                .formatted(i, values[i], d));
                    }
                    // Relative to the first, so that what does not vary has a deviation of exactly 0.
                    values[i] -= first;
                }
                double mean = Arrays.stream(values).sum() / values.length;
                shift[d] = first + mean;
                scale[d] = new StandardDeviation(false).evaluate(values, mean);
                for (int i = 0; i < values.length; i++) {
                    points[i][d] = values[i] - mean;
                }
            }
            double usual = Arrays.stream(scale).filter(s -> s > 0).average().orElse(1);
            for (int d = 0; d < dimensions; d++) {
                scale[d] = scale[d] > 0 ? scale[d] : usual;
                for (double[] point : points) {
                    point[d] /= scale[d];
                }
            }
            return new Standard(points, shift, scale);
        }

        /** The log likelihood of the codes themselves. */
        double logLikelihood(State state) {
            double logScale = Arrays.stream(scale).map(Math::log).sum();
            return state.logLikelihood() - points.length * logScale;
        }

        double bic(State state) {
            long d = scale.length;
            long k = state.mixture().components();
            long parameters = k - 1 + k * (d + d * (d + 1) / 2);
            return -2 * logLikelihood(state) + parameters * Math.log(points.length);
        }
    }
}
