package io.github.latent4j.data;

import java.util.function.IntUnaryOperator;

/**
 * A pseudo-random permutation of 0 … n − 1 that is computed and not stored: a Feistel network of four rounds over the next
 * even power of two, walked along its cycles until the value falls below n (Black and Rogaway 2002, "Ciphers with arbitrary
 * finite domains"). Immutable and thread-safe.
 */
public final class Permutation implements IntUnaryOperator {
    private static final int ROUNDS = 4;

    private final int size;
    private final int halfBits;
    private final long[] keys = new long[ROUNDS];

    /**
     * Makes a permutation.
     *
     * @param size n, at least 1
     * @param key any number; each gives an order of its own
     * @throws IllegalArgumentException if {@code size} is below 1
     */
    public Permutation(int size, long key) {
        if (size < 1) {
            throw new IllegalArgumentException("size: found %d, expected at least 1".formatted(size));
        }
        this.size = size;
        int bits = 32 - Integer.numberOfLeadingZeros(size - 1);
        this.halfBits = Math.max(1, (bits + 1) / 2);
        for (int round = 0; round < ROUNDS; round++) {
            keys[round] = Seeds.mix(key, round);
        }
    }

    /**
     * Where an index goes.
     *
     * @param index from 0 to n − 1
     * @return its image, from 0 to n − 1
     * @throws IndexOutOfBoundsException if the index is out of range
     */
    @Override
    public int applyAsInt(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index: found %d, expected 0 to %d".formatted(index, size - 1));
        }
        long value = index;
        do {
            value = encipher(value);
        } while (value >= size);
        return (int) value;
    }

    private long encipher(long value) {
        long mask = (1L << halfBits) - 1;
        long left = value >>> halfBits;
        long right = value & mask;
        for (long key : keys) {
            long next = left ^ (Seeds.mix(key, right) & mask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
