package io.github.latent4j.training;

/**
 * An epoch's report with the rates in force at its last step.
 *
 * @param report what the epoch gave
 * @param learningRate the learning rate
 * @param klWeight the KL weight of a VAE, warm-up and β together
 */
record EpochMetrics(EpochReport report, double learningRate, double klWeight) {}
