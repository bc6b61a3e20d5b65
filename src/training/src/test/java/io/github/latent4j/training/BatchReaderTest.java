package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchReaderTest {
    private static final Examples NUMBERS = numbers(10);

    private static Examples numbers(int count) {
        Matrix matrix = Matrix.zeros(count, 1);
        IntStream.range(0, count).forEach(i -> matrix.data()[i] = i);
        return Examples.of(matrix, new InputContract.Vector(1), "numbers");
    }

    private static List<float[]> read(int size, int first) {
        List<float[]> batches = new ArrayList<>();
        try (BatchReader reader = new BatchReader(NUMBERS, i -> 9 - i, size, first)) {
            for (int k = first; k < BatchReader.count(10, size); k++) {
                batches.add(reader.next().examples().data());
            }
        }
        return batches;
    }

    @Test
    void batchesComeInOrderAndTheLastIsShorter() {
        assertThat(read(4, 0)).containsExactly(new float[] {9, 8, 7, 6}, new float[] {5, 4, 3, 2}, new float[] {1, 0});
        assertThat(read(100, 0)).containsExactly(new float[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 0});
    }

    @Test
    void readingStartsAtAnyBatch() {
        assertThat(read(4, 2)).containsExactly(new float[] {1, 0});
        assertThat(read(5, 1)).containsExactly(new float[] {4, 3, 2, 1, 0});
    }

    @Test
    void indicesAreThoseOfTheExamples() {
        Permutation order = new Permutation(10, 7);
        try (BatchReader reader = new BatchReader(NUMBERS, order, 10, 0)) {
            BatchReader.Batch batch = reader.next();
            assertThat(Arrays.stream(batch.indices()).boxed()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            for (int i = 0; i < 10; i++) {
                assertThat(batch.examples().data()[i]).isEqualTo(batch.indices()[i]);
            }
        }
    }

    @Test
    void whatGoesWrongWhileReadingIsThrownWhereTheBatchIsTaken() {
        // Not a probability: binarised examples refuse to be read.
        Examples broken = NUMBERS.binarised(1);
        try (BatchReader reader = new BatchReader(broken, i -> i, 2, 0)) {
            assertThat(reader.next().indices()).containsExactly(0, 1);
            assertThatThrownBy(reader::next)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "numbers: found 2.0 in example 2 at index 0, expected 0 to 1, a probability to draw from");
        }
    }

    @Test
    void closingEndsTheThread() throws InterruptedException {
        BatchReader reader = new BatchReader(NUMBERS, i -> i, 1, 0);
        reader.next();
        reader.close();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("latent4j-batches")) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void anInterruptedTrainingThreadStillGetsItsBatch() {
        try (BatchReader reader = new BatchReader(NUMBERS, i -> i, 10, 0)) {
            Thread.currentThread().interrupt();
            assertThat(reader.next().indices()).hasSize(10);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
