/** The {@code latent4j} command line. Nothing here is API; {@link io.github.latent4j.cli.Main} is where it starts. */
@NullMarked
package io.github.latent4j.cli;

import org.jspecify.annotations.NullMarked;
