package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How a CSV file is read, and how its columns become features. Immutable.
 *
 * @param columns the names of the columns to use; empty for all
 * @param ignore the names of columns to leave out
 * @param separator what stands between fields; without it, the most consistent of comma, semicolon, tab and bar
 * @param charset the encoding; a byte order mark of UTF-16 is followed where this is UTF-8
 * @param decimalComma whether numbers have a decimal comma, with or without points between thousands
 * @param header whether the first line names the columns
 * @param scaling how numbers become features
 * @param clip how far from 0 a scaled number may lie, above 0; without it, 5, and 8 for quantiles
 * @param schema a file with a DataVec schema as JSON, which says of what kind columns are
 * @param transform a file with a DataVec transform process as JSON, through which each record goes first
 * @param badRows what becomes of a row that cannot be read
 * @param contract the columns of a model, into whose features the rows are turned; without it, columns are inferred and fitted
 */
public record TableOptions(
        List<String> columns,
        List<String> ignore,
        Optional<Character> separator,
        Charset charset,
        boolean decimalComma,
        Header header,
        Scales scaling,
        OptionalDouble clip,
        Optional<Path> schema,
        Optional<Path> transform,
        BadRows badRows,
        Optional<InputContract.Table> contract) {
    private static final TableOptions DEFAULTS = new TableOptions(
            List.of(),
            List.of(),
            Optional.empty(),
            StandardCharsets.UTF_8,
            false,
            Header.AUTO,
            Scales.AUTO,
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            BadRows.FAIL,
            Optional.empty());

    /** Whether the first line of a file names the columns. */
    public enum Header {
        /** It does if it holds more words than numbers. */
        AUTO,
        /** It does. */
        YES,
        /** It does not: columns are c0, c1, and so on. */
        NO;

        /**
         * The value of a name.
         *
         * @param text auto, yes or no
         * @return the value
         * @throws IllegalArgumentException if there is none of that name
         */
        public static Header parse(String text) {
            return TableOptions.parse("header", values(), text);
        }
    }

    /** How numbers become features. */
    public enum Scales {
        /** Quantiles for columns with heavy tails (an excess kurtosis above 3), mean and standard deviation for others. */
        AUTO,
        /** (value − mean) / standard deviation. */
        STANDARD,
        /** (value − median) / (distance between the quartiles / 1.349). */
        ROBUST,
        /** (value − minimum) / range. */
        MIN_MAX,
        /** The quantile of a normal distribution that the value's rank stands for. */
        QUANTILE,
        /** Numbers as they are. */
        NONE;

        /**
         * The value of a name.
         *
         * @param text auto, standard, robust, min-max, quantile or none
         * @return the value
         * @throws IllegalArgumentException if there is none of that name
         */
        public static Scales parse(String text) {
            return TableOptions.parse("scaling", values(), text);
        }
    }

    /** What becomes of rows that cannot be read. */
    public enum BadRows {
        /** The first one ends the reading with a sentence. */
        FAIL,
        /** They are left out, counted and told of. */
        SKIP;

        /**
         * The value of a name.
         *
         * @param text fail or skip
         * @return the value
         * @throws IllegalArgumentException if there is none of that name
         */
        public static BadRows parse(String text) {
            return TableOptions.parse("bad rows", values(), text);
        }
    }

    /**
     * Makes options.
     *
     * @throws IllegalArgumentException if a column is named in both lists, the clip is not above 0 or there is nothing to clip,
     *     the separator is a quote, a line end or the decimal comma, or options that choose or scale columns stand beside a
     *     model's columns
     */
    public TableOptions {
        columns = List.copyOf(columns);
        ignore = List.copyOf(ignore);
        for (String name : ignore) {
            if (columns.contains(name)) {
                throw new IllegalArgumentException(
                        "ignore: found %s, expected no column that is to be used".formatted(name));
            }
        }
        if (clip.isPresent() && (!(clip.getAsDouble() > 0) || scaling == Scales.NONE)) {
            throw new IllegalArgumentException("clip: found %s, expected a number above 0 and a scaling"
                    .formatted(scaling == Scales.NONE ? clip.getAsDouble() + " without scaling" : clip.getAsDouble()));
        }
        if (separator.isPresent()
                && ("\"\r\n\0".indexOf(separator.get()) >= 0 || (decimalComma && separator.get() == ','))) {
            throw new IllegalArgumentException(
                    "separator: found %s, expected one that is not in numbers, quotes and line ends"
                            .formatted(
                                    separator.get() == ','
                                            ? "a comma beside decimal commas"
                                            : "a quote or a line end"));
        }
        if (contract.isPresent()) {
            requireNotGiven("columns", !columns.isEmpty());
            requireNotGiven("ignore", !ignore.isEmpty());
            requireNotGiven("scaling", scaling != Scales.AUTO);
            requireNotGiven("clip", clip.isPresent());
            requireNotGiven("schema", schema.isPresent());
        }
    }

    private static void requireNotGiven(String option, boolean given) {
        if (given) {
            throw new IllegalArgumentException(
                    option + ": found it with a model, expected it without: the model says what its columns are");
        }
    }

    /**
     * A file in UTF-8 whose columns, kinds and separator are found out, scaled by {@link Scales#AUTO}, and that fails at the
     * first bad row.
     *
     * @return the options
     */
    public static TableOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The same with the columns to use.
     *
     * @param names of the columns; none for all
     * @return new options
     */
    public TableOptions withColumns(List<String> names) {
        return new TableOptions(
                names,
                ignore,
                separator,
                charset,
                decimalComma,
                header,
                scaling,
                clip,
                schema,
                transform,
                badRows,
                contract);
    }

    /**
     * The same with columns to leave out.
     *
     * @param names of the columns
     * @return new options
     */
    public TableOptions withIgnore(List<String> names) {
        return new TableOptions(
                columns,
                names,
                separator,
                charset,
                decimalComma,
                header,
                scaling,
                clip,
                schema,
                transform,
                badRows,
                contract);
    }

    /**
     * The same with a separator.
     *
     * @param other the character between fields
     * @return new options
     */
    public TableOptions withSeparator(char other) {
        return new TableOptions(
                columns,
                ignore,
                Optional.of(other),
                charset,
                decimalComma,
                header,
                scaling,
                clip,
                schema,
                transform,
                badRows,
                contract);
    }

    /**
     * The same in another encoding.
     *
     * @param other the encoding
     * @return new options
     */
    public TableOptions withCharset(Charset other) {
        return new TableOptions(
                columns,
                ignore,
                separator,
                other,
                decimalComma,
                header,
                scaling,
                clip,
                schema,
                transform,
                badRows,
                contract);
    }

    /**
     * The same with decimal commas, or points.
     *
     * @param other whether numbers have a decimal comma
     * @return new options
     */
    public TableOptions withDecimalComma(boolean other) {
        return new TableOptions(
                columns, ignore, separator, charset, other, header, scaling, clip, schema, transform, badRows,
                contract);
    }

    /**
     * The same with or without a header.
     *
     * @param other whether the first line names the columns
     * @return new options
     */
    public TableOptions withHeader(Header other) {
        return new TableOptions(
                columns,
                ignore,
                separator,
                charset,
                decimalComma,
                other,
                scaling,
                clip,
                schema,
                transform,
                badRows,
                contract);
    }

    /**
     * The same with another scaling.
     *
     * @param other how numbers become features
     * @return new options
     */
    public TableOptions withScaling(Scales other) {
        return new TableOptions(
                columns,
                ignore,
                separator,
                charset,
                decimalComma,
                header,
                other,
                clip,
                schema,
                transform,
                badRows,
                contract);
    }

    /**
     * The same with another clip.
     *
     * @param other how far from 0 a scaled number may lie, above 0; infinite for any distance
     * @return new options
     */
    public TableOptions withClip(double other) {
        return new TableOptions(
                columns,
                ignore,
                separator,
                charset,
                decimalComma,
                header,
                scaling,
                OptionalDouble.of(other),
                schema,
                transform,
                badRows,
                contract);
    }

    /**
     * The same with a schema.
     *
     * @param file holds a DataVec schema as JSON
     * @return new options
     */
    public TableOptions withSchema(Path file) {
        return new TableOptions(
                columns,
                ignore,
                separator,
                charset,
                decimalComma,
                header,
                scaling,
                clip,
                Optional.of(file),
                transform,
                badRows,
                contract);
    }

    /**
     * The same with a transform process.
     *
     * @param file holds a DataVec transform process as JSON
     * @return new options
     */
    public TableOptions withTransform(Path file) {
        return new TableOptions(
                columns,
                ignore,
                separator,
                charset,
                decimalComma,
                header,
                scaling,
                clip,
                schema,
                Optional.of(file),
                badRows,
                contract);
    }

    /**
     * The same with another fate of bad rows.
     *
     * @param other what becomes of them
     * @return new options
     */
    public TableOptions withBadRows(BadRows other) {
        return new TableOptions(
                columns,
                ignore,
                separator,
                charset,
                decimalComma,
                header,
                scaling,
                clip,
                schema,
                transform,
                other,
                contract);
    }

    /**
     * The same for the columns of a model.
     *
     * @param table the model's input
     * @return new options
     */
    public TableOptions withContract(InputContract.Table table) {
        return new TableOptions(
                columns,
                ignore,
                separator,
                charset,
                decimalComma,
                header,
                scaling,
                clip,
                schema,
                transform,
                badRows,
                Optional.of(table));
    }

    private static <E extends Enum<E>> E parse(String what, E[] values, String text) {
        return Arrays.stream(values)
                .filter(value -> name(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s: found %s, expected %s"
                        .formatted(
                                what,
                                text,
                                Arrays.stream(values).map(TableOptions::name).collect(Collectors.joining(", ")))));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
