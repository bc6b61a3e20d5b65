package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.examples.DenoisingAutoencoder.Found;
import org.junit.jupiter.api.Test;

class DenoisingAutoencoderTest {
    @Test
    void eachIsBestAtTheDamageItWasTrainedOn() throws Exception {
        Found found = Lessons.run(DenoisingAutoencoder.class, DenoisingAutoencoder::run);
        assertThat(found.noise().forNoise())
                .isLessThan(found.noise().noisy() / 2)
                .isLessThan(found.noise().plain())
                .isLessThan(found.noise().forHoles());
        assertThat(found.holes().forHoles())
                .isLessThan(0.6 * found.holes().noisy())
                .isLessThan(found.holes().plain())
                .isLessThan(found.holes().forNoise());
        assertThat(found.plainOnClean()).isLessThan(found.noise().plain());
        // What it costs.
        assertThat(found.forNoiseOnClean()).isGreaterThan(found.plainOnClean());
    }
}
