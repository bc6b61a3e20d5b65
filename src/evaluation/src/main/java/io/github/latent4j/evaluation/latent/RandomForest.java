package io.github.latent4j.evaluation.latent;

import io.github.latent4j.data.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A forest of trees that are each grown on a bootstrap sample (Breiman 2001, "Random forests", Machine Learning 45). For a number
 * a split lessens the variance, for a category Gini's impurity, which is the variance of its values written as ones and zeros: so
 * one code serves both. A split takes the best of all features, the first in a random order where several are equally good, and
 * not of some of them: where none of these tells anything, one that tells nothing would be split by, and the entropies that
 * importances are for feel a percent of that. Thresholds are those of {@link Bins}; a leaf has at least 5 examples. The forest
 * predicts the mean over its trees.
 *
 * <p>The importance of a feature is what its splits take from the impurity, as a share of what all splits of the tree take,
 * averaged over the trees (Breiman's mean decrease in impurity). Immutable; the same data and seed give the same forest.
 */
final class RandomForest {
    static final int TREES = 50;

    private static final int LEAST_OF_A_LEAF = 5;
    private static final long TAG = 0xf0;

    /** What the trees predict is relative to this, lest a large mean swallow the differences. */
    private final double centre;

    private final List<Node> trees;
    private final double[] importances;

    private sealed interface Node {
        /** The means of the outputs. */
        record Leaf(double[] means) implements Node {}

        /** Bins up to the given one go to the left. */
        record Split(int feature, int bin, Node left, Node right) implements Node {}
    }

    private RandomForest(double centre, List<Node> trees, double[] importances) {
        this.centre = centre;
        this.trees = trees;
        this.importances = importances;
    }

    /**
     * Grows a forest.
     *
     * @param bins the features
     * @param target one value an example
     * @param values how many values a categorical target has, 0 for a continuous one
     * @param seed any number
     */
    static RandomForest fit(Bins bins, double[] target, int values, long seed) {
        double centre = values > 0 ? 0 : Arrays.stream(target).average().orElseThrow();
        double[] centred = Arrays.stream(target).map(value -> value - centre).toArray();
        List<Grower> grown = IntStream.range(0, TREES)
                .parallel()
                .mapToObj(tree -> new Grower(bins, centred, values, new SplittableRandom(Seeds.mix(seed, TAG, tree))))
                .toList();
        double[] importances = new double[bins.features()];
        for (Grower tree : grown) {
            double all = Arrays.stream(tree.decreases).sum();
            for (int f = 0; all > 0 && f < importances.length; f++) {
                importances[f] += tree.decreases[f] / all / TREES;
            }
        }
        return new RandomForest(centre, grown.stream().map(tree -> tree.root).toList(), importances);
    }

    /** One value a feature; they add up to 1, or to less if trees found nothing to split. */
    double[] importances() {
        return importances.clone();
    }

    /** The mean of a continuous target, or the probabilities of a categorical one's values. */
    double[] predict(Bins examples, int row) {
        double[] sum = new double[0];
        for (Node tree : trees) {
            Node node = tree;
            while (node instanceof Node.Split split) {
                node = examples.bin(split.feature(), row) <= split.bin() ? split.left() : split.right();
            }
            double[] means = ((Node.Leaf) node).means();
            if (sum.length == 0) {
                sum = new double[means.length];
                Arrays.fill(sum, centre);
            }
            for (int k = 0; k < sum.length; k++) {
                sum[k] += means[k] / TREES;
            }
        }
        return sum;
    }

    /** Grows one tree. */
    private static final class Grower {
        private final Bins bins;
        private final SplittableRandom random;
        private final int outputs;

        /** Which output an example adds to, and what: a category adds 1 to its own. */
        private final int[] output;

        private final double[] amount;

        private final int[] features;
        private final double[] decreases;
        private final Node root;

        Grower(Bins bins, double[] target, int values, SplittableRandom random) {
            this.bins = bins;
            this.random = random;
            this.outputs = Math.max(1, values);
            int n = target.length;
            this.output = new int[n];
            this.amount = new double[n];
            for (int i = 0; i < n; i++) {
                output[i] = values > 0 ? (int) target[i] : 0;
                amount[i] = values > 0 ? 1 : target[i];
            }
            this.features = IntStream.range(0, bins.features()).toArray();
            this.decreases = new double[features.length];
            this.root = grow(random.ints(n, 0, n).toArray());
        }

        private record Best(int feature, int bin, double decrease) {}

        private Node grow(int[] rows) {
            double[] sums = new double[outputs];
            for (int row : rows) {
                sums[output[row]] += amount[row];
            }
            boolean leaf = rows.length < 2 * LEAST_OF_A_LEAF || (outputs > 1 && pure(sums));
            Best best = leaf ? NONE : best(rows, sums);
            if (best.feature() < 0) {
                Arrays.setAll(sums, k -> sums[k] / rows.length);
                return new Node.Leaf(sums);
            }
            decreases[best.feature()] += best.decrease();
            int[] left = Arrays.stream(rows)
                    .filter(row -> bins.bin(best.feature(), row) <= best.bin())
                    .toArray();
            int[] right = Arrays.stream(rows)
                    .filter(row -> bins.bin(best.feature(), row) > best.bin())
                    .toArray();
            return new Node.Split(best.feature(), best.bin(), grow(left), grow(right));
        }

        private static final Best NONE = new Best(-1, 0, 0);

        private static boolean pure(double[] sums) {
            return Arrays.stream(sums).filter(sum -> sum > 0).count() < 2;
        }

        private Best best(int[] rows, double[] sums) {
            Best best = NONE;
            for (int k = 0; k < features.length; k++) {
                int other = k + random.nextInt(features.length - k);
                int feature = features[other];
                features[other] = features[k];
                features[k] = feature;
                Best found = best(rows, sums, feature);
                best = found.decrease() > best.decrease() ? found : best;
            }
            return best;
        }

        private Best best(int[] rows, double[] sums, int feature) {
            int count = bins.count(feature);
            int[] sizes = new int[count];
            double[] parts = new double[count * outputs];
            int first = count;
            int last = 0;
            for (int row : rows) {
                int bin = bins.bin(feature, row);
                first = Math.min(first, bin);
                last = Math.max(last, bin);
                sizes[bin]++;
                parts[bin * outputs + output[row]] += amount[row];
            }
            double[] none = new double[outputs];
            double before = squares(sums, none) / rows.length;
            // A decrease of rounding errors is none.
            Best best = new Best(-1, 0, 1e-9 * Math.abs(before));
            double[] left = new double[outputs];
            int size = 0;
            for (int bin = first; bin < last; bin++) {
                size += sizes[bin];
                for (int k = 0; k < outputs; k++) {
                    left[k] += parts[bin * outputs + k];
                }
                int rest = rows.length - size;
                if (sizes[bin] > 0 && size >= LEAST_OF_A_LEAF && rest >= LEAST_OF_A_LEAF) {
                    double decrease = squares(left, none) / size + squares(sums, left) / rest - before;
                    best = decrease > best.decrease() ? new Best(feature, bin, decrease) : best;
                }
            }
            return best.feature() < 0 ? NONE : best;
        }

        /** Σ (a − b)². */
        private static double squares(double[] a, double[] b) {
            double sum = 0;
            for (int k = 0; k < a.length; k++) {
                sum += (a[k] - b[k]) * (a[k] - b[k]);
            }
            return sum;
        }
    }
}
