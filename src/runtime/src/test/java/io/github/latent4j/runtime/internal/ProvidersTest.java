package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The providers in Java give the bits of the definition: in any batch, compiled or not, with vectors of any length or none. */
class ProvidersTest {
    @TempDir
    Path folder;

    @Test
    void plainJavaGivesTheBitsOfTheDefinitionInBatchesAndAlone() {
        String expected = ProductDigest.ofProducts(ProductDigest::byDefinition);
        assertThat(ProductDigest.ofProducts(ProductDigest::plain)).isEqualTo(expected);
        assertThat(ProductDigest.ofProducts(ProductDigest::oneByOne)).isEqualTo(expected);
        assertThat(ProductDigest.ofModels(true)).isEqualTo(ProductDigest.ofModels(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
    void plainJavaGivesTheSameBitsInterpretedAndCompiled(String flag) throws Exception {
        assertSameBits("plain", List.of(flag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+TieredCompilation", "-Xint", "-XX:TieredStopAtLevel=1", "-XX:MaxVectorSize=16"})
    void vectorsGiveTheSameBits(String flag) throws Exception {
        assumeThat(MultiplyAdd.FUSED)
                .as("the processor multiplies and adds in one")
                .isTrue();
        assertSameBits("vector", List.of("--add-modules", "jdk.incubator.vector", flag));
    }

    private void assertSameBits(String provider, List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ProductDigest.class.getName(),
                flags.contains("-Xint") ? "1" : "4"));
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        assertThat(Files.readAllLines(output).stream().distinct())
                .containsExactlyElementsOf(Stream.of(
                                "provider " + provider,
                                "products " + ProductDigest.ofProducts(ProductDigest::byDefinition),
                                "models " + ProductDigest.ofModels(false))
                        .toList());
    }
}
