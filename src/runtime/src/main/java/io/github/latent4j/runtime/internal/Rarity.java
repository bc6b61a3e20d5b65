package io.github.latent4j.runtime.internal;

/**
 * How rare a value is among normal ones: −ln of the share of them that is expected to be greater. It grows with the value
 * throughout, and beyond the greatest normal value too: above the upper quarter of the normal values the share falls off
 * exponentially, with their mean excess. Immutable and thread-safe.
 */
public final class Rarity {
    private static final double TAIL = 0.25;

    private final double[] sorted;
    private final double edge;
    private final double excess;
    private final double edgeRarity;

    /**
     * Takes values of normal examples.
     *
     * @param ascending in ascending order, at least one
     */
    public Rarity(double[] ascending) {
        this.sorted = ascending;
        int n = sorted.length;
        int first = Math.min(n - 1, (int) Math.floor((1 - TAIL) * n));
        this.edge = sorted[first];
        double sum = 0;
        for (int i = first; i < n; i++) {
            sum += sorted[i] - edge;
        }
        double spread = sorted[n - 1] - sorted[0];
        double least = Math.max(1e-9 * Math.max(1, Math.abs(edge)), 1e-3 * spread);
        this.excess = Math.max(least, sum / (n - first));
        this.edgeRarity = -Math.log((n - first) / (n + 1.0));
    }

    /**
     * How rare a value is.
     *
     * @param value any number
     * @return at least 0, growing with the value
     */
    public double of(double value) {
        if (value >= edge) {
            return edgeRarity + (value - edge) / excess;
        }
        // Between the normal values, the share goes along straight lines; below the least it stays.
        int n = sorted.length;
        if (value <= sorted[0]) {
            return -Math.log(n / (n + 1.0));
        }
        int above = 0;
        int high = n;
        while (above < high) {
            int middle = (above + high) >>> 1;
            if (sorted[middle] < value) {
                above = middle + 1;
            } else {
                high = middle;
            }
        }
        double gap = sorted[above] - sorted[above - 1];
        double within = gap > 0 ? (value - sorted[above - 1]) / gap : 1;
        return -Math.log((n - (above - 1 + within)) / (n + 1.0));
    }
}
