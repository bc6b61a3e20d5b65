package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.MultiplicationProvider;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiplication with {@code jdk.incubator.vector}: of a batch, tiles of four examples by two vectors of outputs stay in
 * registers while the inputs pass. Sums are taken in the order in which {@link PlainMultiplication} takes them, so both give the
 * same bits; what is no tile is left to that. Loaded only where the module is there.
 *
 * <p>Before the compiler has dealt with it, code of this kind is many times slower, and where it has no vectors for it (an
 * interpreter, a compiler of the first tier) it stays so. Hence a thread of its own runs it when the class is loaded, until it is
 * faster than plain Java, or for five seconds at most; until then everything is left to plain Java.
 */
final class VectorMultiplication implements MultiplicationProvider {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int TILE = 2 * LANES;

    private static final int TRIAL_INPUTS = 256;
    private static final int TRIAL_ROUNDS = 16;
    private static final long MOST_NANOS = 5_000_000_000L;

    private static volatile boolean faster;

    static {
        Thread trial = new Thread(VectorMultiplication::compile, "latent4j-vector-warm-up");
        trial.setDaemon(true);
        trial.setContextClassLoader(null);
        trial.start();
    }

    private static void compile() {
        WeightRows weights = new WeightRows(new float[TILE * TRIAL_INPUTS], 0, TILE, TRIAL_INPUTS);
        float[][] x = new float[4][TRIAL_INPUTS];
        float[][] y = new float[4][TILE];
        long start = System.nanoTime();
        int wins = 0;
        while (wins < 2 && System.nanoTime() - start < MOST_NANOS) {
            long before = System.nanoTime();
            for (int k = 0; k < TRIAL_ROUNDS; k++) {
                multiply(weights, 0, x[0], x[1], x[2], x[3], y[0], y[1], y[2], y[3]);
            }
            long between = System.nanoTime();
            for (int k = 0; k < TRIAL_ROUNDS; k++) {
                PlainMultiplication.multiply(weights, x, 0, 4, y);
            }
            wins = between - before < System.nanoTime() - between ? wins + 1 : 0;
        }
        faster = wins == 2;
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public Multiplication prepare(float[] weights, int offset, int outputs, int inputs) {
        WeightRows rows = new WeightRows(weights, offset, outputs, inputs);
        return (x, count, y) -> {
            if (faster) {
                multiply(rows, x, count, y);
            } else {
                PlainMultiplication.multiply(rows, x, 0, count, y);
            }
        };
    }

    /** Multiplies by vectors, whether or not they are faster. */
    static void multiply(WeightRows rows, float[][] x, int count, float[][] y) {
        int outputs = rows.outputs();
        int tiled = outputs >= TILE ? count / 4 * 4 : 0;
        for (int from = 0; from < outputs && tiled > 0; from += TILE) {
            // The last tile overlaps the one before, and computes some outputs again, to the same bits.
            int o = Math.min(from, outputs - TILE);
            for (int r = 0; r < tiled; r += 4) {
                multiply(rows, o, x[r], x[r + 1], x[r + 2], x[r + 3], y[r], y[r + 1], y[r + 2], y[r + 3]);
            }
        }
        PlainMultiplication.multiply(rows, x, tiled, count, y);
    }

    private static void multiply(
            WeightRows rows,
            int o,
            float[] xa,
            float[] xb,
            float[] xc,
            float[] xd,
            float[] ya,
            float[] yb,
            float[] yc,
            float[] yd) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int i = 0; i < rows.inputs(); i++) {
            float[] row = rows.of(i);
            FloatVector w0 = FloatVector.fromArray(SPECIES, row, o);
            FloatVector w1 = FloatVector.fromArray(SPECIES, row, o + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, xa[i]);
            a0 = x.fma(w0, a0);
            a1 = x.fma(w1, a1);
            x = FloatVector.broadcast(SPECIES, xb[i]);
            b0 = x.fma(w0, b0);
            b1 = x.fma(w1, b1);
            x = FloatVector.broadcast(SPECIES, xc[i]);
            c0 = x.fma(w0, c0);
            c1 = x.fma(w1, c1);
            x = FloatVector.broadcast(SPECIES, xd[i]);
            d0 = x.fma(w0, d0);
            d1 = x.fma(w1, d1);
        }
        a0.intoArray(ya, o);
        a1.intoArray(ya, o + LANES);
        b0.intoArray(yb, o);
        b1.intoArray(yb, o + LANES);
        c0.intoArray(yc, o);
        c1.intoArray(yc, o + LANES);
        d0.intoArray(yd, o);
        d1.intoArray(yd, o + LANES);
    }
}
