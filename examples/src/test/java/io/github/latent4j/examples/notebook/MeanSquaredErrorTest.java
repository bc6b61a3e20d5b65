package io.github.latent4j.examples.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.Matrix;
import org.junit.jupiter.api.Test;

class MeanSquaredErrorTest {
    @Test
    void itIsTheMeanOverAllValues() {
        Matrix a = Matrix.of(new float[] {0, 1}, new float[] {2, 3});
        assertThat(MeanSquaredError.between(a, a)).isZero();
        assertThat(MeanSquaredError.between(a, Matrix.of(new float[] {0, 1}, new float[] {4, 0})))
                .isEqualTo((4 + 9) / 4.0);
        assertThatThrownBy(() -> MeanSquaredError.between(a, Matrix.zeros(4, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the shape of");
    }
}
