package io.github.latent4j.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataIndex;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gives {@link Examples} to DataVec's users, one after the other. A record is the example, an {@link NDArrayWritable} of shape
 * 1 × n, followed by the number of its label, an {@link IntWritable}, if there are labels. With DL4J's
 * {@code RecordReaderDataSetIterator} the label has index 1.
 *
 * <p>A reader can be reset and reads several records at once in one go. It is not thread-safe, and cannot be serialised,
 * since it holds an open file.
 */
public abstract sealed class ExamplesRecordReader extends BaseRecordReader
        permits CsvRecordReader, IdxRecordReader, ImageFolderRecordReader {
    private static final long serialVersionUID = 1;

    private transient @Nullable Examples examples;
    private transient @Nullable Configuration configuration;
    private transient int next;

    ExamplesRecordReader() {}

    /** Opens what a split names. */
    abstract Examples open(InputSplit split) throws IOException;

    /** Where an example came from. */
    abstract Path origin(int index);

    /**
     * Opens the files of a split.
     *
     * @param split names the files
     * @throws IllegalArgumentException if it names others than this reader takes
     * @throws InvalidDataException if a file does not hold what it should
     * @throws IOException if a file cannot be read
     */
    @Override
    public void initialize(InputSplit split) throws IOException, InterruptedException {
        super.initialize(split);
        close();
        examples = open(split);
        next = 0;
    }

    @Override
    public void initialize(Configuration conf, InputSplit split) throws IOException, InterruptedException {
        setConf(conf);
        initialize(split);
    }

    /**
     * The examples behind the records, for reading in bulk.
     *
     * @return those of the last {@link #initialize(InputSplit)}
     * @throws IllegalStateException if there was none
     */
    public Examples examples() {
        Examples opened = examples;
        if (opened == null) {
            throw new IllegalStateException("found no examples, expected a call of initialize before");
        }
        return opened;
    }

    @Override
    public boolean hasNext() {
        return next < examples().size();
    }

    @Override
    public List<Writable> next() {
        return next(1).get(0);
    }

    @Override
    public boolean batchesSupported() {
        return true;
    }

    /**
     * The next records, read in one go.
     *
     * @param num how many, at least 1; there are fewer at the end
     * @return at least one record
     * @throws NoSuchElementException if there are none left
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    @Override
    public List<List<Writable>> next(int num) {
        if (!hasNext()) {
            throw new NoSuchElementException("found no record behind the last, expected a call of reset");
        }
        int to = (int) Math.min(examples().size(), (long) next + num);
        List<List<Writable>> records = records(next, to);
        next = to;
        records.forEach(this::invokeListeners);
        return records;
    }

    private List<List<Writable>> records(int from, int to) {
        Examples source = examples();
        int width = source.input().size();
        INDArray rows = Nd4j.createFromArray(source.read(from, to).data()).reshape(to - from, width);
        List<List<Writable>> records = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            List<Writable> record = new ArrayList<>(2);
            record.add(new NDArrayWritable(rows.getRow(i - from, true)));
            if (!source.labelNames().isEmpty()) {
                record.add(new IntWritable(source.label(i)));
            }
            records.add(record);
        }
        return records;
    }

    /** The next record with a {@link RecordMetaDataIndex}: its index and the file that it came from. */
    @Override
    public Record nextRecord() {
        int index = next;
        return new org.datavec.api.records.impl.Record(next(), metaData(index));
    }

    private RecordMetaData metaData(int index) {
        return new RecordMetaDataIndex(index, origin(index).toUri(), getClass());
    }

    /**
     * Reads a record again.
     *
     * @param recordMetaData of a record of this reader
     * @return the record
     * @throws IllegalArgumentException if it is the meta-data of another reader's record
     * @throws IndexOutOfBoundsException if there is no such record
     */
    @Override
    public Record loadFromMetaData(RecordMetaData recordMetaData) throws IOException {
        if (!(recordMetaData instanceof RecordMetaDataIndex known) || known.getReaderClass() != getClass()) {
            throw new IllegalArgumentException(
                    "found meta-data %s, expected those of a record of %s".formatted(recordMetaData, getClass()));
        }
        int index = Math.toIntExact(known.getIndex());
        return new org.datavec.api.records.impl.Record(records(index, index + 1).get(0), metaData(index));
    }

    @Override
    public List<Record> loadFromMetaData(List<RecordMetaData> recordMetaDatas) throws IOException {
        List<Record> records = new ArrayList<>(recordMetaDatas.size());
        for (RecordMetaData metaData : recordMetaDatas) {
            records.add(loadFromMetaData(metaData));
        }
        return records;
    }

    /** Not supported: a stream cannot be read at random. */
    @Override
    public List<Writable> record(URI uri, DataInputStream dataInputStream) {
        throw new UnsupportedOperationException(
                "found a stream of %s, expected files named by initialize".formatted(uri));
    }

    @Override
    public List<String> getLabels() {
        return examples().labelNames();
    }

    @Override
    public void reset() {
        examples();
        next = 0;
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public void setConf(Configuration conf) {
        configuration = conf;
    }

    @Override
    public @Nullable Configuration getConf() {
        return configuration;
    }

    @Override
    public void close() throws IOException {
        if (examples != null) {
            examples.close();
        }
        examples = null;
    }

    /**
     * Refuses, since the examples may be open files.
     *
     * @param out is left alone
     * @throws NotSerializableException always
     */
    private void writeObject(ObjectOutputStream out) throws IOException {
        throw new NotSerializableException(getClass().getName());
    }

    /** The one file that a split names. */
    static Path onlyFile(InputSplit split) {
        List<Path> files = files(split);
        if (files.size() != 1) {
            throw new IllegalArgumentException("split: found %d files, expected one".formatted(files.size()));
        }
        return files.get(0);
    }

    static List<Path> files(InputSplit split) {
        List<Path> files = new ArrayList<>();
        for (Iterator<URI> locations = split.locationsIterator(); locations.hasNext(); ) {
            URI location = locations.next();
            if (!"file".equals(location.getScheme())) {
                throw new IllegalArgumentException("split: found %s, expected files".formatted(location));
            }
            // Splits leave letters beyond ASCII as they are, which Path.of would refuse.
            files.add(Path.of(location.getPath()));
        }
        return files;
    }
}
