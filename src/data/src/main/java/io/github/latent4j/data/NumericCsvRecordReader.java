package io.github.latent4j.data;

import java.io.IOException;
import java.nio.file.Path;
import org.datavec.api.split.InputSplit;

/**
 * Reads a CSV file of numbers, plain or gzip, for DataVec; see {@link Sources#csv}. The split names one file.
 */
public final class NumericCsvRecordReader extends ExamplesRecordReader {
    private static final long serialVersionUID = 1;

    private final transient SourceOptions options;
    private transient Path file = Path.of("");

    /** Makes a reader of a table without labels. */
    public NumericCsvRecordReader() {
        this.options = SourceOptions.defaults();
    }

    /**
     * Makes a reader of a table with labels.
     *
     * @param label the name of their column
     */
    public NumericCsvRecordReader(String label) {
        this.options = SourceOptions.defaults().withLabel(label);
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
