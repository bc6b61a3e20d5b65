package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.IdxWriter;
import io.github.latent4j.data.TableCells;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a model makes of examples, a row each, in blocks: as CSV or, by the name's ending, as IDX of floats. Where a row is
 * one of a table, CSV has its cells in their own units.
 */
final class RowWriter {
    private static final int BLOCK = 256;
    private static final Pattern SPECIAL = Pattern.compile("[\",\\r\\n]");

    /** Up to here a whole number is written without point and power of ten. */
    private static final double MOST_WHOLE = 1e15;

    private RowWriter() {}

    /** Whether a file's name says that it is CSV. */
    static boolean isCsv(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    /**
     * Writes a file whole or not at all.
     *
     * @param file ends in .csv, .idx or .idx.gz
     * @param examples the examples
     * @param columns names of the columns that are written
     * @param map makes the rows of a block
     */
    static void write(Path file, Examples examples, List<String> columns, UnaryOperator<Matrix> map)
            throws IOException {
        if (isCsv(file)) {
            writeCsv(file, examples, columns, block -> values(map.apply(block)));
        } else {
            writeIdx(file, examples, columns.size(), map);
        }
    }

    /**
     * Writes examples of the model's own kind, as {@link #write} does: cells where they are rows of a table and the file is CSV.
     *
     * @param file ends in .csv, .idx or .idx.gz
     * @param examples the examples
     * @param input what the values of a row mean
     * @param map makes the rows of a block
     */
    static void writeAlike(Path file, Examples examples, InputContract input, UnaryOperator<Matrix> map)
            throws IOException {
        if (input instanceof Table table && isCsv(file)) {
            writeCsv(file, examples, table.names(), block -> cells(table, map.apply(block)));
        } else {
            write(file, examples, input.featureNames(), map);
        }
    }

    /**
     * Writes the cells of a table as CSV; where one is missing, that of another row.
     *
     * @param file the file
     * @param examples rows of the table
     * @param table its columns
     * @param there the cells that are there; if it is empty, what the features tell of them
     * @param map makes the rows of a block that have what is missing
     */
    static void writeFilled(
            Path file, Examples examples, Table table, Optional<TableCells> there, UnaryOperator<Matrix> map)
            throws IOException {
        int[] next = {0};
        writeCsv(file, examples, table.names(), block -> {
            List<List<String>> own = there.isEmpty() ? cells(table, block) : new ArrayList<>();
            for (int r = 0; there.isPresent() && r < block.rows(); r++) {
                own.add(cellsOf(there.get(), examples.origin(next[0]++)));
            }
            return filled(own, cells(table, map.apply(block)));
        });
    }

    private static List<String> cellsOf(TableCells cells, long row) {
        try {
            return cells.of(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeIdx(Path file, Examples examples, int columns, UnaryOperator<Matrix> map)
            throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".idx") && !name.endsWith(".idx.gz")) {
            throw new IOException(
                    "%s: found another ending, expected .csv, .idx or .idx.gz, or .png where there are pictures"
                            .formatted(file));
        }
        try (IdxWriter writer = IdxWriter.floats(file, columns)) {
            for (int from = 0; from < examples.size(); from += BLOCK) {
                writer.write(map.apply(block(examples, from)));
            }
            writer.finish();
        }
    }

    private static Matrix block(Examples examples, int from) {
        return examples.read(from, Math.min(examples.size(), from + BLOCK));
    }

    private static void writeCsv(
            Path file, Examples examples, List<String> columns, Function<Matrix, List<List<String>>> fields)
            throws IOException {
        boolean labelled = !examples.labelNames().isEmpty();
        try (StagedFile staged = StagedFile.beside(file)) {
            try (Writer out = Files.newBufferedWriter(staged.path(), StandardCharsets.UTF_8)) {
                out.write(line(columns) + (labelled ? ",label\n" : "\n"));
                for (int from = 0; from < examples.size(); from += BLOCK) {
                    int row = from;
                    for (List<String> texts : fields.apply(block(examples, from))) {
                        out.write(line(texts));
                        if (labelled) {
                            out.write("," + quoted(examples.labelNames().get(examples.label(row))));
                        }
                        out.write('\n');
                        row++;
                    }
                }
            }
            staged.place();
        }
    }

    private static List<List<String>> values(Matrix rows) {
        return IntStream.range(0, rows.rows())
                .mapToObj(r -> IntStream.range(0, rows.columns())
                        .mapToObj(c -> Float.toString(rows.get(r, c)))
                        .toList())
                .toList();
    }

    /** The cells of rows; a missing one is an empty text. */
    static List<List<String>> cells(Table table, Matrix rows) {
        return IntStream.range(0, rows.rows())
                .mapToObj(r -> table.record(rows.row(r)).values().stream()
                        .map(RowWriter::text)
                        .toList())
                .toList();
    }

    static List<List<String>> filled(List<List<String>> rows, List<List<String>> others) {
        return IntStream.range(0, rows.size())
                .mapToObj(r -> IntStream.range(0, rows.get(r).size())
                        .mapToObj(c -> rows.get(r).get(c).isEmpty()
                                ? others.get(r).get(c)
                                : rows.get(r).get(c))
                        .toList())
                .toList();
    }

    private static String text(@Nullable Object cell) {
        if (cell instanceof Double number && number == Math.rint(number) && Math.abs(number) < MOST_WHOLE) {
            return Long.toString(number.longValue());
        }
        return cell == null ? "" : cell.toString();
    }

    private static String line(List<String> fields) {
        return fields.stream().map(RowWriter::quoted).collect(Collectors.joining(","));
    }

    /** A field of a CSV file. */
    static String quoted(String field) {
        return SPECIAL.matcher(field).find() ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
