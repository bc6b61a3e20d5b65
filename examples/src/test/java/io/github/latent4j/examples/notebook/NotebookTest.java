package io.github.latent4j.examples.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.examples.AutoencoderFirstSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookTest {
    @TempDir
    Path folder;

    @Test
    void theFolderOfAnExampleIsInThatOfTheExamples() {
        assertThat(Notebook.folder(AutoencoderFirstSteps.class))
                .isEqualTo(Path.of("out", "AutoencoderFirstSteps").toAbsolutePath());
    }

    /** Minutes of work are not lost: the page tells how far it got. */
    @Test
    void aLessonThatFailsLeavesItsPage() throws IOException {
        assertThatThrownBy(() -> Notebook.run(
                        AutoencoderFirstSteps.class,
                        (size, page) -> {
                            throw new IOException("the disk is full");
                        },
                        Size.SMALL,
                        folder))
                .hasMessage("the disk is full");
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("<h2>The data</h2>", "<h2>It ended here</h2>", "java.io.IOException: the disk is full")
                .doesNotContain("<h2>Training</h2>");
    }

    @Test
    void anOutputComesFromTheLesson() {
        assertThatThrownBy(() -> Notebook.run(
                        AutoencoderFirstSteps.class,
                        (size, page) -> {
                            page.say("from here");
                            return 1;
                        },
                        Size.SMALL,
                        folder))
                .hasMessage("AutoencoderFirstSteps: found an output from outside of run, expected it within");
    }
}
