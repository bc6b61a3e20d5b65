package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
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
import picocli.CommandLine.Option;

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
        LatentModel loaded = model.load().using(MultiplicationProvider.forBatches());
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
            Evaluation evaluation = Evaluator.of(loaded).withSeed(seed).evaluate(examples);
            if (report.isPresent()) {
                new ReportFolder(report.get()).write("Evaluation of " + model, loaded, examples, evaluation, seed);
                console.note("wrote %s".formatted(report.get().resolve("index.html")));
            }
            if (json) {
                Map<String, Object> fields = new LinkedHashMap<>(evaluation.fields());
                fields.put("binarised", binarise);
                console.json(fields);
            } else {
                print(evaluation);
            }
        }
        return 0;
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
