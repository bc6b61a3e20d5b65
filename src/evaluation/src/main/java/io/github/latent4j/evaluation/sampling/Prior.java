package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import java.util.random.RandomGenerator;

/**
 * The standard normal prior of a VAE, with all standard deviations multiplied by a temperature.
 *
 * @param latent the number of latent dimensions, at least 1
 * @param temperature the standard deviation of every dimension, above 0; 1 for the prior itself
 */
public record Prior(int latent, double temperature) implements LatentSampler {
    /**
     * Makes a prior.
     *
     * @throws IllegalArgumentException if there is no dimension or the temperature is not a finite number above 0
     */
    public Prior {
        if (latent < 1) {
            throw new IllegalArgumentException("latent dimensions: found %d, expected at least 1".formatted(latent));
        }
        Temperature.check(temperature);
    }

    /**
     * The prior of a VAE.
     *
     * @param vae the model
     * @return its prior, at temperature 1
     */
    public static Prior of(Vae vae) {
        return new Prior(vae.spec().latent(), 1);
    }

    @Override
    public Prior withTemperature(double other) {
        return new Prior(latent, other);
    }

    @Override
    public Matrix codes(int count, RandomGenerator random) {
        Matrix codes = Matrix.zeros(count, latent);
        float[] z = codes.data();
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) (temperature * random.nextGaussian());
        }
        return codes;
    }

    @Override
    public String text() {
        return "the prior" + Temperature.text(temperature);
    }
}
