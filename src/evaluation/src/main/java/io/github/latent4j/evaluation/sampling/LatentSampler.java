package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.runtime.Matrix;
import java.util.random.RandomGenerator;

/**
 * Where codes to decode come from. Immutable and thread-safe.
 *
 * <pre>{@code
 * LatentSampler sampler = Prior.of(vae).withTemperature(0.8);
 * Matrix samples = vae.decode(sampler.codes(64, new Random(1)));
 * }</pre>
 */
public sealed interface LatentSampler permits Prior, GaussianMixture {
    /**
     * The number of latent dimensions.
     *
     * @return at least 1
     */
    int latent();

    /**
     * What all standard deviations are multiplied by: 1 leaves the distribution as it is, below 1 codes keep to where they are
     * likely, above 1 they stray from it.
     *
     * @return above 0
     */
    double temperature();

    /**
     * The same at another temperature.
     *
     * @param other what all standard deviations are multiplied by; replaces the temperature that this has
     * @return a new sampler
     * @throws IllegalArgumentException if the temperature is not a finite number above 0
     */
    LatentSampler withTemperature(double other);

    /**
     * Draws codes.
     *
     * @param count how many, at least 0
     * @param random asked code by code and dimension by dimension
     * @return {@code count} rows of {@link #latent()} values
     * @throws IllegalArgumentException if the count is negative
     */
    Matrix codes(int count, RandomGenerator random);

    /**
     * What this is, to be put into a sentence.
     *
     * @return such as {@code the prior at temperature 0.8}
     */
    String text();
}
