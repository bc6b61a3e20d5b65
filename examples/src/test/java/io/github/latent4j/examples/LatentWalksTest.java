package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.examples.LatentWalks.Found;
import org.junit.jupiter.api.Test;

class LatentWalksTest {
    @Test
    void whereCodesAreTakenFromMatters() throws Exception {
        Found found = Lessons.run(LatentWalks.class, LatentWalks::run);
        assertThat(found.linearMiddle()).isLessThan(0.9 * found.sphericalMiddle());
        assertThat(found.distance(3)).as("of the mixture, against the prior").isLessThan(found.distance(0));
        assertThat(found.samples().get(1).recall())
                .as("at temperature 0.5")
                .isLessThanOrEqualTo(found.samples().get(0).recall());
    }
}
