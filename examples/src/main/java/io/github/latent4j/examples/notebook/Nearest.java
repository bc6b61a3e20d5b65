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

    /**
     * The rows whose direction is nearest to that of a point, by the cosine of the angle between them. That is how searches compare texts:
     * of rows of words, a short text is no nearer than a long one.
     *
     * @param rows where to look
     * @param point as many values as a row
     * @param count how many are wanted, at most as many as there are
     * @return their numbers, the nearest first; a row of zeros has no direction and counts as at right angles to all
     */
    public static List<Integer> byCosine(Matrix rows, float[] point, int count) {
        double[] cosines = IntStream.range(0, rows.rows())
                .mapToDouble(row -> cosine(rows.row(row), point))
                .toArray();
        return IntStream.range(0, rows.rows())
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -cosines[row]))
                .limit(count)
                .toList();
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squares = 0;
        double others = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            squares += a[i] * a[i];
            others += b[i] * b[i];
        }
        return product == 0 ? 0 : product / Math.sqrt(squares * others);
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
