package io.github.latent4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Sources;
import io.github.latent4j.runtime.InputContract.Image;
import io.github.latent4j.runtime.InputContract.Vector;
import io.github.latent4j.runtime.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShiftedImagesTest {
    private static final Examples ONE = Examples.of(
            Matrix.of(new float[] {
                0, 1, 0,
                0, 0, 1
            }),
            new Image(2, 3, 1),
            "one");

    @TempDir
    Path folder;

    @Test
    void eachTurnThroughTheSourceHasAShiftOfItsOwn() {
        Matrix images = ShiftedImages.of(ONE).block(0, 9);
        assertThat(images.row(0)).containsExactly(0, 1, 0, 0, 0, 1);
        assertThat(images.row(1)).as("one to the right").containsExactly(0, 0, 1, 0, 0, 0);
        assertThat(images.row(2)).as("one to the left").containsExactly(1, 0, 0, 0, 1, 0);
        assertThat(images.row(7)).as("one down").containsExactly(0, 0, 0, 0, 1, 0);
        assertThat(images.row(5)).as("out of the picture").containsExactly(0, 0, 0, 0, 0, 0);
    }

    @Test
    void theFileHoldsThemAll() throws IOException {
        Path file = folder.resolve("many.idx");
        ShiftedImages.of(ONE).write(file, 5_000);
        try (Examples read = Sources.idx(file)) {
            assertThat(read.size()).isEqualTo(5_000);
            assertThat(read.input()).isEqualTo(new Image(2, 3, 1));
            assertThat(read.example(4_995))
                    .isEqualTo(ShiftedImages.of(ONE).block(4_995, 4_996).data());
        }
    }

    @Test
    void otherThanGreyImagesAreRefused() {
        Examples rows = Examples.of(Matrix.zeros(2, 4), new Vector(4), "rows");
        assertThatThrownBy(() -> ShiftedImages.of(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rows: found examples of ")
                .hasMessageEndingWith(", expected grey images");
    }
}
