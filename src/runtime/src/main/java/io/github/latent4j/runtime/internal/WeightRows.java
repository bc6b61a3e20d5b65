package io.github.latent4j.runtime.internal;

/**
 * A weight matrix with one array for each input, which holds its weights to all outputs. Products then run along the outputs
 * in loops with one index for all arrays, which the compiler vectorises, and every output is a sum in the order of the inputs,
 * whatever the batch and whichever kernel computes it. Immutable.
 */
final class WeightRows {
    private static final int HEADER = 16;
    private static final int CACHE_LINE = 64;

    /** How many outputs are laid out at a time, so that what is read stays in the first cache. */
    private static final int STRIPE = 16;

    private final float[][] rows;
    private final int outputs;

    /**
     * Lays weights out.
     *
     * @param weights holds the matrix, row-major, one row an output
     * @param offset where it starts
     * @param outputs its rows
     * @param inputs its columns
     */
    WeightRows(float[] weights, int offset, int outputs, int inputs) {
        this.rows = allocate(inputs, outputs);
        this.outputs = outputs;
        for (int from = 0; from < outputs; from += STRIPE) {
            int to = Math.min(outputs, from + STRIPE);
            for (int i = 0; i < inputs; i++) {
                copy(weights, offset + i, inputs, rows[i], from, to);
            }
        }
    }

    private static void copy(float[] weights, int start, int stride, float[] row, int from, int to) {
        for (int o = from; o < to; o++) {
            row[o] = weights[start + o * stride];
        }
    }

    /**
     * Rows of zeros that take whole cache lines, so that all begin at the same place within one.
     *
     * @param count how many
     * @param width values that each has to hold at least
     * @return the rows
     */
    static float[][] allocate(int count, int width) {
        long bytes = HEADER + (long) Float.BYTES * width;
        long padded = (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
        return new float[count][(int) Math.min(Integer.MAX_VALUE - 8, (padded - HEADER) / Float.BYTES)];
    }

    float[] of(int input) {
        return rows[input];
    }

    int inputs() {
        return rows.length;
    }

    int outputs() {
        return outputs;
    }
}
