package io.github.latent4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table for people. The first column is words, the others are numbers.
 *
 * @param head titles of the columns
 * @param rows as many cells each
 */
record Table(List<String> head, List<List<String>> rows) {
    /** In columns of equal width. */
    String text() {
        int[] widths = IntStream.range(0, head.size())
                .map(c -> lines().stream()
                        .mapToInt(row -> row.get(c).length())
                        .max()
                        .orElse(0))
                .toArray();
        return lines().stream()
                .map(row -> cells(c -> pad(row.get(c), widths[c], c == 0), "  ").stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    /** As Markdown. */
    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(cells(head::get, " | "));
        lines.add(cells(c -> c == 0 ? "---" : "---:", " | "));
        rows.forEach(row -> lines.add(cells(row::get, " | ")));
        return lines.stream().map(line -> "| " + line + " |\n").collect(Collectors.joining());
    }

    private List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(head);
        lines.addAll(rows);
        return lines;
    }

    private String cells(IntFunction<String> cell, String between) {
        return IntStream.range(0, head.size()).mapToObj(cell).collect(Collectors.joining(between));
    }

    private static String pad(String cell, int width, boolean left) {
        String blanks = " ".repeat(width - cell.length());
        return left ? cell + blanks : blanks + cell;
    }
}
