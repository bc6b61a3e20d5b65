/**
 * Using a trained model, in plain Java and without native code: what a service needs.
 *
 * <p>{@link LatentModel#load(java.nio.file.Path)} is where to begin. It gives an {@link Autoencoder} or a {@link Vae}, which
 * encodes, decodes, reconstructs and, of a VAE, samples and gives the posterior and the evidence lower bound; any number of
 * threads may share it. A model has a specification, {@link VaeSpec} or {@link AutoencoderSpec}, which is also what a training is
 * asked for, and a {@link ModelCard}, which says what its input means ({@link InputContract}, {@link Column}) and where it came from
 * ({@link Provenance}). {@link AnomalyDetector} says how odd an example is, if the model file has a detector, and
 * {@link MultiplicationProvider} how products are computed.
 *
 * <p>Everything here is immutable unless a type says otherwise. Batches are row-major {@code float} matrices ({@link Matrix}), one
 * example a row; bad arguments are met with an {@link IllegalArgumentException} and bad files with a {@link ModelFormatException},
 * each of one sentence.
 */
@NullMarked
package io.github.latent4j.runtime;

import org.jspecify.annotations.NullMarked;
