package io.github.latent4j.data;

/**
 * A data set in two parts.
 *
 * @param name as in the catalogue
 * @param train the part to train on
 * @param test the part to measure with
 */
public record Dataset(String name, Examples train, Examples test) {}
