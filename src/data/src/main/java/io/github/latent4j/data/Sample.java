package io.github.latent4j.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A uniformly random choice of a bounded number of numbers, of which nobody knows how many come (Vitter 1985, algorithm R). */
final class Sample {
    private static final int FIRST = 64;

    private final int most;
    private final SplittableRandom random;
    private double[] chosen = new double[0];
    private int size;
    private long seen;

    Sample(int most, long seed) {
        this.most = most;
        this.random = new SplittableRandom(seed);
    }

    /** Takes a number; −0 is taken for 0, from which sorting would tell it. */
    void add(double number) {
        double value = number + 0.0;
        seen++;
        if (size < most) {
            if (size == chosen.length) {
                chosen = Arrays.copyOf(chosen, Math.min(most, Math.max(FIRST, 2 * size)));
            }
            chosen[size++] = value;
        } else {
            long place = random.nextLong(seen);
            if (place < most) {
                chosen[(int) place] = value;
            }
        }
    }

    /** The chosen numbers in their order of size. */
    double[] sorted() {
        double[] sorted = Arrays.copyOf(chosen, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
