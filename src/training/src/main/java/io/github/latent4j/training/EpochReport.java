package io.github.latent4j.training;

import io.github.latent4j.training.TrainingEngine.Phase;
import java.util.Optional;

/**
 * What an epoch gave.
 *
 * @param phase the phase that it belongs to
 * @param epoch its number in the phase, from 1
 * @param training mean losses over the epoch's steps, each measured before its step
 * @param validation losses of the held-out examples after the epoch; empty without any, and while pretraining
 * @param best whether the model after this epoch is the best so far, and kept
 * @param seconds how long it took, validation included
 */
public record EpochReport(
        Phase phase, int epoch, Losses training, Optional<Losses> validation, boolean best, double seconds) {}
