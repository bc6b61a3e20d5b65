/** Not API: the kernels behind {@link io.github.latent4j.runtime} and the reading of model files. */
@NullMarked
package io.github.latent4j.runtime.internal;

import org.jspecify.annotations.NullMarked;
