package io.github.latent4j.cli;

import io.github.latent4j.training.PlanException;
import io.github.latent4j.training.PlanFile;
import io.github.latent4j.training.PlanFormatException;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The plan that a command line asks for: a file, and options that win over it, one for each field of a plan. */
final class PlanOptions {
    private static final String FILE = "--plan";

    /** An option for a field of a plan. */
    private record FieldOption(String field, String name, String label, String description) {}

    private static final List<FieldOption> FIELDS = List.of(
            new FieldOption("epochs", "--epochs", "N", "Passes over the data"),
            new FieldOption("batchSize", "--batch", "N", "Examples a step"),
            new FieldOption("optimiser", "--optimiser", "NAME", "adam, adamw, rmsprop, nesterov or sgd"),
            new FieldOption("learningRate", "--learning-rate", "RATE", "Above 0"),
            new FieldOption(
                    "schedule",
                    "--schedule",
                    "TEXT",
                    "Of the learning rate: constant, step:EPOCHS:FACTOR, cosine[:WARM_UP] or plateau:PATIENCE:FACTOR;"
                            + " a WARM_UP is such as 2epochs or 500steps"),
            new FieldOption(
                    "weightDecay",
                    "--weight-decay",
                    "X",
                    "At least 0; an L2 penalty, or with adamw apart from the gradient"),
            new FieldOption(
                    "clipping", "--clipping", "NORM", "Largest norm of a step's gradient, at least 0; 0 for no limit"),
            new FieldOption("beta", "--beta", "X", "Weight of a VAE's KL term, at least 0"),
            new FieldOption(
                    "warmUp",
                    "--warm-up",
                    "TEXT",
                    "Of the KL weight: none, linear:LENGTH or cyclical:CYCLES:LENGTH;"
                            + " a LENGTH is such as 10epochs or 5000steps"),
            new FieldOption(
                    "freeBits", "--free-bits", "NATS", "KL of a latent dimension that costs nothing, at least 0"),
            new FieldOption(
                    "bound", "--bound", "NAME", "What a VAE maximises: elbo or iwae, the importance-weighted one"),
            new FieldOption("samples", "--samples", "N", "Draws of a VAE's posterior for each example"),
            new FieldOption(
                    "sparsityTarget",
                    "--sparsity-target",
                    "P",
                    "Mean activation of a unit of an autoencoder's code, above 0 and below 1"),
            new FieldOption("sparsityWeight", "--sparsity-weight", "X", "Of the penalty for another mean, at least 0"),
            new FieldOption(
                    "binarise",
                    "--binarise",
                    "HOW",
                    "Draw ones and zeros from values in [0, 1]: none; fixed, once; dynamic, anew for each epoch"),
            new FieldOption(
                    "validationShare",
                    "--validation",
                    "SHARE",
                    "Share of the examples held out to measure with, from 0 to below 1"),
            new FieldOption(
                    "patience",
                    "--patience",
                    "N",
                    "Stop after N epochs without a better validation loss, warm-up not counted; 0 for never"),
            new FieldOption("pretrainingEpochs", "--pretraining-epochs", "N", "For each layer of a tied stack"),
            new FieldOption(
                    "pretrainingMasking",
                    "--pretraining-masking",
                    "P",
                    "Share of a tied layer's input that pretraining masks, from 0 to below 1"),
            new FieldOption(
                    "shards",
                    "--shards",
                    "N",
                    "Parts of a batch that workers share, to 64; 0 for one for every 256 examples, from 2 to 8"),
            new FieldOption("seed", "--seed", "N", "Any whole number"));

    /** What tables get instead. */
    private static final Map<String, String> FOR_TABLES = Map.of(
            "epochs", "; for tables as many as make some 5,000 steps",
            "learningRate", "; for tables 0.002",
            "schedule", "; for tables cosine");

    private final CommandSpec command;
    private final Map<String, String> given = new LinkedHashMap<>();
    private @Nullable PlanFile file;

    private PlanOptions(CommandSpec command) {
        this.command = command;
    }

    /** The options that a command was given. */
    static PlanOptions of(CommandSpec command) {
        PlanOptions options = new PlanOptions(command);
        for (FieldOption option : FIELDS) {
            Optional.ofNullable(command.findOption(option.name).<String>getValue())
                    .ifPresent(text -> options.given.put(option.field, text));
        }
        return options;
    }

    /** Whether an option or the file, which has been read, gives a field of the plan. */
    boolean says(String field) {
        return given.containsKey(field) || (file != null && file.has(field));
    }

    /** Reads the file, if there is one, and gives the plan. */
    TrainingPlan plan() throws IOException {
        Path path = command.findOption(FILE).getValue();
        if (path != null) {
            PlanFile opened = PlanFile.open(path);
            file = opened;
            return checked(() -> opened.plan(given));
        }
        return checked(() -> TrainingPlan.defaults().with(given));
    }

    /**
     * Makes something of the plan and other options; what they lack is told as wrong usage, or as bad data if the plan's
     * file has it.
     */
    <T> T checked(Supplier<T> maker) throws PlanFormatException {
        try {
            return maker.get();
        } catch (PlanException e) {
            throw told(e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Says where a wrong field comes from.
     *
     * @throws ParameterException if it is an option's, or nobody's
     */
    PlanFormatException told(PlanException wrong) {
        boolean overruled = given.containsKey(wrong.field());
        if (file != null && !overruled && (file.has(wrong.field()) || given.isEmpty() || contradictsItself(file))) {
            return file.located(wrong);
        }
        String message = String.valueOf(wrong.getMessage());
        String named = FIELDS.stream()
                .filter(option -> option.field.equals(wrong.field()))
                .map(option -> option.name + message.substring(option.field.length()))
                .findFirst()
                .orElse(message);
        throw new ParameterException(command.commandLine(), named, wrong);
    }

    private static boolean contradictsItself(PlanFile file) {
        try {
            file.plan(Map.of());
            return false;
        } catch (PlanException e) {
            return true;
        }
    }

    /** Adds the options to a command. */
    static final class Adding implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            ArgGroupSpec.Builder group = ArgGroupSpec.builder()
                    .validate(false)
                    .heading("%nThe plan. An option wins over the file.%n")
                    .addArg(OptionSpec.builder(FILE)
                            .type(Path.class)
                            .paramLabel("FILE")
                            .description("A YAML file with fields of a plan, see docs/plan.md.")
                            .build());
            Map<String, String> defaults = TrainingPlan.defaults().fields();
            for (FieldOption option : FIELDS) {
                group.addArg(OptionSpec.builder(option.name)
                        .type(String.class)
                        .paramLabel(option.label)
                        .description("%s (default: %s%s)."
                                .formatted(
                                        option.description,
                                        defaults.get(option.field),
                                        FOR_TABLES.getOrDefault(option.field, "")))
                        .build());
            }
            return command.addArgGroup(group.build());
        }
    }
}
