/** Where codes to decode come from - the prior, a mixture fitted to codes, ways between two codes - and how good the samples are. */
@NullMarked
package io.github.latent4j.evaluation.sampling;

import org.jspecify.annotations.NullMarked;
