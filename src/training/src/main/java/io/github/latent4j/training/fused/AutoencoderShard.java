package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.training.InputCorruption;
import io.github.latent4j.training.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An autoencoder's part of a batch: a whole one, or one layer of a tied stack while the layers before it are fixed.
 * {@code codeSums} are the activations of each unit of the code, {@code codeWeights} the slope of the sparsity's penalty.
 */
final class AutoencoderShard extends Shard {
    /**
     * What is trained.
     *
     * @param fixed layers that prepare the input and are left as they are; may be none
     * @param encoder layers down to the code; at least one
     * @param decoder as many, back up
     * @param corruption of the encoder's input
     * @param crossEntropy whether the gradient is that of cross-entropy, for which the last activation must be a sigmoid;
     *     else that of the mean squared error
     * @param noiseSeed the plan's seed
     */
    record Part(
            List<Dense> fixed,
            List<Dense> encoder,
            List<Dense> decoder,
            InputCorruption corruption,
            boolean crossEntropy,
            long noiseSeed) {}

    private final Part part;
    private final Batch raw;
    private final List<DensePass> fixed;
    private final Batch input;
    private final List<DensePass> encoder;
    private final List<DensePass> decoder;
    private final float[] target;

    AutoencoderShard(Memory memory, Part part, Parameters parameters, int rows) {
        super(
                new Gradient(memory, parameters.values.length),
                part.encoder().get(part.encoder().size() - 1).outputs());
        this.part = part;
        Dense first =
                part.fixed().isEmpty() ? part.encoder().get(0) : part.fixed().get(0);
        this.raw = new Batch(memory, rows, first.inputs());
        this.fixed = passes(memory, part.fixed(), raw, parameters, rows);
        this.input = fixed.isEmpty()
                ? raw
                : new Batch(memory, rows, part.encoder().get(0).inputs());
        this.encoder = passes(memory, part.encoder(), input, parameters, rows);
        this.decoder = passes(memory, part.decoder(), encoder.get(encoder.size() - 1).output, parameters, rows);
        this.target = new float[input.values.length];
    }

    private List<DensePass> passes(Memory memory, List<Dense> layers, Batch from, Parameters parameters, int rows) {
        List<DensePass> passes = new ArrayList<>();
        Batch last = from;
        for (Dense layer : layers) {
            // Backwards the decoder comes first: an encoder layer adds to the gradient of weights that they share.
            boolean shared = !layer.transposed()
                    && part.decoder().stream()
                            .anyMatch(d -> d.transposed() && d.weights().equals(layer.weights()));
            DensePass pass = new DensePass(memory, layer, last, rows, parameters, gradient, false, shared);
            passes.add(pass);
            last = pass.output;
        }
        return passes;
    }

    @Override
    void encode(Step step, Matrix batch, int from, int count) {
        rows = count;
        Arrays.fill(codeSums, 0);
        if (rows == 0) {
            return;
        }
        int width = input.width;
        if (fixed.isEmpty()) {
            System.arraycopy(batch.data(), from * width, target, 0, rows * width);
        } else {
            raw.pushFilled(batch.data(), from * raw.width, rows);
            fixed.forEach(pass -> pass.forward(rows));
            System.arraycopy(fixed.get(fixed.size() - 1).output.values, 0, target, 0, rows * width);
        }
        System.arraycopy(target, 0, input.values, 0, rows * width);
        if (!part.corruption().isNone()) {
            for (int r = 0; r < rows; r++) {
                part.corruption().apply(input.values, r * width, step.noiseSeed(part.noiseSeed(), from + r));
            }
        }
        input.fillMissing(rows);
        input.push(rows);
        encoder.forEach(pass -> pass.forward(rows));
        Batch code = encoder.get(encoder.size() - 1).output;
        for (int i = 0; i < rows * code.width; i++) {
            codeSums[i % code.width] += code.values[i];
        }
    }

    @Override
    void learn(Step step, Matrix batch, int from, float[] codeWeights) {
        if (rows == 0) {
            reconstruction = 0;
            return;
        }
        DensePass last = decoder.get(decoder.size() - 1);
        decoder.subList(0, decoder.size() - 1).forEach(pass -> pass.forward(rows));
        last.linear(rows);
        last.activate(rows);
        compare(last);
        last.propagate(rows);
        DensePass after = last;
        for (int k = decoder.size() - 2; k >= 0; k--) {
            after.toInput(rows, decoder.get(k).delta, 0);
            decoder.get(k).backward(rows);
            after = decoder.get(k);
        }
        DensePass code = encoder.get(encoder.size() - 1);
        after.toInput(rows, code.delta, 0);
        code.delta.pull(rows);
        for (int i = 0; i < rows * code.delta.width; i++) {
            code.delta.values[i] += codeWeights[i % code.delta.width];
        }
        code.multiplySlope(rows);
        code.propagate(rows);
        after = code;
        for (int k = encoder.size() - 2; k >= 0; k--) {
            after.toInput(rows, encoder.get(k).delta, 0);
            encoder.get(k).backward(rows);
            after = encoder.get(k);
        }
    }

    /** Leaves the gradient before the last activation in the last pass; what is missing costs nothing. */
    private void compare(DensePass last) {
        int width = last.output.width;
        float[] y = last.output.values;
        float[] d = last.delta.values;
        float[] x = target;
        float factor = part.crossEntropy() ? 1 : 2f / width;
        for (int i = 0; i < rows * width; i++) {
            d[i] = factor * (y[i] - x[i]);
        }
        double squares = squares(d, rows * width);
        if (Double.isNaN(squares)) {
            for (int i = 0; i < rows * width; i++) {
                d[i] = Float.isNaN(x[i]) ? 0 : d[i];
            }
            squares = squares(d, rows * width);
        }
        reconstruction = squares / (factor * factor * width);
        if (!part.crossEntropy()) {
            last.multiplySlope(rows);
        }
    }

    private static double squares(float[] d, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += d[i] * d[i];
        }
        return sum;
    }
}
