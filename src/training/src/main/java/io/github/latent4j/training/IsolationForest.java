package io.github.latent4j.training;

import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Matrix;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How few random cuts set a row apart from others (Liu, Ting and Zhou 2008, "Isolation forest"). Immutable and thread-safe. A
 * missing feature goes to the side with the lower values.
 */
final class IsolationForest {
    private static final int TREES = 200;
    private static final int ROWS = 256;
    private static final int DEPTH = 8;

    private final List<Node> trees;

    private sealed interface Node {}

    /** Rows with at most that value of a feature go to the first side. */
    private record Cut(int feature, float value, Node low, Node high) implements Node {}

    private record Leaf(double depth) implements Node {}

    /**
     * Grows the trees, each on some of the rows.
     *
     * @param rows features
     * @param seed of the choice of rows and cuts
     */
    IsolationForest(Matrix rows, long seed) {
        this.trees = IntStream.range(0, TREES)
                .parallel()
                .mapToObj(t -> {
                    SplittableRandom random = new SplittableRandom(Seeds.mix(seed, t));
                    int[] some = random.ints(Math.min(ROWS, rows.rows()), 0, rows.rows())
                            .toArray();
                    return grown(rows, some, 0, random);
                })
                .toList();
    }

    private static Node grown(Matrix rows, int[] some, int depth, SplittableRandom random) {
        if (some.length <= 1 || depth == DEPTH) {
            return new Leaf(depth + expectedDepth(some.length));
        }
        // A feature that does not vary here cannot be cut; some others are tried then.
        for (int attempt = 0; attempt < DEPTH; attempt++) {
            int feature = random.nextInt(rows.columns());
            float least = Float.POSITIVE_INFINITY;
            float greatest = Float.NEGATIVE_INFINITY;
            for (int row : some) {
                float value = rows.data()[row * rows.columns() + feature];
                if (!Float.isNaN(value)) {
                    least = Math.min(least, value);
                    greatest = Math.max(greatest, value);
                }
            }
            if (least < greatest) {
                float cut = (float) (least + random.nextDouble() * ((double) greatest - least));
                float value = Math.min(cut, Math.nextDown(greatest));
                return new Cut(
                        feature,
                        value,
                        grown(rows, side(rows, some, feature, value, true), depth + 1, random),
                        grown(rows, side(rows, some, feature, value, false), depth + 1, random));
            }
        }
        return new Leaf(depth + expectedDepth(some.length));
    }

    private static int[] side(Matrix rows, int[] some, int feature, float cut, boolean low) {
        return IntStream.of(some)
                .filter(row -> isLow(rows.data()[row * rows.columns() + feature], cut) == low)
                .toArray();
    }

    private static boolean isLow(float value, float cut) {
        return Float.isNaN(value) || value <= cut;
    }

    /** How deep an unsuccessful search in a binary search tree of some rows ends on average. */
    private static double expectedDepth(int rows) {
        if (rows <= 1) {
            return 0;
        }
        double harmonic = Math.log(rows - 1.0) + 0.5772156649;
        return 2 * harmonic - 2.0 * (rows - 1) / rows;
    }

    /**
     * How soon a row is set apart.
     *
     * @param row features
     * @return minus the mean depth of its leaves; higher is odder
     */
    double oddness(float[] row) {
        double sum = 0;
        for (Node tree : trees) {
            Node node = tree;
            while (node instanceof Cut cut) {
                node = isLow(row[cut.feature], cut.value) ? cut.low : cut.high;
            }
            sum -= ((Leaf) node).depth;
        }
        return sum / TREES;
    }
}
