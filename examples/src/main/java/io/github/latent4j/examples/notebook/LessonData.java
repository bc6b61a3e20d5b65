package io.github.latent4j.examples.notebook;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import java.io.IOException;

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
        boolean found = Datasets.info("fashion-mnist").folder().isPresent();
        if (!found) {
            page.say(
                    "Fashion-MNIST is not on this machine (Debian: apt install dataset-fashion-mnist): these are pen strokes.");
        }
        Dataset data = Datasets.load(found ? "fashion-mnist" : "strokes");
        return new Dataset(
                data.name(), data.train().first(training), data.test().first(test));
    }
}
