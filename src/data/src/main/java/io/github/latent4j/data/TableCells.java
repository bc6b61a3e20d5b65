package io.github.latent4j.data;

import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract.Table;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of a CSV file as they stand there, for a model's columns in their order: what features do not tell whole, such as
 * dates. Read from the front to the back; for use by one thread.
 */
public final class TableCells implements Closeable {
    private final Path file;
    private final Table table;
    private final boolean decimalComma;
    private final TableRows rows;
    private final int[] indices;

    private TableCells(Path file, Table table, boolean decimalComma, TableRows rows, int[] indices) {
        this.file = file;
        this.table = table;
        this.decimalComma = decimalComma;
        this.rows = rows;
        this.indices = indices;
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @param options those that the examples were opened with, with the model's table as the contract
     * @return its cells, from the first row on
     * @throws IllegalArgumentException if there is no contract
     * @throws InvalidDataException if the file lacks a column
     * @throws IOException if it cannot be read
     */
    public static TableCells open(Path file, SourceOptions options) throws IOException {
        Table table = options.table()
                .contract()
                .orElseThrow(() -> new IllegalArgumentException("found no contract, expected a model's table"));
        TableRows rows = new CsvTable(file, options).rows(new BadRowCount(TableOptions.BadRows.SKIP));
        try {
            return new TableCells(file, table, options.table().decimalComma(), rows, rows.indicesOf(table));
        } catch (IOException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    /**
     * The cells of a row.
     *
     * @param origin as {@link Examples#origin} tells it, greater than that of the call before
     * @return a text for each of the model's columns, empty for a missing cell; numbers have a decimal point
     * @throws IOException if the file cannot be read or has no such row any more
     */
    public List<String> of(long origin) throws IOException {
        for (TableRows.Row row = rows.next(); row != null; row = rows.next()) {
            if (row.index() == origin) {
                List<String> cells = new ArrayList<>();
                for (int c = 0; c < indices.length; c++) {
                    String cell = row.cells()[indices[c]];
                    boolean number = table.columns().get(c) instanceof Column.Numeric;
                    cells.add(
                            Column.isMissing(cell)
                                    ? ""
                                    : decimalComma && number ? Numerals.withPoint(cell) : cell.strip());
                }
                return cells;
            }
        }
        throw new InvalidDataException(
                "%s: found no row %d, expected it, as when the file was read first".formatted(file, origin + 1));
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
