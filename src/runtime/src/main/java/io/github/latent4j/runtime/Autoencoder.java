package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.DenseLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A trained autoencoder. Immutable and thread-safe; made by {@link LatentModel#of} or {@link LatentModel#load}. */
public final class Autoencoder extends LatentModel {
    private final AutoencoderSpec spec;

    Autoencoder(AutoencoderSpec spec, float[] parameters, ModelCard card, MultiplicationProvider provider) {
        this(
                spec,
                parameters,
                card,
                provider,
                layers(spec, parameters, provider.forBatchesAlone() ? MultiplicationProvider.standard() : provider));
    }

    private Autoencoder(
            AutoencoderSpec spec,
            float[] parameters,
            ModelCard card,
            MultiplicationProvider provider,
            ForwardPass ofOne) {
        super(
                spec,
                parameters,
                card,
                provider,
                ofOne,
                provider.forBatchesAlone() ? layers(spec, parameters, provider) : ofOne);
        this.spec = spec;
    }

    /** The same with another card. */
    private Autoencoder(Autoencoder same, ModelCard card) {
        super(same, card);
        this.spec = same.spec;
    }

    private static ForwardPass layers(AutoencoderSpec spec, float[] parameters, MultiplicationProvider provider) {
        ParameterLayout layout = spec.layout();
        int depth = spec.hidden().size() + 1;
        List<DenseLayer> encoder = new ArrayList<>();
        List<DenseLayer> decoder = new ArrayList<>();
        for (int k = 0; k < depth; k++) {
            encoder.add(DenseLayer.of(
                    provider,
                    parameters,
                    layout.block(k + "_W"),
                    layout.block(k + "_b"),
                    k == depth - 1 ? spec.codeActivation() : spec.activation()));
        }
        for (int k = 0; k < depth; k++) {
            Activation activation = k == depth - 1 ? spec.outputActivation() : spec.activation();
            if (spec.weights() == AutoencoderSpec.Weights.TIED) {
                int mirrored = depth - 1 - k;
                decoder.add(DenseLayer.transposed(
                        provider,
                        parameters,
                        layout.block(mirrored + "_W"),
                        layout.block(mirrored + "_vb"),
                        activation));
            } else {
                int own = depth + k;
                decoder.add(DenseLayer.of(
                        provider, parameters, layout.block(own + "_W"), layout.block(own + "_b"), activation));
            }
        }
        return new ForwardPass(
                List.copyOf(encoder.subList(0, depth - 1)),
                encoder.get(depth - 1),
                Optional.empty(),
                List.copyOf(decoder));
    }

    @Override
    public AutoencoderSpec spec() {
        return spec;
    }

    @Override
    public Autoencoder withCard(ModelCard other) {
        return new Autoencoder(this, other);
    }

    @Override
    public Autoencoder using(MultiplicationProvider other) {
        boolean sameForOne = other.forBatchesAlone() && provider() == MultiplicationProvider.standard();
        return sameForOne
                ? new Autoencoder(spec, ownParameters(), card(), other, alone().pass())
                : new Autoencoder(spec, ownParameters(), card(), other);
    }

    @Override
    void toMean(float[] raw) {
        // The output layer's activation is part of the decoder.
    }
}
