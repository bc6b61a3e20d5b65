package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/embedding.md says is so. */
class EmbeddingPageTest {
    private static final Path PAGE = Path.of("../docs/embedding.md");

    @TempDir
    Path folder;

    private static Vae vae(VaeSpec spec) {
        return (Vae) LatentModel.of(spec, new float[spec.layout().length()]);
    }

    /** The page's blocks are one program, which needs latent4j-runtime and its JSON library alone. */
    @Test
    void itsCodeRunsOnTheRuntimeAlone() throws IOException, InterruptedException {
        ModelFile.write(vae(VaeSpec.of(784, 16).withHidden(64)), folder.resolve("m.zip"));
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(EmbeddingPageTest::isOfTheRuntime)
                .collect(Collectors.joining(File.pathSeparator));
        PageCode.run(
                String.join("\n", PageCode.blocks(PAGE)),
                List.of(
                        "io.github.latent4j.runtime.*",
                        "java.io.IOException",
                        "java.nio.file.Path",
                        "java.util.Random"),
                classPath,
                folder);
    }

    private static boolean isOfTheRuntime(String entry) {
        String path = entry.replace('\\', '/');
        return path.contains("/src/runtime/")
                || path.matches(".*/(latent4j-runtime|jackson-jr|jackson-core)[^/]*\\.jar");
    }

    @Test
    void itsSentencesAreThoseOfExceptions() throws IOException {
        Vae model = vae(VaeSpec.of(784, 16).withHidden(64));
        Matrix twoRows = Matrix.zeros(2, 784);
        twoRows.data()[784 + 5] = Float.POSITIVE_INFINITY;
        float[] example = new float[784];
        example[5] = Float.NaN;
        float[] two = new float[784];
        two[0] = 2;
        List<ThrowingCallable> calls = List.of(
                () -> model.encode(new float[3]),
                () -> model.encode(Matrix.zeros(2, 3)),
                () -> model.encode(example),
                () -> model.encode(twoRows),
                () -> model.encode(Matrix.zeros(0, 784)),
                () -> model.decode(new float[3]),
                () -> model.encode(new float[784], new float[3]),
                () -> model.elbo(two, new Random(1)));
        String page = Files.readString(PAGE);
        for (ThrowingCallable call : calls) {
            assertThat(page)
                    .contains("`"
                            + catchThrowableOfType(IllegalArgumentException.class, call)
                                    .getMessage() + "`");
        }
    }

    @Test
    void itsSizesAreRight() throws IOException {
        Vae model = vae(VaeSpec.of(784, 20).withHidden(512, 256));
        long workspace = 4L * (784 + 2 * 20 + 2 * 784);
        int rows = model.provider().rowsAtOnce(784);
        int parameters = model.spec().layout().length();
        long bytes = 8L * parameters + 64 * workspace + 16 * rows * workspace;
        String sentence = String.format(
                Locale.ROOT,
                "%,d parameters in %.1f MB, %.1f KB for each of at most 64 single calls and %.0f KB for each of at most 16"
                        + " batches, %.1f MB in all",
                parameters,
                8e-6 * parameters,
                1e-3 * workspace,
                1e-3 * rows * workspace,
                1e-6 * bytes);
        assertThat(Files.readString(PAGE).replaceAll("\\s+", " ")).contains(sentence);
    }
}
