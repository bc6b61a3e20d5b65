/**
 * Pictures, charts and the page that shows what was measured.
 *
 * <p>{@link Images} draws images and is where to begin with a picture; {@link ModelPictures} draws what a model of images does.
 * {@link Assessor} measures all that a model and data allow, and {@link Report} makes a folder of it: one {@link ModelSection} for each
 * model, a {@link Comparison} of several, and all figures, charts and pictures as files. {@link HtmlReport} is the page by
 * itself, which needs no network and no scripts, and {@link MarkdownReport} one for a README.
 */
@NullMarked
package io.github.latent4j.evaluation.report;

import org.jspecify.annotations.NullMarked;
