package io.github.latent4j.examples.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.data.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonDataTest {
    @TempDir
    Path folder;

    @Test
    void withoutFashionMnistThereAreStrokesAndASentenceThatSaysSo() throws IOException {
        List<String> said = new ArrayList<>();
        Dataset data = LessonData.clothesOrStrokes(false, said::add, 30, 20);
        assertThat(data.name()).startsWith("strokes");
        assertThat(data.train().size()).isEqualTo(30);
        assertThat(data.test().size()).isEqualTo(20);
        assertThat(LessonData.kinds(data)).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(said)
                .containsExactly(
                        "Fashion-MNIST is not on this machine (Debian: apt install dataset-fashion-mnist): these are pen strokes.");
    }

    @Test
    void kindsOfClothesHaveWords() {
        Examples images = Datasets.strokes(20, 1).train();
        assertThat(LessonData.kinds(new Dataset("fashion-mnist", images, images)))
                .hasSize(10)
                .startsWith("T-shirt")
                .endsWith("ankle boot");
    }

    @Test
    void recordsHaveTheCellsByTheirNames() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "a,b,c\n1,,x\n,2,\n");
        assertThat(LessonData.records(file))
                .containsExactly(Map.of("a", "1", "b", "", "c", "x"), Map.of("a", "", "b", "2", "c", ""));
    }
}
