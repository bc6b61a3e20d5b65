package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link ModelFuzzer} with 256 MB of heap; CONTRIBUTING.md says how to run it for longer, or a case again. */
class ModelFuzzTest {
    private static final long MINUTES = 30;

    @TempDir
    Path folder;

    @Test
    void whateverTheBytesAModelOrOneSentence() throws IOException, InterruptedException {
        long count = Long.getLong("latent4j.fuzz", 3_000);
        long first = Long.getLong("latent4j.fuzz.first", 0);
        long seed = Long.getLong("latent4j.fuzz.seed", 1);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseParallelGC", // of the collectors the one that gives up soonest
                        "-cp",
                        System.getProperty("java.class.path"),
                        ModelFuzzer.class.getName(),
                        Long.toString(seed),
                        Long.toString(first),
                        Long.toString(count))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String report = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(report).isZero();
        assertThat(report).contains("%d files: ".formatted(count));
        if (Long.getLong("latent4j.fuzz") != null) {
            System.out.println(report);
        }
    }
}
