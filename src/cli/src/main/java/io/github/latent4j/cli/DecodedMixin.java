package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** The option that says where decoded codes go: into a picture or a file of values. */
final class DecodedMixin {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "The file to write: .png for a picture, .csv for values, a table's in their own units, or .idx[.gz]"
                            + " for features.")
    private Path file;

    Path file() {
        return file;
    }

    boolean isPicture() {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".png");
    }

    /** Where a way of so many steps stands: a row of a picture, lines of a CSV file, whose first one has names, or examples. */
    String place(int way, int steps) {
        if (isPicture()) {
            return "row " + (way + 1);
        }
        boolean lines = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        int first = way * steps + (lines ? 2 : 0);
        return "%s %d to %d".formatted(lines ? "lines" : "examples", first, first + steps - 1);
    }

    /**
     * Writes the file.
     *
     * @param decoded what a model made of codes
     * @param input what its values mean
     * @param columns how many stand side by side in a picture
     */
    void write(Matrix decoded, InputContract input, int columns) throws IOException {
        if (isPicture()) {
            Images.grid(decoded, input, columns).write(file);
        } else {
            RowWriter.writeAlike(file, Examples.of(decoded, input, "decoded"), input, UnaryOperator.identity());
        }
    }
}
