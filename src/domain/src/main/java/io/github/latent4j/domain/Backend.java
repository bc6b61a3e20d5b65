package io.github.latent4j.domain;

import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/** What computes: for provenance, since the last bits of a training depend on it. */
public final class Backend {
    private Backend() {}

    /**
     * Versions and hardware.
     *
     * @return latent4j's and DL4J's versions, ND4J's backend, the BLAS library with the kernel that was asked for in
     *     {@code OPENBLAS_CORETYPE} ({@code automatic}: the processor decides), how models multiply when they are measured, the
     *     threads of BLAS, and the processor
     */
    public static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("latent4j", Version.current());
        environment.put("deeplearning4j", dl4jVersion());
        environment.put("backend", Nd4j.getBackend().getClass().getSimpleName());
        environment.put(
                "blas",
                Nd4j.factory().blas().getBlasVendor() + ", kernel "
                        + System.getenv().getOrDefault("OPENBLAS_CORETYPE", "automatic"));
        environment.put("multiplication", MultiplicationProvider.forBatches().name());
        environment.put("threads", Integer.toString(Nd4j.factory().blas().getMaxThreads()));
        environment.put("processor", processor());
        return environment;
    }

    private static String dl4jVersion() {
        String path = "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";
        Properties properties = new Properties();
        try (InputStream stream = MultiLayerNetwork.class.getResourceAsStream(path)) {
            if (stream != null) {
                properties.load(stream);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }

    private static String processor() {
        String fallback = System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", System.getProperty("os.arch"));
        Path cpuinfo = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(cpuinfo)) {
            return fallback;
        }
        try (Stream<String> lines = Files.lines(cpuinfo)) {
            return lines.filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(fallback);
        } catch (IOException e) {
            return fallback;
        }
    }
}
