package io.github.latent4j.bench;

import java.util.Map;

/**
 * What an {@link InferenceContest} gave.
 *
 * @param series by measure, in the measure's unit; of those peers alone that it was taken of
 * @param what computed in each peer: versions, kernels
 */
record InferenceMeasurement(Map<Measure, Series> series, Map<String, String> what) {}
