package io.github.latent4j.evaluation;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Models whose parameters are set by name, all others 0. */
public final class HandMade {
    private final ModelSpec spec;
    private final float[] parameters;

    private HandMade(ModelSpec spec) {
        this.spec = spec;
        this.parameters = new float[spec.layout().length()];
    }

    public static HandMade of(ModelSpec spec) {
        return new HandMade(spec);
    }

    public HandMade set(String block, float... values) {
        ParameterLayout.Block b = spec.layout().block(block);
        if (values.length != b.length()) {
            throw new IllegalArgumentException(
                    "%s: found %d values, expected %d".formatted(block, values.length, b.length()));
        }
        System.arraycopy(values, 0, parameters, b.offset(), values.length);
        return this;
    }

    public Vae vae() {
        return (Vae) LatentModel.of(spec, parameters);
    }

    public Autoencoder autoencoder() {
        return (Autoencoder) LatentModel.of(spec, parameters);
    }

    /** A VAE with normally distributed parameters. */
    public static Vae random(VaeSpec spec, long seed) {
        return (Vae) LatentModel.of(
                spec, normal(1, spec.layout().length(), 0.3, seed).data());
    }

    /** An autoencoder that gives back the first of two values and, whatever it gets, the given second one. */
    public static Autoencoder keepsTheFirst(float second) {
        AutoencoderSpec spec =
                AutoencoderSpec.of(2, 1).withActivations(Activation.IDENTITY, Activation.IDENTITY, Activation.IDENTITY);
        return of(spec).set("0_W", 1, 0).set("1_W", 1, 0).set("1_b", 0, second).autoencoder();
    }

    /** Values in [0, 1], which any likelihood takes. */
    public static Matrix uniform(int rows, int columns, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) random.nextDouble();
        }
        return matrix;
    }

    public static Matrix normal(int rows, int columns, double deviation, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) (deviation * random.nextGaussian());
        }
        return matrix;
    }
}
