package io.github.latent4j.evaluation.report;

/**
 * A picture of a report. Immutable.
 *
 * @param name a name for files, of lower-case letters, digits and hyphens, such as {@code worst-reconstructions}
 * @param heading what it shows, in a few words
 * @param caption what is to be seen, in whole sentences
 * @param picture the picture
 */
public record NamedPicture(String name, String heading, String caption, Picture picture) {
    /**
     * Makes a picture.
     *
     * @throws IllegalArgumentException if the name is not one for files
     */
    public NamedPicture {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "picture: found the name '%s', expected lower-case letters, digits and single hyphens"
                            .formatted(name));
        }
    }
}
