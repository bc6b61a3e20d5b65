package io.github.latent4j.data;

import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.MomentFormat;
import io.github.latent4j.runtime.internal.Quoted;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/** The rows of a table, behind its header and through its transform process. */
final class TableRows implements Closeable {
    private static final Pattern NUMBERED = Pattern.compile("c[0-9]+");
    private static final Pattern ENDLESS = Pattern.compile("[-+]?(?i:inf|infinity)");

    private static final Set<MomentFormat> DATES = EnumSet.complementOf(EnumSet.of(MomentFormat.EPOCH_MILLIS));

    private final Path file;
    private final CsvRecords records;
    private final BadRowCount bad;
    private final @Nullable TransformProcess transform;
    /** Where the columns of the transform process stand in the file. */
    private final int[] inputs;

    private final List<String> names;
    private final Map<String, Integer> places;
    private final boolean header;
    private CsvRecords.@Nullable Fields first;
    private int index = -1;
    private long filtered;

    private TableRows(
            Path file,
            CsvRecords records,
            TableOptions options,
            List<String> expected,
            boolean byPlace,
            @Nullable TransformProcess transform,
            BadRowCount bad)
            throws IOException {
        this.file = file;
        this.records = records;
        this.bad = bad;
        this.transform = transform;
        CsvRecords.Fields line = firstLine(records, file);
        this.header = isHeader(line.fields(), options.header(), expected);
        List<String> fileNames = header ? named(line) : numbered(line.fields().length, byPlace ? expected : List.of());
        this.first = header ? null : line;
        records.name(fileNames);
        Map<String, Integer> filePlaces = places(fileNames);
        if (transform == null) {
            this.inputs = new int[0];
            this.names = fileNames;
            this.places = filePlaces;
        } else {
            List<String> taken = transform.getInitialSchema().getColumnNames();
            this.inputs = new int[taken.size()];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = indexOf(taken.get(i), filePlaces);
            }
            this.names = List.copyOf(transform.getFinalSchema().getColumnNames());
            this.places = places(names);
        }
    }

    /**
     * A row.
     *
     * @param index its number among the rows of the file, from 0
     * @param line where it starts, from 1
     * @param cells as many as {@link #names()}
     */
    record Row(int index, long line, String[] cells) {}

    /**
     * Opens a file.
     *
     * @param expected the names that are known of its columns, in their order; empty if none is
     * @param byPlace whether these are the names of a file without a header, too, if it has as many columns
     */
    static TableRows open(
            Path file,
            TableOptions options,
            List<String> expected,
            boolean byPlace,
            @Nullable TransformProcess transform,
            BadRowCount bad)
            throws IOException {
        CsvRecords records = CsvRecords.open(file, options);
        try {
            return new TableRows(file, records, options, expected, byPlace, transform, bad);
        } catch (IOException | RuntimeException e) {
            records.close();
            throw e;
        }
    }

    private static CsvRecords.Fields firstLine(CsvRecords records, Path file) throws IOException {
        try {
            CsvRecords.Fields first = records.next();
            if (first == null) {
                throw new InvalidDataException(
                        "%s: line 1: found the end of the file, expected a table".formatted(file));
            }
            return first;
        } catch (BadRow e) {
            throw e.refused();
        }
    }

    private static boolean isHeader(String[] fields, TableOptions.Header said, List<String> expected) {
        if (said != TableOptions.Header.AUTO) {
            return said == TableOptions.Header.YES;
        }
        Set<String> known = new HashSet<>(expected);
        long found = Arrays.stream(fields).filter(known::contains).count();
        return (found > 0 && 2 * found >= known.size())
                || Arrays.stream(fields).filter(TableRows::isName).count()
                        > Arrays.stream(fields).filter(TableRows::isValue).count();
    }

    /** What stands for a number that is not there speaks against a header. */
    private static boolean isName(String field) {
        return !isValue(field)
                && !Column.isMissing(field)
                && !ENDLESS.matcher(field).matches();
    }

    /** Whether a field is a number, in whatever notation, or a date. */
    private static boolean isValue(String field) {
        return Column.number(field) != null
                || Numerals.isForeign(field)
                || DATES.stream().anyMatch(format -> DateProfile.mayBe(format, field) && format.read(field) != null);
    }

    private List<String> named(CsvRecords.Fields line) throws IOException {
        List<String> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < line.fields().length; i++) {
            String name = line.fields()[i].isEmpty() ? "c" + i : line.fields()[i];
            if (!seen.add(name)) {
                throw new InvalidDataException(
                        "%s: line %d, column %d: found the name %s a second time, expected another"
                                .formatted(file, line.line(), i + 1, Quoted.cut(name)));
            }
            columns.add(name);
        }
        return List.copyOf(columns);
    }

    private static List<String> numbered(int count, List<String> expected) {
        return expected.size() == count
                ? expected
                : IntStream.range(0, count).mapToObj(i -> "c" + i).toList();
    }

    /** The names of the columns, behind the transform process. */
    List<String> names() {
        return names;
    }

    /**
     * Where a column stands.
     *
     * @throws InvalidDataException if there is none of that name
     */
    int indexOf(String name) throws InvalidDataException {
        return indexOf(name, places);
    }

    private static Map<String, Integer> places(List<String> names) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.putIfAbsent(names.get(i), i);
        }
        return places;
    }

    private int indexOf(String name, Map<String, Integer> among) throws InvalidDataException {
        Integer found = among.get(name);
        if (found == null && !header && !NUMBERED.matcher(name).matches()) {
            throw new InvalidDataException(
                    "%s: line 1: found a row and no names of columns, expected a header with the column %s; --header yes takes the first line for one"
                            .formatted(file, Quoted.cut(name)));
        }
        if (found == null) {
            throw new InvalidDataException("%s: line 1: found no column %s, expected it among %d; the nearest is %s"
                    .formatted(file, Quoted.cut(name), among.size(), Quoted.cut(Names.nearest(name, among.keySet()))));
        }
        return found;
    }

    /** The next row, or null behind the last. Bad rows are counted and passed over, or refused. */
    @Nullable
    Row next() throws IOException {
        while (true) {
            try {
                CsvRecords.Fields fields = first == null ? records.next() : first;
                first = null;
                if (fields == null) {
                    return null;
                }
                index = Math.addExact(index, 1);
                String[] cells = transform == null ? fields.fields() : transformed(transform, fields);
                if (cells != null) {
                    return new Row(index, fields.line(), cells);
                }
                filtered++;
            } catch (BadRow e) {
                index += e.reason().equals(CsvRecords.BLANK) ? 0 : 1;
                bad.add(e);
            }
        }
    }

    /** What the transform process makes of a record; null if a filter takes it out. */
    private String @Nullable [] transformed(TransformProcess process, CsvRecords.Fields record) throws BadRow {
        List<Writable> cells = new ArrayList<>(inputs.length);
        for (int input : inputs) {
            cells.add(new Text(record.fields()[input]));
        }
        List<Writable> result;
        try {
            result = process.execute(cells);
        } catch (RuntimeException e) {
            // Filters and transforms throw whatever their parsing throws, each time the same for a record.
            index--;
            throw new BadRow(
                    "cells that the transform process does not take",
                    record.line(),
                    "%s: line %d: found a record that the transform process does not take (%s), expected one that it does"
                            .formatted(file, record.line(), Quoted.cut(String.valueOf(e.getMessage()))));
        }
        return result == null
                ? null
                : result.stream()
                        .map(cell -> cell instanceof NullWritable ? "" : cell.toString())
                        .toArray(String[]::new);
    }

    /** The number of rows so far, bad ones and those that were taken out included. */
    long count() {
        return index + 1L;
    }

    /** The number of rows that filters of the transform process took out. */
    long filtered() {
        return filtered;
    }

    /** A place in a row, for messages. */
    String place(Row row, int column) {
        String number = transform == null
                ? " " + (column + 1) + " (" + Quoted.cut(names.get(column)) + ")"
                : " " + Quoted.cut(names.get(column));
        return "%s: line %d, column%s".formatted(file, row.line(), number);
    }

    /**
     * Where a model's columns stand.
     *
     * @throws InvalidDataException if a column is lacking
     */
    int[] indicesOf(InputContract.Table table) throws InvalidDataException {
        int[] found = new int[table.columns().size()];
        for (int c = 0; c < found.length; c++) {
            found[c] = indexOf(table.columns().get(c).name());
        }
        return found;
    }

    /** The label column, if there is one. */
    int labelIndex(Optional<String> label) throws InvalidDataException {
        return label.isPresent() ? indexOf(label.get()) : -1;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
