package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighboursTest {
    private static final float NAN = Float.NaN;

    private static final double FARTHEST = Math.sqrt(Float.MAX_VALUE);

    private static Matrix random(int rows, int columns, double missing, long seed) {
        Random random = new Random(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = random.nextDouble() < missing ? NAN : (float) random.nextGaussian();
        }
        return matrix;
    }

    /** In double precision, from the definition. */
    private static double[] squares(Matrix reference, float[] row) {
        return IntStream.range(0, reference.rows())
                .mapToDouble(r -> {
                    double sum = 0;
                    int compared = 0;
                    for (int f = 0; f < row.length; f++) {
                        double difference = (double) reference.get(r, f) - row[f];
                        if (!Double.isNaN(difference)) {
                            sum += difference * difference;
                            compared++;
                        }
                    }
                    return compared == 0 ? Double.POSITIVE_INFINITY : sum * row.length / compared;
                })
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 0.3", "0.3, 0", "0.3, 0.3", "0.8, 0.8"})
    void distancesAreThoseOfAllRowsCompared(double missingThere, double missingHere) {
        Matrix reference = random(200, 5, missingThere, 1);
        Neighbours neighbours = new Neighbours(reference);
        Matrix rows = random(50, 5, missingHere, 2);
        for (int r = 0; r < rows.rows(); r++) {
            float[] row = rows.row(r);
            double[] expected = squares(reference, row);
            float[] found = neighbours.squares(row);
            for (int i = 0; i < expected.length; i++) {
                if (Double.isInfinite(expected[i])) {
                    assertThat(found[i]).isInfinite();
                } else {
                    assertThat((double) found[i]).isCloseTo(expected[i], within(1e-5 * (1 + expected[i])));
                }
            }
            double[] sorted = Arrays.stream(expected)
                    .filter(Double::isFinite)
                    .map(Math::sqrt)
                    .sorted()
                    .toArray();
            for (int count : new int[] {1, 3, 7}) {
                double mean = Arrays.stream(sorted).limit(count).average().orElse(FARTHEST);
                assertThat(neighbours.distance(row, count)).isCloseTo(mean, within(1e-5 * (1 + mean)));
            }
            int nearest = neighbours.nearest(row);
            if (sorted.length > 0) {
                assertThat(Math.sqrt(expected[nearest])).isCloseTo(sorted[0], within(1e-5));
            }
        }
    }

    @Test
    void aCountAboveTheRowsTakesAllOfThem() {
        Neighbours neighbours = new Neighbours(Matrix.of(new float[] {0, 0}, new float[] {3, 4}));
        assertThat(neighbours.distance(new float[] {0, 0}, 2)).isEqualTo(2.5);
        assertThat(neighbours.distance(new float[] {0, 0}, 1000)).isEqualTo(2.5);
    }

    @Test
    void equalRowsCountEachAndTheFirstIsTheNearest() {
        Neighbours neighbours =
                new Neighbours(Matrix.of(new float[] {9}, new float[] {2}, new float[] {2}, new float[] {2}));
        assertThat(neighbours.nearest(new float[] {0})).isEqualTo(1);
        assertThat(neighbours.distance(new float[] {0}, 3)).isEqualTo(2);
        assertThat(neighbours.distance(new float[] {0}, 4)).isEqualTo(15 / 4.0);
    }

    @Test
    void hugeValuesAreFarButNotInfinitelyFar() {
        Neighbours neighbours = new Neighbours(Matrix.of(new float[] {-3e38f, 0}, new float[] {1, 1}));
        assertThat(neighbours.squares(new float[] {3e38f, 0})).containsExactly(Float.MAX_VALUE, Float.MAX_VALUE);
        assertThat(neighbours.distance(new float[] {3e38f, 0}, 2)).isEqualTo(FARTHEST);
        assertThat(neighbours.distance(new float[] {1, 1}, 2)).isEqualTo(FARTHEST / 2);
        assertThat(neighbours.nearest(new float[] {1, 1})).isEqualTo(1);
        // The rest of a row is taken for all of it, which may be too much for a float, too.
        Neighbours holes = new Neighbours(Matrix.of(new float[] {1e19f, NAN}, new float[] {NAN, NAN}));
        assertThat(holes.squares(new float[] {-1e19f, 2})).containsExactly(Float.MAX_VALUE, Float.POSITIVE_INFINITY);
    }

    @Test
    void whereNothingCanBeComparedARowIsAsFarAsCanBe() {
        Neighbours neighbours = new Neighbours(Matrix.of(new float[] {1, NAN}, new float[] {2, NAN}));
        assertThat(neighbours.distance(new float[] {NAN, 5}, 2)).isEqualTo(FARTHEST);
        assertThat(neighbours.distance(new float[] {NAN, NAN}, 2)).isEqualTo(FARTHEST);
        assertThat(new Neighbours(Matrix.of(new float[] {1})).distance(new float[] {NAN}, 1))
                .isEqualTo(FARTHEST);
        assertThat(neighbours.nearest(new float[] {NAN, NAN})).isZero();
        // Rows without anything to compare do not count beside others.
        Neighbours some = new Neighbours(Matrix.of(new float[] {1, NAN}, new float[] {NAN, 7}));
        assertThat(some.distance(new float[] {NAN, 4}, 2)).isCloseTo(3 * Math.sqrt(2), within(1e-6));
    }

    @Test
    void theReferenceIsACopy() {
        Matrix reference = Matrix.of(new float[] {1, 1});
        Neighbours neighbours = new Neighbours(reference);
        reference.data()[0] = 100;
        assertThat(neighbours.distance(new float[] {1, 1}, 1)).isZero();
    }
}
