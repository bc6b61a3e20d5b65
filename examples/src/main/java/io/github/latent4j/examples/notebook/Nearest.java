package io.github.latent4j.examples.notebook;

import io.github.latent4j.runtime.Matrix;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds what is near. */
public final class Nearest {
    private Nearest() {}

    /**
     * The rows that are nearest to a point, by Euclidean distance.
     *
     * @param rows where to look
     * @param point as many values as a row
     * @param count how many are wanted, at most as many as there are
     * @return their numbers, the nearest first
     */
    public static List<Integer> of(Matrix rows, float[] point, int count) {
        double[] distances = IntStream.range(0, rows.rows())
                .mapToDouble(row -> squaredDistance(rows.row(row), point))
                .toArray();
        return IntStream.range(0, rows.rows())
                .boxed()
                .sorted(Comparator.comparingDouble(row -> distances[row]))
                .limit(count)
                .toList();
    }

    private static double squaredDistance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }
}
