package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.ModelReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A trained model: an {@link Autoencoder} or a {@link Vae}. It is immutable; any number of threads may use one instance
 * without locks.
 *
 * <p>Inputs are examples as the model's {@link ModelCard#input() input contract} describes them: for images, pixels in
 * [0, 1], row by row, the channels of a pixel side by side.
 */
public sealed interface LatentModel extends Reconstructor permits Autoencoder, Vae {
    /**
     * Reads a model file.
     *
     * @param file a file that latent4j wrote
     * @return the model, multiplying in plain Java
     * @throws ModelFormatException if the content is no model of a known format; the message names the file
     * @throws IOException if the file cannot be read
     */
    static LatentModel load(Path file) throws IOException {
        return ModelReader.read(file);
    }

    /**
     * Reads a model from a stream, which is read to its end and not closed.
     *
     * @param stream the content of a file that latent4j wrote
     * @return the model, multiplying in plain Java
     * @throws ModelFormatException if the content is no model of a known format
     * @throws IOException if the stream cannot be read
     */
    static LatentModel load(InputStream stream) throws IOException {
        return ModelReader.read(stream, "model");
    }

    /**
     * A model from a specification and parameters.
     *
     * @param spec what it is
     * @param parameters DL4J's flat vector, ordered as {@link ModelSpec#layout()} says; copied
     * @return the model, multiplying in plain Java, with a card that knows nothing of its origin
     * @throws IllegalArgumentException if the number of parameters is not what the specification needs or one is not
     *     finite
     */
    static LatentModel of(ModelSpec spec, float[] parameters) {
        return of(spec, parameters, MultiplicationProvider.plain());
    }

    /**
     * A model from a specification and parameters, with a provider.
     *
     * @param spec what it is
     * @param parameters DL4J's flat vector, ordered as {@link ModelSpec#layout()} says; copied
     * @param provider how it multiplies
     * @return the model, with a card that knows nothing of its origin
     * @throws IllegalArgumentException if the number of parameters is not what the specification needs or one is not
     *     finite
     */
    static LatentModel of(ModelSpec spec, float[] parameters, MultiplicationProvider provider) {
        int expected = spec.layout().length();
        if (parameters.length != expected) {
            throw new IllegalArgumentException(
                    "found %d parameters, expected %d for %s".formatted(parameters.length, expected, spec));
        }
        for (int i = 0; i < expected; i++) {
            if (!Float.isFinite(parameters[i])) {
                throw new IllegalArgumentException(
                        "found %s as parameter %d, expected a finite number".formatted(parameters[i], i));
            }
        }
        float[] copy = parameters.clone();
        ModelCard card = ModelCard.of(new InputContract.Vector(spec.inputs()));
        if (spec instanceof VaeSpec vae) {
            return new Vae(vae, copy, card, provider);
        }
        return new Autoencoder((AutoencoderSpec) spec, copy, card, provider);
    }

    /**
     * What the model is.
     *
     * @return the specification
     */
    ModelSpec spec();

    /**
     * Where the model came from and what it expects.
     *
     * @return the card
     */
    ModelCard card();

    /**
     * A copy of the parameters.
     *
     * @return DL4J's flat vector, ordered as {@link ModelSpec#layout()} says
     */
    float[] parameters();

    /**
     * How the model multiplies.
     *
     * @return the provider
     */
    MultiplicationProvider provider();

    /**
     * The same model with another card.
     *
     * @param card the card
     * @return a new model
     * @throws IllegalArgumentException if the card's input contract is for examples of another size
     */
    LatentModel withCard(ModelCard card);

    /**
     * The same model multiplying in another way.
     *
     * @param provider how to multiply
     * @return a new model
     */
    LatentModel using(MultiplicationProvider provider);

    /**
     * Encodes a batch: an autoencoder's activations in the middle, a VAE's posterior means.
     *
     * @param examples n rows of {@code spec().inputs()} finite values
     * @return n rows of {@code spec().latent()} values
     * @throws IllegalArgumentException if the width is another or a value is not finite
     */
    Matrix encode(Matrix examples);

    /**
     * Decodes a batch of codes: for a VAE, the mean of p(x|z).
     *
     * @param codes n rows of {@code spec().latent()} finite values
     * @return n rows of {@code spec().inputs()} values
     * @throws IllegalArgumentException if the width is another or a value is not finite
     */
    Matrix decode(Matrix codes);

    /**
     * Encodes one example.
     *
     * @param example {@code spec().inputs()} finite values
     * @return {@code spec().latent()} values, with the same bits as in any batch under the plain provider
     * @throws IllegalArgumentException if the length is another or a value is not finite
     */
    default float[] encode(float[] example) {
        return encode(Matrix.wrap(1, example.length, example)).data();
    }

    /**
     * Decodes one code.
     *
     * @param code {@code spec().latent()} finite values
     * @return {@code spec().inputs()} values
     * @throws IllegalArgumentException if the length is another or a value is not finite
     */
    default float[] decode(float[] code) {
        return decode(Matrix.wrap(1, code.length, code)).data();
    }

    @Override
    default Matrix reconstruct(Matrix examples) {
        return decode(encode(examples));
    }

    /**
     * Decodes what it encoded, for one example.
     *
     * @param example {@code spec().inputs()} finite values
     * @return as many values
     * @throws IllegalArgumentException if the length is another or a value is not finite
     */
    default float[] reconstruct(float[] example) {
        return decode(encode(example));
    }

    /**
     * The squared error of each feature's reconstruction, in squared units of the input.
     *
     * @param example {@code spec().inputs()} finite values
     * @return as many values, each at least 0
     * @throws IllegalArgumentException if the length is another or a value is not finite
     */
    default float[] errorPerFeature(float[] example) {
        float[] errors = reconstruct(example);
        for (int i = 0; i < errors.length; i++) {
            float difference = errors[i] - example[i];
            errors[i] = difference * difference;
        }
        return errors;
    }

    /**
     * The mean squared error over the features of one example.
     *
     * @param example {@code spec().inputs()} finite values
     * @return at least 0, in squared units of the input
     * @throws IllegalArgumentException if the length is another or a value is not finite
     */
    default double reconstructionError(float[] example) {
        return reconstructionErrors(Matrix.wrap(1, example.length, example))[0];
    }
}
