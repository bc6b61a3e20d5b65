package io.github.latent4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts that start the command line, the examples and the measurements, before there is a JVM. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({
        "latent4j, doctor, 1.8.0_402, 8",
        "latent4j, doctor, 11.0.2, 11",
        "examples/run, VaeFirstSteps, 1.8.0_402, 8",
        "examples/run, VaeFirstSteps, 16, 16",
        "bench/run, training, 1.8.0_402, 8"
    })
    void anOlderJavaIsNamedAndNotRun(String script, String argument, String version, String release)
            throws IOException, InterruptedException {
        fakeJava();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Any\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path out = home.resolve("out.txt");
        ProcessBuilder launcher = new ProcessBuilder(ROOT.resolve(script).toString(), argument)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        launcher.environment().put("JAVA_HOME", home.toString());
        assertThat(launcher.start().waitFor()).isEqualTo(1);
        assertThat(Files.readString(out).strip())
                .isEqualTo(
                        "%s: found Java %s, expected Java 17 or newer; JAVA_HOME names one".formatted(script, release));
    }

    private void fakeJava() throws IOException {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho ran\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }
}
