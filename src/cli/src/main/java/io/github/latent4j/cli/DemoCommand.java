package io.github.latent4j.cli;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.report.ModelPictures;
import io.github.latent4j.evaluation.report.ModelSection;
import io.github.latent4j.evaluation.report.NamedPicture;
import io.github.latent4j.evaluation.report.Report;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.EpochReport;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Optimiser;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job in small: train, evaluate, draw. */
@Command(
        name = "demo",
        description = "Train a small VAE on built-in data, evaluate it, draw what it learned and say where.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = {"  ./latent4j demo", "  ./latent4j demo --examples 3000 --epochs 3 --out small-demo"})
final class DemoCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--out",
            defaultValue = "latent4j-demo",
            paramLabel = "DIR",
            description = "The folder to write into (default: latent4j-demo).")
    private Path folder;

    @Spec
    private CommandSpec command;

    @Mixin
    private Summary summary;

    @Option(
            names = "--examples",
            defaultValue = "12000",
            paramLabel = "N",
            description = "Examples to train on (default: 12000).")
    private int examples;

    @Option(names = "--epochs", defaultValue = "8", paramLabel = "N", description = "Passes over them (default: 8).")
    private int epochs;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Any whole number (default: 1).")
    private long seed;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        TrainingPlan plan = Usage.checked(
                command, () -> TrainingPlan.defaults().withEpochs(epochs).withSeed(seed));
        Dataset digits = Usage.checked(command, () -> Datasets.strokes(examples, seed));
        Path file = Files.createDirectories(folder).resolve("model.zip");
        ModelFile.requireWritable(file);
        VaeSpec spec = VaeSpec.of(digits.train().input().size(), 16).withHidden(256);
        console.note("A VAE learns pen strokes: %s".formatted(Descriptions.of(spec)));
        TrainingResult<Vae> result = train(plan, spec, digits);
        Vae vae = result.model().using(MultiplicationProvider.forBatches());
        ModelFile.write(vae, file);
        Evaluation evaluation = Evaluator.of(vae).withSeed(seed).evaluate(digits.test());

        VaeSpec planeSpec = VaeSpec.of(spec.inputs(), 2).withHidden(256, 128);
        console.note("Another one with a code of two numbers, for a map of what it learns: %s"
                .formatted(Descriptions.of(planeSpec)));
        Vae plane = train(plan.withBatchSize(64).withOptimiser(Optimiser.ADAM, 0.002), planeSpec, digits)
                .model();

        List<NamedPicture> pictures =
                new ArrayList<>(ModelPictures.of(vae, digits.test(), evaluation.reconstruction(), seed));
        pictures.add(ModelPictures.manifold(plane));
        Report.of("A VAE learns pen strokes")
                .withText(
                        "Two models were trained on digits that a program draws with a pen: one with a code of %d numbers, which the figures tell of, and one with a code of two, whose plane can be looked at. Neither has seen the digits of the test part."
                                .formatted(spec.latent()))
                .with(ModelSection.of("model", vae)
                        .with(evaluation)
                        .withPictures(pictures)
                        .withTrainingCharts(List.of(new Chart(
                                "training-loss",
                                "Negative ELBO after each epoch; lower is better.",
                                Axis.of("epoch"),
                                Axis.of("loss, nats per example"),
                                List.of(
                                        losses("training", result.history(), EpochReport::training),
                                        losses("validation", result.history(), r -> r.validation()
                                                .orElseThrow()))))))
                .replace(folder);

        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("page", folder.resolve("index.html").toString());
        fields.put("file", file.toString());
        fields.putAll(evaluation.fields());
        String text = String.format(
                Locale.ROOT,
                """
                ELBO on %,d unseen examples: %.1f nats; reconstruction error %.4f, PCA of as many dimensions %.4f
                Open %s; pictures, charts, figures and model.zip lie beside it.""",
                evaluation.examples(),
                evaluation.bound().orElseThrow().elbo().mean(),
                evaluation.reconstructionError(),
                evaluation.pcaReconstructionError(),
                folder.resolve("index.html"));
        summary.print(console, fields, text);
        return 0;
    }

    private TrainingResult<Vae> train(TrainingPlan plan, VaeSpec spec, Dataset digits) {
        try (ProgressDisplay display = new ProgressDisplay(console)) {
            return Trainer.with(plan).reportingTo(display).fit(spec, digits.train());
        }
    }

    private static Line losses(String name, List<EpochReport> history, Function<EpochReport, Losses> part) {
        return new Line(
                name,
                history.stream().map(r -> (double) r.epoch()).toList(),
                history.stream().map(r -> part.apply(r).loss()).toList());
    }
}
