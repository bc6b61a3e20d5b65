package io.github.latent4j.runtime;

import java.util.List;

/** What the values of an example mean, and in which order they stand. */
public sealed interface InputContract {
    /**
     * The number of values of an example.
     *
     * @return at least 1
     */
    int size();

    /**
     * A short description, such as {@code 28 x 28 grey pixels in [0, 1]}.
     *
     * @return text for people
     */
    String text();

    /**
     * Pixels in [0, 1]: row by row from the top, each from the left, the channels of a pixel side by side.
     *
     * @param height in pixels, at least 1
     * @param width in pixels, at least 1
     * @param channels 1 for grey, 3 for red, green and blue
     */
    record Image(int height, int width, int channels) implements InputContract {
        /**
         * Makes a contract.
         *
         * @throws IllegalArgumentException if a size is below 1 or the channels are neither 1 nor 3
         */
        public Image {
            Checks.size("image height", height);
            Checks.size("image width", width);
            if (channels != 1 && channels != 3) {
                throw new IllegalArgumentException(
                        "image channels: found %d, expected 1 (grey) or 3 (red, green, blue)".formatted(channels));
            }
            Math.multiplyExact(Math.multiplyExact(height, width), channels);
        }

        @Override
        public int size() {
            return height * width * channels;
        }

        @Override
        public String text() {
            return "%d x %d %s pixels in [0, 1]".formatted(height, width, channels == 1 ? "grey" : "colour");
        }
    }

    /**
     * Numbers of a table, in the order of its columns.
     *
     * @param columns their names
     */
    record Table(List<String> columns) implements InputContract {
        /**
         * Makes a contract.
         *
         * @throws IllegalArgumentException if there is no column
         */
        public Table {
            columns = List.copyOf(columns);
            Checks.size("number of columns", columns.size());
        }

        @Override
        public int size() {
            return columns.size();
        }

        @Override
        public String text() {
            return "%d numeric columns: %s".formatted(columns.size(), String.join(", ", columns));
        }
    }

    /**
     * Numbers of no known meaning.
     *
     * @param size how many, at least 1
     */
    record Vector(int size) implements InputContract {
        /**
         * Makes a contract.
         *
         * @throws IllegalArgumentException if the size is below 1
         */
        public Vector {
            Checks.size("input size", size);
        }

        @Override
        public String text() {
            return size + " numbers";
        }
    }
}
