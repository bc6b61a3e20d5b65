package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.datavec.api.records.reader.impl.csv.SerializableCSVParser;
import org.jspecify.annotations.Nullable;

/** A CSV file of numbers, spooled into an IDX file of floats, with the names of the columns and the labels beside it. */
final class CsvTable {
    private static final String VERSION = "csv 1";
    private static final int ROWS_BETWEEN_REPORTS = 4096;

    /** Keeps out what {@link Float#parseFloat} takes besides decimal numbers, such as {@code 1f} and {@code NaN}. */
    private static final Pattern DECIMAL = Pattern.compile("[-+.eE0-9]+");

    /** What stands for a number that is not there; such a field speaks against a header. */
    private static final Pattern MISSING = Pattern.compile("(?i)|[-+]?(nan|inf|infinity)|na|null");

    private static final Pattern LABEL_NUMBER = Pattern.compile("0|[1-9][0-9]{0,4}");

    private final Path file;
    private final SourceOptions options;

    private CsvTable(Path file, SourceOptions options) {
        this.file = file;
        this.options = options;
    }

    /** Opens a file as {@link Sources#csv} says. */
    static Examples open(Path file, SourceOptions options, Environment environment) throws IOException {
        Inputs.requireFile(file, "a CSV file");
        String key = "csv-"
                + new Sha256()
                        .text(VERSION)
                        .text(options.label().orElse(""))
                        .content(file)
                        .hex();
        Path values = environment.spooled(key + ".idx");
        Path labels = environment.spooled(key + "-labels.idx");
        Path names = environment.spooled(key + "-names.txt");
        if (!Files.exists(values) || !Files.exists(names) || (options.label().isPresent() && !Files.exists(labels))) {
            new CsvTable(file, options).write(values, labels, names);
        }
        List<String> lines = List.of(Files.readString(names).split("\n"));
        int features = 1 + Integer.parseInt(lines.get(0));
        Labels read = options.label().isPresent()
                ? Labels.of(lines.subList(features, lines.size()), numbers(labels, environment))
                : Labels.NONE;
        return new IdxExamples(
                IdxFile.open(values, environment),
                InputContract.Table.ofNumbers(lines.subList(1, features)),
                Sources.fileName(file),
                read);
    }

    private static int[] numbers(Path labels, Environment environment) throws IOException {
        try (IdxFile numbers = IdxFile.open(labels, environment)) {
            return numbers.readLabels(Integer.MAX_VALUE);
        }
    }

    /** Writes three files, that of the values last: where it is, the others are. */
    private void write(Path values, Path labels, Path names) throws IOException {
        try (Utf8Lines lines = Utf8Lines.open(file)) {
            String line = lines.next();
            if (line == null || line.isBlank()) {
                throw new InvalidDataException("%s: line 1: found %s, expected a table"
                        .formatted(file, line == null ? "the end of the file" : "a blank line"));
            }
            String[] first = fields(line, 1);
            boolean header = Arrays.stream(first).filter(CsvTable::isName).count()
                    > Arrays.stream(first)
                            .filter(field -> number(field) != null)
                            .count();
            List<String> columns = header
                    ? columns(first)
                    : IntStream.range(0, first.length).mapToObj(i -> "c" + i).toList();
            OptionalInt label = labelColumn(columns);
            List<String> features = new ArrayList<>(columns);
            label.ifPresent(features::remove);
            if (features.isEmpty()) {
                throw new InvalidDataException(
                        "%s: line 1: found the label column alone, expected columns of numbers".formatted(file));
            }
            List<String> words = new ArrayList<>();
            try (IdxWriter writer = IdxWriter.floats(values, features.size())) {
                if (!header) {
                    writeRow(first, 1, columns, label, writer, words);
                }
                long rows = writeRows(lines, columns, label, writer, words) + (header ? 0 : 1);
                if (rows == 0) {
                    throw new InvalidDataException(
                            "%s: line 2: found the end of the file, expected a row of numbers".formatted(file));
                }
                options.progress().report(task(), rows, rows);
                List<String> texts = new ArrayList<>();
                texts.add(String.valueOf(features.size()));
                texts.addAll(features);
                if (label.isPresent()) {
                    Labels read = labels(words);
                    texts.addAll(read.names());
                    writeLabels(labels, read);
                }
                writeText(names, texts);
                writer.finish();
            }
        }
    }

    private String task() {
        return "reading " + Sources.fileName(file);
    }

    private static Labels labels(List<String> words) {
        boolean numbers = words.stream()
                .allMatch(word -> LABEL_NUMBER.matcher(word).matches() && Integer.parseInt(word) <= Labels.GREATEST);
        return numbers
                ? Labels.ofNumbers(words.stream().mapToInt(Integer::parseInt).toArray())
                : Labels.ofWords(words);
    }

    private static void writeLabels(Path target, Labels labels) throws IOException {
        try (IdxWriter writer = IdxWriter.labels(target)) {
            for (int label : labels.numbers().toArray()) {
                writer.writeLabel(label);
            }
            writer.finish();
        }
    }

    private static void writeText(Path target, List<String> lines) throws IOException {
        try (StagedFile staged = StagedFile.beside(target)) {
            Files.writeString(staged.path(), String.join("\n", lines));
            staged.place();
        }
    }

    private String[] fields(String line, long number) throws IOException {
        try {
            // A new parser a line: one that has read a line remembers whether it ended within a field.
            String[] fields = new SerializableCSVParser(',', '"', SerializableCSVParser.NULL_CHARACTER).parseLine(line);
            for (int i = 0; i < fields.length; i++) {
                fields[i] = fields[i].strip();
            }
            return fields;
        } catch (IOException e) {
            throw new InvalidDataException(
                    "%s: line %d: found a quoted field without an end, expected one before the end of the line"
                            .formatted(file, number),
                    e);
        }
    }

    private static boolean isName(String field) {
        return number(field) == null && !MISSING.matcher(field).matches();
    }

    private static @Nullable Float number(String field) {
        if (!DECIMAL.matcher(field).matches()) {
            return null;
        }
        try {
            return Float.valueOf(field);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private List<String> columns(String[] header) throws IOException {
        List<String> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < header.length; i++) {
            String name = header[i].isEmpty() ? "c" + i : header[i];
            if (!seen.add(name)) {
                throw new InvalidDataException(
                        "%s: line 1, column %d: found the name %s a second time, expected another"
                                .formatted(file, i + 1, name));
            }
            columns.add(name);
        }
        return columns;
    }

    private OptionalInt labelColumn(List<String> columns) throws IOException {
        Optional<String> label = options.label();
        if (label.isEmpty()) {
            return OptionalInt.empty();
        }
        int index = columns.indexOf(label.get());
        if (index < 0) {
            throw new InvalidDataException("%s: line 1: found no column %s, expected it among %d; the nearest is %s"
                    .formatted(file, label.get(), columns.size(), Names.nearest(label.get(), columns)));
        }
        return OptionalInt.of(index);
    }

    private long writeRows(
            Utf8Lines lines, List<String> columns, OptionalInt label, IdxWriter writer, List<String> words)
            throws IOException {
        long rows = 0;
        long blank = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                blank = blank == 0 ? lines.number() : blank;
                continue;
            }
            if (blank > 0) {
                throw new InvalidDataException(
                        "%s: line %d: found a blank line, expected %d fields".formatted(file, blank, columns.size()));
            }
            writeRow(fields(line, lines.number()), lines.number(), columns, label, writer, words);
            rows++;
            if (rows % ROWS_BETWEEN_REPORTS == 0) {
                options.progress().report(task(), rows, -1);
            }
        }
        return rows;
    }

    private void writeRow(
            String[] fields, long line, List<String> columns, OptionalInt label, IdxWriter writer, List<String> words)
            throws IOException {
        if (fields.length < columns.size()) {
            throw new InvalidDataException("%s: line %d, column %d (%s): found the end of the line, expected %d fields"
                    .formatted(file, line, fields.length + 1, columns.get(fields.length), columns.size()));
        }
        if (fields.length > columns.size()) {
            throw new InvalidDataException("%s: line %d, column %d: found %d fields, expected %d"
                    .formatted(file, line, columns.size() + 1, fields.length, columns.size()));
        }
        float[] values = new float[columns.size() - (label.isPresent() ? 1 : 0)];
        int next = 0;
        for (int i = 0; i < fields.length; i++) {
            if (label.isPresent() && label.getAsInt() == i) {
                words.add(label(fields[i], line, i, columns).intern());
                continue;
            }
            Float value = number(fields[i]);
            if (value == null || value.isInfinite()) {
                throw new InvalidDataException("%s: line %d, column %d (%s): found %s, expected a finite number%s"
                        .formatted(
                                file,
                                line,
                                i + 1,
                                columns.get(i),
                                fields[i].isEmpty() ? "an empty field" : fields[i],
                                value == null ? "" : " in the range of float"));
            }
            values[next++] = value;
        }
        writer.write(Matrix.wrap(1, values.length, values));
    }

    private String label(String field, long line, int column, List<String> columns) throws IOException {
        if (field.isEmpty()) {
            throw new InvalidDataException("%s: line %d, column %d (%s): found an empty field, expected a label"
                    .formatted(file, line, column + 1, columns.get(column)));
        }
        return field;
    }
}
