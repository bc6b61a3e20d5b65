package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * A mixture of Gaussians with full covariances over codes: p(z) = Σ_k w_k N(z; μ_k, t² Σ_k), with a temperature t. Fitted to a
 * model's codes by {@link GaussianMixtureFitter}, it draws where the decoder was trained, which the prior of a VAE may not,
 * and an autoencoder, which has no prior, cannot do without (Ghosh et al. 2020, "From variational to deterministic
 * autoencoders", arXiv 1903.12436, section 4).
 */
public final class GaussianMixture implements LatentSampler {
    private static final double SUM_TO = 1e-6;

    private final double[] weights;
    private final Gaussian[] components;
    private final double temperature;

    /** Takes the arrays over; the weights are above 0. */
    GaussianMixture(double[] weights, Gaussian[] components, double temperature) {
        this.weights = weights;
        this.components = components;
        this.temperature = temperature;
    }

    /**
     * A mixture of given components, at temperature 1.
     *
     * @param weights one a component, above 0, with the sum 1
     * @param means one row a component
     * @param covariances one a component, symmetric up to rounding errors and positive definite
     * @return the mixture
     * @throws IllegalArgumentException if the numbers of components or dimensions differ, there is none, the weights are no
     *     shares, or a covariance is not symmetric and positive definite
     */
    public static GaussianMixture of(double[] weights, double[][] means, double[][][] covariances) {
        int count = weights.length;
        if (count < 1 || means.length != count || covariances.length != count) {
            throw new IllegalArgumentException(
                    "found %d weights, %d means and %d covariances, expected as many of each, at least 1"
                            .formatted(count, means.length, covariances.length));
        }
        double sum = Arrays.stream(weights).sum();
        if (!(Math.abs(sum - 1) <= SUM_TO) || !Arrays.stream(weights).allMatch(w -> w > 0)) {
            throw new IllegalArgumentException(
                    "weights: found %s with the sum %s, expected numbers above 0 with the sum 1"
                            .formatted(Arrays.toString(weights), sum));
        }
        Gaussian[] components = new Gaussian[count];
        for (int k = 0; k < count; k++) {
            checkShape(k, means[k], covariances[k], means[0].length);
            components[k] = new Gaussian(means[k].clone(), factor(k, covariances[k]));
        }
        return new GaussianMixture(weights.clone(), components, 1);
    }

    private static void checkShape(int component, double[] mean, double[][] covariance, int dimensions) {
        boolean square =
                covariance.length == dimensions && Arrays.stream(covariance).allMatch(row -> row.length == dimensions);
        if (dimensions < 1 || mean.length != dimensions || !square) {
            throw new IllegalArgumentException(
                    "component %d: found a mean of %d values and a covariance of %d rows, expected %d dimensions in all components"
                            .formatted(component, mean.length, covariance.length, Math.max(1, dimensions)));
        }
        if (!Arrays.stream(mean).allMatch(Double::isFinite)
                || !Arrays.stream(covariance).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "component %d: found a value that is not finite, expected finite numbers".formatted(component));
        }
    }

    private static double[][] factor(int component, double[][] covariance) {
        double[][] symmetric = Covariances.symmetric("component %d: covariance".formatted(component), covariance);
        try {
            return new CholeskyDecomposition(new Array2DRowRealMatrix(symmetric, false), 0, 0)
                    .getL()
                    .getData();
        } catch (NonPositiveDefiniteMatrixException e) {
            throw new IllegalArgumentException(
                    "component %d: covariance: found a matrix that is not positive definite, as row %d shows, expected one that is"
                            .formatted(component, e.getRow()),
                    e);
        }
    }

    @Override
    public int latent() {
        return components[0].dimensions();
    }

    /**
     * The number of components.
     *
     * @return at least 1
     */
    public int components() {
        return components.length;
    }

    /**
     * The share of a component.
     *
     * @param component from 0
     * @return above 0; all add up to 1
     * @throws IndexOutOfBoundsException if there is no such component
     */
    public double weight(int component) {
        return weights[component];
    }

    /**
     * The mean of a component.
     *
     * @param component from 0
     * @return a new array of {@link #latent()} values
     * @throws IndexOutOfBoundsException if there is no such component
     */
    public double[] mean(int component) {
        return components[component].mean();
    }

    /**
     * The covariance of a component at temperature 1.
     *
     * @param component from 0
     * @return a new array of {@link #latent()} rows of as many values
     * @throws IndexOutOfBoundsException if there is no such component
     */
    public double[][] covariance(int component) {
        return components[component].covariance();
    }

    @Override
    public double temperature() {
        return temperature;
    }

    /**
     * The same at another temperature: covariances are multiplied by its square, means and weights stay.
     *
     * @param other what all standard deviations are multiplied by; replaces the temperature that this has
     * @return a new mixture
     * @throws IllegalArgumentException if the temperature is not a finite number above 0
     */
    @Override
    public GaussianMixture withTemperature(double other) {
        Temperature.check(other);
        return new GaussianMixture(weights, components, other);
    }

    /**
     * The natural logarithm of the density, ln Σ_k w_k N(z; μ_k, t² Σ_k), summed in the log domain.
     *
     * @param code {@link #latent()} values
     * @return in nats; may be negative infinity
     * @throws IllegalArgumentException if the number of values is another
     */
    public double logDensity(float[] code) {
        if (code.length != latent()) {
            throw new IllegalArgumentException("code: found %d values, expected %d".formatted(code.length, latent()));
        }
        double[] point = new double[code.length];
        Arrays.setAll(point, i -> code[i]);
        return logJoint(point, new double[components.length], new double[point.length]);
    }

    /**
     * The log density of a point.
     *
     * @param joint receives ln (w_k N(z; μ_k, t² Σ_k)) of each component
     * @param room as many values as there are dimensions, overwritten
     */
    double logJoint(double[] point, double[] joint, double[] room) {
        for (int k = 0; k < joint.length; k++) {
            joint[k] = Math.log(weights[k]) + components[k].logDensity(point, temperature, room);
        }
        return logSum(joint);
    }

    private static double logSum(double[] logarithms) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double value : logarithms) {
            greatest = Math.max(greatest, value);
        }
        if (greatest == Double.NEGATIVE_INFINITY) {
            return greatest;
        }
        double sum = 0;
        for (double value : logarithms) {
            sum += Math.exp(value - greatest);
        }
        return greatest + Math.log(sum);
    }

    /** The mixture of shift + scale z, dimension by dimension. */
    GaussianMixture transformed(double[] shift, double[] scale) {
        Gaussian[] moved = Arrays.stream(components)
                .map(component -> component.transformed(shift, scale))
                .toArray(Gaussian[]::new);
        return new GaussianMixture(weights, moved, temperature);
    }

    /**
     * Draws codes: for each a component by its weight, then a normal vector.
     *
     * @param count how many, at least 0
     * @param random asked code by code, for the component first and then dimension by dimension
     * @return {@code count} rows of {@link #latent()} values
     * @throws IllegalArgumentException if the count is negative
     */
    @Override
    public Matrix codes(int count, RandomGenerator random) {
        int latent = latent();
        Matrix codes = Matrix.zeros(count, latent);
        for (int i = 0; i < count; i++) {
            components[component(random.nextDouble())].draw(temperature, random, codes.data(), i * latent);
        }
        return codes;
    }

    private int component(double share) {
        int last = weights.length - 1;
        double below = 0;
        for (int k = 0; k < last; k++) {
            below += weights[k];
            if (share < below) {
                return k;
            }
        }
        return last;
    }

    @Override
    public String text() {
        return (components.length == 1 ? "one Gaussian" : "a mixture of %d Gaussians".formatted(components.length))
                + Temperature.text(temperature);
    }

    @Override
    public String toString() {
        return "GaussianMixture[%d components of %d dimensions, temperature %s]"
                .formatted(components.length, latent(), temperature);
    }
}
