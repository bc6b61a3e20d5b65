package io.github.latent4j.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of a CSV file as RFC 4180 has them; numbers in full precision, nothing where one is not defined. */
final class Csv {
    private final List<String> lines = new ArrayList<>();

    Csv(String... header) {
        this(List.of(header));
    }

    Csv(List<String> header) {
        add(header);
    }

    /** Adds a line of texts and numbers. */
    Csv add(Object... fields) {
        return add(List.of(fields));
    }

    /** Adds a line of texts and numbers. */
    Csv add(List<?> fields) {
        lines.add(fields.stream().map(Csv::field).collect(Collectors.joining(",")));
        return this;
    }

    private static String field(Object value) {
        if (value instanceof Double number) {
            return number.isNaN() ? "" : number.toString();
        }
        String text = value.toString();
        return text.matches("[^\",\r\n]*") && text.strip().equals(text) ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    String text() {
        return lines.stream().map(line -> line + "\r\n").collect(Collectors.joining());
    }
}
