package io.github.latent4j.examples.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.runtime.Matrix;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void theNearestComesFirst() {
        Matrix rows = Matrix.of(new float[] {5, 5}, new float[] {0, 1}, new float[] {2, 0}, new float[] {-9, 0});
        assertThat(Nearest.of(rows, new float[] {0, 0}, 3)).containsExactly(1, 2, 0);
    }

    @Test
    void byCosineOnlyTheDirectionCounts() {
        Matrix rows = Matrix.of(new float[] {0, 0}, new float[] {1, 1}, new float[] {90, 10}, new float[] {-1, 0});
        assertThat(Nearest.byCosine(rows, new float[] {2, 0}, 4)).containsExactly(2, 1, 0, 3);
    }
}
