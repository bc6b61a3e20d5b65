package io.github.latent4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code training} tells.
 *
 * @param command that gave it
 * @param architecture sizes of the layers
 * @param data the source
 * @param threads of each peer
 * @param machine what it ran on
 * @param skipped peers that cannot run here, with the reason
 * @param batches what was measured, by batch size
 */
record TrainingReport(
        String command,
        String architecture,
        String data,
        int threads,
        Map<String, String> machine,
        Map<String, String> skipped,
        Map<Integer, Measurement> batches) {

    /** The ratios that are told by name; those whose peers were not measured are missing. */
    static Map<String, Spread> ratios(Measurement measurement) {
        Map<String, Spread> ratios = new LinkedHashMap<>();
        if (measurement.labels().contains(Peers.FUSED)) {
            ratio(measurement, "fusedOverDjl", ratios, Peers.DJL);
            ratio(measurement, "fusedOverPlainDl4j", ratios, Peers.PLAIN, Peers.PLAIN_AVX2);
            ratio(measurement, "fusedOverDl4jEngine", ratios, Peers.DL4J);
            ratio(measurement, "fusedOverBound", ratios, Peers.BOUND, Peers.BOUND_WHOLE);
        }
        return ratios;
    }

    private static void ratio(Measurement measurement, String name, Map<String, Spread> ratios, String... others) {
        Optional<String> other = measurement.fastest(others);
        other.ifPresent(label -> ratios.put(name, measurement.ratio(Peers.FUSED, label)));
    }

    /** For programs. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", command);
        json.put("architecture", architecture);
        json.put("data", data);
        json.put("threads", threads);
        json.put("machine", machine);
        json.put("skipped", skipped);
        json.put(
                "batches",
                batches.entrySet().stream()
                        .map(e -> json(e.getKey(), e.getValue()))
                        .toList());
        return json;
    }

    private static Map<String, Object> json(int batch, Measurement measurement) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("batch", batch);
        Map<String, Spread> ratios = ratios(measurement);
        ratios.forEach((name, ratio) -> json.put(name, ratio.median()));
        Map<String, Object> spreads = new LinkedHashMap<>();
        ratios.forEach((name, ratio) -> spreads.put(name, ratio.json()));
        json.put("ratios", spreads);
        Map<String, Object> peers = new LinkedHashMap<>();
        for (String label : measurement.labels()) {
            Map<String, Object> peer = new LinkedHashMap<>();
            peer.put("what", measurement.what().getOrDefault(label, ""));
            peer.put("examplesPerSecond", measurement.rate(label).json());
            double loss = measurement.loss(label);
            if (Double.isFinite(loss)) {
                peer.put("loss", loss);
            }
            peers.put(label, peer);
        }
        json.put("peers", peers);
        return json;
    }

    /** For people at a terminal. */
    String text() {
        StringBuilder text = new StringBuilder();
        batches.forEach((batch, measurement) -> text.append("batch %d, examples per second\n".formatted(batch))
                .append(table(measurement).text())
                .append('\n'));
        return text.toString();
    }

    /** For a document: the tables with all that one needs to get them again. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("VAE %s on %s, Bernoulli likelihood, Adam; %d threads. Measured by `%s`.\n"
                .formatted(architecture, data, threads, command));
        batches.forEach((batch, measurement) -> text.append("\nBatch %d, examples per second:\n\n".formatted(batch))
                .append(table(measurement).markdown()));
        text.append("\n");
        machine.forEach((name, value) -> text.append("- %s: %s\n".formatted(name, value)));
        batches.values().stream().findFirst().ifPresent(measurement -> measurement
                .what()
                .forEach((label, what) -> text.append("- `%s`: %s\n".formatted(label, what))));
        return text.toString();
    }

    private Table table(Measurement measurement) {
        String first = measurement.labels().iterator().next();
        List<List<String>> rows = new ArrayList<>();
        for (String label : measurement.labels()) {
            Spread rate = measurement.rate(label);
            Spread ratio = measurement.ratio(first, label);
            double loss = measurement.loss(label);
            rows.add(List.of(
                    label,
                    format("%,.0f", rate.median()),
                    format("%,.0f", rate.minimum()),
                    format("%,.0f", rate.maximum()),
                    label.equals(first) ? "" : format("%.2f", ratio.median()),
                    label.equals(first) ? "" : format("%.2f to %.2f", ratio.minimum(), ratio.maximum()),
                    Double.isFinite(loss) ? format("%.1f", loss) : ""));
        }
        skipped.forEach((label, reason) -> rows.add(List.of(label, "skipped: " + reason, "", "", "", "", "")));
        return new Table(
                List.of("peer", "median", "minimum", "maximum", first + " / peer", "spread", "loss, nats"), rows);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
