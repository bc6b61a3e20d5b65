package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Where examples lie, as the union of balls around them: each reaches to the k-th nearest of the others. Distances are exact;
 * the processors share the work.
 */
final class NeighbourBalls {
    private static final int QUERIES = 64;

    private final Matrix points;
    private final SquaredDistances distances;
    private final double[] squaredRadii;

    NeighbourBalls(Matrix points, int neighbours) {
        this.points = points;
        this.distances = new SquaredDistances(points);
        this.squaredRadii = new double[points.rows()];
        blocks(points).forEach(from -> {
            int to = Math.min(points.rows(), from + QUERIES);
            double[][] nearest = new double[to - from][neighbours];
            for (double[] row : nearest) {
                Arrays.fill(row, Double.POSITIVE_INFINITY);
            }
            distances.of(points, from, to, (q, first, squares, count) -> {
                for (int j = 0; j < count; j++) {
                    if (squares[j] < nearest[q - from][neighbours - 1] && first + j != q) {
                        insert(nearest[q - from], squares[j]);
                    }
                }
            });
            for (int q = from; q < to; q++) {
                squaredRadii[q] = nearest[q - from][neighbours - 1];
            }
        });
    }

    private static IntStream blocks(Matrix points) {
        return IntStream.range(0, (points.rows() + QUERIES - 1) / QUERIES)
                .parallel()
                .map(block -> block * QUERIES);
    }

    /** Puts a value into an ascending array in place of the last. */
    private static void insert(double[] ascending, double value) {
        int at = ascending.length - 1;
        while (at > 0 && ascending[at - 1] > value) {
            ascending[at] = ascending[at - 1];
            at--;
        }
        ascending[at] = value;
    }

    /** How much of each of two sets lies within the balls of the other. */
    static PrecisionRecall compare(NeighbourBalls real, NeighbourBalls generated, int neighbours) {
        BitSet inside = new BitSet();
        BitSet covered = new BitSet();
        for (Found found : blocks(generated.points)
                .mapToObj(from -> real.compareWith(generated, from))
                .toList()) {
            inside.or(found.inside);
            covered.or(found.covered);
        }
        return new PrecisionRecall(
                (double) inside.cardinality() / generated.points.rows(),
                (double) covered.cardinality() / real.points.rows(),
                neighbours);
    }

    /** Which generated examples lie within balls of real ones, and which real ones in balls of generated ones. */
    private record Found(BitSet inside, BitSet covered) {}

    private Found compareWith(NeighbourBalls generated, int from) {
        Found found = new Found(new BitSet(generated.points.rows()), new BitSet(points.rows()));
        int to = Math.min(generated.points.rows(), from + QUERIES);
        distances.of(generated.points, from, to, (q, first, squares, count) -> {
            double own = generated.squaredRadii[q];
            boolean hit = false;
            for (int j = 0; j < count; j++) {
                hit |= squares[j] <= squaredRadii[first + j];
                if (squares[j] <= own) {
                    found.covered.set(first + j);
                }
            }
            if (hit) {
                found.inside.set(q);
            }
        });
        return found;
    }
}
