/**
 * What the codes of a model are worth: how they are spread, what they tell of labels and of known factors.
 *
 * <p>{@link LatentEvaluator} is where to begin. It gives the KL divergence and the activity of each {@link LatentDimension}, all codes
 * together beside the prior ({@link AggregatedPosterior}), and what simple classifiers make of them ({@link Probes}).
 * {@link DisentanglementEvaluator} compares single dimensions with single factors, where it is known what examples were made
 * from.
 */
@NullMarked
package io.github.latent4j.evaluation.latent;

import org.jspecify.annotations.NullMarked;
