/** The engine that trains through DL4J's own layers and updaters. Not API: an engine is got from {@link io.github.latent4j.training.TrainingEngine}. */
@NullMarked
package io.github.latent4j.training.dl4j;

import org.jspecify.annotations.NullMarked;
