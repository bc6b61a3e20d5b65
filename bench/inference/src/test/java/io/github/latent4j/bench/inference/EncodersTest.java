package io.github.latent4j.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.domain.Networks;
import io.github.latent4j.domain.OnnxFile;
import io.github.latent4j.domain.OnnxOutput;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that did not compute the same would not be worth comparing. */
class EncodersTest {
    private static final int ROWS = 7;

    @TempDir
    static Path folder;

    private static LatentModel model = LatentModel.of(VaeSpec.of(1, 1).withHidden(1), new float[10]);

    @BeforeAll
    static void write() throws IOException {
        VaeSpec spec = VaeSpec.of(Inputs.INPUTS, Inputs.LATENT).withHidden(32, 16);
        model = Networks.toModel(Networks.create(spec, 1), spec);
        ModelFile.write(model, folder.resolve("model.zip"));
        OnnxFile.write(model, EnumSet.of(OnnxOutput.CODE), folder.resolve("model.onnx"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                EncodingProcess.LATENT4J,
                EncodingProcess.LATENT4J_BATCHES,
                EncodingProcess.DL4J,
                EncodingProcess.ONNX_RUNTIME
            })
    void allGiveTheSameCodes(String library) throws IOException {
        String file = library.equals(EncodingProcess.ONNX_RUNTIME) ? "model.onnx" : "model.zip";
        Encoder encoder = Encoder.load(library, folder.resolve(file));
        float[] codes = new float[ROWS * Inputs.LATENT];
        encoder.encode(Inputs.batch(ROWS, 1), ROWS, codes);
        for (int r = 0; r < ROWS; r++) {
            float[] ofBatch = Arrays.copyOfRange(codes, r * Inputs.LATENT, (r + 1) * Inputs.LATENT);
            assertThat(ofBatch).containsExactly(model.encode(Inputs.dense(1 + r)), within(1e-5f));
            assertThat(encoded(encoder, Inputs.dense(1 + r)))
                    .containsExactly(model.encode(Inputs.dense(1 + r)), within(1e-5f));
            assertThat(encoded(encoder, Inputs.halfZero(1 + r)))
                    .containsExactly(model.encode(Inputs.halfZero(1 + r)), within(1e-5f));
        }
        assertThat(encoder.what()).matches("(latent4j|Deeplearning4j|ONNX Runtime) \\d.*");
    }

    private static float[] encoded(Encoder encoder, float[] example) {
        float[] code = new float[Inputs.LATENT];
        encoder.encode(example, code);
        return code;
    }

    @Test
    void batchesGoThroughOpenBlasWhereItIsAskedFor() throws IOException {
        assertThat(Encoder.load(EncodingProcess.LATENT4J_BATCHES, folder.resolve("model.zip"))
                        .what())
                .endsWith("multiplication openblas");
    }

    @Test
    void anUnknownLibraryIsRefused() {
        assertThatThrownBy(() -> Encoder.load("abacus", folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found library abacus, expected one that is known");
    }
}
