package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.DenseStack;
import java.util.List;

/** A trained autoencoder. Immutable and thread-safe; made by {@link LatentModel#of} or {@link LatentModel#load}. */
public final class Autoencoder implements LatentModel {
    private final AutoencoderSpec spec;
    private final float[] parameters;
    private final ModelCard card;
    private final MultiplicationProvider provider;
    private final DenseStack encoder;
    private final DenseStack decoder;

    Autoencoder(AutoencoderSpec spec, float[] parameters, ModelCard card, MultiplicationProvider provider) {
        this.spec = spec;
        this.parameters = parameters;
        this.card = card.checkedFor(spec);
        this.provider = provider;
        ParameterLayout layout = spec.layout();
        List<Integer> hidden = spec.hidden();
        int depth = hidden.size() + 1;
        DenseStack.Builder forward = new DenseStack.Builder(provider, parameters);
        DenseStack.Builder backward = new DenseStack.Builder(provider, parameters);
        for (int k = 0; k < depth; k++) {
            forward.add(
                    layout.block(k + "_W"),
                    layout.block(k + "_b"),
                    k == depth - 1 ? spec.codeActivation() : spec.activation());
        }
        for (int k = 0; k < depth; k++) {
            Activation activation = k == depth - 1 ? spec.outputActivation() : spec.activation();
            if (spec.weights() == AutoencoderSpec.Weights.TIED) {
                int mirrored = depth - 1 - k;
                backward.addTransposed(layout.block(mirrored + "_W"), layout.block(mirrored + "_vb"), activation);
            } else {
                int own = depth + k;
                backward.add(layout.block(own + "_W"), layout.block(own + "_b"), activation);
            }
        }
        this.encoder = forward.build();
        this.decoder = backward.build();
    }

    /** The same with another card. */
    private Autoencoder(Autoencoder same, ModelCard card) {
        this.spec = same.spec;
        this.parameters = same.parameters;
        this.card = card.checkedFor(spec);
        this.provider = same.provider;
        this.encoder = same.encoder;
        this.decoder = same.decoder;
    }

    @Override
    public AutoencoderSpec spec() {
        return spec;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public float[] parameters() {
        return parameters.clone();
    }

    @Override
    public MultiplicationProvider provider() {
        return provider;
    }

    @Override
    public Autoencoder withCard(ModelCard other) {
        return new Autoencoder(this, other);
    }

    @Override
    public Autoencoder using(MultiplicationProvider other) {
        return new Autoencoder(spec, parameters, card, other);
    }

    @Override
    public Matrix encode(Matrix examples) {
        Checks.batch("input", examples, spec.inputs());
        return Matrix.wrap(examples.rows(), spec.latent(), encoder.apply(examples.data(), examples.rows()));
    }

    @Override
    public Matrix decode(Matrix codes) {
        Checks.batch("code", codes, spec.latent());
        return Matrix.wrap(codes.rows(), spec.inputs(), decoder.apply(codes.data(), codes.rows()));
    }
}
