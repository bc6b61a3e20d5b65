package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IsolationForestTest {
    private static double[] oddness(Matrix rows, long seed) {
        IsolationForest forest = new IsolationForest(rows, seed);
        return IntStream.range(0, rows.rows())
                .mapToDouble(r -> forest.oddness(rows.row(r)))
                .toArray();
    }

    @Test
    void aFarRowIsTheOddest() {
        Matrix rows = Factors.rows(200, 1);
        for (int f = 0; f < Factors.COLUMNS; f++) {
            rows.data()[77 * Factors.COLUMNS + f] = f % 2 == 0 ? 8 : -8;
        }
        for (long seed = 1; seed <= 5; seed++) {
            double[] oddness = oddness(rows, seed);
            assertThat(Arrays.stream(oddness).max().orElseThrow()).isEqualTo(oddness[77]);
            assertThat(oddness[77]).isGreaterThan(-8).isLessThan(0);
        }
    }

    @Test
    void missingFeaturesAreLowOnes() {
        Matrix rows = Matrix.zeros(101, 1);
        for (int r = 0; r < 100; r++) {
            rows.data()[r] = 100 + r;
        }
        rows.data()[100] = Float.NaN;
        IsolationForest forest = new IsolationForest(rows, 1);
        assertThat(forest.oddness(new float[] {Float.NaN})).isEqualTo(forest.oddness(new float[] {-1e30f}));
    }

    @Test
    void rowsThatDoNotDifferAreAllAlike() {
        assertThat(Arrays.stream(oddness(Matrix.zeros(50, 3), 1)).distinct()).hasSize(1);
        assertThat(oddness(Matrix.zeros(1, 3), 1)).containsExactly(0);
    }

    @Test
    void anyNumberOfThreadsGrowsTheSameTrees() throws InterruptedException, ExecutionException {
        Matrix rows = Factors.rows(300, 2);
        double[] expected = oddness(rows, 3);
        for (int threads : new int[] {1, 3, 8}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                assertThat(pool.submit(() -> oddness(rows, 3)).get()).isEqualTo(expected);
            } finally {
                pool.shutdown();
            }
        }
        assertThat(oddness(rows, 4)).isNotEqualTo(expected);
    }
}
