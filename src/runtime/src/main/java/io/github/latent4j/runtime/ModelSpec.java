package io.github.latent4j.runtime;

/**
 * What a model is, without its parameters: sizes, activations, likelihood. Specifications are immutable, check
 * themselves when they are made, and are stored in the model file.
 */
public sealed interface ModelSpec permits AutoencoderSpec, VaeSpec {
    /** The largest number of hidden layers of an encoder or a decoder. */
    int MOST_HIDDEN_LAYERS = 256;

    /**
     * The number of values of one input example.
     *
     * @return at least 1
     */
    int inputs();

    /**
     * The number of values of one code.
     *
     * @return at least 1
     */
    int latent();

    /**
     * The model's kind as the command line names it.
     *
     * @return {@code ae} or {@code vae}
     */
    String kind();

    /**
     * Where each weight and bias stands in DL4J's flat parameter vector for this model.
     *
     * @return the blocks, in their order
     * @throws IllegalArgumentException if the sizes make more parameters than an array can hold
     */
    ParameterLayout layout();
}
