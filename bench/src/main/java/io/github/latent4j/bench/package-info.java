/** Side-by-side measurements: an application, no API. */
@NullMarked
package io.github.latent4j.bench;

import org.jspecify.annotations.NullMarked;
