package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;

/** Rows of pictures: ways through the latent space. */
final class Rows {
    private Rows() {}

    /** An index of an example that is there. */
    static int index(String option, int index, Examples examples) {
        if (index < 0 || index >= examples.size()) {
            throw new IllegalArgumentException("%s: found %d, expected 0 to %d, an example of %s"
                    .formatted(option, index, examples.size() - 1, examples.name()));
        }
        return index;
    }
}
