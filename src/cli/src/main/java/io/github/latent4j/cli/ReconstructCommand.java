package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.TableCells;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes reconstructions. */
@Command(
        name = "reconstruct",
        description = "Write the reconstruction of each example, or a picture of the first ones.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = {
            "  ./latent4j reconstruct m.zip --data strokes:test --out pairs.png",
            "  ./latent4j reconstruct table.zip --data csv:readings.csv --fill --out filled.csv"
        })
final class ReconstructCommand implements Callable<Integer> {
    private static final int PAIRS = 40;

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
            description =
                    "The file to write: .csv for values, a table's in their own units, .idx[.gz] for features, .png"
                            + " for the first " + PAIRS + " originals, each above its reconstruction.")
    private Path out;

    @Option(
            names = "--fill",
            description =
                    "Of a table: write the cells that are there as they are, and the reconstruction of the missing ones alone.")
    private boolean fill;

    @Mixin
    private Summary summary;

    ReconstructCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (fill && !RowWriter.isCsv(out)) {
            throw new ParameterException(
                    command.commandLine(), "--fill: found --out %s, expected a .csv".formatted(out));
        }
        LatentModel loaded = model.load();
        InputContract input = loaded.card().input();
        if (fill && !(input instanceof Table)) {
            throw new IOException("%s: found a model of %s, expected one of a table, which alone has cells to fill"
                    .formatted(model, input.text()));
        }
        try (Examples examples = data.openFor(loaded, console)) {
            int written = examples.size();
            if (out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
                Matrix originals = examples.read(0, Math.min(PAIRS, examples.size()));
                Images.pairs(originals, loaded.reconstruct(originals), input).write(out);
                written = originals.rows();
            } else if (fill && input instanceof Table table) {
                Optional<TableCells> cells = data.cells(table);
                try {
                    RowWriter.writeFilled(out, examples, table, cells, loaded::reconstruct);
                } finally {
                    if (cells.isPresent()) {
                        cells.get().close();
                    }
                }
            } else {
                RowWriter.writeAlike(out, examples, input, loaded::reconstruct);
            }
            summary.wrote(console, out, written, "reconstructions");
        }
        return 0;
    }
}
