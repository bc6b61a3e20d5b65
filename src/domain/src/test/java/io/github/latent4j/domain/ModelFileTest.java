package io.github.latent4j.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelFormatException;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Provenance;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
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

    /** The entries of a good file, changed, in a new zip. */
    private byte[] changed(String name, byte[] content) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes(model(specs().get(0)))))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        if (content.length == 0) {
            entries.remove(name);
        } else {
            entries.put(name, content);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                ((OutputStream) zip).write(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    private void assertRefused(byte[] content, String message) throws IOException {
        Path file = folder.resolve("bad.zip");
        Files.write(file, content);
        assertThatThrownBy(() -> LatentModel.load(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": " + message);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNoModelIsRefusedWithOneSentence() throws IOException {
        assertRefused(utf8("not a zip at all"), "found no zip file, expected a model file");
        assertRefused(
                changed("coefficients.bin", new byte[0]),
                "found no entry coefficients.bin, expected latent4j.json, configuration.json, coefficients.bin");
        assertRefused(
                changed("preprocessor.bin", new byte[5]),
                "found entry preprocessor.bin, expected latent4j.json, baseline.bin, configuration.json, coefficients.bin alone");
        LatentModel good = model(specs().get(0));
        String json = new ModelDescription(good.spec(), good.card()).toJson();
        assertRefused(
                changed("latent4j.json", utf8(json.replace("\"format\" : 1", "\"format\" : 7"))),
                "latent4j.json: found a model file of format 7, expected at most 1: a newer latent4j wrote it");
        assertRefused(
                changed("latent4j.json", utf8(json.replace("\"latent\" : 3", "\"latent\" : \"three\""))),
                "latent4j.json: field model.latent: found 'three', expected a whole number");
        assertRefused(
                changed("latent4j.json", utf8(json.replace("\"latent\" : 3", "\"latent\" : 0"))),
                "latent4j.json: latent size: found 0, expected at least 1");
        assertRefused(
                changed("latent4j.json", utf8(json.replace("\"latent\" : 3", "\"latent\" : 4"))),
                "coefficients.bin: found 333 parameters, expected 362 as the specification says");
        assertRefused(
                changed("coefficients.bin", new byte[3]),
                "coefficients.bin: found 3 bytes that end within a header, expected an ND4J array");
        assertRefused(
                changed("latent4j.json", utf8("null")),
                "latent4j.json: field format: found nothing, expected a whole number");
        assertRefused(
                changed("latent4j.json", utf8(json.replace("\"latent\" : 3", "\"latent\" : 2000000000"))),
                "latent4j.json: found a model of more than 2^31 parameters, expected one that fits into an array");
        assertRefused(
                changed("baseline.bin", new byte[8]),
                "latent4j.json: baseline of 1 dimensions: found 8 bytes in baseline.bin, expected 96");
        assertThatThrownBy(() -> LatentModel.load(folder))
                .hasMessage(folder + ": found a folder, expected a model file");
        byte[] whole = bytes(model(specs().get(0)));
        Path cut = folder.resolve("cut.zip");
        for (int length : new int[] {whole.length / 2, whole.length - 30, whole.length - 1}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> LatentModel.load(cut))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageStartingWith(cut + ": found a damaged zip file, expected a whole one");
        }
    }
}
