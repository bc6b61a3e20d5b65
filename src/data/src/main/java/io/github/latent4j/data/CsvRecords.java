package io.github.latent4j.data;

import io.github.latent4j.data.TextLines.Line;
import io.github.latent4j.runtime.internal.Quoted;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.datavec.api.records.reader.impl.csv.SerializableCSVParser;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file, which may go over several lines within quotes. All have as many fields as the first one. Behind a
 * bad record, the reading goes on with the line after the one where it starts.
 */
final class CsvRecords implements Closeable {
    /** The reason of a bad row that is none. */
    static final String BLANK = "a blank line";

    /** A quoted field with more lines or characters lacks its end. */
    private static final int MOST_LINES = 1000;

    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int LINES_LOOKED_AT = 20;
    /** Of several that are as good: a comma may be that of a number. */
    private static final List<Character> SEPARATORS = List.of('\t', ';', '|', ',');

    private final Path file;
    private final TextLines lines;
    private final Deque<Line> ahead = new ArrayDeque<>();
    private final char separator;
    private int width = -1;
    private List<String> names = List.of();

    private CsvRecords(Path file, TextLines lines, TableOptions options) throws IOException {
        this.file = file;
        this.lines = lines;
        for (int i = 0; i < LINES_LOOKED_AT; i++) {
            Line line = lines.next();
            if (line == null) {
                break;
            }
            ahead.add(line);
        }
        this.separator = options.separator().orElseGet(() -> mostConsistent(options.decimalComma()));
    }

    /**
     * A record.
     *
     * @param line where it starts, from 1
     * @param fields without blanks around them
     */
    record Fields(long line, String[] fields) {}

    static CsvRecords open(Path file, TableOptions options) throws IOException {
        TextLines lines = TextLines.open(file, options.charset());
        try {
            return new CsvRecords(file, lines, options);
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /** Says what messages call the fields. */
    void name(List<String> columns) {
        names = List.copyOf(columns);
    }

    private char mostConsistent(boolean decimalComma) {
        char best = decimalComma ? ';' : ',';
        double bestShare = 0;
        for (char candidate : SEPARATORS) {
            if (decimalComma && candidate == ',') {
                continue;
            }
            Map<Integer, Integer> counts = new HashMap<>();
            int rows = 0;
            for (Line line : ahead) {
                int fields = fieldCount(line.text(), candidate);
                if (fields > 0) {
                    rows++;
                    counts.merge(fields, 1, Integer::sum);
                }
            }
            counts.remove(1);
            double share = counts.values().stream().mapToInt(i -> i).max().orElse(0) / (double) Math.max(1, rows);
            if (share > bestShare) {
                bestShare = share;
                best = candidate;
            }
        }
        return best;
    }

    /** The number of fields of a line; 0 if it is blank or has a quote without its pair. */
    private static int fieldCount(String line, char separator) {
        boolean quoted = false;
        int fields = line.isBlank() ? 0 : 1;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            fields += c == separator && !quoted ? 1 : 0;
        }
        return quoted ? 0 : fields;
    }

    /**
     * The next record.
     *
     * @return null behind the last
     * @throws BadRow if it cannot be read; the next call gives the one behind
     */
    @Nullable
    Fields next() throws IOException, BadRow {
        Line first = nextLine();
        if (first == null) {
            return null;
        }
        requireSound(first);
        if (first.text().isBlank()) {
            return afterBlank(first);
        }
        // A new parser a record: one that has read a line remembers whether it ended within a field.
        SerializableCSVParser parser = new SerializableCSVParser(separator, '"', SerializableCSVParser.NULL_CHARACTER);
        String[] fields = parser.parseLineMulti(first.text());
        if (!parser.isPending()) {
            return checked(first.number(), fields);
        }
        List<Line> others = new ArrayList<>();
        List<String> parsed = new ArrayList<>(Arrays.asList(fields));
        long characters = first.text().length();
        while (parser.isPending()) {
            Line line = nextLine();
            if (line != null) {
                others.add(line);
                characters += line.text().length();
            }
            if (line == null || line.problem() != null || others.size() >= MOST_LINES || characters > MOST_CHARACTERS) {
                giveBack(others);
                throw new BadRow(
                        "a quoted field without an end",
                        first.number(),
                        "%s: line %d: found a quoted field without an end, expected one within %d lines"
                                .formatted(file, first.number(), MOST_LINES));
            }
            parsed.addAll(Arrays.asList(parser.parseLineMulti(line.text())));
        }
        if (width >= 0 && parsed.size() != width) {
            giveBack(others);
            throw new BadRow(
                    "a quoted field that ends in a later line",
                    first.number(),
                    "%s: line %d: found a quoted field that ends %d lines later and %d fields, expected %d; a quote may lack its pair"
                            .formatted(file, first.number(), others.size(), parsed.size(), width));
        }
        return checked(first.number(), parsed.toArray(String[]::new));
    }

    /** Blank lines are fine at the end alone. */
    private @Nullable Fields afterBlank(Line blank) throws IOException, BadRow {
        if (width < 0) {
            throw new BadRow(
                    BLANK,
                    blank.number(),
                    "%s: line %d: found a blank line, expected a table".formatted(file, blank.number()));
        }
        Line line = blank;
        while (line != null && line.text().isBlank() && line.problem() == null) {
            line = nextLine();
        }
        if (line != null) {
            ahead.addFirst(line);
            throw new BadRow(
                    BLANK,
                    blank.number(),
                    "%s: line %d: found a blank line, expected %d fields".formatted(file, blank.number(), width));
        }
        return null;
    }

    private @Nullable Line nextLine() throws IOException {
        return ahead.isEmpty() ? lines.next() : ahead.removeFirst();
    }

    private void giveBack(List<Line> others) {
        for (int i = others.size() - 1; i >= 0; i--) {
            ahead.addFirst(others.get(i));
        }
    }

    private void requireSound(Line line) throws BadRow {
        if (line.problem() != null) {
            throw new BadRow(
                    line.problem().startsWith("byte") ? "bytes of another encoding" : "too many characters",
                    line.number(),
                    "%s: line %d%s".formatted(file, line.number(), problem(line.problem())));
        }
    }

    private static String problem(String text) {
        return (text.startsWith("byte") ? ", " : ": ") + text;
    }

    private Fields checked(long line, String[] fields) throws BadRow {
        if (width < 0) {
            width = fields.length;
        }
        if (fields.length != width) {
            boolean few = fields.length < width;
            throw new BadRow(
                    few ? "too few fields" : "too many fields",
                    line,
                    few
                            ? "%s: line %d, column %d%s: found the end of the line, expected %d fields"
                                    .formatted(
                                            file,
                                            line,
                                            fields.length + 1,
                                            names.isEmpty() ? "" : " (" + Quoted.cut(names.get(fields.length)) + ")",
                                            width)
                            : "%s: line %d, column %d: found %d fields, expected %d"
                                    .formatted(file, line, width + 1, fields.length, width));
        }
        for (int i = 0; i < fields.length; i++) {
            fields[i] = fields[i].strip();
        }
        return new Fields(line, fields);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
