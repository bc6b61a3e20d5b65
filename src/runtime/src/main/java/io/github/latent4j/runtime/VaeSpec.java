package io.github.latent4j.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A variational autoencoder (Kingma and Welling 2014, arXiv 1312.6114) with a diagonal Gaussian posterior and a standard
 * normal prior: DL4J's {@code VariationalAutoencoder} layer. With a corruption it is a denoising one (Im et al. 2017, arXiv
 * 1511.06406): while training, the encoder gets the disturbed input, and the likelihood is that of the clean one.
 *
 * @param inputs values of an example, at least 1
 * @param encoder sizes of the encoder's hidden layers, from the input on; at least one
 * @param latent values of a code, at least 1
 * @param decoder sizes of the decoder's hidden layers, from the code on; at least one
 * @param activation of the hidden layers of both; mean and log variance of the posterior are linear
 * @param likelihood of an example given its code
 * @param corruption how the input is disturbed while training; masking takes the features of a category as one
 */
public record VaeSpec(
        int inputs,
        List<Integer> encoder,
        int latent,
        List<Integer> decoder,
        Activation activation,
        Likelihood likelihood,
        Corruption corruption)
        implements ModelSpec {

    /**
     * Makes a specification.
     *
     * @throws IllegalArgumentException if a size is below 1, or encoder or decoder has no hidden layer or more than
     *     {@value ModelSpec#MOST_HIDDEN_LAYERS}, or the likelihood is categorical or has blocks of another number of features
     */
    public VaeSpec {
        Checks.size("input size", inputs);
        Checks.size("latent size", latent);
        ParameterLayout.requireFewLayers("encoder", encoder);
        encoder = Checks.hidden("encoder", encoder, 1);
        ParameterLayout.requireFewLayers("decoder", decoder);
        decoder = Checks.hidden("decoder", decoder, 1);
        if (likelihood instanceof Likelihood.Categorical) {
            throw new IllegalArgumentException(
                    "likelihood: found categorical for all features, expected it for a block of"
                            + " them, such as categorical[%d]".formatted(inputs));
        }
        if (likelihood instanceof Likelihood.Mixed mixed && mixed.features() != inputs) {
            throw new IllegalArgumentException(
                    "likelihood: found blocks of %d features in all, expected %d, the input size"
                            .formatted(mixed.features(), inputs));
        }
    }

    /**
     * Makes a specification without corruption.
     *
     * @param inputs values of an example, at least 1
     * @param encoder sizes of the encoder's hidden layers, from the input on; at least one
     * @param latent values of a code, at least 1
     * @param decoder sizes of the decoder's hidden layers, from the code on; at least one
     * @param activation of the hidden layers of both
     * @param likelihood of an example given its code
     * @throws IllegalArgumentException as the other constructor
     */
    public VaeSpec(
            int inputs,
            List<Integer> encoder,
            int latent,
            List<Integer> decoder,
            Activation activation,
            Likelihood likelihood) {
        this(inputs, encoder, latent, decoder, activation, likelihood, Corruption.NONE);
    }

    /**
     * A VAE with one hidden layer of 256 units each way, ReLU activation and a Bernoulli likelihood.
     *
     * @param inputs values of an example, at least 1
     * @param latent values of a code, at least 1
     * @return the specification
     * @throws IllegalArgumentException if a size is below 1
     */
    public static VaeSpec of(int inputs, int latent) {
        return new VaeSpec(inputs, List.of(256), latent, List.of(256), Activation.RELU, Likelihood.BERNOULLI);
    }

    /**
     * The same with other hidden layers.
     *
     * @param sizes sizes of the encoder's hidden layers, from the input on; the decoder gets them in reverse
     * @return a new specification
     * @throws IllegalArgumentException if there is none or one is below 1
     */
    public VaeSpec withHidden(int... sizes) {
        List<Integer> forward = Arrays.stream(sizes).boxed().toList();
        List<Integer> backward = new ArrayList<>(forward);
        Collections.reverse(backward);
        return new VaeSpec(inputs, forward, latent, backward, activation, likelihood, corruption);
    }

    /**
     * The same with another activation.
     *
     * @param ofHidden of the hidden layers
     * @return a new specification
     */
    public VaeSpec withActivation(Activation ofHidden) {
        return new VaeSpec(inputs, encoder, latent, decoder, ofHidden, likelihood, corruption);
    }

    /**
     * The same with another likelihood.
     *
     * @param other of an example given its code
     * @return a new specification
     * @throws IllegalArgumentException if it has blocks of another number of features than an example
     */
    public VaeSpec withLikelihood(Likelihood other) {
        return new VaeSpec(inputs, encoder, latent, decoder, activation, other, corruption);
    }

    /**
     * The same with another corruption.
     *
     * @param other how the input is disturbed while training
     * @return a new specification
     */
    public VaeSpec withCorruption(Corruption other) {
        return new VaeSpec(inputs, encoder, latent, decoder, activation, likelihood, other);
    }

    @Override
    public String kind() {
        return "vae";
    }

    /**
     * {@inheritDoc}
     *
     * <p>The encoder's layers {@code e0W, e0b, …}, the posterior's mean {@code pZXMeanW, pZXMeanb} and log variance
     * {@code pZXLogStd2W, pZXLogStd2b}, the decoder's layers {@code d0W, d0b, …}, the likelihood's parameters
     * {@code pXZW, pXZb}.
     */
    @Override
    public ParameterLayout layout() {
        ParameterLayout.Builder layout = new ParameterLayout.Builder();
        int last = addStack(layout, "e", inputs, encoder);
        layout.add("pZXMeanW", latent, last).add("pZXMeanb", latent, 1);
        layout.add("pZXLogStd2W", latent, last).add("pZXLogStd2b", latent, 1);
        last = addStack(layout, "d", latent, decoder);
        int outputs =
                likelihood.parameters(inputs); // no overflow: the encoder's weights are at least as many as the inputs
        return layout.add("pXZW", outputs, last).add("pXZb", outputs, 1).build();
    }

    private static int addStack(ParameterLayout.Builder layout, String prefix, int inputs, List<Integer> sizes) {
        int from = inputs;
        for (int k = 0; k < sizes.size(); k++) {
            layout.add(prefix + k + "W", sizes.get(k), from).add(prefix + k + "b", sizes.get(k), 1);
            from = sizes.get(k);
        }
        return from;
    }
}
