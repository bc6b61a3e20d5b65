package io.github.latent4j.runtime.internal;

/**
 * Functions made of exponentials, in place, without branches or tables: every loop is short and has one index, so that the
 * compiler vectorises it, and consists of sums, products and quotients alone, so that each value gets the same bits wherever it
 * stands, compiled or not. In single precision absolute errors are below 3e-7; near 0 relative ones are below 1e-6.
 */
public final class Exponentials {
    /** Here, and so beyond, the doublings give 1. */
    private static final float TANH_BOUND = 9.02f;

    /** Below its negative, exp x - 1 is -1 in single precision. */
    private static final float EXP_BOUND = 20f;

    /** Within it exp x is a normal number in double precision. */
    private static final double EXP_RANGE = 708;

    private Exponentials() {}

    /**
     * exp x in double precision; beyond 708 it stays what it is there, on both sides. Relative errors are below 1e-11.
     *
     * <p>It comes from a Taylor polynomial at x / 8192, squared thirteen times.
     *
     * @param v the arguments; receives the values
     * @param n how many, from index 0
     */
    public static void exp(double[] v, int n) {
        for (int i = 0; i < n; i++) {
            v[i] = Math.max(Math.min(v[i], EXP_RANGE), -EXP_RANGE) * (1.0 / 8192);
        }
        for (int i = 0; i < n; i++) {
            double y = v[i];
            v[i] = 1
                    + y
                            * (1
                                    + y
                                            * (1.0 / 2
                                                    + y
                                                            * (1.0 / 6
                                                                    + y
                                                                            * (1.0 / 24
                                                                                    + y
                                                                                            * (1.0 / 120
                                                                                                    + y
                                                                                                            * (1.0 / 720
                                                                                                                    + y
                                                                                                                            * (1.0
                                                                                                                                            / 5040
                                                                                                                                    + y
                                                                                                                                            * (1.0
                                                                                                                                                    / 40320))))))));
        }
        for (int k = 0; k < 13; k++) {
            square(v, n);
        }
    }

    private static void square(double[] v, int n) {
        for (int i = 0; i < n; i++) {
            v[i] *= v[i];
        }
    }

    /**
     * x where x is at least 0, else exp(x) - 1.
     *
     * <p>exp(x) - 1 comes from a Taylor polynomial at x / 64 and six times exp(2y) - 1 = e (2 + e), where e = exp(y) - 1.
     *
     * @param v the arguments; receives the values
     * @param from the first index
     * @param to behind the last index
     */
    public static void elu(float[] v, int from, int to) {
        for (int i = from; i < to; i++) {
            float y = Math.max(Math.min(v[i], 0f), -EXP_BOUND) * (1f / 64);
            float e = y + y * y * (1f / 2 + y * (1f / 6 + y * (1f / 24 + y * (1f / 120 + y * (1f / 720)))));
            v[i] = Math.max(v[i], 0f) + e;
        }
        for (int k = 0; k < 6; k++) {
            doubleExponents(v, from, to);
        }
    }

    private static void doubleExponents(float[] v, int from, int to) {
        for (int i = from; i < to; i++) {
            float e = Math.min(v[i], 0f);
            v[i] = Math.max(v[i], 0f) + e * (2 + e);
        }
    }

    /**
     * tanh x.
     *
     * <p>It comes from a Taylor polynomial at x / 32 and five times tanh 2y = 2 t / (1 + t²), where t = tanh y.
     *
     * @param v the arguments; receives the values
     * @param from the first index
     * @param to behind the last index
     */
    public static void tanh(float[] v, int from, int to) {
        tanh(v, from, to, 1f / 32);
    }

    /**
     * 1 / (1 + exp(-x)) = ½ + ½ tanh(x / 2).
     *
     * @param v the arguments; receives the values
     * @param from the first index
     * @param to behind the last index
     */
    public static void sigmoid(float[] v, int from, int to) {
        tanh(v, from, to, 1f / 64);
        for (int i = from; i < to; i++) {
            v[i] = 0.5f + 0.5f * v[i];
        }
    }

    private static void tanh(float[] v, int from, int to, float scale) {
        for (int i = from; i < to; i++) {
            v[i] = Math.max(Math.min(v[i] * scale, TANH_BOUND / 32), -TANH_BOUND / 32);
        }
        for (int i = from; i < to; i++) {
            float t = v[i];
            float q = t * t;
            v[i] = t - t * q * (1f / 3 - q * (2f / 15 - q * (17f / 315 - q * (62f / 2835))));
        }
        for (int k = 0; k < 5; k++) {
            doubleArguments(v, from, to);
        }
    }

    private static void doubleArguments(float[] v, int from, int to) {
        for (int i = from; i < to; i++) {
            v[i] = (v[i] + v[i]) / (1 + v[i] * v[i]);
        }
    }
}
