package io.github.latent4j.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class ClassifierTest {
    /** Points in the plane around (0, 0), (d, 0) and (0, d), by label, with unit deviation and a scale. */
    private static Matrix points(int[] labels, double distance, double scale, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix points = Matrix.zeros(labels.length, 2);
        for (int i = 0; i < labels.length; i++) {
            points.data()[2 * i] = (float) (scale * (random.nextGaussian() + (labels[i] == 1 ? distance : 0)));
            points.data()[2 * i + 1] = (float) (scale * (random.nextGaussian() + (labels[i] == 2 ? distance : 0)));
        }
        return points;
    }

    private static int[] labels(int count) {
        int[] labels = new int[count];
        Arrays.setAll(labels, i -> i % 3);
        return labels;
    }

    @Test
    void aLinearProbeComesNearBayes() {
        // The best rule compares 0, 3 x - 9/2 and 3 y - 9/2. It is right with the probability Φ(3/2)² for the first
        // label and
        // ∫ φ(x - 3) Φ(x) dx from 3/2 on for the others: 0.8708 and 0.9270, 0.9082 on average.
        int[] labels = labels(3000);
        for (double scale : new double[] {1e-3, 1, 1e3}) {
            Classifier classifier = Classifier.fit(points(labels, 3, scale, 1), labels, 3, List.of(), 10, 1);
            assertThat(classifier.accuracy(points(labels, 3, scale, 2), labels)).isBetween(0.892, 0.924);
        }
    }

    @Test
    void hiddenLayersPartWhatALineCannot() {
        SplittableRandom random = new SplittableRandom(1);
        Matrix points = Matrix.zeros(2000, 2);
        int[] labels = new int[2000];
        for (int i = 0; i < 2000; i++) {
            points.data()[2 * i] = (float) random.nextDouble(-1, 1);
            points.data()[2 * i + 1] = (float) random.nextDouble(-1, 1);
            labels[i] = points.get(i, 0) * points.get(i, 1) > 0 ? 1 : 0;
        }
        Classifier linear = Classifier.fit(points, labels, 2, List.of(), 20, 1);
        Classifier deep = Classifier.fit(points, labels, 2, List.of(32, 16), 20, 1);
        assertThat(linear.accuracy(points, labels)).isLessThan(0.6);
        assertThat(deep.accuracy(points, labels)).isGreaterThan(0.95);
        assertThat(deep.features(points).columns()).isEqualTo(16);
        assertThat(deep.features(points).data()).doesNotContain(Float.NaN);
        assertThatIllegalStateException()
                .isThrownBy(() -> linear.features(points))
                .withMessage("found a linear classifier, expected one with hidden layers, which has features");
        linear.close();
        deep.close();
    }

    @Test
    void theSameSeedGivesTheSameClassifier() {
        int[] labels = labels(300);
        Matrix points = points(labels, 1, 1, 1);
        Matrix features = Classifier.fit(points, labels, 3, List.of(5), 2, 0).features(points);
        assertThat(Classifier.fit(points, labels, 3, List.of(5), 2, 0).features(points))
                .isEqualTo(features);
        assertThat(Classifier.fit(points, labels, 3, List.of(5), 2, 1).features(points))
                .isNotEqualTo(features);
    }

    @Test
    void missingAndConstantValuesDoNoHarm() {
        int[] labels = labels(900);
        Matrix points = points(labels, 6, 1, 1);
        Matrix wide = Matrix.zeros(900, 4);
        for (int i = 0; i < 900; i++) {
            wide.data()[4 * i] = i % 10 == 0 ? Float.NaN : points.get(i, 0);
            wide.data()[4 * i + 1] = points.get(i, 1);
            wide.data()[4 * i + 2] = 5;
            wide.data()[4 * i + 3] = Float.NaN;
        }
        Classifier classifier = Classifier.fit(wide, labels, 3, List.of(), 10, 1);
        assertThat(classifier.accuracy(wide, labels)).isGreaterThan(0.92);
    }

    /** Logistic regression is right about 0.84 of the test images when it is fitted on all 60,000. */
    @Test
    @Tag("debian")
    @EnabledIf("fashionMnistIsExpected")
    void aLinearProbeOfImagesIsLogisticRegression() throws IOException {
        Dataset fashion = Datasets.load("fashion-mnist");
        Examples train = fashion.train().first(5000);
        Examples test = fashion.test().first(2000);
        int[] labels = IntStream.range(0, 5000).map(train::label).toArray();
        int[] expected = IntStream.range(0, 2000).map(test::label).toArray();
        Classifier classifier = Classifier.fit(train.read(0, 5000), labels, 10, List.of(), 10, 1);
        assertThat(classifier.accuracy(test.read(0, 2000), expected)).isBetween(0.79, 0.87);
    }

    /** Where Debian's package is not installed the test is left out, but not in CI, which installs it. */
    static boolean fashionMnistIsExpected() {
        return System.getenv("CI") != null || Files.isDirectory(Path.of("/usr/share/datasets/fashion-mnist"));
    }
}
