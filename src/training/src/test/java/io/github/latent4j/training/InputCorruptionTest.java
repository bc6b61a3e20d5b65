package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InputCorruptionTest {
    private static final Corruption MASKING = new Corruption.Masking(0.3);
    private static final Corruption GAUSSIAN = new Corruption.Gaussian(0.5);

    /** The cells of the table, and the features that tell of missing ones. */
    private static final int[] STARTS = Blobs.columns().starts();

    private static final List<Integer> INDICATORS = List.of(1, 8, 13);

    private static final float VALUE = 0.5f;

    static List<ModelSpec> specs() {
        return List.of(
                AutoencoderSpec.of(36, 2),
                VaeSpec.of(36, 2),
                VaeSpec.of(36, 2).withLikelihood(Blobs.columns().likelihood()));
    }

    /** Values that are all there: what tells of missing cells is 0. */
    private static Matrix present(int rows) {
        Matrix matrix = Matrix.zeros(rows, 36);
        for (int i = 0; i < rows * 36; i++) {
            matrix.data()[i] = INDICATORS.contains(i % 36) ? 0 : VALUE;
        }
        return matrix;
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aMaskedCellOfATableLooksLikeAMissingOne(ModelSpec spec) {
        Matrix clean = present(300);
        Matrix masked = InputCorruption.of(MASKING, spec, Blobs.columns()).apply(clean, row -> row);
        for (int r = 0; r < 300; r++) {
            SplittableRandom random = new SplittableRandom(r); // one number a cell
            for (int c = 0; c + 1 < STARTS.length; c++) {
                boolean gone = random.nextDouble() < 0.3;
                for (int i = STARTS[c]; i < STARTS[c + 1]; i++) {
                    boolean indicator = INDICATORS.contains(i);
                    assertThat(masked.get(r, i)).isEqualTo(indicator == gone ? gone ? 1 : VALUE : 0);
                }
            }
        }
        assertThat(clean.data()).containsExactly(present(300).data());
    }

    @Test
    void aMissingCellStaysMissing() {
        float[] row = present(1).data();
        row[0] = Float.NaN;
        row[1] = 1;
        InputCorruption masking = InputCorruption.of(MASKING, AutoencoderSpec.of(36, 2), Blobs.columns());
        for (long seed = 0; seed < 20; seed++) {
            float[] values = row.clone();
            masking.apply(values, 0, seed);
            assertThat(Float.isNaN(values[0]) || values[0] == 0).isTrue();
            assertThat(values[1]).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void noiseIsForNumbersAndDates(ModelSpec spec) {
        Matrix noisy = InputCorruption.of(GAUSSIAN, spec, Blobs.columns()).apply(present(1), row -> 7);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 36; i++) {
            boolean discrete = i == 1 || (i >= 8 && i < 15);
            float clean = INDICATORS.contains(i) ? 0 : VALUE;
            assertThat(noisy.get(0, i)).isEqualTo(discrete ? clean : clean + (float) (0.5 * random.nextGaussian()));
        }
    }

    static List<InputContract> withoutCells() {
        return List.of(
                new InputContract.Vector(36),
                new InputContract.Image(6, 6, 1),
                Blobs.table(Matrix.zeros(1, 36)).input());
    }

    @ParameterizedTest
    @MethodSource("withoutCells")
    void otherValuesAreDisturbedEachForItself(InputContract input) {
        ModelSpec spec = VaeSpec.of(36, 2);
        Matrix ones = Matrix.zeros(1, 36);
        Arrays.fill(ones.data(), 1);
        Matrix masked = InputCorruption.of(MASKING, spec, input).apply(ones, row -> 3);
        Matrix noisy = InputCorruption.of(GAUSSIAN, spec, input).apply(ones, row -> 3);
        float[] layer = ones.data().clone();
        InputCorruption.of(MASKING, 36).apply(layer, 0, 3);
        SplittableRandom draws = new SplittableRandom(3);
        SplittableRandom noise = new SplittableRandom(3);
        for (int i = 0; i < 36; i++) {
            assertThat(masked.get(0, i)).isEqualTo(draws.nextDouble() < 0.3 ? 0 : 1);
            assertThat(noisy.get(0, i)).isEqualTo(1 + (float) (0.5 * noise.nextGaussian()));
        }
        assertThat(layer).containsExactly(masked.data());
    }

    @ParameterizedTest
    @MethodSource("withoutCells")
    void whatALikelihoodTakesForACategoryIsOneCell(InputContract input) {
        VaeSpec spec = VaeSpec.of(36, 2).withLikelihood(Likelihood.parse(Blobs.MIXED));
        Matrix ones = Matrix.zeros(200, 36);
        Arrays.fill(ones.data(), 1);
        Matrix masked = InputCorruption.of(MASKING, spec, input).apply(ones, row -> row);
        for (int r = 0; r < 200; r++) {
            SplittableRandom random = new SplittableRandom(r);
            for (int i = 0; i < 36; ) {
                float expected = random.nextDouble() < 0.3 ? 0 : 1;
                for (int end = i + (i == 18 ? 4 : i == 28 ? 3 : 1); i < end; i++) {
                    assertThat(masked.get(r, i)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void withoutACorruptionTheBatchIsTheSame() {
        Matrix batch = present(2);
        InputCorruption none = InputCorruption.of(Corruption.NONE, VaeSpec.of(36, 2), Blobs.columns());
        assertThat(none.isNone()).isTrue();
        assertThat(none.apply(batch, row -> row)).isSameAs(batch);
    }

    @Test
    void examplesOfAnotherSizeAreRefused() {
        assertThatThrownBy(() -> InputCorruption.of(MASKING, VaeSpec.of(36, 2), new InputContract.Vector(35)))
                .hasMessage("input: found 35 values, expected 36 as in the specification");
    }
}
