package io.github.latent4j.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Provenance;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.layers.feedforward.autoencoder.AutoEncoder;
import org.deeplearning4j.nn.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ModelFileTest {
    @TempDir
    Path folder;

    static List<ModelSpec> specs() {
        return NetworksTest.specs().toList();
    }

    static LatentModel model(ModelSpec spec) {
        Pca pca = new Pca(
                new float[12], Matrix.wrap(1, 12, NetworksTest.examples(1, 12).data()));
        ModelCard card = new ModelCard(
                new InputContract.Image(3, 4, 1),
                Optional.of(new Provenance(
                        "strokes:train", "ab12", 100, "dl4j", Map.of("epochs", "5"), Map.of("latent4j", "0.1.0"))),
                Map.of("validationElbo", -12.5),
                Optional.of(pca));
        return Networks.toModel(NetworksTest.noisy(spec), spec).withCard(card);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void whatIsWrittenIsReadAgain(ModelSpec spec) throws IOException {
        LatentModel model = model(spec);
        Path file = folder.resolve("m.zip");
        ModelFile.write(model, file);
        LatentModel read = LatentModel.load(file);

        assertThat(read.spec()).isEqualTo(spec);
        assertThat(read.parameters()).containsExactly(model.parameters());
        assertThat(read.card().input()).isEqualTo(model.card().input());
        assertThat(read.card().provenance()).isEqualTo(model.card().provenance());
        assertThat(read.card().metrics()).isEqualTo(model.card().metrics());
        assertThat(read.card().baseline().orElseThrow().components())
                .isEqualTo(model.card().baseline().orElseThrow().components());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void plainDl4jLoadsTheFileAndComputesTheSame(ModelSpec spec) throws IOException {
        LatentModel model = model(spec);
        Path file = folder.resolve("m.zip");
        ModelFile.write(model, file);
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        Matrix x = NetworksTest.examples(5, 12);
        INDArray input = NetworksTest.array(x);

        INDArray codes;
        INDArray reconstructions;
        if (network.getLayer(0) instanceof VariationalAutoencoder vae) {
            codes = network.output(input);
            reconstructions = vae.generateAtMeanGivenZ(codes);
        } else if (network.getLayer(0) instanceof AutoEncoder) {
            codes = network.output(input);
            reconstructions = codes;
            for (int k = network.getnLayers() - 1; k >= 0; k--) {
                reconstructions =
                        ((AutoEncoder) network.getLayer(k)).decode(reconstructions, LayerWorkspaceMgr.noWorkspaces());
            }
        } else {
            codes = network.feedForward(input).get(network.getnLayers() / 2);
            reconstructions = network.output(input);
        }
        NetworksTest.assertSame(model.encode(x), codes);
        NetworksTest.assertSame(model.reconstruct(x), reconstructions);
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        ModelSpec spec = specs().get(0);
        assertThat(bytes(model(spec))).isEqualTo(bytes(model(spec)));
    }

    static byte[] bytes(LatentModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.toByteArray();
    }

    @Test
    void anUnwritablePlaceIsNamed() throws IOException {
        LatentModel model = model(specs().get(0));
        assertThatThrownBy(() -> ModelFile.write(model, folder.resolve("none/m.zip")))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: found no folder to write into, expected one", folder.resolve("none/m.zip"));
        assertThatThrownBy(() -> ModelFile.write(model, folder))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: found a folder, expected the name of a file to write", folder);
    }

    @Test
    void checksumsOfTheOtherEntriesStandInTheFirst() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes(model(specs().get(0)))))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertThat(entries.keySet())
                .containsExactly("latent4j.json", "baseline.bin", "configuration.json", "coefficients.bin");
        String json = new String(entries.remove("latent4j.json"), StandardCharsets.UTF_8);
        assertThat(json).contains("\"format\" : 3,");
        entries.forEach((name, content) -> {
            CRC32C checksum = new CRC32C();
            checksum.update(content);
            assertThat(json).contains("\"%s\" : \"crc32c:%08x\"".formatted(name, checksum.getValue()));
        });
    }

    @Test
    void whatCouldNotBeReadIsNotWritten() {
        LatentModel good = model(specs().get(0));
        ModelCard card = good.card();
        ModelCard wordy = new ModelCard(card.input(), card.provenance(), Map.of("x".repeat(201), 1.0), card.baseline());
        Path file = folder.resolve("m.zip");
        assertThatThrownBy(() -> ModelFile.write(good.withCard(wordy), file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a model that could not be read again: latent4j.json: found JSON beyond the limits, expected at most"
                                + " 16 levels, names of 200 characters, texts of 1048576 characters and numbers of 100 digits");
        assertThat(file).doesNotExist();
    }
}
