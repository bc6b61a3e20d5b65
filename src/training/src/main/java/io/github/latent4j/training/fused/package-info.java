/** The engine for CPUs, whose backward pass is written out for these models and works in place. Not API: an engine is got from {@link io.github.latent4j.training.TrainingEngine}. */
@NullMarked
package io.github.latent4j.training.fused;

import org.jspecify.annotations.NullMarked;
