package io.github.latent4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What a command says when it is done, for people or, with {@code --json}, for programs. */
final class Summary {
    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** Says that a file was written with so many of something. */
    void wrote(Console console, Path file, int count, String what) throws IOException {
        wrote(console, file, count, what, Map.of(), List.of());
    }

    /** Says that a file was written with so many of something, and more of it: by name for programs, in lines for people. */
    void wrote(Console console, Path file, int count, String what, Map<String, Object> more, List<String> lines)
            throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", file.toString());
        fields.put(what, count);
        fields.putAll(more);
        String first = String.format(Locale.ROOT, "wrote %s: %,d %s", file, count, what);
        print(
                console,
                fields,
                Stream.concat(Stream.of(first), lines.stream()).collect(Collectors.joining(System.lineSeparator())));
    }

    void print(Console console, Map<String, Object> fields, String text) throws IOException {
        if (json) {
            console.json(fields);
        } else {
            console.out().println(text);
        }
    }
}
