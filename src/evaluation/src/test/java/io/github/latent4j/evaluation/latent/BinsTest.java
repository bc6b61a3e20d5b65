package io.github.latent4j.evaluation.latent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BinsTest {
    @Test
    void binsOfEqualWidth() {
        Bins bins = Bins.ofEqualWidth(new double[][] {{0, 1, 2, 2.5, 3, 3.9, 4}, {7, 7, 7, 7, 7, 7, 7}}, 4);
        // As numpy.histogram: a border belongs to the bin on its right, the greatest value to the last.
        assertThat(bins.column(0)).containsExactly(0, 1, 2, 2, 3, 3, 3);
        assertThat(bins.column(1)).containsOnly(0);
        assertThat(bins.count(0)).isEqualTo(4);
        assertThat(bins.count(1)).isEqualTo(1);
    }

    @Test
    void binsByQuantiles() {
        double[] many = IntStream.range(0, 2560).mapToDouble(i -> i).toArray();
        Bins bins = Bins.byQuantiles(new double[][] {
            many, IntStream.range(0, 2560).mapToDouble(i -> i % 3).toArray()
        });
        assertThat(bins.count(0)).isEqualTo(128);
        assertThat(bins.bin(0, 19)).isZero();
        assertThat(bins.bin(0, 20)).isEqualTo(1);
        assertThat(bins.bin(0, 2559)).isEqualTo(127);
        assertThat(bins.count(1)).isEqualTo(3);
        assertThat(bins.of(new double[][] {{-5, 1e9}, {0.5, 1}}).column(1)).containsExactly(0, 1);
        assertThat(bins.of(new double[][] {{-5, 1e9}, {0.5, 1}}).column(0)).containsExactly(0, 127);
    }
}
