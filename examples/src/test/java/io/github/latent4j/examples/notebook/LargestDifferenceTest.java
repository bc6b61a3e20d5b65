package io.github.latent4j.examples.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.Matrix;
import org.junit.jupiter.api.Test;

class LargestDifferenceTest {
    @Test
    void theSignDoesNotCount() {
        Matrix a = Matrix.of(new float[] {1, 2}, new float[] {3, 4});
        Matrix b = Matrix.of(new float[] {1.5f, 2}, new float[] {1, 4});
        assertThat(LargestDifference.between(a, b)).isEqualTo(2);
        assertThat(LargestDifference.between(b, a)).isEqualTo(2);
    }

    @Test
    void aValueThatIsNoNumberIsNotPassedOver() {
        assertThat(LargestDifference.between(Matrix.of(new float[] {1, Float.NaN}), Matrix.of(new float[] {1, 2})))
                .isNaN();
    }

    @Test
    void otherShapesAreRefused() {
        assertThatThrownBy(() -> LargestDifference.between(Matrix.zeros(1, 2), Matrix.zeros(2, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the shape of");
    }
}
