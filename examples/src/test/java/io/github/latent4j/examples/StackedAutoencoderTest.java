package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.examples.StackedAutoencoder.Found;
import org.junit.jupiter.api.Test;

class StackedAutoencoderTest {
    @Test
    void pretrainingIsAheadAndTheNetworkIsDl4js() throws Exception {
        Found found = Lessons.run(StackedAutoencoder.class, StackedAutoencoder::run);
        for (int epoch = 0; epoch < found.pretrained().size(); epoch++) {
            assertThat(found.pretrained().get(epoch))
                    .isLessThan(found.fromScratch().get(epoch));
        }
        assertThat(found.pretrained().get(0))
                .as("the head start")
                .isLessThan(0.97 * found.fromScratch().get(0));
        assertThat(found.difference()).isLessThan(1e-4);
    }
}
