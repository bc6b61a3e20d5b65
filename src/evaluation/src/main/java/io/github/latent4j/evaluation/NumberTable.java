package io.github.latent4j.evaluation;

import java.util.List;

/**
 * Numbers that belong in rows and columns, such as one for each latent dimension. {@code report} lays it out and writes it as CSV.
 * Immutable.
 *
 * @param name a name for files, of lower-case letters, digits and hyphens, such as {@code errors-by-column}; no chart of the same
 *     measurement has it
 * @param caption what the rows are, in a few words, such as {@code Every latent dimension}
 * @param columns the headings, with units: the first is that of the rows' names, then one a number
 * @param rows in their order
 */
public record NumberTable(String name, String caption, List<String> columns, List<Row> rows) {
    /**
     * A row.
     *
     * @param name what it is about
     * @param values NaN where one is not defined
     */
    public record Row(String name, List<Double> values) {
        /** Makes a row with a copy of the list. */
        public Row {
            values = List.copyOf(values);
        }
    }

    /**
     * Makes a table with copies of the lists.
     *
     * @throws IllegalArgumentException if the name is not one for files, or a row has more or fewer values than there are columns
     *     for them
     */
    public NumberTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        Chart.requireName("table", name);
        for (Row row : rows) {
            if (row.values().size() != columns.size() - 1) {
                throw new IllegalArgumentException("table %s: found %d values in row '%s', expected %d"
                        .formatted(name, row.values().size(), row.name(), columns.size() - 1));
            }
        }
    }
}
