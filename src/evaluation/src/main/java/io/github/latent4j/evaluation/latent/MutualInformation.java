package io.github.latent4j.evaluation.latent;

import java.util.Arrays;

/** Entropies of whole numbers, of their frequencies as they are, in nats. */
final class MutualInformation {
    private MutualInformation() {}

    static double entropy(int[] values) {
        int[] counts = new int[Arrays.stream(values).max().orElse(0) + 1];
        for (int value : values) {
            counts[value]++;
        }
        double entropy = 0;
        for (int count : counts) {
            double share = (double) count / values.length;
            entropy -= count == 0 ? 0 : share * Math.log(share);
        }
        return entropy;
    }

    /** I(a; b) = H(a) + H(b) − H(a, b). */
    static double of(int[] a, int[] b) {
        int width = Arrays.stream(b).max().orElse(0) + 1;
        int[] both = new int[a.length];
        Arrays.setAll(both, i -> a[i] * width + b[i]);
        return Math.max(0, entropy(a) + entropy(b) - entropy(both));
    }

    /**
     * The mutual information gap of one factor: that of the dimension which has most less that of the next, as a share of the
     * factor's entropy.
     *
     * @param information one value a dimension
     * @param entropy above 0
     */
    static double gap(double[] information, double entropy) {
        double[] sorted = information.clone();
        Arrays.sort(sorted);
        double second = sorted.length > 1 ? sorted[sorted.length - 2] : 0;
        return (sorted[sorted.length - 1] - second) / entropy;
    }
}
