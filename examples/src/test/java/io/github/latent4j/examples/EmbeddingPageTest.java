package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What docs/embedding.md says is so. */
class EmbeddingPageTest {
    private static final Path PAGE = Path.of("../docs/embedding.md");

    private static Vae vae(VaeSpec spec) {
        return (Vae) LatentModel.of(spec, new float[spec.layout().length()]);
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
