package io.github.latent4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.evaluation.report.HtmlReport.Curve;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineChartTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "1.2, 2", "2, 2", "3, 5", "7, 10", "0.013, 0.02", "50, 50", "99, 100", "0.001, 0.001"})
    void stepsAreRound(double value, double step) {
        assertThat(LineChart.roundStep(value)).isEqualTo(step);
    }

    @Test
    void theScaleHasRoundNumbers() {
        String svg = new LineChart(List.of(new Curve("loss", List.of(0.013, 0.034, 0.021)))).svg();
        assertThat(svg).contains(">0.010<", ">0.015<", ">0.020<", ">0.025<", ">0.030<", ">0.035<");
        assertThat(svg).doesNotContain(">0.040<", ">0.005<");
    }

    @Test
    void negativeNumbersHaveAMinusSign() {
        assertThat(new LineChart(List.of(new Curve("elbo", List.of(-300.0, -250.0)))).svg())
                .contains(">\u2212300<", ">\u2212250<");
    }

    @Test
    void aConstantHasAScaleToo() {
        assertThat(new LineChart(List.of(new Curve("kl", List.of(0.0, 0.0)))).svg())
                .doesNotContain("NaN", "Infinity");
        assertThat(new LineChart(List.of(new Curve("kl", List.of(7.0, 7.0)))).svg())
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void manyEpochsHaveFewTicks() {
        List<Double> values =
                IntStream.rangeClosed(1, 100).mapToObj(i -> 1.0 / i).toList();
        assertThat(new LineChart(List.of(new Curve("loss", values))).svg())
                .contains(">1</text>", ">20<", ">40<", ">100<")
                .doesNotContain(">10<", ">99<");
    }
}
