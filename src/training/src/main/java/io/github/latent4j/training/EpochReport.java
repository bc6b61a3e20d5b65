package io.github.latent4j.training;

import io.github.latent4j.training.TrainingEngine.Phase;
import java.util.Optional;

/**
 * What an epoch gave.
 *
 * @param phase the phase that it belongs to
 * @param epoch its number in the phase, from 1
 * @param training mean losses over the epoch's steps, each measured before its step
 * @param validation losses of the held-out examples after the epoch; empty without any, and while pretraining. For a VAE
 *     {@code loss} is the reconstruction and the KL at its full weight, β, without free bits, whatever the warm-up, so that
 *     epochs compare; with the importance-weighted bound and β = 1 it is minus that bound. For an autoencoder it is the mean
 *     squared error and the sparsity's penalty
 * @param learningRate in force at the epoch's last step
 * @param klWeight of a VAE at the epoch's last step, warm-up and β together
 * @param best whether the model after this epoch is the best so far, and kept
 * @param seconds how long its steps and its validation took
 * @param examplesPerSecond examples trained on in a second of its steps, validation excluded
 */
public record EpochReport(
        Phase phase,
        int epoch,
        Losses training,
        Optional<Losses> validation,
        double learningRate,
        double klWeight,
        boolean best,
        double seconds,
        double examplesPerSecond) {}
