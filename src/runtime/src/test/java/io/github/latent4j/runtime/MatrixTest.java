package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {
    @Test
    void isRowMajor() {
        Matrix matrix = Matrix.of(new float[] {1, 2, 3}, new float[] {4, 5, 6});
        assertThat(matrix.data()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(matrix.get(1, 0)).isEqualTo(4);
        assertThat(matrix.row(1)).containsExactly(4, 5, 6);
        assertThat(matrix.slice(1, 2)).isEqualTo(Matrix.wrap(1, 3, new float[] {4, 5, 6}));
        assertThat(matrix)
                .hasToString("Matrix[2 x 3]")
                .hasSameHashCodeAs(Matrix.wrap(2, 3, matrix.data().clone()));
        assertThat(matrix).isNotEqualTo(Matrix.wrap(3, 2, matrix.data()));
    }

    @Test
    void joinsRowsInTheirOrder() {
        Matrix joined = Matrix.joined(List.of(
                Matrix.of(new float[] {1, 2}), Matrix.zeros(0, 2), Matrix.of(new float[] {3, 4}, new float[] {5, 6})));
        assertThat(joined).isEqualTo(Matrix.wrap(3, 2, new float[] {1, 2, 3, 4, 5, 6}));
        assertThatThrownBy(() -> Matrix.joined(List.of(Matrix.zeros(1, 2), Matrix.zeros(1, 3))))
                .hasMessage("matrix 1: found 3 columns, expected 2 as in matrix 0");
        assertThatThrownBy(() -> Matrix.joined(List.of())).hasMessage("found no matrix, expected at least one");
    }

    @Test
    void placesOutsideAreRefused() {
        Matrix matrix = Matrix.zeros(2, 3);
        assertThatThrownBy(() -> matrix.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> matrix.row(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> matrix.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> Matrix.wrap(2, 2, new float[3])).hasMessage("found 3 values, expected 2 x 2");
        assertThatThrownBy(() -> Matrix.of(new float[2], new float[3]))
                .hasMessage("row 1: found 3 values, expected 2 as in row 0");
        assertThatThrownBy(Matrix::of).hasMessage("found no row, expected at least one");
        assertThatThrownBy(() -> Matrix.zeros(1 << 20, 1 << 20))
                .hasMessage(
                        "found a size of 1048576 x 1048576, expected sizes of at least 0 with a product below 2^31");
    }
}
