package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnomaliesInImagesTest {
    @Test
    void otherKindsAreOdder() throws Exception {
        AnomaliesInImages.Outcome outcome = Lessons.run(AnomaliesInImages.class, AnomaliesInImages::run);
        assertThat(outcome.evaluation().labelled().orElseThrow().auroc().orElseThrow())
                .isGreaterThan(0.8)
                .isGreaterThan(outcome.pca() + 0.001);
        assertThat(outcome.aurocs()).hasSize(9).allMatch(auroc -> auroc > 0.5);
    }
}
