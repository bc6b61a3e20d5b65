package io.github.latent4j.examples.notebook;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Data that lessons share. */
public final class LessonData {
    private LessonData() {}

    /**
     * Fashion-MNIST if it is on this machine; pen strokes, which need no files, if it is not, with a sentence that says so. Nothing is
     * downloaded.
     *
     * @param page takes the sentence
     * @param training how many examples to train on, at most 60,000
     * @param test how many examples to measure with, at most 10,000
     * @return grey images of 28 x 28 pixels with ten kinds
     * @throws IOException if the files of Fashion-MNIST are there and cannot be read
     */
    public static Dataset clothesOrStrokes(Notebook page, int training, int test) throws IOException {
        return clothesOrStrokes(
                Datasets.info("fashion-mnist").folder().isPresent(),
                sentence -> page.say("%s", sentence),
                training,
                test);
    }

    /** The same where it is known whether Fashion-MNIST is on this machine. */
    static Dataset clothesOrStrokes(boolean found, Consumer<String> page, int training, int test) throws IOException {
        if (!found) {
            page.accept(
                    "Fashion-MNIST is not on this machine (Debian: apt install dataset-fashion-mnist): these are pen strokes.");
        }
        Dataset data = Datasets.load(found ? "fashion-mnist" : "strokes");
        return new Dataset(
                data.name(), data.train().first(training), data.test().first(test));
    }

    /**
     * What the kinds of the images are called.
     *
     * @param images from {@link #clothesOrStrokes}
     * @return in the order of the labels: words for clothes, digits for strokes
     */
    public static List<String> kinds(Dataset images) {
        return images.name().startsWith("fashion-mnist")
                ? List.of(
                        "T-shirt",
                        "trousers",
                        "pullover",
                        "dress",
                        "coat",
                        "sandal",
                        "shirt",
                        "sneaker",
                        "bag",
                        "ankle boot")
                : images.test().labelNames();
    }

    /**
     * The rows of a CSV file as records, the way they reach a service: texts by the names of their columns.
     *
     * @param file a comma between cells, no quotes, the names in the first line
     * @return one a row
     * @throws IOException if the file cannot be read
     */
    public static List<Map<String, String>> records(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] names = lines.get(0).split(",", -1);
        return lines.stream()
                .skip(1)
                .map(line -> {
                    String[] cells = line.split(",", -1);
                    Map<String, String> record = new LinkedHashMap<>();
                    for (int c = 0; c < names.length; c++) {
                        record.put(names[c], cells[c]);
                    }
                    return record;
                })
                .toList();
    }
}
