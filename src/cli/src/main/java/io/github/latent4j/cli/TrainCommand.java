package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.AutoencoderSpec.Weights;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Optimiser;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingEngine;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingPlan.Pretraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {
    private enum Kind {
        AE,
        VAE
    }

    private enum EngineName {
        DL4J
    }

    private static final TrainingPlan DEFAULTS = TrainingPlan.defaults();

    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private SourceOptionsMixin data;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file to write.")
    private Path out;

    @Option(
            names = "--model",
            defaultValue = "vae",
            paramLabel = "KIND",
            description = "ae, an autoencoder, or vae, a variational one (default: vae).")
    private Kind kind;

    @Option(
            names = "--latent",
            paramLabel = "N",
            description = "Values of a code (default: 20 for images, else half the columns, at most 10).")
    private Optional<Integer> latent;

    @Option(
            names = "--hidden",
            split = ",",
            paramLabel = "N",
            description = "Sizes of the encoder's hidden layers (default: 512,256 for images, else 128,64).")
    private int @Nullable [] hidden;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            description =
                    "Of the hidden layers (default: relu for a VAE, elu for an autoencoder, sigmoid where weights are tied).")
    private Optional<String> activation;

    @Option(
            names = "--code-activation",
            paramLabel = "NAME",
            description = "Of an autoencoder's code (default: identity; sigmoid where weights are tied).")
    private Optional<String> codeActivation;

    @Option(
            names = "--output-activation",
            paramLabel = "NAME",
            description =
                    "Of an autoencoder's output (default: sigmoid for images and where weights are tied, else identity).")
    private Optional<String> outputActivation;

    @Option(
            names = "--likelihood",
            paramLabel = "NAME",
            description = "Of a VAE: bernoulli, gaussian, gaussian:VARIANCE, gaussian:per-feature[:MIN:MAX] or "
                    + "gaussian:per-example[:MIN:MAX] (default: bernoulli for images, else gaussian).")
    private Optional<String> likelihood;

    @Option(
            names = "--weights",
            defaultValue = "untied",
            paramLabel = "KIND",
            description = "Of an autoencoder: tied or untied (default: untied).")
    private Weights weights;

    @Option(
            names = "--corruption",
            defaultValue = "none",
            paramLabel = "KIND",
            description = "Of an autoencoder's input: none, masking:PROBABILITY or gaussian:DEVIATION (default: none).")
    private String corruption;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data (default: 10).")
    private Optional<Integer> epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Examples a step (default: 128).")
    private Optional<Integer> batch;

    @Option(
            names = "--optimiser",
            defaultValue = "adam",
            paramLabel = "NAME",
            description = "adam, rmsprop, nesterov or sgd (default: adam).")
    private String optimiser;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "Above 0 (default: 0.001).")
    private Optional<Double> learningRate;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = "Share of the examples held out to measure with, from 0 to below 1 (default: 0.1).")
    private Optional<Double> validation;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after N epochs without a better validation loss; 0 for never (default: 0).")
    private Optional<Integer> patience;

    @Option(
            names = "--pretraining-epochs",
            paramLabel = "N",
            description = "For each layer of a tied stack (default: 4).")
    private Optional<Integer> pretrainingEpochs;

    @Option(
            names = "--pretraining-masking",
            paramLabel = "P",
            description = "Share of a tied layer's input that pretraining masks (default: 0.3).")
    private Optional<Double> pretrainingMasking;

    @Option(names = "--engine", defaultValue = "dl4j", paramLabel = "NAME", description = "dl4j (default: dl4j).")
    private EngineName engine;

    @Option(names = "--seed", paramLabel = "N", description = "Any whole number (default: 1).")
    private Optional<Long> seed;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        TrainingPlan plan = Usage.checked(command, this::plan);
        TrainingEngine trainingEngine =
                switch (engine) {
                    case DL4J -> TrainingEngine.dl4j();
                };
        ModelFile.requireWritable(out);
        try (Examples examples = data.open(Part.TRAIN, console);
                ProgressDisplay display = new ProgressDisplay(console)) {
            ModelSpec spec = Usage.checked(command, () -> supported(spec(examples.input()), trainingEngine));
            console.note("%s: %s".formatted(examples.name(), examples.input().text()));
            console.note(Descriptions.of(spec));
            Trainer trainer = Trainer.with(plan).using(trainingEngine).reportingTo(display);
            LatentModel model = trainer.fit(spec, examples).model();
            ModelFile.write(model, out);
            print(model);
        }
        return 0;
    }

    private static ModelSpec supported(ModelSpec spec, TrainingEngine engine) {
        spec.layout(); // says so if the sizes make more parameters than there can be
        engine.requireSupported(spec);
        return spec;
    }

    private void print(LatentModel model) throws IOException {
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("file", out.toString());
            fields.put("model", model.spec().kind());
            fields.put("parameters", model.spec().layout().length());
            fields.putAll(model.card().metrics());
            console.json(fields);
        } else {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "wrote %s (%,d parameters)%n",
                            out,
                            model.spec().layout().length());
        }
    }

    private TrainingPlan plan() {
        return new TrainingPlan(
                epochs.orElse(DEFAULTS.epochs()),
                batch.orElse(DEFAULTS.batchSize()),
                Optimiser.parse(optimiser),
                learningRate.orElse(DEFAULTS.learningRate()),
                validation.orElse(DEFAULTS.validationShare()),
                patience.orElse(DEFAULTS.patience()),
                new Pretraining(
                        pretrainingEpochs.orElse(DEFAULTS.pretraining().epochs()),
                        pretrainingMasking.orElse(DEFAULTS.pretraining().masking())),
                seed.orElse(DEFAULTS.seed()));
    }

    private ModelSpec spec(InputContract input) {
        boolean image = input instanceof InputContract.Image;
        int size = input.size();
        int code = latent.orElse(image ? 20 : Math.max(1, Math.min(10, size / 2)));
        int[] sizes = hidden != null ? hidden : image ? new int[] {512, 256} : new int[] {128, 64};
        if (kind == Kind.VAE) {
            refuse(weights == Weights.TIED, "--weights tied");
            refuse(!corruption.equals("none"), "--corruption");
            refuse(codeActivation.isPresent(), "--code-activation");
            refuse(outputActivation.isPresent(), "--output-activation");
            VaeSpec spec = VaeSpec.of(size, code).withHidden(sizes);
            return spec.withActivation(activation.map(Activation::parse).orElse(spec.activation()))
                    .withLikelihood(likelihood
                            .map(Likelihood::parse)
                            .orElse(image ? Likelihood.BERNOULLI : Likelihood.GAUSSIAN));
        }
        if (likelihood.isPresent()) {
            throw new IllegalArgumentException("--likelihood: found it with --model ae, expected it with vae alone");
        }
        boolean tied = weights == Weights.TIED;
        return new AutoencoderSpec(
                size,
                Arrays.stream(sizes).boxed().toList(),
                code,
                activation.map(Activation::parse).orElse(tied ? Activation.SIGMOID : Activation.ELU),
                codeActivation.map(Activation::parse).orElse(tied ? Activation.SIGMOID : Activation.IDENTITY),
                outputActivation
                        .map(Activation::parse)
                        .orElse(tied || image ? Activation.SIGMOID : Activation.IDENTITY),
                weights,
                Corruption.parse(corruption));
    }

    private static void refuse(boolean given, String option) {
        if (given) {
            throw new IllegalArgumentException(
                    "%s: found it with --model vae, expected it with ae alone".formatted(option));
        }
    }
}
