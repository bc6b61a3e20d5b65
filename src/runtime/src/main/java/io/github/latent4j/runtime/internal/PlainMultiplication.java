package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.MultiplicationProvider;
import java.util.Arrays;

/**
 * Multiplication in plain Java: the weights are laid out with one row an input, so that the innermost loop runs along the
 * outputs, which the compiler vectorises without changing the order of any sum. Inputs that are 0 are skipped in fours.
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
        float[] byInput = new float[inputs * outputs];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                byInput[i * outputs + o] = weights[offset + o * inputs + i];
            }
        }
        return (x, rows, y) -> {
            for (int r = 0; r < rows; r++) {
                multiplyRow(x, r * inputs, inputs, byInput, y, r * outputs, outputs);
            }
        };
    }

    private static void multiplyRow(
            float[] x, int xOffset, int inputs, float[] byInput, float[] y, int yOffset, int outputs) {
        Arrays.fill(y, yOffset, yOffset + outputs, 0f);
        int i = 0;
        for (; i + 4 <= inputs; i += 4) {
            float a = x[xOffset + i];
            float b = x[xOffset + i + 1];
            float c = x[xOffset + i + 2];
            float d = x[xOffset + i + 3];
            if (a != 0 || b != 0 || c != 0 || d != 0) {
                addFour(a, b, c, d, byInput, i * outputs, y, yOffset, outputs);
            }
        }
        for (; i < inputs; i++) {
            float a = x[xOffset + i];
            for (int o = 0, w = i * outputs; o < outputs; o++) {
                y[yOffset + o] += a * byInput[w + o];
            }
        }
    }

    private static void addFour(
            float a, float b, float c, float d, float[] w, int w0, float[] y, int yOffset, int outputs) {
        int w1 = w0 + outputs;
        int w2 = w1 + outputs;
        int w3 = w2 + outputs;
        for (int o = 0; o < outputs; o++) {
            y[yOffset + o] = y[yOffset + o] + a * w[w0 + o] + b * w[w1 + o] + c * w[w2 + o] + d * w[w3 + o];
        }
    }
}
