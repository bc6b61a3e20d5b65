/**
 * Examples to train on and to measure with: from IDX files, image folders, CSV files, arrays, and a catalogue of data sets.
 *
 * <p>{@link io.github.latent4j.data.Examples} is what the engines and the evaluation read; the record readers give the same
 * examples to DataVec's users.
 */
@NullMarked
package io.github.latent4j.data;

import org.jspecify.annotations.NullMarked;
