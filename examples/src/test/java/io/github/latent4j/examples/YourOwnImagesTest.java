package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YourOwnImagesTest {
    @Test
    void codesFindShapesOfTheSameKind() throws Exception {
        YourOwnImages.Outcome outcome = Lessons.run(YourOwnImages.class, YourOwnImages::run);
        assertThat(outcome.read()).isEqualTo(600);
        assertThat(outcome.byCode()).isGreaterThan(0.4);
        assertThat(outcome.byPixels()).isGreaterThan(0.4);
        assertThat(outcome.byPca()).isGreaterThan(0.4);
        assertThat(Lessons.folder(YourOwnImages.class).resolve("images-600")).isDirectoryContaining("glob:**/ring");
    }
}
