/** What the codes of a model are worth: how they are spread, what they tell of labels and of known factors. */
@NullMarked
package io.github.latent4j.evaluation.latent;

import org.jspecify.annotations.NullMarked;
