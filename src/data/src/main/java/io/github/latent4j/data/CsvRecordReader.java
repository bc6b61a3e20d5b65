package io.github.latent4j.data;

import java.io.IOException;
import java.nio.file.Path;
import org.datavec.api.split.InputSplit;

/**
 * Reads a CSV file, plain or gzip, for DataVec, as features with NaN for missing cells; see {@link Sources#csv}. The split names
 * one file.
 */
public final class CsvRecordReader extends ExamplesRecordReader {
    private static final long serialVersionUID = 1;

    private final transient SourceOptions options;
    private transient Path file = Path.of("");

    /** Makes a reader of a table whose columns are found out, without labels. */
    public CsvRecordReader() {
        this(SourceOptions.defaults());
    }

    /**
     * Makes a reader.
     *
     * @param options how the table is read, its label column, and the listener
     */
    public CsvRecordReader(SourceOptions options) {
        this.options = options;
    }

    @Override
    Examples open(InputSplit split) throws IOException {
        file = onlyFile(split);
        return Sources.csv(file, options);
    }

    @Override
    Path origin(int index) {
        return file;
    }
}
