package io.github.latent4j.evaluation.sampling;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A mixture and how it was found. Immutable.
 *
 * @param mixture what was fitted
 * @param codes the number of codes it was fitted to
 * @param logLikelihood the mean of their log densities under the mixture, in nats a code
 * @param bic for each number of components that was tried, in ascending order, the Bayesian information criterion
 *     −2 ln L + p ln n with p free parameters and n codes; lower is better
 */
public record GaussianMixtureFit(
        GaussianMixture mixture, int codes, double logLikelihood, SortedMap<Integer, Double> bic) {
    /** Makes a fit with a copy of the map. */
    public GaussianMixtureFit {
        bic = Collections.unmodifiableSortedMap(new TreeMap<>(bic));
    }
}
