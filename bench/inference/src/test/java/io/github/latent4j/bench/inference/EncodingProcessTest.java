package io.github.latent4j.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingProcessTest {
    /** Counts, and takes its time over inputs without zeros. */
    private static final class Counting implements Encoder {
        int dense;
        int halfZero;
        int rows;

        @Override
        public String what() {
            return "a counter 1.0";
        }

        @Override
        public void encode(float[] example, float[] code) {
            for (float value : example) {
                if (value == 0) {
                    halfZero++;
                    return;
                }
            }
            dense++;
            long start = System.nanoTime();
            while (System.nanoTime() - start < 200_000) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void encode(float[] examples, int count, float[] codes) {
            rows += count;
        }
    }

    private static List<String> answers(Encoder encoder, String orders) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        EncodingProcess.obey(
                encoder,
                new BufferedReader(new StringReader(orders)),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void doesAndTellsWhatItIsAsked() throws IOException {
        Counting encoder = new Counting();
        List<String> answers = answers(encoder, "what\nsingle 150\nbatches 3\nheap\n");
        assertThat(answers).hasSize(4).first().isEqualTo("a counter 1.0");
        assertThat(encoder.dense).isEqualTo(150);
        assertThat(encoder.halfZero).isEqualTo(150);
        assertThat(encoder.rows).isEqualTo(3 * Inputs.BATCH);
        Latencies latencies = Latencies.parse(answers.get(1));
        assertThat(latencies.denseP50()).isBetween(200_000L, latencies.denseP99());
        assertThat(latencies.halfZeroP50())
                .isLessThan(latencies.denseP50())
                .isLessThanOrEqualTo(latencies.halfZeroP99());
        assertThat(latencies.all()).isGreaterThan(150 * 200_000L);
        assertThat(Long.parseLong(answers.get(2))).isPositive();
        assertThat(Long.parseLong(answers.get(3))).isPositive();
    }

    @Test
    void withoutOrdersNothingIsSaid() throws IOException {
        assertThat(answers(new Counting(), "")).isEmpty();
    }

    @Test
    void anUnknownOrderIsRefused() {
        assertThatThrownBy(() -> answers(new Counting(), "sleep\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found order 'sleep', expected one that is known");
    }
}
