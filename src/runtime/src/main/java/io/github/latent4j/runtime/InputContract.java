package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the values of an example mean, and in which order they stand. */
public sealed interface InputContract {
    /**
     * The number of values of an example.
     *
     * @return at least 1
     */
    int size();

    /**
     * What this and another contract agree on. A plain vector agrees with anything of its size, since it says nothing more.
     *
     * @param other another contract
     * @return the one of both that says more; empty if they differ
     */
    default Optional<InputContract> common(InputContract other) {
        if (equals(other) || (other instanceof Vector && size() == other.size())) {
            return Optional.of(this);
        }
        return this instanceof Vector && size() == other.size() ? Optional.of(other) : Optional.empty();
    }

    /**
     * A name for each value: a table's columns, else {@code x0}, {@code x1}, and so on.
     *
     * @return {@code size()} names
     */
    default List<String> columnNames() {
        return this instanceof Table table
                ? table.columns()
                : IntStream.range(0, size()).mapToObj(i -> "x" + i).toList();
    }

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
            if ((long) height * width * channels > Integer.MAX_VALUE - 8 || (long) height * width > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "image size: found %d x %d, expected fewer than 2^31 values".formatted(height, width));
            }
        }

        @Override
        public int size() {
            return height * width * channels;
        }

        @Override
        public String text() {
            return height + " x " + width + (channels == 1 ? " grey" : " colour") + " pixels in [0, 1]";
        }
    }

    /**
     * Numbers of a table, in the order of its columns.
     *
     * @param columns their names
     */
    record Table(List<String> columns) implements InputContract {
        /** The largest number of columns. */
        public static final int MOST_COLUMNS = 1 << 18;

        /** The largest number of characters of all names together. */
        public static final int MOST_CHARACTERS = 1 << 21;

        private static final int COLUMNS_SHOWN = 8;

        /**
         * Makes a contract.
         *
         * @throws IllegalArgumentException if there is no column, or there are more than {@value #MOST_COLUMNS}, or more than
         *     {@value #MOST_CHARACTERS} characters in their names
         */
        public Table {
            columns = List.copyOf(columns);
            Checks.size("number of columns", columns.size());
            if (columns.size() > MOST_COLUMNS) {
                throw new IllegalArgumentException(
                        "number of columns: found %d, expected at most %d".formatted(columns.size(), MOST_COLUMNS));
            }
            long characters = 0;
            for (String column : columns) {
                characters += column.length();
            }
            if (characters > MOST_CHARACTERS) {
                throw new IllegalArgumentException("names of columns: found %d characters, expected at most %d"
                        .formatted(characters, MOST_CHARACTERS));
            }
        }

        @Override
        public int size() {
            return columns.size();
        }

        @Override
        public String text() {
            String shown =
                    columns.stream().limit(COLUMNS_SHOWN).map(Quoted::line).collect(Collectors.joining(", "));
            return columns.size() + " numeric columns: " + shown + (columns.size() > COLUMNS_SHOWN ? ", …" : "");
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
            return size + (size == 1 ? " number" : " numbers");
        }
    }
}
