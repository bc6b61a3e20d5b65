package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A file of each format version, made once by the version of latent4j that wrote it, loads for ever. The numbers beside each
 * were computed by DL4J itself from the same file; the README of the folder says how.
 */
class FormatsTest {
    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(FormatsTest.class.getResourceAsStream("formats/" + name), name)) {
            return in.readAllBytes();
        }
    }

    private static LatentModel load(String name) throws IOException {
        return LatentModel.load(new ByteArrayInputStream(resource(name + ".zip")));
    }

    private static float[] floats(String text) {
        String[] parts = text.split(" ");
        float[] values = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = Float.parseFloat(parts[i]);
        }
        return values;
    }

    /** The files there are. One that has been released has its files; the one that is being worked on may still lack them. */
    static List<String> files() {
        List<String> files = new ArrayList<>();
        for (int format = 1; format <= ModelDescription.FORMAT; format++) {
            for (String kind : List.of("ae", "vae")) {
                String name = "format%d-%s".formatted(format, kind);
                boolean there = FormatsTest.class.getResource("formats/" + name + ".zip") != null;
                assertThat(there || format == ModelDescription.FORMAT).as(name).isTrue();
                if (there) {
                    files.add(name);
                }
            }
        }
        return files;
    }

    @ParameterizedTest
    @MethodSource("files")
    void filesOfEveryVersionLoadAndComputeWhatDl4jDoes(String name) throws IOException {
        LatentModel model = load(name);
        List<String> golden = new String(resource(name + ".csv"), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .toList();
        assertThat(golden).hasSize(3);
        for (String line : golden) {
            String[] parts = line.split(",");
            float[] example = floats(parts[0]);
            assertThat(model.encode(example)).containsExactly(floats(parts[1]), within(1e-5f));
            assertThat(model.reconstruct(example)).containsExactly(floats(parts[2]), within(1e-5f));
        }
    }

    @Test
    void theCardsOfFormat1AreRead() throws IOException {
        LatentModel model = load("format1-ae");
        assertThat(model.spec())
                .isEqualTo(AutoencoderSpec.of(6, 2)
                        .withHidden(5)
                        .withActivations(Activation.ELU, Activation.IDENTITY, Activation.IDENTITY)
                        .withCorruption(new Corruption.Masking(0.1)));
        assertThat(model.card().input())
                .isEqualTo(InputContract.Table.ofNumbers(
                        List.of("pressure", "temperature", "flow", "speed", "current", "noise, dB")));
        Provenance provenance = model.card().provenance().orElseThrow();
        assertThat(provenance.data()).isEqualTo("readings.csv");
        assertThat(provenance.examples()).isEqualTo(180);
        assertThat(provenance.plan()).hasSize(21).containsEntry("learningRate", "0.001");
        assertThat(model.card().metrics()).containsEntry("trainingLoss", 0.06583119949141028);
        assertThat(model.card().baseline().orElseThrow().dimensions()).isEqualTo(2);
        assertThat(load("format1-vae").spec())
                .isEqualTo(VaeSpec.of(6, 2)
                        .withHidden(5)
                        .withActivation(Activation.TANH)
                        .withLikelihood(Likelihood.GAUSSIAN));
    }

    @Test
    void theCardsOfFormat3AreRead() throws IOException {
        LatentModel model = load("format3-vae");
        VaeSpec spec = (VaeSpec) model.spec();
        InputContract.Table table = model.card().table();
        assertThat(spec.likelihood()).isEqualTo(table.likelihood());
        assertThat(spec.corruption()).isEqualTo(new Corruption.Masking(0.2));
        Detection detection = model.card().detection().orElseThrow();
        assertThat(detection.parts().stream().map(Detection.Part::score))
                .containsExactly(AnomalyScore.SURPRISE, AnomalyScore.CODES, AnomalyScore.NEIGHBOURS);
        assertThat(detection.reference().orElseThrow().rows()).isEqualTo(192);
        assertThat(detection.threshold()).isCloseTo(2.06262, within(1e-5));
        assertThat(load("format3-ae").card().detection().orElseThrow().calibration())
                .hasSize(24);
        // A reference row is its own nearest neighbour.
        AnomalyDetector detector = AnomalyDetector.of(model);
        float[] row = detection.reference().orElseThrow().row(0);
        assertThat(detector.isAnomaly(detector.score(row))).isFalse();
        assertThat(detector.reasons(row))
                .hasSizeLessThanOrEqualTo(table.columns().size());
    }
}
