/**
 * What a trained model is worth: its figures on data, pictures of what it makes, and a page that shows both.
 *
 * <p>{@link io.github.latent4j.evaluation.Evaluator} measures, {@link io.github.latent4j.evaluation.report.Images} draws,
 * {@link io.github.latent4j.evaluation.report.HtmlReport} tells.
 */
@NullMarked
package io.github.latent4j.evaluation;

import org.jspecify.annotations.NullMarked;
