package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.evaluation.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    @TempDir
    Path folder;

    @Test
    void trainAnAutoencoder() throws IOException {
        Evaluation evaluation = TrainAnAutoencoder.run(6_000, 8, folder);
        assertThat(evaluation.reconstructionError()).isLessThan(evaluation.pcaReconstructionError());
        assertThat(folder)
                .isDirectoryContaining("glob:**/reconstructions.png")
                .isDirectoryContaining("glob:**/digits.zip");
    }

    @Test
    void sampleAVae() throws IOException {
        Evaluation evaluation = SampleAVae.run(2_000, 3, folder);
        // The mean pixel alone explains the digits no better than about -240 nats.
        assertThat(evaluation.bound().orElseThrow().elbo().mean()).isGreaterThan(-230);
        assertThat(folder).isDirectoryContaining("glob:**/samples.png").isDirectoryContaining("glob:**/manifold.png");
    }
}
