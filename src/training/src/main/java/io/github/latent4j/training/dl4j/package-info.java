/** The engine that trains through DL4J's own layers and updaters. */
@NullMarked
package io.github.latent4j.training.dl4j;

import org.jspecify.annotations.NullMarked;
