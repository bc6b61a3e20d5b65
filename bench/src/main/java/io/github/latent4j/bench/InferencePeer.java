package io.github.latent4j.bench;

import io.github.latent4j.bench.inference.EncodingProcess;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What encodes, each in a process with exactly the jars that its users would have. */
enum InferencePeer {
    LATENT4J("latent4j", EncodingProcess.LATENT4J, "runtime", List.of()),
    LATENT4J_VECTOR(
            "latent4j-vector",
            EncodingProcess.LATENT4J,
            "runtime",
            List.of("--add-modules", InferencePeer.VECTOR_MODULE)),
    LATENT4J_OPENBLAS("latent4j-openblas", EncodingProcess.LATENT4J_BATCHES, "domain", ChildProcess.NATIVE_CODE),
    DL4J("dl4j", EncodingProcess.DL4J, "dl4j", ChildProcess.NATIVE_CODE),
    ONNX_RUNTIME("onnxruntime", EncodingProcess.ONNX_RUNTIME, "onnxruntime", ChildProcess.NATIVE_CODE);

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private final String label;
    private final String library;
    private final String jars;
    private final List<String> flags;

    /**
     * A peer.
     *
     * @param label names it in options and in what is reported
     * @param library as {@link EncodingProcess} knows it
     * @param jars the list that its class path stands in
     * @param flags of {@code java}
     */
    InferencePeer(String label, String library, String jars, List<String> flags) {
        this.label = label;
        this.library = library;
        this.jars = jars;
        this.flags = flags;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(InferencePeer::label).toList();
    }

    static InferencePeer of(String label) {
        return Arrays.stream(values())
                .filter(peer -> peer.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "peer: found %s, expected one of %s".formatted(label, String.join(", ", labels()))));
    }

    String label() {
        return label;
    }

    /** Whether it is measured on batches alone, since with one example it is the same as another. */
    boolean batchesAlone() {
        return this == LATENT4J_OPENBLAS;
    }

    /** Why it cannot run here; empty if it can. */
    Optional<String> missing() {
        return this == LATENT4J_VECTOR
                        && ModuleFinder.ofSystem().find(VECTOR_MODULE).isEmpty()
                ? Optional.of("a Java without " + VECTOR_MODULE)
                : Optional.empty();
    }

    /** Bytes of the jars that its users have on their class path. */
    long classPathBytes(Path app) throws IOException {
        long bytes = 0;
        for (String jar : classPath(app).split(File.pathSeparator)) {
            bytes += Files.size(Path.of(jar));
        }
        return bytes;
    }

    private String classPath(Path app) throws IOException {
        return Files.readString(app.resolve("classpath").resolve(jars)).strip();
    }

    /** The arguments of {@code java} that start its process. */
    List<String> arguments(Path app, EncoderFiles files) throws IOException {
        String own = Path.of(EncodingProcess.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        return Stream.concat(
                        flags.stream(),
                        Stream.of(
                                "-cp",
                                classPath(app) + File.pathSeparator + own,
                                EncodingProcess.class.getName(),
                                library,
                                (this == ONNX_RUNTIME ? files.onnx() : files.zip()).toString()))
                .toList();
    }
}
