package io.github.latent4j.evaluation.latent;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.util.Arrays;

/** Models whose codes are the examples. */
final class Identity {
    private Identity() {}

    static Autoencoder autoencoder(int size) {
        AutoencoderSpec spec = AutoencoderSpec.of(size, size)
                .withActivations(Activation.IDENTITY, Activation.IDENTITY, Activation.IDENTITY);
        return HandMade.of(spec).set("0_W", unit(size)).set("1_W", unit(size)).autoencoder();
    }

    /** Posteriors with the example as the mean and the given log variance in all dimensions. */
    static Vae vae(int size, float logVariance) {
        VaeSpec spec = VaeSpec.of(size, size)
                .withHidden(size)
                .withActivation(Activation.IDENTITY)
                .withLikelihood(Likelihood.GAUSSIAN);
        float[] logVariances = new float[size];
        Arrays.fill(logVariances, logVariance);
        return HandMade.of(spec)
                .set("e0W", unit(size))
                .set("pZXMeanW", unit(size))
                .set("pZXLogStd2b", logVariances)
                .vae();
    }

    private static float[] unit(int size) {
        float[] unit = new float[size * size];
        for (int i = 0; i < size; i++) {
            unit[i * (size + 1)] = 1;
        }
        return unit;
    }

    static Examples examples(Matrix rows) {
        return Examples.of(rows, new InputContract.Vector(rows.columns()), "codes");
    }
}
