package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.training.EpochReport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FollowAPlanTest {
    @Test
    void aStoppedTrainingGoesOnAsIfNothingHadHappened() throws Exception {
        FollowAPlan.Found found = Lessons.run(FollowAPlan.class, FollowAPlan::run);
        assertThat(found.result().history().stream().map(EpochReport::epoch)).containsExactly(1, 2, 3, 4);
        assertThat(found.result().history().get(3).klWeight()).isEqualTo(2);
        assertThat(found.sameAsUnbroken()).isTrue();
        Path folder = Lessons.folder(FollowAPlan.class);
        assertThat(folder.resolve("run")).isDirectoryContaining("glob:**/metrics.csv");
        assertThat(Files.readString(folder.resolve("plan.yaml"))).contains("beta");
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("the same parameters as of a training in one go: yes")
                .contains("patience: found 5, expected 0 where no examples are held out for validation");
    }
}
