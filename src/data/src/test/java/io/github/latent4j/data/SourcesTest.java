package io.github.latent4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.data.SourceOptions.ImageSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
    private final Path folder;

    SourcesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Examples open(String source, Part part, SourceOptions options) throws IOException {
        return Sources.open(source, part, options, Fixtures.environment(folder));
    }

    private Examples open(String source) throws IOException {
        return open(source, Part.TEST, SourceOptions.defaults());
    }

    @Test
    void aCatalogueNameTakesItsOwnPartOrTheGivenOne() throws IOException {
        SourceOptions options = SourceOptions.defaults().withSeed(7);
        assertThat(open("strokes", Part.TRAIN, options).name()).isEqualTo("strokes:train");
        assertThat(open("strokes", Part.TEST, options).size()).isEqualTo(10_000);
        assertThat(open("strokes:train", Part.TEST, options).size()).isEqualTo(60_000);
        assertThat(open("strokes:test", Part.TRAIN, options).example(3))
                .isEqualTo(Datasets.strokes(60_000, 7).test().example(3));
    }

    @Test
    void idxFilesComeWithOrWithoutLabels() throws IOException {
        Path images = Fixtures.write(folder.resolve("images.idx"), Fixtures.images(2, 3, 3));
        Path labels = Fixtures.write(folder.resolve("labels.idx"), Fixtures.labels(1, 0));
        try (Examples without = open("idx:" + images);
                Examples with = open("idx:" + images + "," + labels)) {
            assertThat(without.labelNames()).isEmpty();
            assertThat(with.labelNames()).containsExactly("0", "1");
            assertThat(with.name()).isEqualTo("images.idx");
        }
    }

    @Test
    void foldersAndTablesTakeTheirOptions() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "a,y\n1,no\n3,no\n", StandardCharsets.UTF_8);
        try (Examples examples =
                open("csv:" + table, Part.TEST, SourceOptions.defaults().withLabel("y"))) {
            assertThat(examples.input().featureNames()).containsExactly("a");
            assertThat(examples.labelNames()).containsExactly("no");
        }
        assertThatThrownBy(() -> open("images:" + folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("none") + ": found nothing there, expected a folder of images");
    }

    @ParameterizedTest
    @CsvSource({"strokse, strokes", "fashon-mnist:train, fashion-mnist", "imags:folder, images:", "idex:a.idx, idx:"})
    void unknownSourcesGetTheNearest(String source, String nearest) {
        assertThatThrownBy(() -> open(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("source: found " + source + ", expected a data set (strokes, fashion-mnist, mnist), "
                        + "idx:IMAGES[,LABELS], images:FOLDER or csv:FILE; the nearest is " + nearest);
    }

    @Test
    void unknownPartsAndMissingPathsAreTold() {
        assertThatThrownBy(() -> open("mnist:tset"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("source: found part tset in mnist:tset, expected train or test");
        assertThatThrownBy(() -> open("csv:"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("source: found no path in csv:, expected one behind every colon and comma");
        assertThatThrownBy(() -> open("idx:a,"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("source: found no path in idx:a,, expected one behind every colon and comma");
    }

    @Test
    void optionsOfOtherSourcesAreRefused() {
        SourceOptions options = SourceOptions.defaults();
        assertThatThrownBy(() -> open("strokes", Part.TEST, options.withGrey(true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("grey: found it with the source strokes, expected it with images:FOLDER alone");
        assertThatThrownBy(() -> open("csv:a.csv", Part.TEST, options.withImageSize(2, 2)))
                .hasMessage("image size: found it with the source csv:a.csv, expected it with images:FOLDER alone");
        assertThatThrownBy(() -> open("images:a", Part.TEST, options.withLabel("y")))
                .hasMessage("label column: found it with the source images:a, expected it with csv:FILE alone");
    }

    @Test
    void sizesAreWidthByHeight() {
        assertThat(ImageSize.parse("64x48")).isEqualTo(new ImageSize(64, 48)).hasToString("64x48");
        assertThat(SourceOptions.defaults().withImageSize(64, 48).imageSize())
                .isEqualTo(Optional.of(new ImageSize(64, 48)));
        assertThatThrownBy(() -> ImageSize.parse("64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image size: found 64, expected WIDTHxHEIGHT, such as 64x48");
        assertThatThrownBy(() -> ImageSize.parse("0x4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image size: found 0x4, expected from 1x1 to 8192x8192");
        assertThatThrownBy(() -> ImageSize.parse("99999x4"))
                .hasMessage("image size: found 99999x4, expected from 1x1 to 8192x8192");
    }
}
