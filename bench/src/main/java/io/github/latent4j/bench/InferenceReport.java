package io.github.latent4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code inference} tells.
 *
 * @param command that gave it
 * @param machine what it ran on
 * @param skipped peers that cannot run here, with the reason
 * @param measurement of the others
 */
record InferenceReport(
        String command, Map<String, String> machine, Map<String, String> skipped, InferenceMeasurement measurement) {
    private static final Map<InferencePeer, String> RIVALS =
            Map.of(InferencePeer.DL4J, "Dl4j", InferencePeer.ONNX_RUNTIME, "OnnxRuntime");

    /** A peer over each rival in each measure that both have, by a name such as {@code encodeP50OverOnnxRuntime}. */
    Map<String, Spread> ratios(String label) {
        Map<String, Spread> ratios = new LinkedHashMap<>();
        for (InferencePeer rival : rivals()) {
            measurement.series().forEach((measure, series) -> {
                if (measure.compared() && series.labels().containsAll(List.of(label, rival.label()))) {
                    ratios.put(measure.field() + "Over" + RIVALS.get(rival), series.ratio(label, rival.label()));
                }
            });
        }
        return ratios;
    }

    private List<InferencePeer> rivals() {
        return measured().filter(RIVALS::containsKey).toList();
    }

    private List<String> subjects() {
        return measured()
                .filter(peer -> !RIVALS.containsKey(peer))
                .map(InferencePeer::label)
                .toList();
    }

    private Stream<InferencePeer> measured() {
        return measurement.what().keySet().stream().map(InferencePeer::of);
    }

    /** For programs. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", command);
        json.put("architecture", EncoderFiles.ARCHITECTURE);
        json.put("machine", machine);
        json.put("skipped", skipped);
        Map<String, Object> medians = new LinkedHashMap<>();
        Map<String, Object> spreads = new LinkedHashMap<>();
        for (String subject : subjects()) {
            Map<String, Spread> ratios = ratios(subject);
            medians.put(
                    subject,
                    ratios.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, e -> e.getValue().median(), (a, b) -> a, LinkedHashMap::new)));
            spreads.put(subject, json(ratios));
        }
        json.putAll(medians);
        json.put("ratios", spreads);
        Map<String, Object> peers = new LinkedHashMap<>();
        measurement.what().forEach((label, what) -> {
            Map<String, Spread> values = new LinkedHashMap<>();
            measurement.series().forEach((measure, series) -> {
                if (series.labels().contains(label)) {
                    values.put(measure.fieldWithUnit(), series.spread(label));
                }
            });
            Map<String, Object> peer = new LinkedHashMap<>();
            peer.put("what", what);
            peer.putAll(json(values));
            peers.put(label, peer);
        });
        json.put("peers", peers);
        return json;
    }

    private static Map<String, Object> json(Map<String, Spread> spreads) {
        Map<String, Object> json = new LinkedHashMap<>();
        spreads.forEach((name, spread) -> json.put(name, spread.json()));
        return json;
    }

    /** For people at a terminal. */
    String text() {
        return tables().entrySet().stream()
                        .map(e -> e.getKey() + "\n" + e.getValue().text() + "\n")
                        .collect(Collectors.joining())
                + skipped("%s: skipped: %s\n");
    }

    /** For a document: the tables with all that one needs to get them again. */
    String markdown() {
        StringBuilder text = new StringBuilder(
                "Encoder %s, one thread. Measured by `%s`.\n".formatted(EncoderFiles.ARCHITECTURE, command));
        tables().forEach((title, table) ->
                text.append("\n%s:\n\n".formatted(title)).append(table.markdown()));
        text.append("\n");
        machine.forEach((name, value) -> text.append("- %s: %s\n".formatted(name, value)));
        measurement.what().forEach((label, what) -> text.append("- `%s`: %s\n".formatted(label, what)));
        return text.append(skipped("- `%s`: skipped: %s\n")).toString();
    }

    private String skipped(String line) {
        return skipped.entrySet().stream()
                .map(e -> line.formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining());
    }

    private Map<String, Table> tables() {
        Map<String, Table> tables = new LinkedHashMap<>();
        List<String> all = measured().map(InferencePeer::label).toList();
        tables.put(
                "Median (least to most)",
                table(
                        all,
                        List.of(Measure.values()),
                        (measure, label) -> measure.text(series(measure).spread(label))));
        List<Measure> compared =
                Stream.of(Measure.values()).filter(Measure::compared).toList();
        for (InferencePeer rival : rivals()) {
            if (!subjects().isEmpty()) {
                tables.put(
                        "Over %s, within a round: median (least to most)".formatted(rival.label()),
                        table(
                                subjects(),
                                compared.stream()
                                        .filter(measure -> labels(measure).contains(rival.label()))
                                        .toList(),
                                (measure, label) ->
                                        Measure.ratio(series(measure).ratio(label, rival.label()))));
            }
        }
        return tables;
    }

    private Table table(List<String> labels, List<Measure> measures, BiFunction<Measure, String, String> cell) {
        List<String> head = Stream.concat(Stream.of("measure"), labels.stream()).toList();
        List<List<String>> rows = new ArrayList<>();
        for (Measure measure : measures) {
            List<String> row = new ArrayList<>(List.of(measure.title()));
            labels.forEach(label -> row.add(labels(measure).contains(label) ? cell.apply(measure, label) : ""));
            if (row.stream().skip(1).anyMatch(text -> !text.isEmpty())) {
                rows.add(row);
            }
        }
        return new Table(head, rows);
    }

    private Series series(Measure measure) {
        return measurement.series().getOrDefault(measure, new Series(Map.of()));
    }

    private Set<String> labels(Measure measure) {
        return series(measure).labels();
    }
}
