package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first Java code of README.md is compiled and run as it stands. */
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void theFirstCodeRuns() throws IOException, InterruptedException {
        String code = PageCode.blocks(Path.of("../README.md")).get(0);
        assertThat(code.lines().toList()).hasSizeLessThanOrEqualTo(12);
        PageCode.run(
                code,
                List.of(
                        "io.github.latent4j.data.*",
                        "io.github.latent4j.domain.*",
                        "io.github.latent4j.evaluation.report.*",
                        "io.github.latent4j.runtime.*",
                        "io.github.latent4j.training.*",
                        "java.nio.file.Path",
                        "java.util.Random"),
                System.getProperty("java.class.path"),
                folder);
        assertThat(folder.resolve("samples.png")).isNotEmptyFile();
        assertThat(folder.resolve("digits.zip")).isNotEmptyFile();
    }
}
