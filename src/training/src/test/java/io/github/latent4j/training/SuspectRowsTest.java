package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuspectRowsTest {
    private static final int ROWS = 600;
    private static final int PLANTED = 30;
    private static final double SHARE = (double) PLANTED / ROWS;

    /** Normal rows, among which every twentieth is planted. */
    private static Matrix withPlanted(long seed, boolean group) {
        Matrix rows = Factors.rows(ROWS, seed);
        Random random = new Random(seed);
        for (int r = 0; r < ROWS; r += ROWS / PLANTED) {
            for (int f = 0; f < Factors.COLUMNS; f++) {
                rows.data()[r * Factors.COLUMNS + f] = (float)
                        (group ? (f % 2 == 0 ? 1.2 : -1.2) + 0.1 * random.nextGaussian() : 3 * random.nextGaussian());
            }
        }
        return rows;
    }

    private static boolean isPlanted(int row) {
        return row % (ROWS / PLANTED) == 0;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void plantedRowsAreFoundAndFewOthersLost(boolean group) {
        for (long seed = 1; seed <= 3; seed++) {
            boolean[] suspect = new SuspectRows(withPlanted(seed, group), SHARE, seed).find();
            long found = IntStream.range(0, ROWS)
                    .filter(r -> suspect[r] && isPlanted(r))
                    .count();
            long lost = IntStream.range(0, ROWS)
                    .filter(r -> suspect[r] && !isPlanted(r))
                    .count();
            assertThat(found).isGreaterThanOrEqualTo(PLANTED * 95 / 100);
            // Four shares of the rows are left out, whatever they are.
            assertThat(found + lost).isEqualTo(4 * PLANTED);
        }
    }

    @Test
    void whereDataFallIntoGroupsFewerRowsAreLost() {
        // A third of the rows are in small groups: to be near few others is nothing unusual.
        Random random = new Random(4);
        Matrix rows = Matrix.zeros(ROWS, 4);
        for (int r = 0; r < ROWS; r++) {
            Random group = new Random(r % 20);
            for (int f = 0; f < 4; f++) {
                double centre = 3 * group.nextGaussian();
                rows.data()[4 * r + f] =
                        (float) (r < 400 ? random.nextGaussian() : centre + 0.02 * random.nextGaussian());
            }
        }
        assertThat(count(new SuspectRows(rows, 0.01, 1).find())).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.2, 0.49})
    void neverMoreThanHalfOfTheRowsAreSuspect(double share) {
        boolean[] suspect = new SuspectRows(Factors.rows(100, 5), share, 1).find();
        assertThat(count(suspect)).isBetween((int) (100 * share), (int) Math.min(50, 400 * share));
    }

    @Test
    void missingFeaturesAndRowsThatAreAllAlikeAreNoTrouble() {
        Matrix holes = withPlanted(6, false);
        Random random = new Random(6);
        for (int i = 0; i < holes.data().length; i++) {
            holes.data()[i] = random.nextInt(10) == 0 ? Float.NaN : holes.data()[i];
        }
        boolean[] suspect = new SuspectRows(holes, SHARE, 1).find();
        assertThat(IntStream.range(0, ROWS)
                        .filter(r -> suspect[r] && isPlanted(r))
                        .count())
                .isGreaterThanOrEqualTo(PLANTED * 8 / 10);
        Matrix empty = Matrix.zeros(40, 3);
        Arrays.fill(empty.data(), Float.NaN);
        assertThat(count(new SuspectRows(empty, 0.1, 1).find())).isLessThanOrEqualTo(16);
        assertThat(count(new SuspectRows(Matrix.zeros(40, 3), 0.1, 1).find())).isLessThanOrEqualTo(16);
    }

    @Test
    void anyNumberOfThreadsFindsTheSameRows() throws InterruptedException, ExecutionException {
        Matrix rows = withPlanted(7, true);
        boolean[] expected = new SuspectRows(rows, SHARE, 1).find();
        for (int threads : new int[] {1, 3, 8}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                assertThat(pool.submit(() -> new SuspectRows(rows, SHARE, 1).find())
                                .get())
                        .isEqualTo(expected);
            } finally {
                pool.shutdown();
            }
        }
    }

    private static int count(boolean[] suspect) {
        int count = 0;
        for (boolean one : suspect) {
            count += one ? 1 : 0;
        }
        return count;
    }
}
