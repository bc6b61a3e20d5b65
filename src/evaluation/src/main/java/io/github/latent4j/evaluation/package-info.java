/**
 * What a trained model is worth: its figures on data that it was not trained on.
 *
 * <p>{@link Evaluator} is where to begin: the reconstruction error beside that of PCA and, of a VAE, the evidence lower bound and
 * what the code carries. {@link LikelihoodEvaluator} estimates a VAE's log likelihood by importance sampling, and
 * {@link AnomalyScoring} judges many examples by a model's detector. What was found is a {@link Measurement} of {@link Figure}s,
 * {@link NumberTable}s and {@link Chart}s: plain numbers that a page, a table or a file can be made of.
 *
 * <p>The code is looked at in {@link io.github.latent4j.evaluation.latent}, what a model generates in
 * {@link io.github.latent4j.evaluation.sampling}; pages and pictures are made in {@link io.github.latent4j.evaluation.report}.
 */
@NullMarked
package io.github.latent4j.evaluation;

import org.jspecify.annotations.NullMarked;
