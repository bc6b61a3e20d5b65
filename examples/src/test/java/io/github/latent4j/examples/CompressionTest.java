package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.examples.Compression.Curves;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private static final int FINEST = 3;

    @Test
    void moreBitsGiveLessErrorAndTheAutoencoderNeedsFewer() throws Exception {
        List<Curves> found = Lessons.run(Compression.class, Compression::run);
        assertThat(found).hasSize(2);
        for (Curves curves : found) {
            for (int i = 0; i < FINEST; i++) {
                assertThat(curves.autoencoder().get(i + 1).bits())
                        .isGreaterThan(curves.autoencoder().get(i).bits());
                assertThat(curves.autoencoder().get(i + 1).error())
                        .isLessThan(curves.autoencoder().get(i).error());
            }
            // 64 levels are 6 bits a number at most, and lose little.
            assertThat(curves.autoencoder().get(FINEST).bits()).isLessThan(6.0 * curves.numbers());
            assertThat(curves.autoencoder().get(FINEST).error()).isLessThan(1.2 * curves.unrounded());
        }
        assertThat(found.get(0).autoencoder().get(FINEST).error())
                .isLessThan(found.get(0).pca().get(FINEST).error());
    }
}
