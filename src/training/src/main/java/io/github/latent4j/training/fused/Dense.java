package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.ParameterLayout.Block;

/**
 * A dense layer of the model: where its parameters stand and what it computes.
 *
 * @param weights one row an output, or, transposed, one row an input
 * @param bias one value an output
 * @param transposed whether it shares its weights with a layer that goes the other way
 * @param activation of its outputs
 */
record Dense(Block weights, Block bias, boolean transposed, Activation activation) {
    int inputs() {
        return transposed ? weights.outputs() : weights.inputs();
    }

    int outputs() {
        return bias.length();
    }
}
