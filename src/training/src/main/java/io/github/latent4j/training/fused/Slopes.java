package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.Activation;

/** Derivatives of the activations, as DL4J has them where a function has a kink. */
final class Slopes {
    private Slopes() {}

    /** Whether the derivative needs x and not only y = f(x). */
    static boolean needInput(Activation activation) {
        return switch (activation) {
            case SWISH, GELU, MISH, CUBE -> true;
            default -> false;
        };
    }

    /**
     * Multiplies gradients with f'(x).
     *
     * @param activation f
     * @param x what went in, if {@link #needInput}; else any array
     * @param y what came out
     * @param d with respect to y before, to x after
     * @param n how many
     */
    static void multiply(Activation activation, float[] x, float[] y, float[] d, int n) {
        switch (activation) {
            case IDENTITY -> {}
            case SIGMOID -> {
                for (int i = 0; i < n; i++) {
                    d[i] *= y[i] * (1 - y[i]);
                }
            }
            case TANH -> {
                for (int i = 0; i < n; i++) {
                    d[i] *= 1 - y[i] * y[i];
                }
            }
            case RELU -> {
                // 1 above 0, else 0, without a branch: it is vectorised.
                for (int i = 0; i < n; i++) {
                    d[i] *= Math.min(1f, y[i] * Float.MAX_VALUE);
                }
            }
            case ELU -> {
                for (int i = 0; i < n; i++) {
                    d[i] *= Math.min(1f, y[i] + 1);
                }
            }
            default -> {
                boolean needInput = needInput(activation);
                for (int i = 0; i < n; i++) {
                    d[i] *= (float) slope(activation, needInput ? x[i] : 0, y[i]);
                }
            }
        }
    }

    private static double slope(Activation activation, double x, double y) {
        return switch (activation) {
            case LEAKYRELU -> y >= 0 ? 1 : 0.01;
            case SELU -> y > 0 ? SELU_SCALE : y + SELU_SCALE * SELU_ALPHA;
            case SOFTPLUS -> -Math.expm1(-y);
            case SOFTSIGN -> (1 - Math.abs(y)) * (1 - Math.abs(y));
            case SWISH -> gate(x, 1);
            case GELU -> gate(x, 1.702);
            case MISH -> {
                double softplus = Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
                double tanh = Math.tanh(softplus);
                yield tanh + x * (1 - tanh * tanh) / (1 + Math.exp(-x));
            }
            case HARDSIGMOID -> y > 0 && y < 1 ? 0.2 : 0;
            case HARDTANH -> y > -1 && y < 1 ? 1 : 0;
            case CUBE -> 3 * x * x;
            default -> throw new IllegalStateException("found no derivative of " + activation);
        };
    }

    private static final double SELU_SCALE = 1.0507009873554804934193349852946;
    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;

    /** The derivative of x sigmoid(c x). */
    private static double gate(double x, double c) {
        double s = 1 / (1 + Math.exp(-c * x));
        return s + c * x * s * (1 - s);
    }
}
