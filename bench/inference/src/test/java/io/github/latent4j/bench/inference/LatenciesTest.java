package io.github.latent4j.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void aPercentileIsTheLeastThatSoManyDoNotExceed() {
        long[] hundred = LongStream.rangeClosed(1, 100).toArray();
        assertThat(Latencies.percentile(hundred, 50)).isEqualTo(50);
        assertThat(Latencies.percentile(hundred, 99)).isEqualTo(99);
        long[] three = {5, 7, 9};
        assertThat(Latencies.percentile(three, 50)).isEqualTo(7);
        assertThat(Latencies.percentile(three, 99)).isEqualTo(9);
        assertThat(Latencies.percentile(new long[] {4}, 50)).isEqualTo(4);
    }

    @Test
    void latenciesSurviveTheirLine() {
        Latencies latencies = new Latencies(1_000, 60, 90, 40, 70);
        assertThat(latencies.line()).isEqualTo("1000 60 90 40 70");
        assertThat(Latencies.parse(latencies.line())).isEqualTo(latencies);
        assertThatThrownBy(() -> Latencies.parse("1 2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found '1 2', expected five numbers");
    }
}
