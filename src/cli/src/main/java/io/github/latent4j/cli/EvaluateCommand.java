package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.AnomalyLabels;
import io.github.latent4j.evaluation.AnomalyScoring;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.MultiplicationProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a model. */
@Command(
        name = "evaluate",
        description = "Measure a model on data it was not trained on.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelMixin model;

    @Mixin
    private SourceOptionsMixin data;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of the draws of the posterior, and of --binarise (default: 1).")
    private long seed;

    @Option(
            names = "--binarise",
            description = "Draw ones and zeros from values in [0, 1] first, as for a model that was trained so.")
    private boolean binarise;

    @Option(
            names = "--anomaly",
            paramLabel = "VALUE",
            description =
                    "The label of anomalies, for a model with a detector (default: the one of 1, true, yes, anomaly, attack, … if the other is 0, false, no, normal, …).")
    private Optional<String> anomaly;

    @Option(names = "--report", paramLabel = "DIR", description = "Write a page with pictures into a new folder.")
    private Optional<Path> report;

    @Option(names = "--force", description = "Write into the folder of --report even if it holds files.")
    private boolean force;

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        LatentModel exact = model.load();
        LatentModel loaded = exact.using(MultiplicationProvider.forBatches());
        if (anomaly.isPresent()) {
            model.requireDetector(loaded);
        }
        if (report.isPresent() && !force) {
            ReportFolder.requireNew(report.get());
        }
        Optional<String> drawn = loaded.card()
                .provenance()
                .map(origin -> origin.plan().getOrDefault("binarise", "none"))
                .filter(how -> !how.equals("none"));
        if (drawn.isPresent() && !binarise) {
            console.note("found a model trained with --binarise %s, evaluated on values as they are; --binarise draws"
                    .formatted(drawn.get()));
        }
        try (Examples source = data.openFor(loaded, console)) {
            Examples examples = binarise ? source.binarised(seed) : source;
            Optional<AnomalyLabels> labels = exact.card().detection().isPresent() ? labels(examples) : Optional.empty();
            Evaluation evaluation = Evaluator.of(loaded).withSeed(seed).evaluate(examples);
            Optional<AnomalyEvaluation> detection =
                    exact.card().detection().map(d -> anomalies(AnomalyDetector.of(exact), examples, labels));
            if (report.isPresent()) {
                new ReportFolder(report.get())
                        .write("Evaluation of " + model, loaded, examples, evaluation, detection, seed);
                console.note("wrote %s".formatted(report.get().resolve("index.html")));
            }
            if (json) {
                Map<String, Object> fields = new LinkedHashMap<>(evaluation.fields());
                fields.put("binarised", binarise);
                detection.ifPresent(d -> fields.putAll(d.fields()));
                console.json(fields);
            } else {
                print(evaluation);
                detection.ifPresent(this::print);
            }
        }
        return 0;
    }

    /**
     * Which examples are anomalies. The labels of a table are a column that was named; those of other data come along with them
     * and may mean something else.
     */
    private Optional<AnomalyLabels> labels(Examples examples) {
        if (examples.labelNames().isEmpty()) {
            if (anomaly.isPresent()) {
                throw new ParameterException(
                        command.commandLine(),
                        "--anomaly: found it without labels, expected data with labels; --label names the column of a CSV file");
            }
            return Optional.empty();
        }
        if (!(examples.input() instanceof InputContract.Table) && anomaly.isEmpty()) {
            console.note("labels are left alone; --anomaly VALUE says which of two is that of anomalies");
            return Optional.empty();
        }
        Optional<String> column = command.findOption("--label").getValue();
        return Optional.of(AnomalyLabels.of(
                examples, column.map(name -> "label column " + name).orElse("label"), anomaly));
    }

    private AnomalyEvaluation anomalies(AnomalyDetector detector, Examples examples, Optional<AnomalyLabels> labels) {
        double[] scores;
        try (ProgressDisplay display = new ProgressDisplay(console)) {
            scores = AnomalyScoring.with(detector).reportingTo(display).scores(examples);
        }
        if (labels.isEmpty()) {
            return AnomalyEvaluation.of(scores, detector.threshold());
        }
        int odd = labels.get().anomalies();
        if (odd == 0 || odd == examples.size()) {
            console.note("%s: found %s alone, so what compares them with %s is left out"
                    .formatted(
                            examples.name(),
                            odd == 0 ? "normal examples" : "anomalies",
                            odd == 0 ? "anomalies" : "normal examples"));
        }
        return AnomalyEvaluation.of(scores, detector.threshold(), labels.get());
    }

    private void print(AnomalyEvaluation detection) {
        line(
                "above the threshold",
                "%.2f %% of the examples (threshold %.6g)",
                100 * detection.shareAbove(),
                detection.threshold());
        detection.labelled().ifPresent(labelled -> {
            line("anomalies", "%,d of %,d examples", labelled.anomalies(), detection.examples());
            labelled.auroc().ifPresent(v -> line("AUROC", "%.4f", v));
            labelled.averagePrecision().ifPresent(v -> line("average precision", "%.4f", v));
            labelled.falseAlarms().ifPresent(v -> line("false alarms", "%.2f %% of the normal examples", 100 * v));
            labelled.recall().ifPresent(v -> line("recall", "%.2f %% of the anomalies", 100 * v));
            labelled.precision().ifPresent(v -> line("precision", "%.2f %% of what is above", 100 * v));
        });
    }

    private void print(Evaluation evaluation) {
        line(
                "data",
                "%s, %,d examples%s",
                evaluation.data(),
                evaluation.examples(),
                binarise ? ", ones and zeros drawn with seed " + seed : "");
        line("reconstruction error", "%.5f (mean squared error a feature)", evaluation.reconstructionError());
        line(
                "PCA's error",
                "%.5f (%d dimensions, fitted on %s)",
                evaluation.pcaReconstructionError(),
                evaluation.pca().dimensions(),
                evaluation.pca().fittedOn().text());
        evaluation.bound().ifPresent(bound -> {
            double error = bound.elbo().standardError();
            String margin = Double.isFinite(error) ? String.format(Locale.ROOT, " ± %.2f", error) : "";
            line("ELBO", "%.2f%s nats an example", bound.elbo().mean(), margin);
            line("KL", "%.2f nats an example", bound.kl().mean());
            line(
                    "active units",
                    "%d of %d",
                    bound.activeUnits(),
                    evaluation.model().latent());
        });
    }

    private void line(String name, String format, Object... values) {
        console.out().printf(Locale.ROOT, "%-22s%s%n", name, String.format(Locale.ROOT, format, values));
    }
}
