package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.IdxWriter;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes what a model makes of examples, a row each, in blocks: as CSV or, by the name's ending, as IDX of floats. */
final class RowWriter {
    private static final int BLOCK = 256;

    private RowWriter() {}

    /**
     * Writes a file whole or not at all.
     *
     * @param file ends in .csv, .idx or .idx.gz
     * @param examples the examples
     * @param columns names of the columns that are written
     * @param map makes the rows of a block
     */
    static void write(Path file, Examples examples, List<String> columns, UnaryOperator<Matrix> map)
            throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            writeCsv(file, examples, columns, map);
        } else if (name.endsWith(".idx") || name.endsWith(".idx.gz")) {
            try (IdxWriter writer = IdxWriter.floats(file, columns.size())) {
                for (int from = 0; from < examples.size(); from += BLOCK) {
                    writer.write(map.apply(block(examples, from)));
                }
                writer.finish();
            }
        } else {
            throw new IOException(
                    "%s: found another ending, expected .csv, .idx or .idx.gz, or .png where there are pictures"
                            .formatted(file));
        }
    }

    private static Matrix block(Examples examples, int from) {
        return examples.read(from, Math.min(examples.size(), from + BLOCK));
    }

    private static void writeCsv(Path file, Examples examples, List<String> columns, UnaryOperator<Matrix> map)
            throws IOException {
        boolean labelled = !examples.labelNames().isEmpty();
        try (StagedFile staged = StagedFile.beside(file)) {
            try (Writer out = Files.newBufferedWriter(staged.path(), StandardCharsets.UTF_8)) {
                out.write(columns.stream().map(RowWriter::quoted).collect(Collectors.joining(",")));
                out.write(labelled ? ",label\n" : "\n");
                for (int from = 0; from < examples.size(); from += BLOCK) {
                    Matrix rows = map.apply(block(examples, from));
                    for (int r = 0; r < rows.rows(); r++) {
                        int row = r;
                        out.write(IntStream.range(0, rows.columns())
                                .mapToObj(c -> Float.toString(rows.get(row, c)))
                                .collect(Collectors.joining(",")));
                        if (labelled) {
                            out.write("," + quoted(examples.labelNames().get(examples.label(from + r))));
                        }
                        out.write('\n');
                    }
                }
            }
            staged.place();
        }
    }

    /** A field of a CSV file. */
    static String quoted(String field) {
        return field.matches("[^\",\\r\\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
