package io.github.latent4j.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An autoencoder: an encoder of dense layers down to the code, and a decoder of the same sizes in reverse.
 *
 * <p>Untied, it is a DL4J network of dense layers that ends in an output layer with squared error. Tied, it is a stack of
 * DL4J's {@code AutoEncoder} layers, where the decoder of a layer has the transposed weights of its encoder, a bias of its
 * own, and the same activation; so a tied stack has one activation throughout.
 *
 * @param inputs values of an example, at least 1
 * @param hidden sizes of the encoder's hidden layers, from the input on; may be empty
 * @param latent values of a code, at least 1
 * @param activation of the hidden layers
 * @param codeActivation of the layer that gives the code
 * @param outputActivation of the layer that gives the reconstruction
 * @param weights tied or untied
 * @param corruption how the input is disturbed while training
 */
public record AutoencoderSpec(
        int inputs,
        List<Integer> hidden,
        int latent,
        Activation activation,
        Activation codeActivation,
        Activation outputActivation,
        Weights weights,
        Corruption corruption)
        implements ModelSpec {

    /** Whether the decoder has weights of its own. */
    public enum Weights {
        /** The decoder's weights are the encoder's, transposed. */
        TIED,
        /** The decoder has its own weights. */
        UNTIED
    }

    /**
     * Makes a specification.
     *
     * @throws IllegalArgumentException if a size is below 1, there are more than {@value ModelSpec#MOST_HIDDEN_LAYERS} hidden
     *     layers, or a tied stack has different activations
     */
    public AutoencoderSpec {
        Checks.size("input size", inputs);
        Checks.size("latent size", latent);
        ParameterLayout.requireFewLayers("hidden", hidden);
        hidden = Checks.hidden("hidden", hidden, 0);
        if (weights == Weights.TIED && (activation != codeActivation || activation != outputActivation)) {
            throw new IllegalArgumentException(
                    "a tied stack: found activations %s (hidden), %s (code) and %s (output), expected one throughout"
                            .formatted(activation.text(), codeActivation.text(), outputActivation.text()));
        }
    }

    /**
     * An untied autoencoder without hidden layers: input, code, output. The code is linear and the output in [0, 1] by a
     * sigmoid; hidden layers, once added, are ELU.
     *
     * @param inputs values of an example, at least 1
     * @param latent values of a code, at least 1
     * @return the specification
     * @throws IllegalArgumentException if a size is below 1
     */
    public static AutoencoderSpec of(int inputs, int latent) {
        return new AutoencoderSpec(
                inputs,
                List.of(),
                latent,
                Activation.ELU,
                Activation.IDENTITY,
                Activation.SIGMOID,
                Weights.UNTIED,
                Corruption.NONE);
    }

    /**
     * The same with other hidden layers.
     *
     * @param sizes sizes of the encoder's hidden layers, from the input on
     * @return a new specification
     */
    public AutoencoderSpec withHidden(int... sizes) {
        return new AutoencoderSpec(
                inputs,
                Arrays.stream(sizes).boxed().toList(),
                latent,
                activation,
                codeActivation,
                outputActivation,
                weights,
                corruption);
    }

    /**
     * The same with other activations.
     *
     * @param ofHidden of the hidden layers
     * @param ofCode of the layer that gives the code
     * @param ofOutput of the layer that gives the reconstruction
     * @return a new specification
     */
    public AutoencoderSpec withActivations(Activation ofHidden, Activation ofCode, Activation ofOutput) {
        return new AutoencoderSpec(inputs, hidden, latent, ofHidden, ofCode, ofOutput, weights, corruption);
    }

    /**
     * The same as a tied stack with one activation throughout.
     *
     * @param throughout of every layer, both ways
     * @return a new specification
     */
    public AutoencoderSpec withTiedWeights(Activation throughout) {
        return new AutoencoderSpec(
                inputs, hidden, latent, throughout, throughout, throughout, Weights.TIED, corruption);
    }

    /**
     * The same with another corruption.
     *
     * @param other how the input is disturbed while training
     * @return a new specification
     */
    public AutoencoderSpec withCorruption(Corruption other) {
        return new AutoencoderSpec(
                inputs, hidden, latent, activation, codeActivation, outputActivation, weights, other);
    }

    @Override
    public String kind() {
        return "ae";
    }

    /**
     * The sizes of the encoder from the input to the code, both included.
     *
     * @return at least two sizes
     */
    public List<Integer> encoderSizes() {
        List<Integer> sizes = new ArrayList<>();
        sizes.add(inputs);
        sizes.addAll(hidden);
        sizes.add(latent);
        return sizes;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Tied: for each {@code AutoEncoder} layer k its {@code k_W}, {@code k_b} and visible bias {@code k_vb}. Untied:
     * {@code k_W} and {@code k_b} for each layer of the encoder and then of the decoder.
     */
    @Override
    public ParameterLayout layout() {
        ParameterLayout.Builder layout = new ParameterLayout.Builder();
        List<Integer> sizes = encoderSizes();
        int depth = sizes.size() - 1;
        for (int k = 0; k < depth; k++) {
            layout.add(k + "_W", sizes.get(k + 1), sizes.get(k)).add(k + "_b", sizes.get(k + 1), 1);
            if (weights == Weights.TIED) {
                layout.add(k + "_vb", sizes.get(k), 1);
            }
        }
        if (weights == Weights.UNTIED) {
            for (int k = depth; k < 2 * depth; k++) {
                int from = sizes.get(2 * depth - k);
                int to = sizes.get(2 * depth - k - 1);
                layout.add(k + "_W", to, from).add(k + "_b", to, 1);
            }
        }
        return layout.build();
    }
}
