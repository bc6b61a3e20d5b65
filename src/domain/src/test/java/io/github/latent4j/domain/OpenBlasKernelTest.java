package io.github.latent4j.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenBLAS chooses once a process, so every choice needs a JVM of its own. */
class OpenBlasKernelTest {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    @TempDir
    Path folder;

    /** Writes the kernel of this process into a file. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), OpenBlasKernel.name().orElse("none"));
    }

    @ParameterizedTest
    @CsvSource({"Haswell, haswell, avx2", "Nehalem, nehalem, sse4_2"})
    void theKernelThatWasAskedForIsTold(String asked, String told, String needed)
            throws IOException, InterruptedException {
        assumeThat(Loader.getPlatform()).isEqualTo("linux-x86_64");
        assumeThat(Files.readString(PROCESSOR)).containsPattern("\\b" + needed + "\\b");
        Path kernel = folder.resolve("kernel.txt");
        Path log = folder.resolve("log.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenBlasKernelTest.class.getName(),
                        kernel.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("OPENBLAS_CORETYPE", asked);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(kernel).hasContent(told);
    }

    @Test
    void thisProcessHasOneToo() {
        assumeThat(Loader.getPlatform()).isEqualTo("linux-x86_64");
        assertThat(OpenBlasKernel.name()).isPresent();
    }
}
