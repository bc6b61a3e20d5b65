package io.github.latent4j.data;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.data.TableRows.Row;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.internal.Quoted;
import io.github.latent4j.runtime.internal.StagedFile;
import io.github.latent4j.runtime.internal.TableFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.datavec.api.transform.TransformProcess;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file, turned into features and spooled into an IDX file of floats, in which NaN belongs to a missing cell. It is read
 * twice: once to learn of the columns, unless a model says what they are, and once to write the features. Beside them lie the
 * labels, the rows that the examples came from where some were left out, and what was decided.
 */
final class CsvTable {
    private static final String VERSION = "csv 3";
    private static final int ROWS_BETWEEN_REPORTS = 4096;

    /** How many numbers are kept of a column to take quantiles from, and of all columns. */
    private static final int SAMPLE = 100_000;

    private static final int SAMPLES_OF_ALL = 1 << 22;
    private static final int LEAST_SAMPLE = 256;

    /** How many different texts are counted of all columns, beyond the few that are counted of each. */
    private static final int TEXTS_OF_ALL = 1 << 18;

    private final Path file;
    private final SourceOptions options;
    private final TableOptions table;
    private final @Nullable TransformProcess transform;
    private final ColumnKinds kinds;
    /** The names that are known of the file's own columns. */
    private final List<String> expected;

    CsvTable(Path file, SourceOptions options) throws IOException {
        this.file = file;
        this.options = options;
        this.table = options.table();
        this.transform = table.transform().isPresent()
                ? DataVecFiles.transform(table.transform().get())
                : null;
        this.kinds = table.schema().isPresent()
                ? ColumnKinds.of(
                        DataVecFiles.schema(table.schema().get()),
                        table.schema().get().toString())
                : transform != null && table.contract().isEmpty()
                        ? ColumnKinds.of(
                                transform.getFinalSchema(),
                                table.transform().orElse(file).toString())
                        : ColumnKinds.NONE;
        this.expected = transform != null
                ? List.copyOf(transform.getInitialSchema().getColumnNames())
                : table.contract().map(Table::names).orElse(kinds.names());
    }

    /** Opens a file as {@link Sources#csv} says. */
    static Examples open(Path file, SourceOptions options, Environment environment) throws IOException {
        Inputs.requireFile(file, "a CSV file");
        String key = "csv-" + digest(file, options).hex();
        Path values = environment.spooled(key + ".idx");
        Path labels = environment.spooled(key + "-labels.idx");
        Path rows = environment.spooled(key + "-rows.idx");
        Path facts = environment.spooled(key + ".json");
        if (!Files.exists(values) || !Files.exists(facts) || (options.label().isPresent() && !Files.exists(labels))) {
            new CsvTable(file, options).write(values, labels, rows, facts);
        }
        Facts read = Facts.read(facts);
        String name = Sources.fileName(file);
        read.notes().forEach(note -> options.progress().note(name + ": " + note));
        return new IdxExamples(
                IdxFile.open(values, environment),
                read.table(),
                name,
                options.label().isPresent() ? Labels.of(read.labels(), numbers(labels, environment)) : Labels.NONE,
                read.someLeftOut() ? numbers(rows, environment) : new int[0]);
    }

    private static Sha256 digest(Path file, SourceOptions options) throws IOException {
        TableOptions table = options.table();
        Sha256 digest = new Sha256().text(VERSION).text(options.label().orElse(""));
        for (List<String> names : List.of(table.columns(), table.ignore())) {
            digest.number(names.size());
            names.forEach(digest::text);
        }
        digest.text(table.separator().map(String::valueOf).orElse(""))
                .text(table.charset().name())
                .text(table.decimalComma() + " " + table.header() + " " + table.scaling() + " " + table.clip() + " "
                        + table.badRows());
        for (var other : List.of(table.schema(), table.transform())) {
            digest.number(other.isPresent() ? 1 : 0);
            if (other.isPresent()) {
                Inputs.requireFile(other.get(), "JSON of DataVec");
                digest.number(Files.size(other.get())).content(other.get());
            }
        }
        // Numbers to take quantiles from are drawn by the seed.
        return digest.number(table.contract().isPresent() ? 0 : options.seed())
                .text(table.contract().map(TableFields::text).orElse(""))
                .content(file);
    }

    private static int[] numbers(Path file, Environment environment) throws IOException {
        try (IdxFile numbers = IdxFile.open(file, environment)) {
            return numbers.readLabels(Integer.MAX_VALUE);
        }
    }

    /** What lies beside the features; the notes are without the name of the file, which may be another one of the same bytes. */
    private record Facts(Table table, List<String> labels, List<String> notes, boolean someLeftOut) {
        static Facts read(Path file) throws IOException {
            Map<String, Object> fields = JSON.std.mapFrom(Files.readString(file));
            return new Facts(
                    TableFields.parse(String.valueOf(fields.get("table"))),
                    texts(fields.get("labels")),
                    texts(fields.get("notes")),
                    Boolean.TRUE.equals(fields.get("someLeftOut")));
        }

        private static List<String> texts(@Nullable Object list) {
            return list instanceof List<?> texts
                    ? texts.stream().map(String::valueOf).toList()
                    : List.of();
        }

        void write(Path target) throws IOException {
            String text = JSON.std.asString(Map.of(
                    "table", TableFields.text(table), "labels", labels, "notes", notes, "someLeftOut", someLeftOut));
            StagedFile.write(target, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes up to four files, that of the features last: where it is, the others are. */
    private void write(Path values, Path labels, Path rows, Path facts) throws IOException {
        List<String> notes = new ArrayList<>();
        Table columns;
        long total = -1;
        if (table.contract().isPresent()) {
            columns = table.contract().get();
        } else {
            Profiled profiled = profile();
            TableFit.Fitted fitted = TableFit.fit(file, profiled.columns(), table, kinds);
            columns = fitted.table();
            notes.addAll(fitted.notes());
            total = profiled.rows();
        }
        try (IdxWriter writer = IdxWriter.floats(values, columns.size());
                IdxWriter origins = IdxWriter.labels(rows)) {
            Written written = writeRows(columns, writer, origins, total, notes);
            Labels read = written.words().labels();
            if (options.label().isPresent()) {
                writeLabels(labels, read);
            }
            if (written.someLeftOut()) {
                origins.finish();
            }
            new Facts(columns, read.names(), notes, written.someLeftOut()).write(facts);
            writer.finish();
        }
    }

    private static void writeLabels(Path target, Labels labels) throws IOException {
        try (IdxWriter writer = IdxWriter.labels(target)) {
            for (int label : labels.numbers().toArray()) {
                writer.writeLabel(label);
            }
            writer.finish();
        }
    }

    /** The rows from the first on. */
    TableRows rows(BadRowCount bad) throws IOException {
        return TableRows.open(
                file, table, expected, transform != null || table.contract().isEmpty(), transform, bad);
    }

    private record Profiled(List<ColumnProfile> columns, long rows) {}

    /** The first pass. */
    private Profiled profile() throws IOException {
        String task = "looking through " + Sources.fileName(file);
        BadRowCount bad = new BadRowCount(table.badRows());
        try (TableRows rows = rows(bad)) {
            int[] used = used(rows);
            int label = rows.labelIndex(options.label());
            List<ColumnProfile> profiles = new ArrayList<>();
            int most = Math.max(LEAST_SAMPLE, Math.min(SAMPLE, SAMPLES_OF_ALL / used.length));
            TextRoom room = new TextRoom(TEXTS_OF_ALL);
            for (int column : used) {
                String name = rows.names().get(column);
                profiles.add(new ColumnProfile(
                        name,
                        kinds.kind(name),
                        table.decimalComma(),
                        room,
                        new Sample(most, Seeds.mix(options.seed(), column))));
            }
            long count = 0;
            for (Row row = rows.next(); row != null; row = rows.next()) {
                try {
                    requireLabel(rows, row, label);
                } catch (BadRow e) {
                    bad.add(e);
                    continue;
                }
                for (int c = 0; c < used.length; c++) {
                    profiles.get(c).add(row.cells()[used[c]], row.line());
                }
                count++;
                if (count % ROWS_BETWEEN_REPORTS == 0) {
                    options.progress().report(task, count, -1);
                }
            }
            options.progress().report(task, rows.count(), rows.count());
            if (rows.count() == 0) {
                throw noRows();
            }
            return new Profiled(profiles, rows.count());
        }
    }

    private InvalidDataException noRows() {
        return new InvalidDataException(
                "%s: line 2: found the end of the file, expected a row behind the header".formatted(file));
    }

    /** Where the columns stand that are to be used. */
    private int[] used(TableRows rows) throws InvalidDataException {
        for (String name : table.ignore()) {
            rows.indexOf(name);
        }
        String label = options.label().orElse("");
        List<String> wanted = table.columns().isEmpty() ? rows.names() : table.columns();
        if (table.schema().isPresent()) {
            for (String name : kinds.names()) {
                rows.indexOf(name);
            }
            wanted = table.columns().isEmpty() ? kinds.names() : wanted;
        }
        if (options.label().isPresent()) {
            rows.indexOf(label);
            if (table.columns().contains(label)) {
                throw new IllegalArgumentException(
                        "columns: found %s, expected no column that is the label".formatted(Quoted.cut(label)));
            }
        }
        Set<String> ignored = Set.copyOf(table.ignore());
        List<Integer> used = new ArrayList<>();
        for (String name : wanted) {
            int index = rows.indexOf(name);
            if (!ignored.contains(name) && !(options.label().isPresent() && name.equals(label))) {
                used.add(index);
            }
        }
        if (used.isEmpty()) {
            throw new InvalidDataException(
                    "%s: line 1: found no column but those that are left out, expected one for features"
                            .formatted(file));
        }
        return used.stream().distinct().mapToInt(i -> i).toArray();
    }

    private record Written(LabelWords words, boolean someLeftOut) {}

    /** The second pass. */
    private Written writeRows(Table columns, IdxWriter writer, IdxWriter origins, long total, List<String> notes)
            throws IOException {
        String task = "reading " + Sources.fileName(file);
        BadRowCount bad = new BadRowCount(table.badRows());
        LabelWords words = new LabelWords();
        try (TableRows rows = rows(bad)) {
            int[] indices = rows.indicesOf(columns);
            int label = rows.labelIndex(options.label());
            if (label >= 0 && columns.names().contains(rows.names().get(label))) {
                throw new InvalidDataException("%s: column %s: found it as the label, expected no column of the model"
                        .formatted(file, Quoted.cut(rows.names().get(label))));
            }
            String[] cells = new String[indices.length];
            long written = 0;
            for (Row row = rows.next(); row != null; row = rows.next()) {
                try {
                    requireLabel(rows, row, label);
                    float[] features = features(columns, rows, row, indices, cells);
                    if (label >= 0 && !words.add(row.cells()[label])) {
                        throw new InvalidDataException("%s: found more than %d different labels, expected fewer"
                                .formatted(rows.place(row, label), Labels.GREATEST + 1));
                    }
                    writer.write(Matrix.wrap(1, features.length, features));
                    origins.writeLabel(row.index());
                    written++;
                } catch (BadRow e) {
                    bad.add(e);
                }
                if (rows.count() % ROWS_BETWEEN_REPORTS == 0) {
                    options.progress().report(task, rows.count(), total);
                }
            }
            if (rows.count() == 0) {
                throw noRows();
            }
            options.progress().report(task, rows.count(), rows.count());
            bad.text(rows.count()).ifPresent(notes::add);
            if (rows.filtered() > 0) {
                notes.add(String.format(
                        Locale.ROOT,
                        "%,d of %,d rows taken out by the transform process",
                        rows.filtered(),
                        rows.count()));
            }
            if (written == 0) {
                throw new InvalidDataException("%s: found no row that can be used, expected at least one%s"
                        .formatted(file, notes.isEmpty() ? "" : "; " + notes.get(notes.size() - 1)));
            }
            return new Written(words, written < rows.count());
        }
    }

    private static void requireLabel(TableRows rows, Row row, int label) throws BadRow {
        if (label >= 0 && row.cells()[label].isEmpty()) {
            throw new BadRow(
                    "no label",
                    row.line(),
                    "%s: found an empty field, expected a label".formatted(rows.place(row, label)));
        }
    }

    private float[] features(Table columns, TableRows rows, Row row, int[] indices, String[] cells) throws BadRow {
        for (int c = 0; c < cells.length; c++) {
            String cell = row.cells()[indices[c]];
            cells[c] = table.decimalComma() && columns.columns().get(c) instanceof Column.Numeric
                    ? Numerals.withPoint(cell)
                    : cell;
        }
        try {
            return columns.features(Arrays.asList(cells));
        } catch (IllegalArgumentException e) {
            throw culprit(columns, rows, row, indices, cells, e);
        }
    }

    /** The first cell that its column does not take. */
    private BadRow culprit(
            Table columns, TableRows rows, Row row, int[] indices, String[] cells, IllegalArgumentException refused) {
        for (int c = 0; c < cells.length; c++) {
            Column column = columns.columns().get(c);
            try {
                column.encode(cells[c], new float[column.features()], 0);
            } catch (IllegalArgumentException e) {
                String message = String.valueOf(e.getMessage());
                String prefix = "column " + Quoted.cut(column.name()) + ": ";
                boolean fitted = table.contract().isEmpty() && row.index() > 0;
                return new BadRow(
                        "no %s in column %s".formatted(column.kind(), Quoted.cut(column.name())),
                        row.line(),
                        "%s: %s%s%s"
                                .formatted(
                                        rows.place(row, indices[c]),
                                        message.startsWith(prefix) ? message.substring(prefix.length()) : message,
                                        fitted
                                                ? String.format(Locale.ROOT, " as in the %,d rows before", row.index())
                                                : "",
                                        column instanceof Column.Numeric && !table.decimalComma()
                                                ? Numerals.advice(cells[c])
                                                : ""));
            }
        }
        throw refused;
    }
}
