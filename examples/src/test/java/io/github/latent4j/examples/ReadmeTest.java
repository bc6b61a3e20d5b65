package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first Java code of README.md is compiled and run as it stands. */
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void theFirstCodeRuns() throws IOException, InterruptedException {
        String readme = Files.readString(Path.of("../README.md"));
        Matcher block = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(block.find()).isTrue();
        List<String> lines = block.group(1).lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(12);

        Path source = folder.resolve("Readme.java");
        Files.writeString(source, """
                import io.github.latent4j.data.*;
                import io.github.latent4j.domain.*;
                import io.github.latent4j.evaluation.*;
                import io.github.latent4j.runtime.*;
                import io.github.latent4j.training.*;
                import java.nio.file.Path;
                import java.util.Random;

                class Readme {
                    public static void main(String[] arguments) throws Exception {
                %s
                    }
                }
                """.formatted(lines.stream().collect(Collectors.joining("\n"))));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString()));
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).as("log noise").isEmpty();
        assertThat(folder.resolve("samples.png")).isNotEmptyFile();
        assertThat(folder.resolve("digits.zip")).isNotEmptyFile();
    }
}
