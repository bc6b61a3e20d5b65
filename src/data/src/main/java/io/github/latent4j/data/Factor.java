package io.github.latent4j.data;

/**
 * One of the things that examples were made from and that is known, such as the digit or the slant of {@link Strokes}.
 *
 * @param name a word or two for people, such as {@code slant}
 * @param values how many values it has, which are then 0, 1, …; 0 if it is continuous
 */
public record Factor(String name, int values) {
    /**
     * Makes a factor.
     *
     * @throws IllegalArgumentException if the number of values is negative
     */
    public Factor {
        if (values < 0) {
            throw new IllegalArgumentException(
                    "factor %s: found %d values, expected at least 1, or 0 for a continuous one"
                            .formatted(name, values));
        }
    }

    /**
     * A factor that is a category.
     *
     * @param name for people
     * @param values how many there are, at least 1
     * @return the factor
     * @throws IllegalArgumentException if there is no value
     */
    public static Factor categorical(String name, int values) {
        if (values < 1) {
            throw new IllegalArgumentException(
                    "factor %s: found %d values, expected at least 1".formatted(name, values));
        }
        return new Factor(name, values);
    }

    /**
     * A factor that is a number.
     *
     * @param name for people
     * @return the factor
     */
    public static Factor continuous(String name) {
        return new Factor(name, 0);
    }

    /**
     * Whether it is a number rather than a category.
     *
     * @return true if it has no list of values
     */
    public boolean isContinuous() {
        return values == 0;
    }
}
