package io.github.latent4j.examples.notebook;

import java.util.Locale;

/** Numbers for the cells of tables. */
public final class Numbers {
    private Numbers() {}

    /**
     * A number in English.
     *
     * @param value any
     * @param decimals how many places behind the point, at least 0
     * @return such as {@code 0.25} with two
     */
    public static String text(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
