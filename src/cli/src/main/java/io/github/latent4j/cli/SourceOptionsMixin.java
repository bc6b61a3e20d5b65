package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.SourceOptions.ImageSize;
import io.github.latent4j.data.Sources;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name data. */
final class SourceOptionsMixin {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "SOURCE",
            description = "A data set of the catalogue, idx:IMAGES[,LABELS], images:FOLDER or csv:FILE.")
    private String source;

    @Option(names = "--image-size", paramLabel = "WIDTHxHEIGHT", description = "Resize the images of a folder.")
    private Optional<String> imageSize;

    @Option(names = "--grey", description = "Make the images of a folder grey.")
    private boolean grey;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "The column of a CSV file that is a label and no feature.")
    private Optional<String> label;

    @Option(names = "--limit", paramLabel = "N", description = "Use the first N examples alone.")
    private Optional<Integer> limit;

    /** Opens the data that were named. */
    Examples open(Part part, Console console) throws IOException {
        if (limit.isPresent() && limit.get() < 1) {
            throw new ParameterException(
                    command.commandLine(), "--limit: found %d, expected at least 1".formatted(limit.get()));
        }
        try (ProgressDisplay display = new ProgressDisplay(console)) {
            SourceOptions options = SourceOptions.defaults().withGrey(grey).withProgress(display);
            if (imageSize.isPresent()) {
                options = options.withImageSize(ImageSize.parse(imageSize.get()));
            }
            if (label.isPresent()) {
                options = options.withLabel(label.get());
            }
            Examples examples = Sources.open(source, part, options);
            return limit.isPresent() ? examples.first(Math.min(limit.get(), examples.size())) : examples;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Opens data that a model is to be used on, and checks that they fit it. */
    Examples openFor(LatentModel model, Console console) throws IOException {
        Examples examples = open(Part.TEST, console);
        InputContract taken = model.card().input();
        if (taken.common(examples.input()).isEmpty()) {
            examples.close();
            throw new IOException("%s: found examples of %s, expected %s, which the model takes"
                    .formatted(examples.name(), examples.input().text(), taken.text()));
        }
        return examples;
    }
}
