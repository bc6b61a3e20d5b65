package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.ParameterLayout.Block;
import org.bytedeco.javacpp.FloatPointer;

/** A dense layer at work on one shard: forward, and backward with the gradient of its parameters. */
final class DensePass {
    final Batch output;
    /** The gradient with respect to the output, from outside; then, once multiplied with the slope, to what went in. */
    final Batch delta;

    private final Dense layer;
    private final Batch input;
    private final Parameters parameters;
    private final FloatPointer weights;
    private final FloatPointer weightGradient;
    private final FloatPointer biasGradient;
    private final FloatPointer ones;
    private final float[] before;
    private final float keep;

    /**
     * Makes a pass.
     *
     * @param memory where its arrays are
     * @param layer the layer
     * @param input what goes in
     * @param rows of the largest shard
     * @param parameters the model's, of which it reads the layer's
     * @param gradient the shard's, of which it writes the layer's
     * @param last whether the gradient takes the output's place, which nothing needs any more then
     * @param shared whether another pass writes the gradient of the same weights before this one
     */
    DensePass(
            Memory memory,
            Dense layer,
            Batch input,
            int rows,
            Parameters parameters,
            Gradient gradient,
            boolean last,
            boolean shared) {
        this.layer = layer;
        this.input = input;
        this.parameters = parameters;
        this.output = new Batch(memory, rows, layer.outputs());
        this.delta = last ? output : new Batch(memory, rows, layer.outputs());
        this.weights = parameters.outside(layer.weights());
        this.weightGradient = gradient.outside(layer.weights());
        this.biasGradient = gradient.outside(layer.bias());
        this.ones = memory.ones(rows);
        this.before = new float[Slopes.needInput(layer.activation()) ? output.values.length : 0];
        this.keep = shared ? 1 : 0;
    }

    /** Computes the output, on the heap and outside. */
    void forward(int rows) {
        linear(rows);
        activate(rows);
        output.push(rows);
    }

    /** Applies the activation to what {@link #linear} left. */
    void activate(int rows) {
        int count = rows * output.width;
        if (before.length > 0) {
            System.arraycopy(output.values, 0, before, 0, count);
        }
        layer.activation().apply(output.values, 0, count);
    }

    /** Computes what the activation is applied to, on the heap alone: the product is added to rows of biases. */
    void linear(int rows) {
        int width = output.width;
        for (int r = 0; r < rows; r++) {
            System.arraycopy(parameters.values, layer.bias().offset(), output.values, r * width, width);
        }
        output.push(rows);
        Block w = layer.weights();
        if (layer.transposed()) {
            Blas.backward(input.outside, rows, weights, w.outputs(), w.inputs(), 1, output.outside);
        } else {
            Blas.forward(input.outside, rows, weights, w.outputs(), w.inputs(), 1, output.outside);
        }
        output.pull(rows);
    }

    /** Turns the gradient with respect to the output, on the heap, into that with respect to what the activation got. */
    void multiplySlope(int rows) {
        Slopes.multiply(layer.activation(), before, output.values, delta.values, rows * delta.width);
    }

    /** From the gradient with respect to the output, outside, to that of the parameters. */
    void backward(int rows) {
        delta.pull(rows);
        multiplySlope(rows);
        propagate(rows);
    }

    /** Writes the gradient of the parameters from {@code delta} on the heap, which is before the activation by now. */
    void propagate(int rows) {
        delta.push(rows);
        Blas.columnSums(delta.outside, rows, delta.width, ones, biasGradient);
        Block w = layer.weights();
        if (layer.transposed()) {
            Blas.gradient(input.outside, delta.outside, rows, w.outputs(), w.inputs(), keep, weightGradient);
        } else {
            Blas.gradient(delta.outside, input.outside, rows, w.outputs(), w.inputs(), keep, weightGradient);
        }
    }

    /** Writes the gradient with respect to the input, outside; or adds it, with {@code kept} 1. */
    void toInput(int rows, Batch into, float kept) {
        Block w = layer.weights();
        if (layer.transposed()) {
            Blas.forward(delta.outside, rows, weights, w.outputs(), w.inputs(), kept, into.outside);
        } else {
            Blas.backward(delta.outside, rows, weights, w.outputs(), w.inputs(), kept, into.outside);
        }
    }
}
