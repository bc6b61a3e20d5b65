package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.examples.StackedAutoencoder.Found;
import org.junit.jupiter.api.Test;

class StackedAutoencoderTest {
    @Test
    void pretrainingIsAheadAndTheNetworkIsDl4js() throws Exception {
        Found found = Lessons.run(StackedAutoencoder.class, StackedAutoencoder::run);
        // The head start is largest after the first epoch; later on the other training catches up.
        assertThat(found.pretrained().get(0))
                .isLessThan(0.97 * found.fromScratch().get(0));
        assertThat(found.difference()).isLessThan(1e-4);
    }
}
