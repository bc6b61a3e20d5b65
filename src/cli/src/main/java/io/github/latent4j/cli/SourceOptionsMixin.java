package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.SourceOptions.ImageSize;
import io.github.latent4j.data.Sources;
import io.github.latent4j.data.TableCells;
import io.github.latent4j.data.TableOptions;
import io.github.latent4j.data.TableOptions.BadRows;
import io.github.latent4j.data.TableOptions.Header;
import io.github.latent4j.data.TableOptions.Scales;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name data. */
final class SourceOptionsMixin {
    private static final String CSV = "csv:";

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

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COLUMN",
            description = "The columns of a CSV file to use alone.")
    private List<String> columns = List.of();

    @Option(names = "--ignore", split = ",", paramLabel = "COLUMN", description = "Columns of a CSV file to leave out.")
    private List<String> ignore = List.of();

    @Option(
            names = "--separator",
            paramLabel = "CHARACTER",
            description = "What stands between the fields of a CSV file: a character, or comma, semicolon, tab or bar"
                    + " (default: found out).")
    private Optional<String> separator;

    @Option(names = "--encoding", paramLabel = "CHARSET", description = "The encoding of a CSV file (default: UTF-8).")
    private Optional<String> encoding;

    @Option(names = "--decimal-comma", description = "Numbers of a CSV file are written as 1.234,5.")
    private boolean decimalComma;

    @Option(
            names = "--header",
            paramLabel = "auto|yes|no",
            description = "Whether a CSV file's first line names its columns (default: auto).")
    private Optional<String> header;

    @Option(
            names = "--scaling",
            paramLabel = "HOW",
            description = "How numbers of a CSV file are scaled: auto, standard, robust, min-max, quantile or none"
                    + " (default: auto).")
    private Optional<String> scaling;

    @Option(
            names = "--clip",
            paramLabel = "X",
            description = "How far from 0 a scaled number may lie (default: 5, for quantiles 8).")
    private Optional<Double> clip;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "A DataVec schema as JSON with the kinds of a CSV file's columns.")
    private Optional<Path> schema;

    @Option(
            names = "--transform",
            paramLabel = "FILE",
            description = "A DataVec transform process as JSON, through which each row of a CSV file goes first.")
    private Optional<Path> transform;

    @Option(
            names = "--bad-rows",
            paramLabel = "fail|skip",
            description = "What becomes of rows of a CSV file that cannot be read (default: fail).")
    private Optional<String> badRows;

    @Option(names = "--limit", paramLabel = "N", description = "Use the first N examples alone.")
    private Optional<Integer> limit;

    /** Opens the data that were named. */
    Examples open(Part part, Console console) throws IOException {
        return open(part, Optional.empty(), console);
    }

    private Examples open(Part part, Optional<InputContract.Table> contract, Console console) throws IOException {
        if (limit.isPresent() && limit.get() < 1) {
            throw new ParameterException(
                    command.commandLine(), "--limit: found %d, expected at least 1".formatted(limit.get()));
        }
        Examples examples = open(source, part, contract, console);
        return limit.isPresent() ? examples.first(Math.min(limit.get(), examples.size())) : examples;
    }

    private Examples open(String named, Part part, Optional<InputContract.Table> contract, Console console)
            throws IOException {
        try (ProgressDisplay display = new ProgressDisplay(console)) {
            return Sources.open(named, part, options(contract).withProgress(display));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private SourceOptions options(Optional<InputContract.Table> contract) {
        SourceOptions options = SourceOptions.defaults().withGrey(grey);
        if (imageSize.isPresent()) {
            options = options.withImageSize(ImageSize.parse(imageSize.get()));
        }
        if (label.isPresent()) {
            options = options.withLabel(label.get());
        }
        return options.withTable(table(contract));
    }

    /** The cells of the table that was named, as they stand there; empty if it is no CSV file. */
    Optional<TableCells> cells(InputContract.Table table) throws IOException {
        return source.startsWith(CSV)
                ? Optional.of(TableCells.open(Path.of(source.substring(CSV.length())), options(Optional.of(table))))
                : Optional.empty();
    }

    private TableOptions table(Optional<InputContract.Table> contract) {
        TableOptions table = TableOptions.defaults()
                .withColumns(columns)
                .withIgnore(ignore)
                .withCharset(encoding.map(SourceOptionsMixin::charset).orElse(StandardCharsets.UTF_8))
                .withDecimalComma(decimalComma)
                .withHeader(header.map(Header::parse).orElse(Header.AUTO))
                .withScaling(scaling.map(Scales::parse).orElse(Scales.AUTO))
                .withBadRows(badRows.map(BadRows::parse).orElse(BadRows.FAIL));
        if (separator.isPresent()) {
            table = table.withSeparator(separator(separator.get()));
        }
        if (clip.isPresent()) {
            table = table.withClip(clip.get());
        }
        if (schema.isPresent()) {
            table = table.withSchema(schema.get());
        }
        if (transform.isPresent()) {
            table = table.withTransform(transform.get());
        }
        return contract.isPresent() ? table.withContract(contract.get()) : table;
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "--encoding: found %s, expected an encoding such as UTF-8, windows-1252 or UTF-16".formatted(name),
                    e);
        }
    }

    private static char separator(String text) {
        return switch (text) {
            case "comma" -> ',';
            case "semicolon" -> ';';
            case "tab", "\\t" -> '\t';
            case "bar" -> '|';
            default -> {
                if (text.length() != 1) {
                    throw new IllegalArgumentException(
                            "--separator: found %s, expected one character, or comma, semicolon, tab or bar"
                                    .formatted(text));
                }
                yield text.charAt(0);
            }
        };
    }

    /** Opens data that a model is to be used on, and checks that they fit it. */
    Examples openFor(LatentModel model, Console console) throws IOException {
        return openFor(model, "the model", console);
    }

    /** The same for a model that messages call by another name. */
    Examples openFor(LatentModel model, String who, Console console) throws IOException {
        return fitting(model, who, open(Part.TEST, contract(model, source), console));
    }

    /**
     * Opens the training part of other data with the same options, without the limit, for a model. Data that begin with the
     * examples of {@code --data}, as those do which a limit was taken of, are refused.
     */
    Examples openReference(String other, LatentModel model, String who, Examples data, Console console)
            throws IOException {
        Examples reference = fitting(model, who, open(other, Part.TRAIN, contract(model, other), console));
        try {
            if (beginsWith(reference, data)) {
                throw new IOException(
                        "--reference: found the same examples as with --data (%s), expected others, such as those of the training"
                                .formatted(data.name()));
            }
            return reference;
        } catch (IOException | RuntimeException e) {
            reference.close();
            throw e;
        }
    }

    private static boolean beginsWith(Examples examples, Examples first) {
        return examples.size() >= first.size()
                && (examples.sha256().equals(first.sha256())
                        || examples.first(first.size()).sha256().equals(first.sha256()));
    }

    private static Optional<InputContract.Table> contract(LatentModel model, String named) {
        return model.card().input() instanceof InputContract.Table table && named.startsWith(CSV)
                ? Optional.of(table)
                : Optional.empty();
    }

    private static Examples fitting(LatentModel model, String who, Examples examples) throws IOException {
        InputContract taken = model.card().input();
        if (taken.common(examples.input()).isEmpty()) {
            examples.close();
            throw new IOException("%s: found examples of %s, expected %s, which %s takes"
                    .formatted(examples.name(), examples.input().text(), taken.text(), who));
        }
        return examples;
    }
}
