package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.evaluation.Evaluation;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class AutoencoderFirstStepsTest {
    @Test
    void theAutoencoderIsBetterThanPrincipalComponents() throws Exception {
        Evaluation evaluation = Lessons.run(AutoencoderFirstSteps.class, AutoencoderFirstSteps::run);
        assertThat(evaluation.reconstructionError()).isLessThan(evaluation.pcaReconstructionError());
        assertThat(Lessons.folder(AutoencoderFirstSteps.class)).isDirectoryContaining("glob:**/digits.zip");
        assertThat(Files.readString(Lessons.folder(AutoencoderFirstSteps.class).resolve("index.html")))
                .contains("<h1>First steps with an autoencoder</h1>")
                .contains("<h2>Is it any good?</h2>")
                .contains("mean squared error of a pixel: autoencoder");
    }
}
