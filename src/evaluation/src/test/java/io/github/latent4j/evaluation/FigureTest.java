package io.github.latent4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Bars;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Scale;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-95.0512 | 0.2134 | -95.05 ± 0.21",
                "0.0233911 | 0.00022 | 0.02339 ± 0.00022",
                "1234.6 | 56 | 1235 ± 56",
                "1234567 | 1234 | 1234567 ± 1234",
                "5 | 0 | 5.000 ± 0.000",
                "5.4321 | NaN | 5.432",
                "NaN | NaN | n/a",
                "NaN | 1 | n/a",
                "Infinity | NaN | Infinity",
            })
    void numbersHaveAsManyDigitsAsTheirErrorSupports(double value, double error, String text) {
        assertThat(Figure.mean("k", "n", new Estimate(value, error), "u", "m").text())
                .isEqualTo(text);
    }

    @Test
    void sharesAreInPercentAndCountsWhole() {
        assertThat(Figure.share("k", "n", 0.12345, "u", "m").text()).isEqualTo("12.3 %");
        assertThat(Figure.count("k", "n", 12_345, "u", "m").text()).isEqualTo("12,345");
        assertThat(new Figure("k", "n", 0.5, 0.015, Figure.Kind.SHARE, "u", "m").text())
                .isEqualTo("50.0 % ± 1.5 %");
    }

    @Test
    void neitherWayIsBetterUnlessItIsSaid() {
        Figure figure = Figure.number("k", "n", 1, "u", "m");
        assertThat(figure.better()).isEqualTo(Figure.Better.NEITHER);
        assertThat(figure.higherIsBetter().better()).isEqualTo(Figure.Better.HIGHER);
        assertThat(figure.lowerIsBetter().better()).isEqualTo(Figure.Better.LOWER);
    }

    @Test
    void histogramsCountEverything() {
        double[] values = new SplittableRandom(1).doubles(1000).toArray();
        Chart chart = Chart.histogram("h", "c", "x", Map.of("v", values));
        Bars bars = (Bars) chart.series().get(0);
        assertThat(chart.x().scale()).isEqualTo(Scale.LINEAR);
        assertThat(bars.heights()).hasSize(32);
        assertThat(bars.heights().stream().mapToDouble(h -> h).sum()).isCloseTo(1, within(1e-12));
        IntStream.range(0, 32).forEach(i -> {
            long inside = Arrays.stream(values)
                    .filter(v -> v >= bars.edges().get(i)
                            && (v < bars.edges().get(i + 1)
                                    || i == 31 && v == bars.edges().get(32)))
                    .count();
            assertThat(bars.heights().get(i)).isEqualTo(inside / 1000.0);
        });
    }

    @Test
    void histogramsTakeWhatTheyGet() {
        Chart one = Chart.histogram("h", "c", "x", Map.of("v", new double[] {3, 3, 3}));
        assertThat(((Bars) one.series().get(0)).heights()).containsExactly(1.0);
        Map<String, double[]> sides = new LinkedHashMap<>();
        sides.put("a", new double[] {1, 2, 3, Double.POSITIVE_INFINITY});
        sides.put("b", new double[] {1, 10_000});
        Chart skewed = Chart.histogram("h", "Caption.", "x", sides);
        assertThat(skewed.x().scale()).isEqualTo(Scale.LOGARITHMIC);
        assertThat(skewed.caption()).isEqualTo("Caption. Left out: 1 infinite values.");
        assertThat(skewed.series())
                .extracting(Chart.Series::across)
                .containsOnly(skewed.series().get(0).across());
        assertThat(((Bars) skewed.series().get(0))
                        .heights().stream().mapToDouble(h -> h).sum())
                .isEqualTo(0.75);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chart.histogram("h", "c", "x", Map.of("v", new double[] {Double.POSITIVE_INFINITY})))
                .withMessage("histogram h: found no finite value, expected at least one");
        assertThat(((Bars) Chart.histogram(
                                        "h", "c", "x", Map.of("v", new double[] {-Double.MAX_VALUE, 0, Double.MAX_VALUE
                                        }))
                                .series()
                                .get(0))
                        .heights().stream().mapToDouble(h -> h).sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void histogramsDoNotCareForTheUnit() {
        for (double unit : new double[] {1e-200, 1e-12, 1, 1e200}) {
            double[] values = Arrays.stream(new double[] {1, 1, 2, 2, 500})
                    .map(v -> v * unit)
                    .toArray();
            Chart chart = Chart.histogram("h", "c", "x", Map.of("v", values));
            assertThat(chart.x().scale()).isEqualTo(Scale.LOGARITHMIC);
            Bars bars = (Bars) chart.series().get(0);
            assertThat(bars.heights()).containsExactly(0.8, 0.0, 0.0, 0.0, 0.2);
            assertThat(bars.edges().get(0)).isEqualTo(unit);
            assertThat(bars.edges().get(5)).isEqualTo(500 * unit);
        }
    }

    @Test
    void valuesThatAreAlikeHaveOneBarAroundThem() {
        for (double value : new double[] {0, Double.MIN_VALUE, 1e-12, 1, -7, Double.MAX_VALUE, -Double.MAX_VALUE}) {
            Chart chart = Chart.histogram("h", "c", "x", Map.of("v", new double[] {value, value * (1 - 1e-12)}));
            assertThat(chart.x().scale()).isEqualTo(Scale.LINEAR);
            Bars bars = (Bars) chart.series().get(0);
            assertThat(bars.heights()).containsExactly(1.0);
            assertThat(bars.edges().get(0))
                    .isLessThanOrEqualTo(value)
                    .isLessThan(bars.edges().get(1));
            assertThat(bars.edges().get(1)).isGreaterThanOrEqualTo(value).isFinite();
        }
        assertThat(((Bars) Chart.histogram("h", "c", "x", Map.of("v", new double[] {0, 0, Double.MIN_VALUE, 1e-310}))
                                .series()
                                .get(0))
                        .heights())
                .containsExactly(1.0);
    }

    @Test
    void logarithmsNeedValuesAboveZero() {
        Line line = new Line("l", List.of(0.0, 1.0), List.of(1.0, 2.0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Chart("c", "", new Axis("x", Scale.LOGARITHMIC), Axis.of("y"), List.of(line)))
                .withMessage("chart c, series 'l': found 0.0 along the logarithmic axis 'x', expected numbers above 0");
    }

    @Test
    void tablesAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new NumberTable("t", "", List.of("a", "b"), List.of(new NumberTable.Row("r", List.of()))))
                .withMessage("table t: found 0 values in row 'r', expected 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NumberTable("T", "", List.of("a"), List.of()))
                .withMessage("table: found the name 'T', expected lower-case letters, digits and single hyphens");
    }
}
