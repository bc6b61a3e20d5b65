/**
 * What a service needs to use a trained model: its specification, reading it from a file, and encoding, decoding,
 * sampling and scoring with it, in plain Java.
 *
 * <p>Everything here is immutable unless a type says otherwise. Batches are row-major {@code float} matrices, one example
 * a row.
 */
@NullMarked
package io.github.latent4j.runtime;

import org.jspecify.annotations.NullMarked;
