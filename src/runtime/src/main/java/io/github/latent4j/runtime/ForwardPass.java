package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.DenseLayer;
import java.util.List;
import java.util.Optional;

/**
 * A model's layers: from the input to the trunk that the code (and a VAE's log variance) is read off, and from the code to the
 * raw outputs. Immutable and thread-safe; each call brings its own {@link Workspace}.
 *
 * @param trunk the encoder without its last layer
 * @param code the encoder's last layer; for a VAE the one that gives the posterior's mean
 * @param logVariance of the posterior, for a VAE
 * @param decoder all layers from the code on
 */
record ForwardPass(
        List<DenseLayer> trunk, DenseLayer code, Optional<DenseLayer> logVariance, List<DenseLayer> decoder) {

    /** Encodes the first rows of {@code w.x} into {@code w.code}. */
    void encode(Workspace w, int rows) {
        code.apply(DenseLayer.apply(trunk, w.x, rows, w.even, w.odd), rows, w.code);
    }

    /** Encodes the first rows of {@code w.x} into {@code w.code} and {@code w.logVariance}. */
    void posterior(Workspace w, int rows) {
        float[][] h = DenseLayer.apply(trunk, w.x, rows, w.even, w.odd);
        code.apply(h, rows, w.code);
        logVariance.orElseThrow().apply(h, rows, w.logVariance);
    }

    /** Decodes the first rows of {@code w.code}; the raw outputs stand in the result, which is part of the workspace. */
    float[][] decode(Workspace w, int rows) {
        return DenseLayer.apply(decoder, w.code, rows, w.even, w.odd);
    }

    /** The width of the widest layer, of {@code inputs} and all others. */
    int widest(int inputs) {
        int widest = Math.max(inputs, code.outputs());
        for (DenseLayer layer : trunk) {
            widest = Math.max(widest, layer.outputs());
        }
        for (DenseLayer layer : decoder) {
            widest = Math.max(widest, layer.outputs());
        }
        return widest;
    }
}
