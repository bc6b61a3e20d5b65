package io.github.latent4j.data;

/**
 * A data set in two parts.
 *
 * @param name as in the catalogue
 * @param train the part to train on
 * @param test the part to measure with
 */
public record Dataset(String name, Examples train, Examples test) {
    /**
     * One of the parts.
     *
     * @param part which
     * @return its examples
     */
    public Examples part(Part part) {
        return part == Part.TRAIN ? train : test;
    }
}
