package io.github.latent4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
    private final Path folder;

    IdxTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Examples open(byte[] content) throws IOException {
        return open(content, Optional.empty());
    }

    private Examples open(byte[] content, Optional<byte[]> labels) throws IOException {
        Path file = Fixtures.write(folder.resolve("a.idx"), content);
        Optional<Path> labelFile = Optional.empty();
        if (labels.isPresent()) {
            labelFile = Optional.of(Fixtures.write(folder.resolve("labels.idx"), labels.get()));
        }
        return IdxExamples.open(file, labelFile, "a", Fixtures.environment(folder));
    }

    private String message(byte[] content) {
        return message(content, Optional.empty());
    }

    private String message(byte[] content, Optional<byte[]> labels) {
        try (Examples examples = open(content, labels)) {
            throw new AssertionError("opened " + examples.input());
        } catch (InvalidDataException e) {
            return String.valueOf(e.getMessage()).replace(folder + "/", "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void bytesOfRankThreeAreImages() throws IOException {
        try (Examples examples = open(Fixtures.images(3, 2, 5), Optional.of(Fixtures.labels(2, 0, 2)))) {
            assertThat(examples.size()).isEqualTo(3);
            assertThat(examples.input()).isEqualTo(new InputContract.Image(2, 5, 1));
            assertThat(examples.name()).isEqualTo("a");
            assertThat(examples.example(1))
                    .containsExactly(
                            IntStream.range(10, 20).mapToObj(i -> i / 255f).toArray(Float[]::new));
            assertThat(examples.labelNames()).containsExactly("0", "1", "2");
            assertThat(IntStream.range(0, 3).map(examples::label)).containsExactly(2, 0, 2);
        }
    }

    @Test
    void bytesOfRankFourWithThreeChannelsAreColourImages() throws IOException {
        byte[] content = Fixtures.idx(0x08, new int[] {1, 2, 1, 3}, new byte[] {0, 1, 2, 3, 4, (byte) 255});
        try (Examples examples = open(content)) {
            assertThat(examples.input()).isEqualTo(new InputContract.Image(2, 1, 3));
            assertThat(examples.example(0)[5]).isEqualTo(1f);
            assertThat(examples.labelNames()).isEmpty();
            assertThatThrownBy(() -> examples.label(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a: found no labels, expected some");
        }
    }

    @Test
    void everyTypeIsReadAsItIs() throws IOException {
        int[] sizes = {2, 1, 2};
        List<byte[]> files = List.of(
                Fixtures.idx(0x09, sizes, new byte[] {-1, 2, -128, 127}),
                Fixtures.idx(
                        0x0B,
                        sizes,
                        ByteBuffer.allocate(8)
                                .putShort((short) -1)
                                .putShort((short) 2)
                                .putShort((short) -128)
                                .putShort((short) 127)
                                .array()),
                Fixtures.idx(
                        0x0C,
                        sizes,
                        ByteBuffer.allocate(16)
                                .putInt(-1)
                                .putInt(2)
                                .putInt(-128)
                                .putInt(127)
                                .array()),
                Fixtures.idx(
                        0x0D,
                        sizes,
                        ByteBuffer.allocate(16)
                                .putFloat(-1)
                                .putFloat(2)
                                .putFloat(-128)
                                .putFloat(127)
                                .array()),
                Fixtures.idx(
                        0x0E,
                        sizes,
                        ByteBuffer.allocate(32)
                                .putDouble(-1)
                                .putDouble(2)
                                .putDouble(-128)
                                .putDouble(127)
                                .array()));
        for (byte[] file : files) {
            try (Examples examples = open(file)) {
                assertThat(examples.input()).isEqualTo(new InputContract.Vector(2));
                assertThat(examples.read(0, 2).data()).containsExactly(-1, 2, -128, 127);
            }
        }
    }

    @Test
    void rankOneIsOneNumberAnExample() throws IOException {
        try (Examples examples = open(Fixtures.labels(7, 200))) {
            assertThat(examples.input()).isEqualTo(new InputContract.Vector(1));
            assertThat(examples.example(1)).containsExactly(200);
        }
    }

    @Test
    void gzipGivesTheSameExamplesAndDigestAndIsUncompressedOnce() throws IOException {
        byte[] content = Fixtures.images(5, 3, 3);
        String digest;
        float[] third;
        try (Examples plain = open(content)) {
            digest = plain.sha256();
            third = plain.example(2);
        }
        assertThat(digest).isEqualTo(new Sha256().bytes(content).hex());
        assertThat(Fixtures.files(folder.resolve("cache"))).isZero();
        for (int i = 0; i < 2; i++) {
            try (Examples compressed = open(Fixtures.gzip(content))) {
                assertThat(compressed.example(2)).containsExactly(third);
                assertThat(compressed.sha256()).isEqualTo(digest);
            }
            assertThat(Fixtures.files(folder.resolve("cache"))).isEqualTo(1);
        }
    }

    @Test
    void labelsChangeTheDigest() throws IOException {
        byte[] content = Fixtures.images(2, 1, 1);
        try (Examples none = open(content);
                Examples some = open(content, Optional.of(Fixtures.labels(0, 1)));
                Examples others = open(content, Optional.of(Fixtures.labels(1, 0)))) {
            assertThat(List.of(none.sha256(), some.sha256(), others.sha256())).doesNotHaveDuplicates();
        }
    }

    @Test
    void anyOrderReadsTheSameRowsEvenFromSeveralThreads() throws IOException {
        int count = 200_000;
        byte[] content = Fixtures.images(count, 1, 7);
        try (Examples examples = open(content)) {
            Permutation order = new Permutation(count, 5);
            IntStream.range(0, 8).parallel().forEach(task -> {
                int[] indices = IntStream.range(0, count / 8)
                        .map(i -> task % 2 == 0 ? order.applyAsInt(task * (count / 8) + i) : task * (count / 8) + i)
                        .toArray();
                Matrix rows = examples.read(indices);
                for (int r = 0; r < indices.length; r++) {
                    for (int c = 0; c < 7; c++) {
                        assertThat(rows.get(r, c)).isEqualTo((content[16 + 7 * indices[r] + c] & 0xff) / 255f);
                    }
                }
            });
            assertThat(examples.read(new int[0]).rows()).isZero();
            assertThatThrownBy(() -> examples.read(new int[] {count - 1, count}))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> examples.read(new int[] {-1})).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> examples.label(count)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void emptyFile() {
        assertThat(message(new byte[0]))
                .isEqualTo(
                        "a.idx: byte 0: found the end of the file, expected an IDX file's magic number in bytes 0 to 3");
    }

    @Test
    void wrongMagic() {
        assertThat(message("PK..................".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo("a.idx: byte 0: found 0x504b, expected 0x0000, with which every IDX file starts");
    }

    @Test
    void unknownType() {
        assertThat(message(Fixtures.idx(0x0A, new int[] {1}, new byte[1])))
                .isEqualTo("a.idx: byte 2: found element type 0x0a, expected one of 0x08 (unsigned byte), "
                        + "0x09 (signed byte), 0x0b (short), 0x0c (int), 0x0d (float), 0x0e (double)");
    }

    @Test
    void rankZero() {
        assertThat(message(Fixtures.idx(0x08, new int[0], new byte[1])))
                .isEqualTo("a.idx: byte 3: found rank 0, expected at least 1");
    }

    @Test
    void sizeOfNothing() {
        assertThat(message(Fixtures.idx(0x08, new int[] {0, 2, 2}, new byte[0])))
                .isEqualTo("a.idx: byte 4: found a number of examples of 0, expected 1 to 2147483647");
        assertThat(message(Fixtures.idx(0x08, new int[] {1, 2, -2}, new byte[0])))
                .isEqualTo("a.idx: byte 12: found a size of -2, expected 1 to 2147483647");
    }

    @Test
    void exampleTooLarge() {
        assertThat(message(Fixtures.idx(0x0E, new int[] {1, 1 << 20, 1 << 20}, new byte[0])))
                .isEqualTo("a.idx: byte 12: found a size of 1048576, with which an example has 8796093022208 bytes or "
                        + "more, expected at most 2147483647");
    }

    @Test
    void truncatedHeader() {
        assertThat(message(Arrays.copyOf(Fixtures.images(3, 2, 5), 9)))
                .isEqualTo("a.idx: byte 9: found the end of the file, expected 3 sizes in bytes 4 to 15");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void truncated(boolean gzip) throws IOException {
        byte[] content = Arrays.copyOf(Fixtures.images(3, 2, 5), 40);
        assertThat(message(gzip ? Fixtures.gzip(content) : content))
                .isEqualTo("a.idx: byte 40: found the end of the file, expected 46 bytes: 3 x 2 x 5 of unsigned byte");
        assertThat(Fixtures.files(folder.resolve("cache"))).isZero();
    }

    @Test
    void overlong() throws IOException {
        byte[] content = Arrays.copyOf(Fixtures.images(3, 2, 5), 50);
        assertThat(message(content))
                .isEqualTo("a.idx: byte 46: found 4 more bytes, expected the end of 3 x 2 x 5 of unsigned byte");
        assertThat(message(Fixtures.gzip(content)))
                .isEqualTo("a.idx: byte 46 of the uncompressed content: found more bytes, expected the end of "
                        + "3 x 2 x 5 of unsigned byte");
        assertThat(Fixtures.files(folder.resolve("cache"))).isZero();
    }

    @Test
    void damagedGzip() throws IOException {
        byte[] compressed = Fixtures.gzip(Fixtures.images(100, 20, 20));
        assertThat(message(Arrays.copyOf(compressed, compressed.length - 9)))
                .startsWith("a.idx: byte ")
                .endsWith(" of the uncompressed content: found the end of the file, expected more of the gzip stream");
        byte[] flipped = compressed.clone();
        flipped[flipped.length - 6] ^= 1;
        assertThat(message(flipped))
                .isEqualTo("a.idx: byte 40016 of the uncompressed content: found damaged gzip (Corrupt GZIP trailer), "
                        + "expected a sound stream");
        assertThat(Fixtures.files(folder.resolve("cache"))).isZero();
    }

    @Test
    void otherCountOfLabels() {
        assertThat(message(Fixtures.images(3, 2, 5), Optional.of(Fixtures.labels(1, 2))))
                .isEqualTo("labels.idx: byte 4: found 2 labels, expected 3, one for each example of a.idx");
    }

    @Test
    void labelsThatAreNone() {
        assertThat(message(Fixtures.images(3, 2, 5), Optional.of(Fixtures.images(3, 1, 1))))
                .isEqualTo(
                        "labels.idx: byte 2: found 3 x 1 x 1 of unsigned byte, expected labels: rank 1, whole numbers");
        byte[] negative = Fixtures.idx(0x0B, new int[] {3}, new byte[] {0, 0, -1, -2, 0, 0});
        assertThat(message(Fixtures.images(3, 2, 5), Optional.of(negative)))
                .isEqualTo("labels.idx: byte 10: found label -2, expected 0 to 65535");
    }

    @Test
    void valueThatIsNotFinite() throws IOException {
        byte[] elements = ByteBuffer.allocate(12)
                .putFloat(1)
                .putFloat(2)
                .putFloat(Float.NaN)
                .array();
        try (Examples examples = open(Fixtures.idx(0x0D, new int[] {3, 1}, elements))) {
            assertThat(examples.read(0, 2).data()).containsExactly(1, 2);
            assertThatThrownBy(() -> examples.example(2))
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessage(folder.resolve("a.idx")
                            + ": byte 20: found NaN, expected a finite number in the range of float");
        }
    }

    @Test
    void noFile() {
        Path missing = folder.resolve("missing.idx");
        assertThatThrownBy(() -> Sources.idx(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing + ": found nothing there, expected an IDX file");
        assertThatThrownBy(() -> Sources.idx(folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(folder + ": found a folder, expected an IDX file");
    }

    @Test
    void writtenFloatsAreReadAgain() throws IOException {
        Matrix rows = Matrix.of(new float[] {1, -2.5f}, new float[] {0, 1e30f}, new float[] {3, 4});
        for (String name : List.of("codes.idx", "codes.idx.gz")) {
            Path file = folder.resolve(name);
            try (IdxWriter writer = IdxWriter.floats(file, 2)) {
                writer.write(rows.slice(0, 1));
                writer.write(rows.slice(1, 3));
                assertThat(file).doesNotExist();
                writer.finish();
            }
            assertThat(Inputs.isGzip(file)).isEqualTo(name.endsWith(".gz"));
            try (Examples examples = IdxExamples.open(file, Optional.empty(), "codes", Fixtures.environment(folder))) {
                assertThat(examples.read(0, 3)).isEqualTo(rows);
            }
        }
        assertThat(Files.readAllBytes(folder.resolve("codes.idx")))
                .startsWith(0, 0, 0x0D, 2, 0, 0, 0, 3, 0, 0, 0, 2, 0x3f, 0x80, 0, 0)
                .hasSize(12 + 24);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("codes.idx", "codes.idx.gz", "cache");
        }
    }

    @Test
    void writtenPixelsAreTheNearestBytes() throws IOException {
        Path file = folder.resolve("pixels.idx");
        try (IdxWriter writer = IdxWriter.bytes(file, 1, 5)) {
            writer.write(Matrix.of(new float[] {0, 1, 0.5f, -3, 7}));
            writer.write((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 200);
            writer.finish();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(Fixtures.idx(0x08, new int[] {2, 1, 5}, new byte[] {
            0, (byte) 255, (byte) 128, 0, (byte) 255, 1, 2, 3, 4, (byte) 200
        }));
    }

    @Test
    void moreThanOneBlockIsWritten() throws IOException {
        Path file = folder.resolve("long.idx");
        float[] values = new float[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        try (IdxWriter writer = IdxWriter.floats(file, 4)) {
            writer.write(Matrix.wrap(25_000, 4, values));
            writer.finish();
        }
        try (Examples examples = Sources.idx(file)) {
            assertThat(examples.read(0, 25_000).data()).isEqualTo(values);
        }
    }

    @Test
    void anUnfinishedWriterLeavesTheFileAsItWas() throws IOException {
        Path file = Fixtures.write(folder.resolve("kept.idx"), new byte[] {42});
        try (IdxWriter writer = IdxWriter.floats(file, 2)) {
            writer.write(Matrix.zeros(3, 2));
        }
        assertThat(file).hasBinaryContent(new byte[] {42});
        assertThat(Fixtures.files(folder)).isEqualTo(1);
    }

    @Test
    void writersRefuseWhatDoesNotFit() throws IOException {
        Path file = folder.resolve("b.idx");
        assertThatThrownBy(() -> IdxWriter.bytes(file, 28, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape of an example: found [28, 0], expected sizes of at least 1");
        assertThatThrownBy(() -> IdxWriter.bytes(folder.resolve("none/b.idx"), 2))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("none/b.idx") + ": found no folder to write into, expected one");
        assertThatThrownBy(() -> IdxWriter.bytes(folder, 2))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(folder + ": found a folder, expected the name of a file to write");
        try (IdxWriter writer = IdxWriter.floats(file, 2)) {
            assertThatThrownBy(() -> writer.write(Matrix.zeros(1, 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(file + ": found 3 values an example, expected 2");
            assertThatThrownBy(() -> writer.write(new byte[2]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(file + ": found bytes, expected elements of type float");
            assertThatThrownBy(writer::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(file + ": found no example to write, expected at least one");
        }
    }
}
