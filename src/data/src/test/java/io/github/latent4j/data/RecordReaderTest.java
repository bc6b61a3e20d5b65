package io.github.latent4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.listener.RecordListener;
import org.datavec.api.records.metadata.RecordMetaDataIndex;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.writer.RecordWriter;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.FileSplit;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;

class RecordReaderTest {
    private static final SourceOptions RAW =
            SourceOptions.defaults().withTable(TableOptions.defaults().withScaling(TableOptions.Scales.NONE));

    private final Path folder;
    private final Path images;
    private final Path labels;

    RecordReaderTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.images = Fixtures.write(folder.resolve("images.idx"), Fixtures.images(5, 2, 3));
        this.labels = Fixtures.write(folder.resolve("labels.idx"), Fixtures.labels(2, 0, 1, 2, 0));
    }

    private IdxRecordReader labelled() throws IOException, InterruptedException {
        IdxRecordReader reader = new IdxRecordReader(labels);
        reader.initialize(new FileSplit(images.toFile()));
        return reader;
    }

    private static void assertRecord(List<Writable> record, float[] example, int label) {
        assertThat(record).hasSize(2);
        NDArrayWritable values = (NDArrayWritable) record.get(0);
        assertThat(values.get().shape()).containsExactly(1, example.length);
        assertThat(values.get().dataType()).isEqualTo(DataType.FLOAT);
        assertThat(values.get().toFloatVector()).containsExactly(example);
        assertThat(record.get(1)).isEqualTo(new IntWritable(label));
    }

    @Test
    void namesMayHaveAnyLetters() throws Exception {
        Path file = Fixtures.write(folder.resolve("größe 1 %20.idx"), Fixtures.images(5, 2, 3));
        try (IdxRecordReader reader = new IdxRecordReader()) {
            reader.initialize(new FileSplit(file.toFile()));
            assertThat(reader.next()).hasSize(1);
        }
    }

    @Test
    void recordsAreTheExamples() throws Exception {
        try (IdxRecordReader reader = labelled();
                Examples examples = Sources.idx(images, labels)) {
            assertThat(reader.getLabels()).containsExactly("0", "1", "2");
            assertThat(reader.resetSupported()).isTrue();
            assertThat(reader.batchesSupported()).isTrue();
            for (int round = 0; round < 2; round++) {
                int index = 0;
                while (reader.hasNext()) {
                    assertRecord(reader.next(), examples.example(index), examples.label(index));
                    index++;
                }
                assertThat(index).isEqualTo(5);
                assertThatThrownBy(reader::next)
                        .isInstanceOf(NoSuchElementException.class)
                        .hasMessage("found no record behind the last, expected a call of reset");
                reader.reset();
            }
            assertThat(reader.examples().sha256()).isEqualTo(examples.sha256());
        }
    }

    @Test
    void severalRecordsComeInOneGo() throws Exception {
        try (IdxRecordReader reader = labelled();
                Examples examples = Sources.idx(images, labels)) {
            List<List<Writable>> first = reader.next(3);
            List<List<Writable>> rest = reader.next(3);
            assertThat(first).hasSize(3);
            assertThat(rest).hasSize(2);
            assertRecord(first.get(2), examples.example(2), examples.label(2));
            assertRecord(rest.get(0), examples.example(3), examples.label(3));
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void withoutLabelsARecordIsTheExampleAlone() throws Exception {
        try (IdxRecordReader reader = new IdxRecordReader()) {
            reader.initialize(new Configuration(), new FileSplit(images.toFile()));
            assertThat(reader.next()).hasSize(1);
            assertThat(reader.getLabels()).isEmpty();
            assertThat(reader.getConf()).isNotNull();
        }
    }

    @Test
    void metaDataFindARecordAgain() throws Exception {
        try (IdxRecordReader reader = labelled()) {
            reader.next();
            Record record = reader.nextRecord();
            assertThat(record.getMetaData().getURI()).isEqualTo(images.toUri());
            assertThat(record.getMetaData().getLocation()).isEqualTo("index=1");
            reader.next();
            Record again = reader.loadFromMetaData(record.getMetaData());
            assertThat(again.getRecord()).isEqualTo(record.getRecord());
            assertThat(reader.loadFromMetaData(List.of(record.getMetaData(), record.getMetaData())))
                    .hasSize(2);
            assertThat(((IntWritable) reader.next().get(1)).get()).isEqualTo(2);
            assertThatThrownBy(() ->
                            reader.loadFromMetaData(new RecordMetaDataIndex(1, images.toUri(), CsvRecordReader.class)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected those of a record of class " + IdxRecordReader.class.getName());
        }
    }

    @Test
    void listenersHearOfEveryRecord() throws Exception {
        List<Object> heard = new ArrayList<>();
        try (IdxRecordReader reader = labelled()) {
            reader.setListeners(new RecordListener() {
                @Override
                public boolean invoked() {
                    return !heard.isEmpty();
                }

                @Override
                public void invoke() {}

                @Override
                public void recordRead(RecordReader source, Object record) {
                    heard.add(record);
                }

                @Override
                public void recordWrite(RecordWriter target, Object record) {}
            });
            List<Writable> first = reader.next();
            reader.next(2);
            assertThat(heard).hasSize(3).first().isEqualTo(first);
        }
    }

    @Test
    void dl4jsIteratorTakesThem() throws Exception {
        try (IdxRecordReader reader = labelled();
                Examples examples = Sources.idx(images, labels)) {
            RecordReaderDataSetIterator batches = new RecordReaderDataSetIterator(reader, 2, 1, 3);
            for (int round = 0; round < 2; round++) {
                int from = 0;
                while (batches.hasNext()) {
                    DataSet batch = batches.next();
                    int size = batch.numExamples();
                    assertThat(batch.getFeatures().shape()).containsExactly(size, 6);
                    assertThat(batch.getFeatures().dup('c').data().asFloat())
                            .containsExactly(examples.read(from, from + size).data());
                    for (int i = 0; i < size; i++) {
                        assertThat(batch.getLabels().getRow(i).argMax().getInt(0))
                                .isEqualTo(examples.label(from + i));
                    }
                    from += size;
                }
                assertThat(from).isEqualTo(5);
                batches.reset();
            }
        }
    }

    @Test
    void aTableIsRead() throws Exception {
        Path table = Files.writeString(folder.resolve("t.csv"), "a,b,kind\n1,2,x\n3,4,y\n");
        try (CsvRecordReader reader = new CsvRecordReader(RAW.withLabel("kind"))) {
            reader.initialize(new FileSplit(table.toFile()));
            assertThat(reader.getLabels()).containsExactly("x", "y");
            reader.next();
            assertRecord(reader.next(), new float[] {3, 4}, 1);
        }
        Path plain = Files.writeString(folder.resolve("p.csv"), "1,2\n3,4\n");
        try (CsvRecordReader reader = new CsvRecordReader(RAW)) {
            reader.initialize(new FileSplit(plain.toFile()));
            assertThat(((NDArrayWritable) reader.next().get(0)).get().toFloatVector())
                    .containsExactly(1, 2);
        }
    }

    private Path picture(String name, int grey) throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, grey);
        Path file = folder.resolve("pictures").resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private ImageFolderRecordReader pictures() {
        return new ImageFolderRecordReader(folder.resolve("pictures"), SourceOptions.defaults());
    }

    @Test
    void theSplitChoosesAndOrdersImages() throws Exception {
        for (int i = 0; i < 10; i++) {
            picture((i < 5 ? "cat/" : "dog/") + i + ".png", 10 * i);
        }
        Fixtures.write(folder.resolve("pictures/readme.txt"), new byte[1]);
        InputSplit all = new FileSplit(folder.resolve("pictures").toFile(), new Random(4));
        List<Integer> seen = new ArrayList<>();
        try (ImageFolderRecordReader reader = pictures()) {
            reader.initialize(all);
            while (reader.hasNext()) {
                Record record = reader.nextRecord();
                int number = Math.round(
                        ((NDArrayWritable) record.getRecord().get(0)).get().getFloat(0) * 25.5f);
                assertThat(record.getMetaData().getURI().getPath()).endsWith("/" + number + ".png");
                assertThat(record.getRecord().get(1)).isEqualTo(new IntWritable(number < 5 ? 0 : 1));
                seen.add(number);
            }
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                .isNotEqualTo(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        try (ImageFolderRecordReader reader = pictures()) {
            reader.initialize(new CollectionInputSplit(
                    List.of(folder.resolve("pictures/dog/7.png").toUri())));
            assertThat(reader.getLabels()).containsExactly("cat", "dog");
            assertRecord(reader.next(), new float[] {70 / 255f}, 1);
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void splitsOfOtherFilesAreRefused() throws Exception {
        picture("a.png", 1);
        Path elsewhere = folder.resolve("images.idx");
        try (ImageFolderRecordReader reader = pictures()) {
            assertThatThrownBy(() -> reader.initialize(new FileSplit(elsewhere.toFile())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "split: found %s, expected images in %s".formatted(elsewhere, folder.resolve("pictures")));
        }
        try (IdxRecordReader reader = new IdxRecordReader()) {
            assertThatThrownBy(
                            () -> reader.initialize(new CollectionInputSplit(List.of(images.toUri(), labels.toUri()))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("split: found 2 files, expected one");
            assertThatThrownBy(() -> reader.initialize(
                            new CollectionInputSplit(List.of(URI.create("hdfs://somewhere/images.idx")))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("split: found hdfs://somewhere/images.idx, expected files");
            Path missing = folder.resolve("missing.idx");
            assertThatThrownBy(() -> reader.initialize(new CollectionInputSplit(List.of(missing.toUri()))))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessage(missing + ": found nothing there, expected an IDX file");
        }
    }

    @Test
    void whatAReaderCannotDoIsSaid() throws Exception {
        IdxRecordReader closed = new IdxRecordReader();
        assertThatThrownBy(closed::hasNext)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("found no examples, expected a call of initialize before");
        assertThatThrownBy(closed::reset).isInstanceOf(IllegalStateException.class);
        try (DataInputStream stream = new DataInputStream(InputStream.nullInputStream())) {
            assertThatThrownBy(() -> closed.record(URI.create("file:/a.idx"), stream))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("found a stream of file:/a.idx, expected files named by initialize");
        }
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(closed)).isInstanceOf(NotSerializableException.class);
        }
    }
}
