package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.MultiplicationProvider;
import java.util.Arrays;

/**
 * Multiplication in plain Java, shaped for the vectorising compiler: short loops along the outputs, a few arrays at a time, one
 * index. One example alone skips inputs that are 0; of a batch, four examples share each weight that is read.
 */
public final class PlainMultiplication implements MultiplicationProvider {
    /** The one instance. */
    public static final PlainMultiplication INSTANCE = new PlainMultiplication();

    private PlainMultiplication() {}

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public Multiplication prepare(float[] weights, int offset, int outputs, int inputs) {
        return new Product(new WeightRows(weights, offset, outputs, inputs));
    }

    private record Product(WeightRows weights) implements Multiplication {
        @Override
        public void multiply(float[][] x, int rows, float[][] y) {
            PlainMultiplication.multiply(weights, x, 0, rows, y);
        }
    }

    /** Multiplies the examples from one to, without, another. */
    static void multiply(WeightRows w, float[][] x, int from, int to, float[][] y) {
        int r = from;
        for (; r + 4 <= to; r += 4) {
            multiplyFour(w, x[r], x[r + 1], x[r + 2], x[r + 3], y[r], y[r + 1], y[r + 2], y[r + 3]);
        }
        for (; r < to; r++) {
            multiplyOne(w, x[r], y[r]);
        }
    }

    private static void multiplyFour(
            WeightRows w,
            float[] xa,
            float[] xb,
            float[] xc,
            float[] xd,
            float[] ya,
            float[] yb,
            float[] yc,
            float[] yd) {
        int inputs = w.inputs();
        int outputs = w.outputs();
        Arrays.fill(ya, 0, outputs, 0f);
        Arrays.fill(yb, 0, outputs, 0f);
        Arrays.fill(yc, 0, outputs, 0f);
        Arrays.fill(yd, 0, outputs, 0f);
        int i = 0;
        for (; i + 3 <= inputs; i += 3) {
            addThreeToFour(
                    xa[i],
                    xa[i + 1],
                    xa[i + 2],
                    xb[i],
                    xb[i + 1],
                    xb[i + 2],
                    xc[i],
                    xc[i + 1],
                    xc[i + 2],
                    xd[i],
                    xd[i + 1],
                    xd[i + 2],
                    w.of(i),
                    w.of(i + 1),
                    w.of(i + 2),
                    ya,
                    yb,
                    yc,
                    yd,
                    outputs);
        }
        for (; i < inputs; i++) {
            addOne(xa[i], w.of(i), ya, outputs);
            addOne(xb[i], w.of(i), yb, outputs);
            addOne(xc[i], w.of(i), yc, outputs);
            addOne(xd[i], w.of(i), yd, outputs);
        }
    }

    private static void addThreeToFour(
            float a0,
            float a1,
            float a2,
            float b0,
            float b1,
            float b2,
            float c0,
            float c1,
            float c2,
            float d0,
            float d1,
            float d2,
            float[] w0,
            float[] w1,
            float[] w2,
            float[] ya,
            float[] yb,
            float[] yc,
            float[] yd,
            int outputs) {
        for (int o = 0; o < outputs; o++) {
            float p = w0[o];
            float q = w1[o];
            float r = w2[o];
            ya[o] = MultiplyAdd.of(a2, r, MultiplyAdd.of(a1, q, MultiplyAdd.of(a0, p, ya[o])));
            yb[o] = MultiplyAdd.of(b2, r, MultiplyAdd.of(b1, q, MultiplyAdd.of(b0, p, yb[o])));
            yc[o] = MultiplyAdd.of(c2, r, MultiplyAdd.of(c1, q, MultiplyAdd.of(c0, p, yc[o])));
            yd[o] = MultiplyAdd.of(d2, r, MultiplyAdd.of(d1, q, MultiplyAdd.of(d0, p, yd[o])));
        }
    }

    /** Takes the inputs that are not 0 in fours, 64 inputs at a time, whose places are the bits of a word. */
    private static void multiplyOne(WeightRows w, float[] x, float[] y) {
        int inputs = w.inputs();
        int outputs = w.outputs();
        Arrays.fill(y, 0, outputs, 0f);
        for (int start = 0; start < inputs; start += Long.SIZE) {
            long left = places(x, start, Math.min(inputs, start + Long.SIZE));
            for (; Long.bitCount(left) >= 4; ) {
                int a = start + Long.numberOfTrailingZeros(left);
                left &= left - 1;
                int b = start + Long.numberOfTrailingZeros(left);
                left &= left - 1;
                int c = start + Long.numberOfTrailingZeros(left);
                left &= left - 1;
                int d = start + Long.numberOfTrailingZeros(left);
                left &= left - 1;
                addFour(x[a], x[b], x[c], x[d], w.of(a), w.of(b), w.of(c), w.of(d), y, outputs);
            }
            for (; left != 0; left &= left - 1) {
                int a = start + Long.numberOfTrailingZeros(left);
                addOne(x[a], w.of(a), y, outputs);
            }
        }
    }

    /** The places of values that are not 0, found without a branch that could not be foretold. */
    private static long places(float[] x, int from, int to) {
        long places = 0;
        for (int i = from; i < to; i++) {
            int magnitude = Float.floatToRawIntBits(x[i]) << 1;
            long notZero = (magnitude | -magnitude) >>> 31;
            places |= notZero << (i - from);
        }
        return places;
    }

    private static void addFour(
            float a,
            float b,
            float c,
            float d,
            float[] w0,
            float[] w1,
            float[] w2,
            float[] w3,
            float[] y,
            int outputs) {
        for (int o = 0; o < outputs; o++) {
            y[o] = MultiplyAdd.of(
                    d, w3[o], MultiplyAdd.of(c, w2[o], MultiplyAdd.of(b, w1[o], MultiplyAdd.of(a, w0[o], y[o]))));
        }
    }

    private static void addOne(float a, float[] w, float[] y, int outputs) {
        for (int o = 0; o < outputs; o++) {
            y[o] = MultiplyAdd.of(a, w[o], y[o]);
        }
    }
}
