package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.training.AnomalyTrainer;
import io.github.latent4j.training.DetectionPlan;
import io.github.latent4j.training.PlanException;
import io.github.latent4j.training.TableDefaults;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingEngine;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import io.github.latent4j.training.TrainingStoppedException;
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
import picocli.CommandLine.Spec;

/** Trains a model. */
@Command(
        name = "train",
        description = "Train a model and write it to a file.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = {
            "  ./latent4j train --data strokes --limit 12000 --latent 16 --hidden 256 --epochs 5 --out m.zip",
            "  ./latent4j train --data csv:readings.csv --label state --out m.zip"
        },
        modelTransformer = PlanOptions.Adding.class,
        customSynopsis = "latent4j train --data SOURCE --out FILE [OPTIONS]",
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {
    private enum EngineName {
        FUSED,
        DL4J
    }

    private static final class Engines extends Choices {
        Engines() {
            super(EngineName.class);
        }
    }

    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private SourceOptionsMixin data;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file to write.")
    private Path out;

    @Mixin
    private ModelOptionsMixin model;

    @Option(
            names = "--engine",
            defaultValue = "fused",
            paramLabel = "ENGINE",
            completionCandidates = Engines.class,
            description = "fused, which has every objective, or dl4j, DL4J's own layers (default: fused).")
    private EngineName engine;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Threads of the engine fused, which change nothing but the time (default: the processors).")
    private Optional<Integer> workers;

    @Mixin
    private DetectorOptionsMixin detector;

    @Mixin
    private RunOptionsMixin run;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        PlanOptions planOptions = PlanOptions.of(command);
        TrainingPlan given = planOptions.plan();
        planOptions.checked(() -> {
            detector.check();
            return trainer(given);
        });
        ModelFile.requireWritable(out);
        try (Examples examples = data.open(Part.TRAIN, console);
                ProgressDisplay display = new ProgressDisplay(console)) {
            Trainer trainer = trainer(planFor(examples, given, planOptions));
            Optional<DetectionPlan> detection = planOptions.checked(() -> detector.plan(examples, console));
            ModelSpec spec = planOptions.checked(() -> {
                ModelSpec wanted = model.spec(examples.input(), engine == EngineName.FUSED);
                wanted.layout(); // says so if the sizes make more parameters than there can be
                trainer.requireTrainable(wanted);
                detection.ifPresent(
                        plan -> AnomalyTrainer.with(trainer).withPlan(plan).requireFittable(wanted, examples.input()));
                return wanted;
            });
            console.note("%s: %s".formatted(examples.name(), examples.input().text()));
            console.note(Descriptions.of(spec));
            return train(trainer, detection, spec, examples, display);
        } catch (PlanException e) {
            throw planOptions.told(e);
        }
    }

    private Trainer trainer(TrainingPlan plan) {
        return Trainer.with(plan).using(engine()).recordingIn(run.of(out));
    }

    /** The plan; what suits a table, where nobody says otherwise. */
    private static TrainingPlan planFor(Examples examples, TrainingPlan given, PlanOptions options) {
        return examples.input() instanceof InputContract.Table
                ? TableDefaults.plan(given, examples.size(), options::says)
                : given;
    }

    private TrainingEngine engine() {
        if (engine == EngineName.DL4J) {
            if (workers.isPresent()) {
                throw new IllegalArgumentException(
                        "--workers: found it with --engine dl4j, expected it with fused alone");
            }
            return TrainingEngine.dl4j();
        }
        if (workers.isPresent() && workers.get() < 1) {
            throw new IllegalArgumentException("--workers: found %d, expected at least 1".formatted(workers.get()));
        }
        return workers.map(TrainingEngine::fused).orElseGet(TrainingEngine::fused);
    }

    private int train(
            Trainer trainer,
            Optional<DetectionPlan> detection,
            ModelSpec spec,
            Examples examples,
            ProgressDisplay display)
            throws IOException {
        // A signal waits until the model is written, or the checkpoint and the line that tells of it.
        try (StopSignal stop = StopSignal.listening(console)) {
            Trainer reporting = trainer.stoppingWhen(stop::isGiven).reportingTo(display);
            Optional<LatentModel> trained = fit(reporting, detection, spec, examples, display);
            if (trained.isEmpty()) {
                return Main.COULD_NOT;
            }
            ModelFile.write(trained.get(), out);
            print(trained.get());
            return 0;
        }
    }

    /** Trains; empty if it was stopped, which has been told then. */
    private static Optional<LatentModel> fit(
            Trainer trainer,
            Optional<DetectionPlan> detection,
            ModelSpec spec,
            Examples examples,
            ProgressDisplay display) {
        try {
            TrainingResult<LatentModel> result = detection.isPresent()
                    ? AnomalyTrainer.with(trainer).withPlan(detection.get()).fit(spec, examples)
                    : trainer.fit(spec, examples);
            return Optional.of(result.model());
        } catch (TrainingStoppedException e) {
            display.noted(e.getMessage() + "; go on with --resume");
            return Optional.empty();
        }
    }

    private void print(LatentModel trained) throws IOException {
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("file", out.toString());
            fields.put("run", run.folder(out).toString());
            fields.put("model", trained.spec().kind());
            fields.put("parameters", trained.spec().layout().length());
            fields.putAll(trained.card().metrics());
            trained.card().detection().ifPresent(d -> {
                fields.put("score", d.score().text());
                fields.put("threshold", d.threshold());
            });
            console.json(fields);
        } else {
            trained.card().detection().ifPresent(d -> console.note("anomaly detector: " + Descriptions.of(d)));
            console.out()
                    .printf(
                            Locale.ROOT,
                            "wrote %s (%,d parameters)%n",
                            out,
                            trained.spec().layout().length());
        }
    }
}
