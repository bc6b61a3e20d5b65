package io.github.latent4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingReportTest {
    /** Rounds of one second each. */
    private static List<Round> rounds(double loss, long... examples) {
        return Arrays.stream(examples)
                .mapToObj(n -> new Round(n, 1_000_000_000, loss))
                .toList();
    }

    private static TrainingReport report() {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        rounds.put("fused", rounds(240, 10_000, 12_000, 14_000));
        rounds.put("dl4j-plain", rounds(245, 1_000, 1_000, 2_000));
        rounds.put("djl", rounds(241, 8_000, 10_000, 8_000));
        rounds.put("bound", rounds(Double.NaN, 16_000, 16_000, 16_000));
        rounds.put("bound-whole", rounds(Double.NaN, 20_000, 20_000, 20_000));
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processor", "abacus");
        return new TrainingReport(
                "bench/run training",
                "784-20-784",
                "strokes",
                2,
                machine,
                Map.of("dl4j-plain-avx2", "a processor without AVX2"),
                Map.of(128, new Measurement(rounds, Map.of("djl", "DJL 1"))));
    }

    @Test
    void theTableComparesAllWithTheFirst() {
        List<String> lines = report().text().lines().map(String::strip).toList();
        assertThat(lines.get(0)).isEqualTo("batch 128, examples per second");
        assertThat(words(lines.get(1))).startsWith("peer", "median", "minimum", "maximum", "fused", "/", "peer");
        assertThat(words(lines.get(2))).containsExactly("fused", "12,000", "10,000", "14,000", "240.0");
        assertThat(words(lines.get(3)))
                .containsExactly("dl4j-plain", "1,000", "1,000", "2,000", "10.00", "7.00", "to", "12.00", "245.0");
        assertThat(words(lines.get(5)))
                .containsExactly("bound", "16,000", "16,000", "16,000", "0.75", "0.63", "to", "0.88");
        assertThat(lines).contains("dl4j-plain-avx2  skipped: a processor without AVX2");
    }

    private static List<String> words(String line) {
        return Stream.of(line.split(" +")).toList();
    }

    @Test
    void programsGetTheRatiosByName() throws IOException {
        Map<String, Object> json = JSON.std.mapFrom(JSON.std.asString(report().json()));
        assertThat(json).containsEntry("threads", 2).containsEntry("machine", Map.of("processor", "abacus"));
        Map<?, ?> batch = map(((List<?>) Objects.requireNonNull(json.get("batches"))).get(0));
        assertThat(batch.get("batch")).isEqualTo(128);
        assertThat(batch.get("fusedOverDjl")).isEqualTo(1.25);
        assertThat(batch.get("fusedOverPlainDl4j")).isEqualTo(10.0);
        // Against the faster of the two ways.
        assertThat(batch.get("fusedOverBound")).isEqualTo(0.6);
        assertThat(batch.containsKey("fusedOverDl4jEngine")).isFalse();
        Map<?, ?> bound = map(map(batch.get("peers")).get("bound"));
        assertThat(bound.containsKey("loss")).isFalse();
        assertThat(bound.get("examplesPerSecond"))
                .isEqualTo(Map.of("median", 16_000.0, "minimum", 16_000.0, "maximum", 16_000.0));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    @Test
    void aDocumentGetsCommandMachineAndVersions() {
        assertThat(report().markdown())
                .contains("VAE 784-20-784 on strokes", "2 threads", "`bench/run training`")
                .contains("| djl | 8,000 | 8,000 | 10,000 | 1.25 | 1.20 to 1.75 | 241.0 |")
                .contains("- processor: abacus", "- `djl`: DJL 1");
    }
}
