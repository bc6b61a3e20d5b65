package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.Quoted;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
     * A name for each value: a table's features, else {@code x0}, {@code x1}, and so on.
     *
     * @return {@code size()} names
     */
    default List<String> featureNames() {
        return this instanceof Table table
                ? table.columns().stream()
                        .flatMap(column -> column.featureNames().stream())
                        .toList()
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
     * Records of a table, turned into features: the columns' one after the other. A feature that is NaN belongs to a missing
     * cell.
     *
     * @param columns at least one, each of another name
     */
    record Table(List<Column> columns) implements InputContract {
        /** The largest number of features, and of columns. */
        public static final int MOST_COLUMNS = 1 << 18;

        /** The largest number of characters of the names of all features: the column's, for each, and a category's value. */
        public static final int MOST_CHARACTERS = 1 << 21;

        private static final int COLUMNS_SHOWN = 8;

        /**
         * Makes a contract.
         *
         * @throws IllegalArgumentException if there is no column, two have one name, there are more than
         *     {@value #MOST_COLUMNS} features, or more than {@value #MOST_CHARACTERS} characters in the names of features
         */
        public Table {
            Checks.size("number of columns", columns.size());
            if (columns.size() > MOST_COLUMNS) {
                throw new IllegalArgumentException(
                        "number of columns: found %d, expected at most %d".formatted(columns.size(), MOST_COLUMNS));
            }
            Columns laid = new Columns(columns);
            columns = laid;
            Set<String> names = new HashSet<>();
            long characters = 0;
            for (Column column : laid) {
                characters += (long) column.features() * column.name().length();
                if (column instanceof Column.Category category) {
                    characters +=
                            category.known().stream().mapToLong(String::length).sum();
                }
            }
            if (characters > MOST_CHARACTERS) {
                throw new IllegalArgumentException("names of features: found %d characters, expected at most %d"
                        .formatted(characters, MOST_CHARACTERS));
            }
            for (Column column : laid) {
                if (!names.add(column.name())) {
                    throw new IllegalArgumentException("columns: found the name %s a second time, expected another"
                            .formatted(Quoted.of(column.name())));
                }
            }
        }

        /** A list that knows where the features of its elements start. */
        private static final class Columns extends AbstractList<Column> implements RandomAccess {
            private final Column[] columns;
            private final int[] starts;

            private Columns(List<Column> columns) {
                this.columns = columns.toArray(Column[]::new);
                long features = 0;
                starts = new int[this.columns.length + 1];
                for (int c = 0; c < this.columns.length; c++) {
                    features += this.columns[c].features();
                    starts[c + 1] = (int) Math.min(features, Integer.MAX_VALUE);
                }
                if (features > MOST_COLUMNS) {
                    throw new IllegalArgumentException(
                            "number of features: found %d, expected at most %d".formatted(features, MOST_COLUMNS));
                }
            }

            @Override
            public Column get(int index) {
                return columns[index];
            }

            @Override
            public int size() {
                return columns.length;
            }
        }

        private int start(int column) {
            return ((Columns) columns).starts[column];
        }

        /**
         * Numbers that are features as they are.
         *
         * @param names of the columns
         * @return the contract
         * @throws IllegalArgumentException as the constructor does
         */
        public static Table ofNumbers(List<String> names) {
            return new Table(names.stream()
                    .<Column>map(name -> new Column.Numeric(name, Scaling.NONE, false))
                    .toList());
        }

        @Override
        public int size() {
            return start(columns.size());
        }

        /**
         * The names of the columns.
         *
         * @return in their order
         */
        public List<String> names() {
            return columns.stream().map(Column::name).toList();
        }

        /**
         * Where the features of each column start.
         *
         * @return a number for each column, and the number of all features behind them
         */
        public int[] starts() {
            return ((Columns) columns).starts.clone();
        }

        /**
         * A likelihood for each column: Gaussian with a learned variance for numbers and dates, Bernoulli for flags and for
         * features that tell of missing cells, categorical for categories.
         *
         * @return the likelihood of the features; {@link Likelihood#GAUSSIAN} alone if there are only numbers and dates
         */
        public Likelihood likelihood() {
            List<Likelihood.Block> blocks = new ArrayList<>();
            for (Column column : columns) {
                Likelihood likelihood = column instanceof Column.Category
                        ? new Likelihood.Categorical()
                        : column instanceof Column.Flag ? Likelihood.BERNOULLI : Likelihood.GAUSSIAN;
                append(blocks, likelihood, column.values());
                if (column.indicator()) {
                    append(blocks, Likelihood.BERNOULLI, 1);
                }
            }
            return blocks.size() == 1 && blocks.get(0).likelihood().equals(Likelihood.GAUSSIAN)
                    ? Likelihood.GAUSSIAN
                    : new Likelihood.Mixed(blocks);
        }

        /** Adds features to the last block if it has the same likelihood; each category stays alone. */
        private static void append(List<Likelihood.Block> blocks, Likelihood likelihood, int features) {
            int last = blocks.size() - 1;
            if (last >= 0
                    && !likelihood.equals(new Likelihood.Categorical())
                    && blocks.get(last).likelihood().equals(likelihood)) {
                blocks.set(
                        last, new Likelihood.Block(likelihood, blocks.get(last).features() + features));
            } else {
                blocks.add(new Likelihood.Block(likelihood, features));
            }
        }

        /**
         * Turns a record into features.
         *
         * @param cells one for each column, in their order: texts or objects of the column's kind; null for a missing one
         * @return {@code size()} values
         * @throws IllegalArgumentException if there are more or fewer cells, or one is of another kind; the message names the
         *     column
         */
        public float[] features(List<? extends @Nullable Object> cells) {
            if (cells.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "record: found %d cells, expected %d, one a column".formatted(cells.size(), columns.size()));
            }
            float[] features = new float[size()];
            int c = 0;
            for (Object cell : cells) {
                columns.get(c).encode(cell, features, start(c));
                c++;
            }
            return features;
        }

        /**
         * Turns a record into features. Names that are no column's are passed over.
         *
         * @param record cells by the names of their columns: texts or objects of the column's kind; null for a missing one
         * @return {@code size()} values
         * @throws IllegalArgumentException if a column's name is not among the record's, or a cell is of another kind; the
         *     message names the column
         */
        public float[] features(Map<String, ? extends @Nullable Object> record) {
            float[] features = new float[size()];
            for (int c = 0; c < columns.size(); c++) {
                Column column = columns.get(c);
                Object cell = record.get(column.name());
                if (cell == null && !record.containsKey(column.name())) {
                    throw new IllegalArgumentException("record: found no column %s, expected it%s"
                            .formatted(
                                    Quoted.of(column.name()),
                                    record.isEmpty()
                                            ? ""
                                            : " among " + Quoted.cut(String.join(", ", record.keySet()))));
                }
                column.encode(cell, features, start(c));
            }
            return features;
        }

        /**
         * Turns features, such as a reconstruction's, into a record in the columns' own units: a {@code Double} for a number, a
         * {@code String} for everything else.
         *
         * @param features {@code size()} values
         * @return cells by the names of their columns, in the columns' order; null where a cell's features are NaN
         * @throws IllegalArgumentException if there are more or fewer features
         */
        public Map<String, @Nullable Object> record(float[] features) {
            if (features.length != size()) {
                throw new IllegalArgumentException(
                        "features: found %d values, expected %d".formatted(features.length, size()));
            }
            Map<String, @Nullable Object> record = new LinkedHashMap<>();
            for (int c = 0; c < columns.size(); c++) {
                Column column = columns.get(c);
                record.put(column.name(), column.decode(features, start(c)));
            }
            return record;
        }

        @Override
        public String text() {
            Map<String, Long> kinds = columns.stream()
                    .collect(Collectors.groupingBy(Column::kind, LinkedHashMap::new, Collectors.counting()));
            String shown = columns.stream()
                    .limit(COLUMNS_SHOWN)
                    .map(column -> Quoted.cut(column.name()))
                    .collect(Collectors.joining(", "));
            String more = columns.size() > COLUMNS_SHOWN ? ", …" : "";
            String noun = columns.size() == 1 ? "column" : "columns";
            if (kinds.keySet().equals(Set.of("number"))) {
                return "%d numeric %s: %s%s".formatted(columns.size(), noun, shown, more);
            }
            String counted = kinds.entrySet().stream()
                    .map(kind -> kind.getKey() + " " + kind.getValue())
                    .collect(Collectors.joining(", "));
            return "%d %s (%s): %s%s".formatted(columns.size(), noun, counted, shown, more);
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
