package io.github.latent4j.evaluation.latent;

/**
 * What simple classifiers make of the codes: how often the label of the nearest code (Euclidean distance) and that of a linear
 * softmax classifier are right, beside the same on the codes of a principal component analysis with as many dimensions, and on
 * the features themselves. Each was fitted on other examples than it was measured on.
 *
 * @param fittedOn the number of examples with which labels are looked up and classifiers trained
 * @param measuredOn the number of examples that are counted
 * @param labels the number of labels among the first
 * @param mostFrequent the share of the measured examples that have the label which is the most frequent among the fitted ones:
 *     what says nothing gets that
 * @param code the classifiers of the codes
 * @param pca those of the PCA's codes
 * @param raw those of the features, as the model takes them
 */
public record Probes(int fittedOn, int measuredOn, int labels, double mostFrequent, Probe code, Probe pca, Probe raw) {
    /**
     * Classifiers of one kind of numbers.
     *
     * @param dimensions how many numbers an example has
     * @param nearestNeighbour the share of the measured examples that have the label of their nearest neighbour
     * @param linear the share that a linear classifier is right about
     */
    public record Probe(int dimensions, double nearestNeighbour, double linear) {}
}
