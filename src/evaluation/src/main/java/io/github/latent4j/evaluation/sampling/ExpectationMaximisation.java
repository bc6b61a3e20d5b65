package io.github.latent4j.evaluation.sampling;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * Expectation maximisation for mixtures of Gaussians with full covariances (Dempster, Laird and Rubin 1977), started from
 * k-means++ (Arthur and Vassilvitskii 2007).
 *
 * <p>The likelihood of a mixture is not bounded where a component may shrink onto a point, so no eigenvalue of a covariance may
 * be below a floor. Raising those that are is the maximum of the likelihood under that condition (Ingrassia 2004, "A
 * likelihood-based constrained algorithm for multivariate normal mixture models"), so that a step never lowers the
 * likelihood, and a covariance without such eigenvalues stays as it is.
 */
final class ExpectationMaximisation {
    private static final int MOST_LLOYD_STEPS = 20;
    private static final int BLOCK = 256;

    /** A point with less of a component's weight does not change its covariance in double precision. */
    private static final double NEGLIGIBLE = 1e-18;

    private final double[][] points;
    private final int dimensions;
    private final double[] scale;
    private final double floor;

    /**
     * A mixture and what follows from it for the points.
     *
     * @param mixture the parameters
     * @param shares for each point the probability of each component given the point
     * @param logLikelihood the sum of the points' log densities
     */
    record State(GaussianMixture mixture, double[][] shares, double logLikelihood) {
        /** Whether a component has fewer points than a covariance of its own needs, or has lost all. */
        boolean starved(int components) {
            int needed = mixture.latent() + 1;
            return mixture.components() < components
                    || IntStream.range(0, components).anyMatch(k -> mixture.weight(k) * shares.length < needed);
        }
    }

    /**
     * Takes the points over.
     *
     * @param points at least one
     * @param scale what each dimension is multiplied by in distances between points, from which a mixture is started
     * @param floor the least variance in any direction, above 0
     */
    ExpectationMaximisation(double[][] points, double[] scale, double floor) {
        this.points = points;
        this.dimensions = points[0].length;
        this.scale = scale;
        this.floor = floor;
    }

    /** The mixture that follows from nearest centres. */
    State start(int components, SplittableRandom random) {
        int[] nearest = lloyd(centres(components, random));
        double[][] shares = new double[points.length][components];
        for (int i = 0; i < points.length; i++) {
            shares[i][nearest[i]] = 1;
        }
        return expectation(maximisation(shares));
    }

    State step(State state) {
        return expectation(maximisation(state.shares()));
    }

    private State expectation(GaussianMixture mixture) {
        double[][] shares = new double[points.length][mixture.components()];
        double[] densities = new double[points.length];
        IntStream.rangeClosed(0, (points.length - 1) / BLOCK).parallel().forEach(block -> {
            double[] room = new double[dimensions];
            for (int i = block * BLOCK; i < Math.min(points.length, (block + 1) * BLOCK); i++) {
                double density = mixture.logJoint(points[i], shares[i], room);
                for (int k = 0; k < shares[i].length; k++) {
                    shares[i][k] = Math.exp(shares[i][k] - density);
                }
                densities[i] = density;
            }
        });
        // In order, so that the sum does not depend on the number of threads.
        double sum = 0;
        for (double density : densities) {
            sum += density;
        }
        return new State(mixture, shares, sum);
    }

    private GaussianMixture maximisation(double[][] shares) {
        double[] counts = new double[shares[0].length];
        for (double[] row : shares) {
            for (int k = 0; k < counts.length; k++) {
                counts[k] += row[k];
            }
        }
        int[] alive =
                IntStream.range(0, counts.length).filter(k -> counts[k] > 0).toArray();
        Gaussian[] components = Arrays.stream(alive)
                .parallel()
                .mapToObj(k -> component(shares, k, counts[k]))
                .toArray(Gaussian[]::new);
        double[] weights =
                Arrays.stream(alive).mapToDouble(k -> counts[k] / points.length).toArray();
        return new GaussianMixture(weights, components, 1);
    }

    /** The weighted mean and covariance of the points. */
    private Gaussian component(double[][] shares, int k, double count) {
        double[] mean = new double[dimensions];
        for (int i = 0; i < points.length; i++) {
            double share = shares[i][k] / count;
            for (int d = 0; d < dimensions; d++) {
                mean[d] += share * points[i][d];
            }
        }
        double[][] covariance = new double[dimensions][dimensions];
        double[] centred = new double[dimensions];
        for (int i = 0; i < points.length; i++) {
            double share = shares[i][k] / count;
            if (share < NEGLIGIBLE) {
                continue;
            }
            for (int d = 0; d < dimensions; d++) {
                centred[d] = points[i][d] - mean[d];
            }
            for (int d = 0; d < dimensions; d++) {
                double[] row = covariance[d];
                double left = share * centred[d];
                for (int e = 0; e <= d; e++) {
                    row[e] += left * centred[e];
                }
            }
        }
        for (int d = 0; d < dimensions; d++) {
            for (int e = 0; e < d; e++) {
                covariance[e][d] = covariance[d][e];
            }
        }
        return new Gaussian(mean, factor(floored(covariance)));
    }

    private double[][] floored(double[][] covariance) {
        double[][] above = new double[dimensions][];
        for (int d = 0; d < dimensions; d++) {
            above[d] = covariance[d].clone();
            above[d][d] -= floor;
        }
        try {
            factor(above);
            return covariance;
        } catch (NonPositiveDefiniteMatrixException e) {
            EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
            double[] values = eigen.getRealEigenvalues();
            double[][] vectors = eigen.getV().getData();
            double[][] raised = new double[dimensions][dimensions];
            for (int d = 0; d < dimensions; d++) {
                for (int f = 0; f <= d; f++) {
                    for (int v = 0; v < dimensions; v++) {
                        raised[d][f] += vectors[d][v] * Math.max(floor, values[v]) * vectors[f][v];
                    }
                    raised[f][d] = raised[d][f];
                }
            }
            return raised;
        }
    }

    private static double[][] factor(double[][] covariance) {
        return new CholeskyDecomposition(new Array2DRowRealMatrix(covariance, false))
                .getL()
                .getData();
    }

    /**
     * The first centre is any point; for each further one, points are drawn by their squared distances from the nearest centre,
     * and the one that lowers the sum of these most is taken (the greedy variant that Arthur and Vassilvitskii used).
     */
    private double[][] centres(int count, SplittableRandom random) {
        double[][] centres = new double[count][];
        centres[0] = points[random.nextInt(points.length)];
        double[] distances = new double[points.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        distances = nearer(distances, centres[0]);
        int trials = 2 + (int) Math.log(count);
        for (int k = 1; k < count; k++) {
            double[] before = distances;
            double sum = Arrays.stream(before).sum();
            double least = Double.POSITIVE_INFINITY;
            for (int t = 0; t < trials; t++) {
                double[] candidate = points[drawn(before, random.nextDouble() * sum)];
                double[] after = nearer(before, candidate);
                double left = Arrays.stream(after).sum();
                if (left < least) {
                    least = left;
                    distances = after;
                    centres[k] = candidate;
                }
            }
        }
        return centres;
    }

    private double[] nearer(double[] distances, double[] centre) {
        double[] nearer = new double[points.length];
        Arrays.setAll(nearer, i -> Math.min(distances[i], distance(points[i], centre)));
        return nearer;
    }

    private static int drawn(double[] weights, double place) {
        double left = place;
        int chosen = 0;
        while (chosen < weights.length - 1 && left >= weights[chosen]) {
            left -= weights[chosen++];
        }
        return chosen;
    }

    /** For each point its centre, after moving the centres to the means of their points until nothing changes. */
    private int[] lloyd(double[][] centres) {
        int[] nearest = nearest(centres);
        for (int step = 0; step < MOST_LLOYD_STEPS; step++) {
            int[] before = nearest;
            nearest = nearest(means(before, centres));
            if (Arrays.equals(before, nearest)) {
                break;
            }
        }
        return nearest;
    }

    private int[] nearest(double[][] centres) {
        int[] nearest = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < centres.length; k++) {
                double distance = distance(points[i], centres[k]);
                if (distance < least) {
                    least = distance;
                    nearest[i] = k;
                }
            }
        }
        return nearest;
    }

    /** The means of the points of each centre; a centre without points stays where it is. */
    private double[][] means(int[] nearest, double[][] centres) {
        double[][] means = new double[centres.length][dimensions];
        int[] counts = new int[centres.length];
        for (int i = 0; i < points.length; i++) {
            counts[nearest[i]]++;
            for (int d = 0; d < dimensions; d++) {
                means[nearest[i]][d] += points[i][d];
            }
        }
        for (int k = 0; k < means.length; k++) {
            for (int d = 0; d < dimensions; d++) {
                means[k][d] = counts[k] == 0 ? centres[k][d] : means[k][d] / counts[k];
            }
        }
        return means;
    }

    private double distance(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            double difference = scale[d] * (a[d] - b[d]);
            sum += difference * difference;
        }
        return sum;
    }
}
