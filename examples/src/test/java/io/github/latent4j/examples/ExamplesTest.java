package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.training.EpochReport;
import io.github.latent4j.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    @TempDir
    Path folder;

    @Test
    void followAPlan() throws IOException {
        TrainingResult<Vae> result = FollowAPlan.run(2_000, 4, folder);
        assertThat(result.history().stream().map(EpochReport::epoch)).containsExactly(1, 2, 3, 4);
        assertThat(result.history().get(3).klWeight()).isEqualTo(2);
        assertThat(folder.resolve("run")).isDirectoryContaining("glob:**/metrics.csv");
    }

    @Test
    void sampleAVae() throws IOException {
        Evaluation evaluation = SampleAVae.run(2_000, 3, folder);
        // The mean pixel alone explains the digits no better than about -240 nats.
        assertThat(evaluation.bound().orElseThrow().elbo().mean()).isGreaterThan(-230);
        assertThat(folder).isDirectoryContaining("glob:**/samples.png").isDirectoryContaining("glob:**/manifold.png");
    }
}
