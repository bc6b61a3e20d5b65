package io.github.latent4j.evaluation.report;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Series;
import io.github.latent4j.runtime.internal.Quoted;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.datavec.api.records.reader.impl.csv.SerializableCSVParser;

/** Charts of how a training went, from the metrics that it left in its run folder. */
public final class TrainingCurves {
    private TrainingCurves() {}

    /**
     * Reads the file of metrics and makes charts of the loss and, of a VAE, the KL divergence by epoch. Of a training in several phases
     * it is the last one that they show.
     *
     * @param metrics a file {@code metrics.csv} of a run folder
     * @return the charts, at least one
     * @throws IOException if there is no such file, or it is not one of metrics; the message names the file and says where
     */
    public static List<Chart> read(Path metrics) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(metrics);
        } catch (NoSuchFileException e) {
            throw new IOException(metrics + ": found no such file, expected the metrics of a training", e);
        } catch (CharacterCodingException e) {
            throw new IOException(metrics + ": found bytes that are not UTF-8, expected the metrics of a training", e);
        }
        Table table = Table.of(metrics, lines);
        List<Chart> charts = new ArrayList<>();
        boolean bound = table.series("kl", "").isPresent();
        chart(
                        table,
                        "training-loss",
                        bound
                                ? "The loss after each epoch, in nats an example; lower is better."
                                : "The loss after each epoch; lower is better.",
                        bound ? "loss, nats per example" : "loss",
                        "loss",
                        "validationLoss")
                .ifPresent(charts::add);
        chart(
                        table,
                        "training-kl",
                        "The KL divergence after each epoch: how much the codes tell of their examples.",
                        "KL divergence, nats per example",
                        "kl",
                        "validationKl")
                .ifPresent(charts::add);
        if (charts.isEmpty()) {
            throw new IOException(metrics + ": found no finite loss, expected one an epoch");
        }
        return List.copyOf(charts);
    }

    private static Optional<Chart> chart(
            Table table, String name, String caption, String label, String training, String validation)
            throws IOException {
        List<Series> series = new ArrayList<>();
        table.series(training, "training").ifPresent(series::add);
        table.series(validation, "validation").ifPresent(series::add);
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new Chart(name, caption, Axis.of("epoch"), Axis.of(label), series));
    }

    /** The rows of the last phase. */
    private record Table(Path file, List<String> header, List<Row> rows) {
        private record Row(int line, String[] fields) {}

        static Table of(Path file, List<String> lines) throws IOException {
            SerializableCSVParser parser = new SerializableCSVParser(',', '"', '\u0000');
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                rows.add(new Row(i + 1, fields(file, parser, lines.get(i), i + 1)));
            }
            List<String> header =
                    rows.isEmpty() ? List.of() : Arrays.asList(rows.get(0).fields());
            for (String column : List.of("phase", "epoch", "loss")) {
                if (!header.contains(column)) {
                    throw new IOException("%s: found no column %s in line 1, expected the metrics of a training"
                            .formatted(file, column));
                }
            }
            if (rows.size() < 2) {
                throw new IOException(file + ": found no epoch, expected at least one");
            }
            for (Row row : rows) {
                if (row.fields().length != header.size()) {
                    throw new IOException("%s: line %d: found %d fields, expected %d"
                            .formatted(file, row.line(), row.fields().length, header.size()));
                }
            }
            int phase = header.indexOf("phase");
            String last = rows.get(rows.size() - 1).fields()[phase];
            return new Table(
                    file,
                    header,
                    rows.stream()
                            .skip(1)
                            .filter(row -> row.fields()[phase].equals(last))
                            .toList());
        }

        private static String[] fields(Path file, SerializableCSVParser parser, String line, int number)
                throws IOException {
            try {
                return parser.parseLine(line);
            } catch (IOException e) {
                throw new IOException(
                        "%s: line %d: found a field without its end, expected a quote".formatted(file, number), e);
            }
        }

        /** A column by epoch, without what is not there or not finite; empty if nothing is left. */
        Optional<Line> series(String column, String name) throws IOException {
            int at = header.indexOf(column);
            List<Double> epochs = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (Row row : rows) {
                double epoch = number(row, header.indexOf("epoch"));
                double value = at < 0 || row.fields()[at].isEmpty() ? Double.NaN : number(row, at);
                if (Double.isFinite(value)) {
                    epochs.add(epoch);
                    values.add(value);
                }
            }
            return values.isEmpty() ? Optional.empty() : Optional.of(new Line(name, epochs, values));
        }

        private double number(Row row, int column) throws IOException {
            try {
                return Double.parseDouble(row.fields()[column]);
            } catch (NumberFormatException e) {
                throw new IOException(
                        "%s: line %d, column %s: found %s, expected a number"
                                .formatted(file, row.line(), header.get(column), Quoted.of(row.fields()[column])),
                        e);
            }
        }
    }
}
