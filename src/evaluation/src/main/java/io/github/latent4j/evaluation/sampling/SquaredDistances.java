package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;

/**
 * Points laid out so that the squared distances of another point to a block of them are computed side by side: in double
 * precision, each summed in the order of the values, so that the distance of two points has the same bits both ways.
 */
final class SquaredDistances {
    /** Points of a block, whose values stay in a processor's second cache. */
    private static final int BLOCK = 256;

    private final int width;
    /** For each block an array for each value, and arrays of zeros up to a multiple of four. */
    private final double[][][] blocks;

    SquaredDistances(Matrix points) {
        int size = points.rows();
        this.width = points.columns();
        this.blocks = new double[(size + BLOCK - 1) / BLOCK][(width + 3) / 4 * 4][];
        for (int b = 0; b < blocks.length; b++) {
            int count = Math.min(BLOCK, size - b * BLOCK);
            for (int f = 0; f < blocks[b].length; f++) {
                blocks[b][f] = new double[count];
                for (int j = 0; f < width && j < count; j++) {
                    blocks[b][f][j] = points.data()[(b * BLOCK + j) * width + f];
                }
            }
        }
    }

    /** What is told of a point and the distances to consecutive others, in an array whose first {@code count} values count. */
    interface Sink {
        void accept(int query, int first, double[] distances, int count);
    }

    /** Goes through all distances of some points, from one on, to all points of this. */
    void of(Matrix queries, int from, int to, Sink sink) {
        double[][] padded = new double[to - from][blocks[0].length];
        for (int q = from; q < to; q++) {
            for (int f = 0; f < width; f++) {
                padded[q - from][f] = queries.data()[q * width + f];
            }
        }
        double[] distances = new double[BLOCK];
        for (int b = 0; b < blocks.length; b++) {
            int count = blocks[b][0].length;
            for (int q = from; q < to; q++) {
                Arrays.fill(distances, 0);
                for (int f = 0; f < width; f += 4) {
                    add(padded[q - from], blocks[b], f, distances, count);
                }
                sink.accept(q, b * BLOCK, distances, count);
            }
        }
    }

    /** Four values at a time in a loop with one index, which C2 turns into vector instructions. */
    private static void add(double[] query, double[][] block, int f, double[] sums, int count) {
        double q0 = query[f];
        double q1 = query[f + 1];
        double q2 = query[f + 2];
        double q3 = query[f + 3];
        double[] b0 = block[f];
        double[] b1 = block[f + 1];
        double[] b2 = block[f + 2];
        double[] b3 = block[f + 3];
        for (int j = 0; j < count; j++) {
            double d0 = q0 - b0[j];
            double d1 = q1 - b1[j];
            double d2 = q2 - b2[j];
            double d3 = q3 - b3[j];
            sums[j] = sums[j] + d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
        }
    }
}
