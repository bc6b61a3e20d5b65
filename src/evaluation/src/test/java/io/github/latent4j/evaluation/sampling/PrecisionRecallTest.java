package io.github.latent4j.evaluation.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.Matrix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionRecallTest {
    private static Matrix line(double... points) {
        Matrix matrix = Matrix.zeros(points.length, 1);
        for (int i = 0; i < points.length; i++) {
            matrix.data()[i] = (float) points[i];
        }
        return matrix;
    }

    @Test
    void countsPointsOnALine() {
        // Radii 1, 1, 1, 8: balls from -1 to 1, 0 to 2, 1 to 3 and 2 to 18. 3 and 2.5 are inside, 19 and 19.5 are not.
        Matrix real = line(0, 1, 2, 10);
        // All radii 0.5: balls from 2.5 to 3.5, 2 to 3, 18.5 to 19.5 and 19 to 20. 2 is on a rim.
        Matrix generated = line(3, 2.5, 19, 19.5);
        assertThat(PrecisionRecall.of(real, generated, 1)).isEqualTo(new PrecisionRecall(0.5, 0.25, 1));
        assertThat(PrecisionRecall.of(generated, real, 1)).isEqualTo(new PrecisionRecall(0.25, 0.5, 1));
    }

    @Test
    void moreNeighboursMakeLargerBalls() {
        // With k = 2, radii 2, 1, 2 and 9 reach from -2 to 19; with k = 3, radii 10, 9, 8 and 10 from -10 to 20.
        Matrix real = line(0, 1, 2, 10);
        Matrix generated = line(3, -5, 19, 19.5);
        assertThat(PrecisionRecall.of(real, generated, 2).precision()).isEqualTo(0.5);
        assertThat(PrecisionRecall.of(real, generated, 3).precision()).isEqualTo(1);
    }

    @Test
    void aSetIsWhereItIs() {
        Matrix some = HandMade.normal(30, 5, 1, 1);
        assertThat(PrecisionRecall.of(some, some, 3)).isEqualTo(new PrecisionRecall(1, 1, 3));
        Matrix elsewhere = Matrix.zeros(30, 5);
        for (int i = 0; i < 150; i++) {
            elsewhere.data()[i] = some.data()[i] + 100;
        }
        assertThat(PrecisionRecall.of(some, elsewhere, 3)).isEqualTo(new PrecisionRecall(0, 0, 3));
    }

    @Test
    void whatIsLeftOutCostsRecallAndNotPrecision() {
        Matrix both = line(0, 1, 2, 3, 100, 101, 102, 103);
        Matrix one = line(0.5, 1.5, 2.5, 1, 2, 1.2, 1.8, 2.2);
        PrecisionRecall found = PrecisionRecall.of(both, one, 3);
        assertThat(found.precision()).isEqualTo(1);
        assertThat(found.recall()).isEqualTo(0.5);
    }

    @Test
    void equalExamplesAreNeighbours() {
        // Balls of radius 0 around points that are there twice.
        assertThat(PrecisionRecall.of(line(1, 1, 5, 5), line(1, 1, 1.1, 1.1), 1))
                .isEqualTo(new PrecisionRecall(0.5, 0.5, 1));
    }

    @ParameterizedTest
    @CsvSource({"700, 700, 7, 3", "257, 64, 4, 1", "65, 80, 6, 5", "130, 129, 13, 2"})
    void agreesWithTheDefinition(int reals, int fakes, int width, int k) {
        Matrix real = HandMade.normal(reals, width, 1, 1);
        Matrix fake = HandMade.normal(fakes, width, 1.3, 2);
        PrecisionRecall found = PrecisionRecall.of(real, fake, k);
        assertThat(found).isEqualTo(new PrecisionRecall(share(real, fake, k), share(fake, real, k), k));
        assertThat(found.precision()).isBetween(0.01, 0.99);
        assertThat(found.recall()).isBetween(0.01, 0.99);
    }

    /** The share of points within a ball around one of the centres, by the words of the definition. */
    private static double share(Matrix centres, Matrix points, int k) {
        double[] radii = IntStream.range(0, centres.rows())
                .mapToDouble(i -> IntStream.range(0, centres.rows())
                        .filter(j -> j != i)
                        .mapToDouble(j -> distance(centres, i, centres, j))
                        .sorted()
                        .skip(k - 1)
                        .findFirst()
                        .orElseThrow())
                .toArray();
        long inside = IntStream.range(0, points.rows())
                .filter(p ->
                        IntStream.range(0, centres.rows()).anyMatch(c -> distance(points, p, centres, c) <= radii[c]))
                .count();
        return (double) inside / points.rows();
    }

    private static double distance(Matrix a, int i, Matrix b, int j) {
        double sum = 0;
        for (int f = 0; f < a.columns(); f++) {
            double difference = (double) a.get(i, f) - b.get(j, f);
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    @Test
    void saysWhatItCannotCompare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrecisionRecall.of(line(1, 2, 3), line(1, 2, 3, 4), 3))
                .withMessage("found 3 examples, expected at least 4 for 3 neighbours of each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrecisionRecall.of(line(1, 2), line(1), 1))
                .withMessage("found 1 example, expected at least 2 for 1 neighbour of each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrecisionRecall.of(line(1, 2), line(1, 2), 0))
                .withMessage("neighbours: found 0, expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrecisionRecall.of(line(1, 2), Matrix.zeros(2, 2), 1))
                .withMessage("found examples of 1 and of 2 values, expected both of one size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrecisionRecall.of(line(1, 2), line(1, Double.POSITIVE_INFINITY), 1))
                .withMessage("found Infinity in example 1 at index 0, expected finite numbers");
    }
}
