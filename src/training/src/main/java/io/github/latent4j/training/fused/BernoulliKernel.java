package io.github.latent4j.training.fused;

/**
 * What a Bernoulli likelihood needs of the exponential function, in single precision and without branches or tables. Every
 * loop is short and goes through its arrays with one index, so that it is vectorised; each element gets the same bits as it
 * would alone.
 *
 * <p>With t = min(|a|, 20): exp(−t) = (1 + e)^64, where e = expm1(−t / 64) is a Taylor polynomial, and 1 + e is squared as
 * e ← e (2 + e), which keeps small e exact. ln(1 + u) = 2 artanh(u / (2 + u)), as a series. Absolute errors are below 3e-7;
 * relative ones are not bounded: beyond log odds of about 17 the smaller of the two probabilities counts as 0.
 */
final class BernoulliKernel {
    private final float[] u;
    private final float[] s;

    /**
     * Makes a kernel.
     *
     * @param n values of an example
     */
    BernoulliKernel(int n) {
        this.u = new float[n];
        this.s = new float[n];
    }

    /**
     * For log odds a and probabilities x of a 1, the derivative sigmoid(a) − x and the negative log likelihood
     * ln(1 + exp a) − x a of each.
     *
     * @param x the probabilities
     * @param a the log odds; receives the derivatives
     * @param costs receives the negative log likelihoods
     */
    void derive(float[] x, float[] a, float[] costs) {
        scale(a, u);
        expm1(u);
        squareThrice(u);
        squareThrice(u);
        ratio(u, s);
        log(s);
        costs(x, a, s, costs);
        derivatives(x, a, u);
    }

    private static void scale(float[] a, float[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.min(Math.abs(a[i]), 20f) * (-1f / 64);
        }
    }

    private static void expm1(float[] e) {
        for (int i = 0; i < e.length; i++) {
            float y = e[i];
            e[i] = y + y * y * (1f / 2 + y * (1f / 6 + y * (1f / 24 + y * (1f / 120 + y * (1f / 720)))));
        }
    }

    private static void squareThrice(float[] e) {
        for (int i = 0; i < e.length; i++) {
            float one = e[i] * (2 + e[i]);
            float two = one * (2 + one);
            e[i] = two * (2 + two);
        }
    }

    /** From e to u = 1 + e = exp(−|a|), and s = u / (2 + u). */
    private static void ratio(float[] e, float[] s) {
        for (int i = 0; i < e.length; i++) {
            float u = 1 + e[i];
            e[i] = u;
            s[i] = u / (2 + u);
        }
    }

    /** From s to 2 artanh(s) = ln(1 + u). */
    private static void log(float[] s) {
        for (int i = 0; i < s.length; i++) {
            float q = s[i] * s[i];
            s[i] = s[i] * (2 + q * (2f / 3 + q * (2f / 5 + q * (2f / 7 + q * (2f / 9 + q * (2f / 11))))));
        }
    }

    private static void costs(float[] x, float[] a, float[] log, float[] costs) {
        for (int i = 0; i < costs.length; i++) {
            costs[i] = Math.max(a[i], 0f) + log[i] - x[i] * a[i];
        }
    }

    /** sigmoid(a) is 1 / (1 + u) for a above 0, else u / (1 + u). */
    private static void derivatives(float[] x, float[] a, float[] u) {
        for (int i = 0; i < a.length; i++) {
            a[i] = Math.max(u[i], Math.min(1f, a[i] * Float.MAX_VALUE)) / (1 + u[i]) - x[i];
        }
    }
}
