package io.github.latent4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InferenceReportTest {
    private static InferenceReport report() {
        Map<Measure, Series> series = new EnumMap<>(Measure.class);
        series.put(
                Measure.ENCODE_P50,
                new Series(Map.of(
                        "latent4j", List.of(60.0, 80.0, 70.0),
                        "dl4j", List.of(600.0, 640.0, 700.0),
                        "onnxruntime", List.of(40.0, 40.0, 50.0))));
        series.put(
                Measure.HALF_ZERO_OVER_DENSE,
                new Series(Map.of("latent4j", List.of(0.75, 0.5, 0.8), "onnxruntime", List.of(1.0, 1.0, 1.1))));
        series.put(
                Measure.BATCHES,
                new Series(Map.of(
                        "latent4j", List.of(40_000.0, 50_000.0, 50_000.0),
                        "latent4j-openblas", List.of(80_000.0, 90_000.0, 120_000.0),
                        "dl4j", List.of(40_000.0, 50_000.0, 40_000.0),
                        "onnxruntime", List.of(100_000.0, 100_000.0, 100_000.0))));
        series.put(
                Measure.CLASS_PATH,
                new Series(Map.of("latent4j", List.of(0.8), "dl4j", List.of(160.0), "onnxruntime", List.of(80.0))));
        Map<String, String> what = new LinkedHashMap<>();
        what.put("latent4j", "latent4j 1, multiplication plain");
        what.put("latent4j-openblas", "latent4j 1, multiplication openblas");
        what.put("dl4j", "Deeplearning4j 1");
        what.put("onnxruntime", "ONNX Runtime 1");
        return new InferenceReport(
                "bench/run inference",
                Map.of("processor", "abacus"),
                Map.of("latent4j-vector", "a Java without jdk.incubator.vector"),
                new InferenceMeasurement(series, what));
    }

    @Test
    void ratiosAreTakenWithinRoundsAndNamed() {
        Map<String, Spread> ratios = report().ratios("latent4j");
        assertThat(ratios)
                .containsOnlyKeys(
                        "encodeP50OverDl4j",
                        "batchesOverDl4j",
                        "classPathOverDl4j",
                        "encodeP50OverOnnxRuntime",
                        "batchesOverOnnxRuntime",
                        "classPathOverOnnxRuntime")
                .containsEntry("encodeP50OverDl4j", new Spread(0.1, 0.1, 0.125))
                .containsEntry("encodeP50OverOnnxRuntime", new Spread(1.5, 1.4, 2.0))
                .containsEntry("batchesOverDl4j", new Spread(1.0, 1.0, 1.25))
                .containsEntry("classPathOverDl4j", new Spread(0.005, 0.005, 0.005));
        assertThat(report().ratios("latent4j-openblas")).containsOnlyKeys("batchesOverDl4j", "batchesOverOnnxRuntime");
    }

    @Test
    void programsGetRatiosAndValuesByName() throws IOException {
        Map<String, Object> json = JSON.std.mapFrom(JSON.std.asString(report().json()));
        assertThat(json)
                .containsEntry("architecture", "784-512-256-20")
                .containsEntry("machine", Map.of("processor", "abacus"))
                .containsEntry("skipped", Map.of("latent4j-vector", "a Java without jdk.incubator.vector"));
        assertThat(map(json.get("latent4j")).get("encodeP50OverOnnxRuntime")).isEqualTo(1.5);
        assertThat(map(json.get("latent4j-openblas")).get("batchesOverOnnxRuntime"))
                .isEqualTo(0.9);
        assertThat(map(map(json.get("ratios")).get("latent4j")).get("encodeP50OverOnnxRuntime"))
                .isEqualTo(Map.of("median", 1.5, "minimum", 1.4, "maximum", 2.0));
        Map<?, ?> peer = map(map(json.get("peers")).get("latent4j"));
        assertThat(peer.get("what")).isEqualTo("latent4j 1, multiplication plain");
        assertThat(peer.get("encodeP50Micros")).isEqualTo(Map.of("median", 70.0, "minimum", 60.0, "maximum", 80.0));
        assertThat(peer.get("halfZeroOverDense")).isEqualTo(Map.of("median", 0.75, "minimum", 0.5, "maximum", 0.8));
        assertThat(peer.containsKey("heapMegabytes")).isFalse();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    @Test
    void aDocumentGetsTablesCommandMachineAndVersions() {
        assertThat(report().markdown())
                .startsWith("Encoder 784-512-256-20, one thread. Measured by `bench/run inference`.\n")
                .contains("| measure | latent4j | latent4j-openblas | dl4j | onnxruntime |\n")
                .contains(
                        "| one encode, p50, µs | 70.0 (60.0 to 80.0) |  | 640.0 (600.0 to 700.0) | 40.0 (40.0 to 50.0) |\n")
                .contains("Over onnxruntime, within a round: median (least to most):\n\n"
                        + "| measure | latent4j | latent4j-openblas |\n"
                        + "| --- | ---: | ---: |\n"
                        + "| one encode, p50, µs | 1.50 (1.40 to 2.00) |  |\n"
                        + "| batches of 256, examples/s | 0.50 (0.40 to 0.50) | 0.90 (0.80 to 1.20) |\n"
                        + "| class path, MB | 0.010 |  |\n")
                .contains("- processor: abacus", "- `dl4j`: Deeplearning4j 1")
                .contains("- `latent4j-vector`: skipped: a Java without jdk.incubator.vector\n")
                .doesNotContain("heap");
    }

    @Test
    void withoutRivalsThereIsOneTable() {
        InferenceMeasurement alone = new InferenceMeasurement(
                Map.of(Measure.HEAP, new Series(Map.of("latent4j", List.of(19.5)))), Map.of("latent4j", "latent4j 1"));
        assertThat(new InferenceReport("bench/run inference", Map.of(), Map.of(), alone).text())
                .isEqualTo("Median (least to most)\nmeasure          latent4j\nheap in use, MB      19.5\n\n");
    }
}
