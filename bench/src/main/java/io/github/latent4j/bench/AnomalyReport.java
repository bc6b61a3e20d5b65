package io.github.latent4j.bench;

import io.github.latent4j.bench.AnomalySet.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What detectors make of sets. All areas under the curve are shown times 100.
 *
 * @param rows a set each, in the order of their names
 * @param failures by the name of the set what went wrong
 * @param baselines by the name of the set, values of others times 100 by their names
 */
record AnomalyReport(List<Row> rows, Map<String, String> failures, Map<String, Map<String, Double>> baselines) {
    /**
     * A set.
     *
     * @param name of its folder
     * @param result with the defaults
     * @param robust with anomalies among the training rows, on the same test rows; empty if that was not asked for
     */
    record Row(String name, Result result, Optional<Robust> robust) {}

    /**
     * The robust fit.
     *
     * @param share of anomalies in the training part
     * @param result what came of it
     */
    record Robust(double share, Result result) {}

    /** The means over the sets by the titles of their columns, in order, with the number of sets that have a value. */
    private record Column(String title, List<OptionalDouble> values) {
        OptionalDouble mean() {
            return values.stream().flatMapToDouble(OptionalDouble::stream).average();
        }
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(column("AUROC", row -> OptionalDouble.of(100 * row.result().auroc())));
        if (rows.stream().anyMatch(row -> row.robust().isPresent())) {
            columns.add(column(
                    "anomalies in training, %", row -> optional(row.robust().map(robust -> 100 * robust.share()))));
            columns.add(column(
                    "robust",
                    row -> optional(
                            row.robust().map(robust -> 100 * robust.result().auroc()))));
            columns.add(column(
                    "robust − clean",
                    row -> optional(row.robust()
                            .map(robust -> 100
                                    * (robust.result().auroc() - row.result().auroc())))));
        }
        Set<String> parts = new LinkedHashSet<>();
        rows.forEach(row -> parts.addAll(row.result().parts().keySet()));
        for (String part : parts) {
            columns.add(column(
                    part,
                    row -> optional(
                            Optional.ofNullable(row.result().parts().get(part)).map(auroc -> 100 * auroc))));
        }
        Set<String> others = new LinkedHashSet<>();
        rows.forEach(row -> others.addAll(of(row).keySet()));
        for (String other : others) {
            columns.add(column(other, row -> optional(Optional.ofNullable(of(row).get(other)))));
        }
        return columns;
    }

    private Map<String, Double> of(Row row) {
        return Objects.requireNonNullElse(baselines.get(row.name()), Map.of());
    }

    private interface Value {
        OptionalDouble of(Row row);
    }

    private Column column(String title, Value value) {
        return new Column(title, rows.stream().map(value::of).toList());
    }

    private static OptionalDouble optional(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private double seconds() {
        return rows.stream()
                .mapToDouble(row -> row.result().seconds()
                        + row.robust().map(robust -> robust.result().seconds()).orElse(0.0))
                .sum();
    }

    /** The table, with the means in its last row. */
    Table table() {
        List<Column> columns = columns();
        List<String> head = new ArrayList<>(List.of("set", "train", "test", "columns", "seconds"));
        columns.forEach(column -> head.add(column.title()));
        List<List<String>> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            List<String> line = new ArrayList<>(List.of(
                    row.name(),
                    String.valueOf(row.result().trainRows()),
                    String.valueOf(row.result().testRows()),
                    String.valueOf(row.result().columns()),
                    text(row.result().seconds())));
            for (Column column : columns) {
                line.add(text(column.values().get(r)));
            }
            lines.add(line);
        }
        List<String> means = new ArrayList<>(List.of("mean", "", "", "", ""));
        columns.forEach(column -> means.add(text(column.mean())));
        lines.add(means);
        return new Table(head, lines);
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? text(value.getAsDouble()) : "";
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** What stands below the table. */
    String summary() {
        StringBuilder lines = new StringBuilder(String.format(
                Locale.ROOT,
                "%d of %d sets measured in %.0f s; AUROC times 100.%n",
                rows.size(),
                rows.size() + failures.size(),
                seconds()));
        combinations().ifPresent(combinations -> lines.append(combinations.text()));
        failures.forEach((name, what) -> lines.append("failed: %s: %s%n".formatted(name, what)));
        return lines.toString();
    }

    /** What became of the sets that have the same combinations as the first; empty if none was measured. */
    private Optional<Combinations> combinations() {
        List<Map<String, Double>> aurocs = rows.stream()
                .map(row -> row.result().combinations())
                .filter(set -> !set.isEmpty())
                .toList();
        return aurocs.stream()
                .findFirst()
                .map(first -> new Combinations(
                        first.keySet().iterator().next(),
                        aurocs.stream()
                                .filter(set -> set.keySet().equals(first.keySet()))
                                .toList()));
    }

    Map<String, Object> json() {
        List<Map<String, Object>> sets = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> set = new LinkedHashMap<>();
            set.put("set", row.name());
            put(set, row.result());
            row.robust().ifPresent(robust -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("contamination", robust.share());
                put(fields, robust.result());
                set.put("robust", fields);
            });
            set.put("baselines", of(row));
            sets.add(set);
        }
        Map<String, Object> means = new LinkedHashMap<>();
        columns().forEach(column -> column.mean().ifPresent(mean -> means.put(column.title(), mean)));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sets", sets);
        fields.put("means", means);
        combinations().ifPresent(combinations -> fields.put("combinations", combinations.json()));
        fields.put("seconds", seconds());
        fields.put("failures", failures);
        return fields;
    }

    private static void put(Map<String, Object> fields, Result result) {
        fields.put("trainRows", result.trainRows());
        fields.put("testRows", result.testRows());
        fields.put("columns", result.columns());
        fields.put("auroc", result.auroc());
        fields.put("parts", result.parts());
        fields.put("combinations", result.combinations());
        fields.put("seconds", result.seconds());
    }
}
