package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.runtime.Matrix;

/**
 * How good and how varied generated examples are, apart from each other (Kynkäänniemi et al. 2019, "Improved precision and
 * recall metric for assessing generative models", arXiv 1904.06991): a ball around each example of a set reaches to the k-th
 * nearest other example of that set, its rim included. Equal examples count as different ones, and may be each other's neighbours.
 *
 * @param precision the share of the generated examples that lie in a ball of a real one: how many look real; 0 to 1
 * @param recall the share of the real examples that lie in a ball of a generated one: how much of what is real can be
 *     generated; 0 to 1
 * @param neighbours k
 */
public record PrecisionRecall(double precision, double recall, int neighbours) {
    /** The k of the paper. */
    public static final int NEIGHBOURS = 3;

    /**
     * Compares two sets with all distances between their examples, in double precision, on all processors. Balls shrink as
     * examples grow in number, so both figures compare at equal numbers alone; sets should be of equal size, as in the paper.
     *
     * @param real one example a row, usually as features
     * @param generated as wide
     * @param neighbours k, at least 1
     * @return both shares
     * @throws IllegalArgumentException if k is below 1, a set has no more than k examples, the widths differ or a value is not
     *     finite
     */
    public static PrecisionRecall of(Matrix real, Matrix generated, int neighbours) {
        requireNeighbours(neighbours);
        FeatureRows.check(
                real,
                generated,
                neighbours + 1,
                neighbours == 1 ? "for 1 neighbour of each" : "for %d neighbours of each".formatted(neighbours));
        return NeighbourBalls.compare(
                new NeighbourBalls(real, neighbours), new NeighbourBalls(generated, neighbours), neighbours);
    }

    static void requireNeighbours(int neighbours) {
        if (neighbours < 1) {
            throw new IllegalArgumentException("neighbours: found %d, expected at least 1".formatted(neighbours));
        }
    }
}
