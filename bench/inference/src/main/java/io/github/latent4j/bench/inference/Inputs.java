package io.github.latent4j.bench.inference;

import java.util.Random;

/** What is encoded: numbers drawn from a seed, the same in each process. */
public final class Inputs {
    /** Values of an example. */
    public static final int INPUTS = 784;

    /** Values of a code. */
    public static final int LATENT = 20;

    /** Examples of a batch. */
    public static final int BATCH = 256;

    private Inputs() {}

    /** Values in (0, 1), none of them 0. */
    static float[] dense(long seed) {
        Random random = new Random(seed);
        float[] example = new float[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            example[i] = 1 - random.nextFloat();
        }
        return example;
    }

    /** The same, but half of the values, at places drawn at random, are 0. */
    static float[] halfZero(long seed) {
        Random random = new Random(seed);
        float[] example = dense(seed);
        int zeros = INPUTS / 2;
        for (int i = 0; zeros > 0; i++) {
            if (random.nextInt(INPUTS - i) < zeros) {
                example[i] = 0;
                zeros--;
            }
        }
        return example;
    }

    /** Rows, one after the other, of dense examples. */
    static float[] batch(int rows, long seed) {
        float[] examples = new float[rows * INPUTS];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(dense(seed + r), 0, examples, r * INPUTS, INPUTS);
        }
        return examples;
    }
}
