/** What the evaluation is made with. Not API. */
@NullMarked
package io.github.latent4j.evaluation.internal;

import org.jspecify.annotations.NullMarked;
