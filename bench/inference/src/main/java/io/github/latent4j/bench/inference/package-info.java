/** The processes that {@code bench/run inference} measures: one peer each, with that peer's jars alone. */
@NullMarked
package io.github.latent4j.bench.inference;

import org.jspecify.annotations.NullMarked;
