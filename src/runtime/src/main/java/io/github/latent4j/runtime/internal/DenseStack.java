package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.MultiplicationProvider.Multiplication;
import io.github.latent4j.runtime.ParameterLayout.Block;
import java.util.ArrayList;
import java.util.List;

/** Dense layers one behind the other: a = f(x Wᵀ + b) in each. Immutable and thread-safe. */
public final class DenseStack {
    private record Layer(Multiplication weights, float[] bias, Activation activation) {}

    private final List<Layer> layers;

    private DenseStack(List<Layer> layers) {
        this.layers = List.copyOf(layers);
    }

    /**
     * Runs a batch through all layers.
     *
     * @param x row-major, not changed
     * @param rows number of examples
     * @return the outputs of the last layer, row-major, in a new array; {@code x} itself if there is no layer
     */
    public float[] apply(float[] x, int rows) {
        float[] current = x;
        for (Layer layer : layers) {
            int width = layer.bias.length;
            float[] next = new float[rows * width];
            layer.weights.multiply(current, rows, next);
            for (int r = 0; r < rows; r++) {
                for (int o = 0, n = r * width; o < width; o++) {
                    next[n + o] += layer.bias[o];
                }
            }
            layer.activation.apply(next, 0, next.length);
            current = next;
        }
        return current;
    }

    /** Collects layers. */
    public static final class Builder {
        private final MultiplicationProvider provider;
        private final float[] parameters;
        private final List<Layer> layers = new ArrayList<>();

        /**
         * Starts without a layer.
         *
         * @param provider of the multiplications
         * @param parameters the flat vector that the blocks of the layers point into
         */
        public Builder(MultiplicationProvider provider, float[] parameters) {
            this.provider = provider;
            this.parameters = parameters;
        }

        /**
         * Adds a layer.
         *
         * @param weights its weights
         * @param bias its biases
         * @param activation its activation
         * @return this
         */
        public Builder add(Block weights, Block bias, Activation activation) {
            return add(
                    provider.prepare(parameters, weights.offset(), weights.outputs(), weights.inputs()),
                    bias,
                    activation);
        }

        /**
         * Adds a layer with the transposed weights of another.
         *
         * @param weights the other layer's weights
         * @param bias this layer's biases
         * @param activation this layer's activation
         * @return this
         */
        public Builder addTransposed(Block weights, Block bias, Activation activation) {
            float[] transposed = new float[weights.length()];
            for (int o = 0; o < weights.outputs(); o++) {
                for (int i = 0; i < weights.inputs(); i++) {
                    transposed[i * weights.outputs() + o] = parameters[weights.offset() + o * weights.inputs() + i];
                }
            }
            return add(provider.prepare(transposed, 0, weights.inputs(), weights.outputs()), bias, activation);
        }

        private Builder add(Multiplication weights, Block bias, Activation activation) {
            float[] values = new float[bias.length()];
            System.arraycopy(parameters, bias.offset(), values, 0, values.length);
            layers.add(new Layer(weights, values, activation));
            return this;
        }

        /**
         * The stack of the layers added so far.
         *
         * @return a new stack
         */
        public DenseStack build() {
            return new DenseStack(layers);
        }
    }
}
