/** The engine for CPUs, whose backward pass is written out for these models and works in place. */
@NullMarked
package io.github.latent4j.training.fused;

import org.jspecify.annotations.NullMarked;
