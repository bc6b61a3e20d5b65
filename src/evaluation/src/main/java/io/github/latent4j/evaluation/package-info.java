/**
 * What a trained model is worth: its figures on data, pictures of what it makes, and a page that shows both.
 */
@NullMarked
package io.github.latent4j.evaluation;

import org.jspecify.annotations.NullMarked;
