package io.github.latent4j.runtime.internal;

/**
 * exp(−|a|) and ln(1 + exp(−|a|)), in single precision and without branches or tables. Every loop is short and goes through its
 * arrays with one index, so that it is vectorised; each element gets the same bits as it would alone.
 *
 * <p>With t = min(|a|, 20): exp(−t) = (1 + e)^64, where e = expm1(−t / 64) is a Taylor polynomial, and 1 + e is squared as
 * e ← e (2 + e), which keeps small e exact. ln(1 + u) = 2 artanh(u / (2 + u)), as a series. Absolute errors are below 3e-7: held
 * against double precision for every single float, they are 1.8e-7 and 2.5e-7 at most. Relative ones are not bounded: beyond
 * |a| of about 17 both count as 0.
 */
public final class Softplus {
    private Softplus() {}

    /**
     * Computes both functions.
     *
     * @param a the arguments, at least n
     * @param u receives exp(−|a|); may be {@code a} itself
     * @param s receives ln(1 + exp(−|a|)); another array than {@code u}
     * @param n how many, from index 0
     */
    public static void tails(float[] a, float[] u, float[] s, int n) {
        scale(a, u, n);
        expm1(u, n);
        squareThrice(u, n);
        squareThrice(u, n);
        ratio(u, s, n);
        log(s, n);
    }

    private static void scale(float[] a, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.min(Math.abs(a[i]), 20f) * (-1f / 64);
        }
    }

    private static void expm1(float[] e, int n) {
        for (int i = 0; i < n; i++) {
            float y = e[i];
            e[i] = y + y * y * (1f / 2 + y * (1f / 6 + y * (1f / 24 + y * (1f / 120 + y * (1f / 720)))));
        }
    }

    private static void squareThrice(float[] e, int n) {
        for (int i = 0; i < n; i++) {
            float one = e[i] * (2 + e[i]);
            float two = one * (2 + one);
            e[i] = two * (2 + two);
        }
    }

    /** From e to u = 1 + e = exp(−|a|), and s = u / (2 + u). */
    private static void ratio(float[] e, float[] s, int n) {
        for (int i = 0; i < n; i++) {
            float u = 1 + e[i];
            e[i] = u;
            s[i] = u / (2 + u);
        }
    }

    /** From s to 2 artanh(s) = ln(1 + u). */
    private static void log(float[] s, int n) {
        for (int i = 0; i < n; i++) {
            float q = s[i] * s[i];
            s[i] = s[i] * (2 + q * (2f / 3 + q * (2f / 5 + q * (2f / 7 + q * (2f / 9 + q * (2f / 11))))));
        }
    }
}
