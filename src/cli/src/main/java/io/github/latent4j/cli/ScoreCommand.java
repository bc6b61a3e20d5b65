package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.AnomalyScoring;
import io.github.latent4j.evaluation.AnomalyScoring.Judged;
import io.github.latent4j.evaluation.AnomalyScoring.Reasons;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.AnomalyDetector.Reason;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Scaling;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes how odd examples are, and why. */
@Command(
        name = "score",
        description = "Write how odd each example is, whether it is an anomaly, and for a table what makes it one.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = "  ./latent4j score table.zip --data csv:readings.csv --out scores.csv")
final class ScoreCommand implements Callable<Integer> {
    private static final int REASONS = 3;
    private static final MathContext DIGITS = new MathContext(6);

    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private ModelMixin model;

    @Mixin
    private SourceOptionsMixin data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The CSV file to write: row, score, pValue, anomaly, and reason1, reason2, … for a table.")
    private Path out;

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "Reasons a row, for models of tables; 0 for none (default: " + REASONS + ").")
    private Optional<Integer> top;

    @Option(
            names = "--reasons",
            paramLabel = "ROWS",
            completionCandidates = Explanations.class,
            description = "The rows that get reasons: anomalies or all, which takes longer (default: anomalies).")
    private Optional<Explained> explained;

    @Mixin
    private Summary summary;

    private enum Explained {
        ANOMALIES,
        ALL
    }

    private static final class Explanations extends Choices {
        Explanations() {
            super(Explained.class);
        }
    }

    ScoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (top.isPresent() && top.get() < 0) {
            throw new ParameterException(
                    command.commandLine(), "--top: found %d, expected at least 0".formatted(top.get()));
        }
        LatentModel loaded = model.load();
        AnomalyDetector detector = AnomalyDetector.of(model.requireDetector(loaded));
        int columns = reasonColumns(loaded, detector);
        requireCsv();
        model.requireOther(out);
        try (Examples examples = data.openFor(loaded, console);
                StagedFile staged = StagedFile.beside(out)) {
            int anomalies;
            try (Writer writer = Files.newBufferedWriter(staged.path(), StandardCharsets.UTF_8);
                    ProgressDisplay display = new ProgressDisplay(console)) {
                Rows rows = new Rows(writer, examples, columns);
                AnomalyScoring.with(detector)
                        .withReasons(columns == 0 ? Reasons.NONE : reasons())
                        .reportingTo(display)
                        .judge(examples, rows::write);
                anomalies = rows.anomalies;
            }
            staged.place();
            print(detector, examples, anomalies);
        }
        return 0;
    }

    private Reasons reasons() {
        return explained.orElse(Explained.ANOMALIES) == Explained.ALL ? Reasons.ALL : Reasons.ANOMALIES;
    }

    /** How many columns of reasons there are; a model whose detector gives none is told of if they were asked for. */
    private int reasonColumns(LatentModel loaded, AnomalyDetector detector) {
        boolean given = detector.givesReasons();
        if (!given && (explained.isPresent() || top.orElse(0) > 0)) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s: found it with a detector that gives no reasons, expected one of a table"
                            .formatted(explained.isPresent() ? "--reasons" : "--top"));
        }
        return given
                ? Math.min(top.orElse(REASONS), loaded.card().table().columns().size())
                : 0;
    }

    private void requireCsv() throws IOException {
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
            throw new IOException("%s: found another ending, expected .csv".formatted(out));
        }
    }

    private void print(AnomalyDetector detector, Examples examples, int anomalies) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", out.toString());
        fields.put("rows", examples.size());
        fields.put("anomalies", anomalies);
        fields.put("threshold", detector.threshold());
        summary.print(
                console,
                fields,
                String.format(
                        Locale.ROOT,
                        "wrote %s: %,d rows, %,d anomalies (%.3g %%)",
                        out,
                        examples.size(),
                        anomalies,
                        100.0 * anomalies / examples.size()));
    }

    /** The lines of the file. */
    private static final class Rows {
        private final Writer out;
        private final Examples examples;
        private final int columns;
        private final Map<String, Column> columnsByName;
        private int anomalies;

        Rows(Writer out, Examples examples, int columns) throws IOException {
            this.out = out;
            this.examples = examples;
            this.columns = columns;
            this.columnsByName = examples.input() instanceof InputContract.Table table
                    ? table.columns().stream().collect(Collectors.toMap(Column::name, column -> column))
                    : Map.of();
            out.write("row,score,pValue,anomaly");
            for (int c = 1; c <= columns; c++) {
                out.write(",reason" + c);
            }
            out.write('\n');
        }

        void write(Judged judged) {
            try {
                boolean anomaly = judged.verdict().anomaly();
                anomalies += anomaly ? 1 : 0;
                out.write(examples.origin(judged.index()) + 1 + ",");
                out.write(judged.verdict().score() + ",");
                out.write(judged.verdict().pValue() + ",");
                out.write(Boolean.toString(anomaly));
                List<Reason> reasons = judged.reasons().stream()
                        .filter(reason -> !reason.found().equals(reason.expected()))
                        .toList();
                for (int c = 0; c < columns; c++) {
                    out.write(',');
                    if (c < reasons.size()) {
                        out.write(RowWriter.quoted(text(reasons.get(c))));
                    }
                }
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String text(Reason reason) {
            return String.format(
                    Locale.ROOT,
                    "%s: found %s, expected %s (%.1f nats)",
                    reason.column(),
                    found(reason),
                    expected(reason),
                    reason.surprise());
        }

        private String expected(Reason reason) {
            return isMoment(reason) ? "one like " + reason.expected() : cell(reason.expected());
        }

        /** Moments with the same features, such as the time of day, are not told apart. */
        private boolean isMoment(Reason reason) {
            return columnsByName.get(reason.column()) instanceof Column.Moment;
        }

        /** What was found, as far as features tell it. */
        private String found(Reason reason) {
            if (isMoment(reason)) {
                return "a time like " + reason.found();
            }
            if (reason.found().equals(Column.OTHER)) {
                return "a value unknown in training";
            }
            if (columnsByName.get(reason.column()) instanceof Column.Numeric number) {
                double clip = number.scaling() instanceof Scaling.Linear linear
                        ? linear.clip()
                        : number.scaling() instanceof Scaling.Quantiles quantiles
                                ? quantiles.clip()
                                : Double.POSITIVE_INFINITY;
                double feature = number.scaling().apply((Double) reason.found());
                if (Math.abs(feature) >= clip * (1 - 1e-6)) {
                    return cell(reason.found()) + (feature > 0 ? " or more" : " or less");
                }
            }
            return cell(reason.found());
        }

        private static String cell(Object cell) {
            if (!(cell instanceof Double number)) {
                return cell.toString();
            }
            BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
            int exponent = rounded.precision() - rounded.scale() - 1;
            return exponent < -5 || exponent > 11 ? rounded.toString() : rounded.toPlainString();
        }
    }
}
