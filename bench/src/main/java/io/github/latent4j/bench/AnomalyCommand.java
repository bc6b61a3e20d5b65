package io.github.latent4j.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.bench.AnomalyReport.Robust;
import io.github.latent4j.bench.AnomalyReport.Row;
import io.github.latent4j.bench.AnomalySet.Pair;
import io.github.latent4j.bench.AnomalySet.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How well the default detector finds anomalies in tables. */
@Command(
        name = "anomaly",
        description = {
            "Trains with the defaults of latent4j train on each set of a folder and scores its test part; tells the area under the ROC curve.",
            "A set is a sub-folder with train.csv, normal rows, and test.csv, whose last column is label: 1 for anomalies, 0 for normal rows.",
            "baselines.json in the folder, {\"SET\": {\"NAME\": AUROC times 100}}, is shown beside."
        },
        mixinStandardHelpOptions = true)
final class AnomalyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "DIR", description = "The folder of sets.")
    private Path folder;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Any whole number. Default: 1.")
    private long seed;

    @Option(
            names = "--contamination",
            paramLabel = "SHARE",
            description =
                    "Also train robustly with that share of anomalies among the training rows, taken from the test part (at most half of its anomalies), and compare with clean training on the same test rows.")
    private Optional<Double> contamination;

    @Option(
            names = "--scores",
            description =
                    "Tell the area of each combined score alone, too, and of all their combinations, the reconstruction's among them; trains twice.")
    private boolean scores;

    @Option(names = "--json", description = "Print numbers for programs.")
    private boolean json;

    @Mixin
    private WriteOption write;

    @Override
    public Integer call() throws IOException {
        if (contamination.isPresent() && !(contamination.get() > 0 && contamination.get() < 0.5)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--contamination: found %s, expected a number above 0 and below 0.5"
                            .formatted(contamination.get()));
        }
        write.check();
        AnomalyReport report = measure(sets(), baselines(folder.resolve("baselines.json")));
        System.out.print(
                json
                        ? JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(report.json())
                                + System.lineSeparator()
                        : report.table().text() + report.summary());
        write.write(report.table().markdown() + "\n" + report.summary());
        return report.failures().isEmpty() ? 0 : 1;
    }

    private List<Path> sets() throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            List<Path> sets = folders.filter(set -> Files.exists(set.resolve("train.csv")))
                    .sorted()
                    .toList();
            if (sets.isEmpty()) {
                throw new IOException(
                        "%s: found no folder with train.csv and test.csv, expected at least one".formatted(folder));
            }
            return sets;
        }
    }

    /** The areas that others reach, by set and name; empty if there is no file of them. */
    static Map<String, Map<String, Double>> baselines(Path file) throws IOException {
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return baselines;
        }
        for (Map.Entry<String, Object> set :
                JSON.std.mapFrom(Files.readString(file)).entrySet()) {
            Map<String, Double> values = new LinkedHashMap<>();
            if (set.getValue() instanceof Map<?, ?> named) {
                named.forEach((name, value) -> {
                    if (value instanceof Number number) {
                        values.put(String.valueOf(name), number.doubleValue());
                    }
                });
            }
            baselines.put(set.getKey(), values);
        }
        return baselines;
    }

    private AnomalyReport measure(List<Path> sets, Map<String, Map<String, Double>> baselines) {
        List<Row> rows = new ArrayList<>();
        Map<String, String> failures = new LinkedHashMap<>();
        for (Path set : sets) {
            String name = String.valueOf(set.getFileName());
            System.err.println(name);
            try {
                rows.add(row(name, AnomalySet.in(set)));
            } catch (IOException | RuntimeException e) {
                String what = e instanceof NoSuchFileException ? e.getMessage() + ": found no such file" : e.toString();
                failures.put(name, what);
                System.err.printf("%s: failed: %s%n", name, what);
            }
        }
        return new AnomalyReport(rows, failures, baselines);
    }

    private Row row(String name, AnomalySet set) throws IOException {
        if (contamination.isEmpty()) {
            return new Row(name, set.measure(seed, 0, scores), Optional.empty());
        }
        Path made = Files.createTempDirectory("latent4j-anomaly");
        try {
            Pair pair = set.contaminated(contamination.get(), seed, made);
            Result clean = pair.clean().measure(seed, 0, scores);
            Result robust = pair.contaminated().measure(seed, contamination.get(), false);
            return new Row(name, clean, Optional.of(new Robust(pair.share(), robust)));
        } finally {
            Files.deleteIfExists(made.resolve("train.csv"));
            Files.deleteIfExists(made.resolve("test.csv"));
            Files.delete(made);
        }
    }
}
