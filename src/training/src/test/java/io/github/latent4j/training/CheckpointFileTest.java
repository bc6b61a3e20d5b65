package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.internal.StoredZip;
import io.github.latent4j.training.TrainingEngine.Phase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
    private static final Identity IDENTITY = new Identity(Map.of(
            "data", Map.of("name", "blobs"),
            "specification", Map.of("kind", "vae"),
            "plan", Map.of("seed", "1"),
            "trainer", Map.of("engine", "fused")));
    private static final Losses ODD = new Losses(1 / 3.0, -0.0, Double.MIN_VALUE);
    private static final EpochReport EPOCH =
            new EpochReport(new Phase("training", 7), 1, ODD, Optional.of(ODD), 0.1 + 0.2, 0, true, 0.1, 1e300);

    @TempDir
    private Path folder;

    private Path file;

    private static Checkpoint checkpoint() {
        return new Checkpoint(
                IDENTITY,
                Map.of("processor", "some"),
                new Progress(
                        1,
                        2,
                        3,
                        new Losses.Sum(1 / 7.0, Math.PI, -0.0, 123),
                        Math.E,
                        List.of(EPOCH),
                        new Standing(0, Double.POSITIVE_INFINITY, 0, 0.7 * 0.7, 1),
                        false),
                Map.of("network", new float[] {1, Float.MIN_VALUE, -0.0f}, "network.updater", new float[0]),
                Optional.of(new float[] {0.1f}));
    }

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("c.zip");
        CheckpointFile.write(checkpoint(), file);
    }

    @Test
    void everyBitComesBack() throws IOException {
        Checkpoint read = CheckpointFile.read(file);
        Checkpoint written = checkpoint();
        // Records compare doubles by their bits.
        assertThat(read.progress()).isEqualTo(written.progress());
        assertThat(read.identity()).isEqualTo(written.identity());
        assertThat(read.environment()).isEqualTo(written.environment());
        assertThat(read.state()).containsOnlyKeys("network", "network.updater");
        assertThat(read.state().get("network")).containsExactly(written.state().get("network"));
        assertThat(read.state().get("network.updater")).isEmpty();
        assertThat(read.best().orElseThrow()).containsExactly(0.1f);
        Path again = folder.resolve("again.zip");
        CheckpointFile.write(read, again);
        assertThat(CheckpointFile.read(again).toJson()).isEqualTo(read.toJson());
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 17) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> CheckpointFile.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file + ": found a damaged zip file, expected a whole checkpoint (");
        }
    }

    @Test
    void anyFlippedByteOfTheContentIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int number = new String(whole, StandardCharsets.ISO_8859_1).indexOf("state/network.bin")
                + "state/network.bin".length();
        whole[number] ^= 1;
        Files.write(file, whole);
        assertThatThrownBy(() -> CheckpointFile.read(file))
                .hasMessage(file
                        + ": entry state/network.bin: found bytes that its checksum does not fit, expected those that"
                        + " were written");
    }

    private void rewrite(UnaryOperator<String> json, Map<String, byte[]> arrays) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            StoredZip zip = new StoredZip(out);
            zip.add("checkpoint.json", json.apply(checkpoint().toJson()).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.add(array.getKey(), array.getValue());
            }
            zip.finish();
        }
    }

    private static Map<String, byte[]> arrays(int length) {
        return Map.of(
                "state/network.bin",
                new byte[length],
                "state/network.updater.bin",
                new byte[0],
                "best.bin",
                new byte[4]);
    }

    private void refused(String end) {
        assertThatThrownBy(() -> CheckpointFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": " + end);
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        rewrite(json -> json.replaceFirst("\"format\" : 1", "\"format\" : 2"), arrays(12));
        refused("field format: found '2', expected 1, the one that this version of latent4j reads");
    }

    @Test
    void otherSizesAreRefused() throws IOException {
        rewrite(json -> json, arrays(16));
        refused("entry state/network.bin: found 16 bytes, expected 3 numbers of 4 bytes");
        rewrite(json -> json.replace("\"state/network\" : 3", "\"state/network\" : -3"), arrays(12));
        refused("entry state/network.bin: found 12 bytes, expected -3 numbers of 4 bytes");
        rewrite(json -> json, Map.of("best.bin", new byte[4]));
        refused("found 2 entries, expected checkpoint.json and 3 arrays");
        rewrite(
                json -> json,
                Map.of(
                        "best.bin",
                        new byte[4],
                        "state/other.bin",
                        new byte[12],
                        "a.bin",
                        ByteBuffer.allocate(0).array()));
        assertThatThrownBy(() -> CheckpointFile.read(file)).hasMessageContaining(": found no entry state/network");
    }

    @Test
    void whatIsNoCheckpointIsRefused() throws IOException {
        rewrite(json -> "{", arrays(12));
        refused("entry checkpoint.json: found text that is no JSON");
        rewrite(json -> json.replace("\"finished\" : false", "\"finished\" : 0"), arrays(12));
        refused("field finished: found '0', expected true or false");
        rewrite(json -> json.replace("\"bestLoss\" : \"Infinity\"", "\"bestLoss\" : \"much\""), arrays(12));
        refused("field standing.bestLoss: found 'much', expected a number");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("checkpoint.json"));
            zip.write(new byte[1000]);
        }
        refused("entry checkpoint.json: found it compressed, expected it as it is");
        Files.delete(file);
        StoredZip other = new StoredZip(Files.newOutputStream(file));
        other.add("latent4j.json", new byte[0]);
        other.finish();
        refused("found no entry checkpoint.json, expected one");
    }
}
