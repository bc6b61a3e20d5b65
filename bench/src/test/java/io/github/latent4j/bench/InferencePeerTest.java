package io.github.latent4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.bench.inference.EncodingProcess;
import io.github.latent4j.bench.inference.Latencies;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferencePeerTest {
    @TempDir
    Path app;

    private void list(String name, String jars) throws IOException {
        Files.createDirectories(app.resolve("classpath"));
        Files.writeString(app.resolve("classpath").resolve(name), jars + "\n");
    }

    @Test
    void theClassPathIsAsLargeAsItsJars() throws IOException {
        Path one = Files.write(app.resolve("one.jar"), new byte[100]);
        Path two = Files.write(app.resolve("two.jar"), new byte[23]);
        list("runtime", one + File.pathSeparator + two);
        assertThat(InferencePeer.LATENT4J.classPathBytes(app)).isEqualTo(123);
        list("runtime", one + File.pathSeparator + app.resolve("three.jar"));
        assertThatThrownBy(() -> InferencePeer.LATENT4J.classPathBytes(app))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("three.jar");
    }

    @Test
    void itsProcessGivesACodeObeysAndEnds() throws IOException {
        // What runtime needs, and no more: a class of another peer would be missed here.
        list(
                "runtime",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> entry.matches(".*(runtime|jackson-core|jackson-jr-objects).*"))
                        .collect(Collectors.joining(File.pathSeparator)));
        EncoderFiles files = EncoderFiles.write(app);
        List<String> arguments = InferencePeer.LATENT4J.arguments(app, files);
        try (ChildProcess process =
                new ChildProcess("latent4j", arguments, ChildProcess.threads(1), Redirect.INHERIT)) {
            assertThat(process.answer().split(" ")).hasSize(20);
            assertThat(process.ask(EncodingProcess.WHAT)).contains("multiplication plain");
            assertThat(Latencies.parse(process.ask(EncodingProcess.SINGLE + 3)).all())
                    .isPositive();
            if (Files.exists(Path.of("/proc/self/status"))) {
                assertThat(process.resident().orElse(0)).isGreaterThan(1L << 20);
            }
        }
    }

    @Test
    void anUnknownPeerIsRefused() {
        assertThatThrownBy(() -> InferencePeer.of("abacus"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "peer: found abacus, expected one of latent4j, latent4j-vector, latent4j-openblas, dl4j, onnxruntime");
    }
}
