package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.internal.Softplus;

/**
 * What a Bernoulli likelihood costs and its derivatives, in single precision. Every loop is short and goes through its arrays
 * with one index, so that it is vectorised; each element gets the same bits as it would alone. Absolute errors are below 3e-7;
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
        Softplus.tails(a, u, s, u.length);
        costs(x, a, s, costs);
        derivatives(x, a, u);
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
