package io.github.latent4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.InputContract;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
    private static final Picture PICTURE =
            Images.grid(HandMade.normal(5, 4 * 3 * 3, 0.5, 1), new InputContract.Image(4, 3, 3), 5);

    @Test
    void aPngReadAgainHasTheSamePixels(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("picture.png");
        PICTURE.write(file);
        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(read.getWidth()).isEqualTo(PICTURE.width());
        assertThat(read.getHeight()).isEqualTo(PICTURE.height());
        assertThat(pixels(read)).isEqualTo(pixels(PICTURE.toBufferedImage()));
        assertThat(Files.readAllBytes(file)).isEqualTo(PICTURE.png());
    }

    @Test
    void anOlderFileIsReplacedAndNothingElseIsLeft(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("picture.png");
        Files.writeString(file, "older");
        PICTURE.write(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(PICTURE.png());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void changingTheImageLeavesThePicture() {
        PICTURE.toBufferedImage().setRGB(0, 0, 0x123456);
        assertThat(PICTURE.toBufferedImage().getRGB(0, 0) & 0xFFFFFF).isEqualTo(Canvas.BACKGROUND);
    }

    @Test
    void aFolderIsNoFileToWrite(@TempDir Path folder) {
        assertThatThrownBy(() -> PICTURE.write(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: found a folder, expected the name of a file to write", folder);
    }

    @Test
    void theFolderMustExist(@TempDir Path folder) {
        Path file = folder.resolve("missing").resolve("picture.png");
        assertThatThrownBy(() -> PICTURE.write(file))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: found no folder to write into, expected one", file);
    }

    @Test
    void aNameThatTheSystemRefusesIsReported(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("x".repeat(300) + ".png");
        assertThatThrownBy(() -> PICTURE.write(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": found a folder that cannot be written (")
                .hasMessageNotContaining("Exception");
        assertThat(folder).isEmptyDirectory();
    }

    private static int[] pixels(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] &= 0xFFFFFF;
        }
        return pixels;
    }
}
