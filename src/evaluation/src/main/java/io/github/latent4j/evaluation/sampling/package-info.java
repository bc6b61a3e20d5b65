/**
 * Where codes to decode come from, and how good the samples are.
 *
 * <p>A {@link LatentSampler} gives codes and is where to begin: {@link Prior} draws from a VAE's prior, {@link GaussianMixtureFitter} fits
 * a {@link GaussianMixture} to the codes of examples, which serves autoencoders too. {@link Interpolation} goes from one code to
 * another, {@link Traversal} through one dimension after the other. {@link SampleEvaluator} judges what comes out, by
 * {@link FrechetDistance} and {@link PrecisionRecall} beside a linear model and real examples.
 */
@NullMarked
package io.github.latent4j.evaluation.sampling;

import org.jspecify.annotations.NullMarked;
