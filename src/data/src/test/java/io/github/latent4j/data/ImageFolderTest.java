package io.github.latent4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.runtime.InputContract;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
    private final Path folder;
    private final Path pictures;

    ImageFolderTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.pictures = Files.createDirectory(folder.resolve("pictures"));
    }

    private Examples open(SourceOptions options) throws IOException {
        return ImageFolder.open(pictures, options, Fixtures.environment(folder));
    }

    private Examples open() throws IOException {
        return open(SourceOptions.defaults());
    }

    private Path grey(String name, int width, int height, IntBinaryOperator pixel) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, pixel.applyAsInt(x, y));
            }
        }
        return save(name, image);
    }

    private Path colour(String name, int type, int width, int height, IntBinaryOperator argb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, argb.applyAsInt(x, y));
            }
        }
        return save(name, image);
    }

    private Path save(String name, BufferedImage image) throws IOException {
        Path file = pictures.resolve(name);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()))
                .isTrue();
        return file;
    }

    private static float[] bytes(int... values) {
        float[] pixels = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = values[i] / 255f;
        }
        return pixels;
    }

    @Test
    void subFoldersAreLabelsAndPathsTheOrder() throws IOException {
        grey("dog/b.png", 2, 1, (x, y) -> 30);
        grey("cat/z.bmp", 2, 1, (x, y) -> 20 + x);
        grey("cat/deep/a.PNG", 2, 1, (x, y) -> 10);
        Fixtures.write(pictures.resolve("cat/notes.txt"), new byte[1]);
        Fixtures.write(pictures.resolve(".hidden/c.png"), new byte[1]);
        try (Examples examples = open()) {
            assertThat(examples.size()).isEqualTo(3);
            assertThat(examples.name()).isEqualTo("pictures");
            assertThat(examples.input()).isEqualTo(new InputContract.Image(1, 2, 1));
            assertThat(examples.labelNames()).containsExactly("cat", "dog");
            assertThat(List.of(examples.label(0), examples.label(1), examples.label(2)))
                    .containsExactly(0, 0, 1);
            assertThat(examples.read(0, 3).data()).containsExactly(bytes(10, 10, 20, 21, 30, 30));
        }
    }

    @Test
    void coloursStandSideBySideAndGreyImagesAmongThemGetThree() throws IOException {
        colour("a.png", BufferedImage.TYPE_INT_RGB, 2, 1, (x, y) -> x == 0 ? 0x0a141e : 0xff0080);
        grey("b.png", 2, 1, (x, y) -> 100);
        try (Examples examples = open()) {
            assertThat(examples.input()).isEqualTo(new InputContract.Image(1, 2, 3));
            assertThat(examples.labelNames()).isEmpty();
            assertThat(examples.example(0)).containsExactly(bytes(10, 20, 30, 255, 0, 128));
            assertThat(examples.example(1)).containsExactly(bytes(100, 100, 100, 100, 100, 100));
        }
        try (Examples grey = open(SourceOptions.defaults().withGrey(true))) {
            assertThat(grey.input()).isEqualTo(new InputContract.Image(1, 2, 1));
            // 0.299 R + 0.587 G + 0.114 B
            assertThat(grey.example(0)).containsExactly(bytes(18, 91));
        }
    }

    @Test
    void transparencyShowsBlack() throws IOException {
        colour("a.png", BufferedImage.TYPE_INT_ARGB, 3, 1, (x, y) -> new Color(
                        200, 100, 50, x == 0 ? 255 : x == 1 ? 51 : 0)
                .getRGB());
        try (Examples examples = open()) {
            assertThat(examples.example(0)).containsExactly(bytes(200, 100, 50, 40, 20, 10, 0, 0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp", "jpg"})
    void greyImagesOfEveryFormatKeepTheirStoredValues(String format) throws IOException {
        int type = format.equals("gif") ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_GRAY;
        if (type == BufferedImage.TYPE_BYTE_GRAY) {
            grey("a." + format, 16, 16, (x, y) -> 8 * y);
        } else {
            byte[] levels = new byte[256];
            for (int i = 0; i < 256; i++) {
                levels[i] = (byte) i;
            }
            BufferedImage image =
                    new BufferedImage(16, 16, type, new java.awt.image.IndexColorModel(8, 256, levels, levels, levels));
            for (int i = 0; i < 256; i++) {
                image.getRaster().setSample(i % 16, i / 16, 0, 8 * (i / 16));
            }
            save("a.gif", image);
        }
        try (Examples examples = open()) {
            assertThat(examples.input()).isEqualTo(new InputContract.Image(16, 16, 1));
            float[] pixels = examples.example(0);
            for (int i = 0; i < 256; i++) {
                assertThat(pixels[i]).isCloseTo(8 * (i / 16) / 255f, within(format.equals("jpg") ? 0.03f : 0f));
            }
        }
    }

    @Test
    void sixteenBitsAreScaledDown() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 65_535);
        image.getRaster().setSample(1, 0, 0, 257 * 77);
        save("a.png", image);
        try (Examples examples = open()) {
            assertThat(examples.example(0)).containsExactly(bytes(255, 77));
        }
    }

    @Test
    void shrinkingTakesTheMeanOverTheArea() throws IOException {
        grey("a.png", 3, 2, (x, y) -> 30 * x + 90 * y);
        try (Examples examples = open(SourceOptions.defaults().withImageSize(2, 1))) {
            assertThat(examples.input()).isEqualTo(new InputContract.Image(1, 2, 1));
            // columns of means 45, 75, 105; 1.5 columns a pixel
            assertThat(examples.example(0)).containsExactly(bytes(55, 95));
        }
    }

    @Test
    void growingInterpolatesBetweenCentres() throws IOException {
        grey("a.png", 2, 1, (x, y) -> 100 * x);
        try (Examples examples = open(SourceOptions.defaults().withImageSize(4, 2))) {
            assertThat(examples.example(0)).containsExactly(bytes(0, 25, 75, 100, 0, 25, 75, 100));
        }
    }

    @Test
    void resizingKeepsTheMeanOfColourImages() throws IOException {
        colour("a.png", BufferedImage.TYPE_INT_RGB, 37, 23, (x, y) -> (x * 5) << 16 | (y * 7) << 8 | (x + y));
        try (Examples whole = open();
                Examples small = open(SourceOptions.defaults().withImageSize(5, 4))) {
            for (int c = 0; c < 3; c++) {
                assertThat(mean(small.example(0), c)).isCloseTo(mean(whole.example(0), c), within(0.003));
            }
        }
    }

    private static double mean(float[] pixels, int channel) {
        double sum = 0;
        for (int i = channel; i < pixels.length; i += 3) {
            sum += pixels[i];
        }
        return 3 * sum / pixels.length;
    }

    @Test
    void aFolderIsSpooledOnceForEachContentAndOption() throws IOException {
        grey("a.png", 2, 1, (x, y) -> 10);
        List<String> digests = new ArrayList<>();
        List<String> reports = new ArrayList<>();
        SourceOptions options = SourceOptions.defaults()
                .withProgress((task, done, total) -> reports.add(task + " " + done + "/" + total));
        for (int i = 0; i < 2; i++) {
            try (Examples examples = open(options)) {
                digests.add(examples.sha256());
            }
        }
        assertThat(reports).containsExactly("reading images 1/1");
        assertThat(Fixtures.files(folder.resolve("cache"))).isEqualTo(1);
        grey("a.png", 2, 1, (x, y) -> 11);
        try (Examples examples = open(options)) {
            assertThat(examples.example(0)).containsExactly(bytes(11, 11));
            digests.add(examples.sha256());
        }
        assertThat(digests.get(0)).isEqualTo(digests.get(1)).isNotEqualTo(digests.get(2));
        open(options.withImageSize(1, 1)).close();
        assertThat(Fixtures.files(folder.resolve("cache"))).isEqualTo(3);
    }

    @Test
    void anotherSizeIsRefused() throws IOException {
        Path first = grey("a.png", 4, 3, (x, y) -> 0);
        Path second = grey("b.png", 3, 4, (x, y) -> 0);
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        second + ": found an image of 3x4, expected 4x3 as " + first + ", or a size to resize all to");
        try (Examples resized = open(SourceOptions.defaults().withImageSize(2, 2))) {
            assertThat(resized.size()).isEqualTo(2);
        }
    }

    @Test
    void whatIsNoImageIsRefused() throws IOException {
        Path file =
                Fixtures.write(pictures.resolve("a.png"), "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": found no image, expected PNG, JPEG, GIF or BMP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void aTruncatedImageIsRefused(String format) throws IOException {
        Path file = colour("a." + format, BufferedImage.TYPE_INT_RGB, 64, 64, (x, y) -> 0x010305 * (x * y % 50));
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length / 2));
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(file + ": found an image that cannot be read (")
                .hasMessageEndingWith("), expected a sound PNG, JPEG, GIF or BMP");
        assertThat(Fixtures.files(folder.resolve("cache"))).isZero();
    }

    @Test
    void imagesBesideSubFoldersAreRefused() throws IOException {
        grey("cat/a.png", 1, 1, (x, y) -> 0);
        Path lost = grey("lost.png", 1, 1, (x, y) -> 0);
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(lost + ": found it beside sub-folders with images, expected all images in sub-folders, "
                        + "whose names are the labels, or none");
    }

    @Test
    void anEmptyFolderAndAFileAreRefused() throws IOException {
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(pictures + ": found no image, expected PNG, JPEG, GIF or BMP files");
        Path file = grey("a.png", 1, 1, (x, y) -> 0);
        assertThatThrownBy(() -> Sources.images(file, SourceOptions.defaults()))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": found a file, expected a folder of images");
    }
}
