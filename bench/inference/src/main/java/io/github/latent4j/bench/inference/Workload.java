package io.github.latent4j.bench.inference;

import java.util.Arrays;

/** What a peer is told to do again and again. */
final class Workload {
    /** So many inputs of a kind come in turn that no processor learns where their zeros are. */
    private static final int EXAMPLES = 64;

    private final Encoder encoder;
    private final float[][] dense = new float[EXAMPLES][];
    private final float[][] halfZero = new float[EXAMPLES][];
    private final float[] batch = Inputs.batch(Inputs.BATCH, EXAMPLES);
    private final float[] code = new float[Inputs.LATENT];
    private final float[] codes = new float[Inputs.BATCH * Inputs.LATENT];

    Workload(Encoder encoder) {
        this.encoder = encoder;
        for (int k = 0; k < EXAMPLES; k++) {
            dense[k] = Inputs.dense(k);
            halfZero[k] = Inputs.halfZero(k);
        }
    }

    /** Times single calls: so many of dense inputs and as many of half-zero ones, in alternating blocks. */
    Latencies single(int calls) {
        long[] ofDense = new long[calls];
        long[] ofHalfZero = new long[calls];
        long start = System.nanoTime();
        for (int from = 0; from < calls; from += EXAMPLES) {
            int to = Math.min(calls, from + EXAMPLES);
            time(dense, from, to, ofDense);
            time(halfZero, from, to, ofHalfZero);
        }
        long nanos = System.nanoTime() - start;
        Arrays.sort(ofDense);
        Arrays.sort(ofHalfZero);
        return new Latencies(
                nanos,
                Latencies.percentile(ofDense, 50),
                Latencies.percentile(ofDense, 99),
                Latencies.percentile(ofHalfZero, 50),
                Latencies.percentile(ofHalfZero, 99));
    }

    private void time(float[][] examples, int from, int to, long[] nanos) {
        for (int k = from; k < to; k++) {
            long before = System.nanoTime();
            encoder.encode(examples[k % EXAMPLES], code);
            nanos[k] = System.nanoTime() - before;
        }
    }

    /** Encodes batches and gives the nanoseconds that all took. */
    long batches(int calls) {
        long start = System.nanoTime();
        for (int k = 0; k < calls; k++) {
            encoder.encode(batch, Inputs.BATCH, codes);
        }
        return System.nanoTime() - start;
    }
}
