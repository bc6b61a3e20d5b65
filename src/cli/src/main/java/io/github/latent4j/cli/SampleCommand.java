package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Draws from a VAE. */
@Command(
        name = "sample",
        description = "Draw new examples: codes from the prior, decoded.",
        mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private ModelMixin model;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "The file to write: .png for a picture, .csv for values, a table's in their own units, or .idx[.gz]"
                            + " for features.")
    private Path out;

    @Option(names = "--count", defaultValue = "64", paramLabel = "N", description = "How many (default: 64).")
    private int count;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Any whole number (default: 1).")
    private long seed;

    @Mixin
    private Summary summary;

    SampleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw new ParameterException(
                    command.commandLine(), "--count: found %d, expected at least 1".formatted(count));
        }
        Vae vae = model.loadVae();
        Matrix samples = vae.sample(count, new Random(seed));
        InputContract input = vae.card().input();
        if (out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            Images.grid(samples, input).write(out);
        } else {
            RowWriter.writeAlike(out, Examples.of(samples, input, "samples"), input, UnaryOperator.identity());
        }
        summary.wrote(console, out, count, "samples");
        return 0;
    }
}
