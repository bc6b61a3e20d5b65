/**
 * Training: plans, the trainer that follows one, and the engines that compute its steps.
 *
 * <p>{@link io.github.latent4j.training.Trainer} is where to start.
 */
@NullMarked
package io.github.latent4j.training;

import org.jspecify.annotations.NullMarked;
