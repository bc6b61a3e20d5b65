package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    @TempDir
    Path folder;

    @Test
    void embedAModel() throws Exception {
        assertThat(EmbedAModel.run(500, 4, 200, folder)).isEqualTo(new EmbedAModel.Outcome(1_600, 0));
    }
}
