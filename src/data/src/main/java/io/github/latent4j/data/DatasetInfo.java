package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the catalogue knows of a data set.
 *
 * @param name as in the catalogue
 * @param description one line
 * @param trainExamples the size of the part to train on
 * @param testExamples the size of the part to measure with
 * @param input what the values of an example mean
 * @param origin who made it
 * @param licence under which terms
 * @param folder where its files were found on this machine; empty if they are not there or there are none
 * @param address where its files are downloaded from; empty if it needs none
 */
public record DatasetInfo(
        String name,
        String description,
        int trainExamples,
        int testExamples,
        InputContract input,
        String origin,
        String licence,
        Optional<Path> folder,
        Optional<URI> address) {}
