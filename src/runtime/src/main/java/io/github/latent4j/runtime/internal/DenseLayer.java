package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.MultiplicationProvider.Multiplication;
import io.github.latent4j.runtime.ParameterLayout.Block;
import java.util.List;

/** A dense layer: y = f(x Wᵀ + b). Immutable and thread-safe. */
public final class DenseLayer {
    private final Multiplication weights;
    private final float[] bias;
    private final Activation activation;

    private DenseLayer(Multiplication weights, float[] parameters, Block bias, Activation activation) {
        this.weights = weights;
        this.bias = new float[bias.length()];
        for (int o = 0; o < this.bias.length; o++) {
            // Adding +0 leaves no -0, so that the sign of a sum of 0 does not depend on which zeros were skipped.
            this.bias[o] = parameters[bias.offset() + o] + 0f;
        }
        this.activation = activation;
    }

    /**
     * Makes a layer.
     *
     * @param provider of the multiplication
     * @param parameters the flat vector that the blocks point into; copied
     * @param weights the layer's weights
     * @param bias its biases
     * @param activation its activation
     * @return the layer
     */
    public static DenseLayer of(
            MultiplicationProvider provider, float[] parameters, Block weights, Block bias, Activation activation) {
        return new DenseLayer(
                provider.prepare(parameters, weights.offset(), weights.outputs(), weights.inputs()),
                parameters,
                bias,
                activation);
    }

    /**
     * Makes a layer with the transposed weights of another.
     *
     * @param provider of the multiplication
     * @param parameters the flat vector that the blocks point into; copied
     * @param weights the other layer's weights
     * @param bias this layer's biases
     * @param activation this layer's activation
     * @return the layer
     */
    public static DenseLayer transposed(
            MultiplicationProvider provider, float[] parameters, Block weights, Block bias, Activation activation) {
        float[] transposed = new float[weights.length()];
        for (int o = 0; o < weights.outputs(); o++) {
            for (int i = 0; i < weights.inputs(); i++) {
                transposed[i * weights.outputs() + o] = parameters[weights.offset() + o * weights.inputs() + i];
            }
        }
        return new DenseLayer(
                provider.prepare(transposed, 0, weights.inputs(), weights.outputs()), parameters, bias, activation);
    }

    /**
     * Room for examples at one stage of a model.
     *
     * @param rows number of examples
     * @param width values of each
     * @return an array for each example, which may be longer than asked for
     */
    public static float[][] room(int rows, int width) {
        return WeightRows.allocate(rows, width);
    }

    /**
     * The number of units.
     *
     * @return at least 1
     */
    public int outputs() {
        return bias.length;
    }

    /**
     * Runs examples through the layer.
     *
     * @param x an array of at least as many values as there are inputs for each example, not changed
     * @param rows the number of examples
     * @param y receives the results, an array of at least {@link #outputs()} values for each example
     */
    public void apply(float[][] x, int rows, float[][] y) {
        weights.multiply(x, rows, y);
        for (int r = 0; r < rows; r++) {
            addBias(y[r]);
            activation.apply(y[r], 0, bias.length);
        }
    }

    private void addBias(float[] y) {
        float[] b = bias;
        for (int o = 0; o < b.length; o++) {
            y[o] += b[o];
        }
    }

    /**
     * Runs examples through layers one behind the other.
     *
     * @param layers the layers
     * @param x the examples, not changed
     * @param rows their number
     * @param even room for the results of the first, third, … layer
     * @param odd room for the results of the others
     * @return the room that holds the results of the last layer; {@code x} if there is none
     */
    public static float[][] apply(List<DenseLayer> layers, float[][] x, int rows, float[][] even, float[][] odd) {
        float[][] current = x;
        for (int k = 0; k < layers.size(); k++) {
            float[][] next = k % 2 == 0 ? even : odd;
            layers.get(k).apply(current, rows, next);
            current = next;
        }
        return current;
    }
}
