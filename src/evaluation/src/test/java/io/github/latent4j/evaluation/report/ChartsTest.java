package io.github.latent4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Bars;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Points;
import io.github.latent4j.evaluation.Chart.Scale;
import io.github.latent4j.evaluation.Chart.Series;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartsTest {
    private static Chart chart(Axis x, Axis y, Series... series) {
        return new Chart("c", "What <is> seen.", x, y, List.of(series));
    }

    private static Line line(String name, double... values) {
        return new Line(
                name,
                IntStream.rangeClosed(1, values.length)
                        .mapToObj(i -> (double) i)
                        .toList(),
                DoubleStream.of(values).boxed().toList());
    }

    private static String svg(Series... series) {
        return Charts.svg(chart(Axis.of("epoch"), Axis.of("loss"), series));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1.2, 2", "2, 2", "3, 5", "7, 10", "0.013, 0.02", "50, 50", "99, 100", "0.001, 0.001"})
    void stepsAreRound(double value, double step) {
        assertThat(ChartAxis.roundStep(value)).isEqualTo(step);
    }

    @CsvSource({
        "0.01231, 0.01235, 0.01231 0.01232 0.01233 0.01234 0.01235",
        "0, 1, 0.0 0.2 0.4 0.6 0.8 1.0",
        "-2, 2, −2 −1 0 1 2",
        "0, 2e-5, 0 5e−6 1e−5 1.5e−5 2e−5",
        "0, 2e-4, 0 5e−5 1e−4 1.5e−4 2e−4",
        "1000000, 1000004, 1e6 1.000001e6 1.000002e6 1.000003e6 1.000004e6",
        "0, 2000000, 0 5e5 1e6 1.5e6 2e6",
        "-0.00002, 0.00002, −2e−5 −1e−5 0 1e−5 2e−5"
    })
    @ParameterizedTest
    void ticksHaveAsManyDigitsAsTheStepNeeds(double from, double to, String texts) {
        ChartAxis axis = ChartAxis.of(Scale.LINEAR, List.of(from, to), true, 5);
        assertThat(axis.ticks().stream().map(axis::text)).containsExactly(texts.split(" "));
    }

    @Test
    void theScaleHasRoundNumbers() {
        assertThat(svg(line("loss", 0.013, 0.034, 0.021)))
                .contains(">0.010<", ">0.015<", ">0.020<", ">0.025<", ">0.030<", ">0.035<")
                .doesNotContain(">0.040<", ">0.005<");
    }

    @Test
    void negativeNumbersHaveAMinusSign() {
        assertThat(svg(line("elbo", -300, -250))).contains(">\u2212300<", ">\u2212250<");
    }

    @ParameterizedTest
    @CsvSource({"0", "7", "-3", "1e-7", "1e300", "-1e-300"})
    void aConstantHasAScaleToo(double value) {
        for (Scale scale : Scale.values()) {
            if (scale != Scale.LOGARITHMIC || value > 0) {
                assertThat(Charts.svg(chart(Axis.of("x"), new Axis("y", scale), line("kl", value, value))))
                        .doesNotContain("NaN", "Infinity");
            }
        }
        assertThat(svg(line("kl", value))).doesNotContain("NaN", "Infinity");
    }

    @Test
    void epochsAreWholeNumbers() {
        assertThat(svg(line("loss", 30, 20, 10)))
                .contains(">1</text>", ">2</text>", ">3</text>")
                .doesNotContain(">1.5<");
        double[] many = IntStream.rangeClosed(1, 100).mapToDouble(i -> 1.0 / i).toArray();
        assertThat(svg(line("loss", many))).contains(">20<", ">40<", ">100<").doesNotContain(">10<", ">99<");
    }

    @Test
    void aLineGoesFromEdgeToEdge() {
        // From the left edge (numbers of four characters) to 426, from 244 (0) to 30 (10).
        assertThat(svg(line("loss", 0, 5, 10))).contains("d=\"M30.0 244.0L228.0 137.0L426.0 30.0\"");
    }

    @Test
    void aUnitScaleIsFromNoneToAll() {
        assertThat(Charts.svg(chart(
                        new Axis("x", Scale.UNIT),
                        new Axis("y", Scale.UNIT),
                        new Line("l", List.of(0.4, 0.5), List.of(0.4, 0.5)))))
                .contains(">0.0<", ">0.2<", ">1.0<")
                .doesNotContain(">1.2<");
    }

    @Test
    void logarithmsHaveEqualDistances() {
        String svg = Charts.svg(chart(
                Axis.of("x"),
                new Axis("y", Scale.LOGARITHMIC),
                new Line("l", List.of(1.0, 2.0, 3.0), List.of(0.01, 1.0, 100.0))));
        assertThat(svg).contains(">0.01<", ">0.1<", ">1<", ">10<", ">100<").contains(" 244.0L", " 137.0L", " 30.0\"");
        ChartAxis wide = ChartAxis.of(Scale.LOGARITHMIC, List.of(1e-20, 1e20), true, 5);
        assertThat(wide.ticks()).hasSizeBetween(3, 8);
        assertThat(wide.text(wide.ticks().get(0))).matches("1e\u2212\\d+");
        assertThat(ChartAxis.of(Scale.LOGARITHMIC, List.of(2.0, 64.0), false, 5).ticks())
                .containsExactly(2.0, 5.0, 10.0, 20.0, 50.0);
    }

    @Test
    void barsStandOnZero() {
        String svg = Charts.svg(chart(Axis.of("dimension"), Axis.of("KL"), Bars.byIndex("KL", List.of(2.0, 0.0, 1.0))));
        assertThat(svg).contains(">0</text>", ">1</text>", ">2</text>").doesNotContain(">-");
        // Two bars, since one has no height; the first from 0 to the top.
        assertThat(svg.split("class=\"bars", -1)[1].split("\"", -1)[2])
                .matches("M[\\d.]+ 244.0V30.0.*zM.* 244.0V137.0.*z");
    }

    @Test
    void everySeriesIsDrawnAndNamed() throws Exception {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            series.add(
                    i % 2 == 0
                            ? line("line <" + i + ">", i, i + 1)
                            : new Points("points & " + i, List.of(1.0, 2.0), List.of(0.5, 1.0 * i)));
        }
        Document svg = parsed(svg(series.toArray(Series[]::new)));
        Set<String> looks = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            String colour = "c" + i;
            String name = series.get(i).name();
            assertThat(elements(svg, "path").map(e -> e.getAttribute("class")).filter(c -> List.of(c.split(" "))
                            .contains(colour)))
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(elements(svg, "text").map(Element::getTextContent)).contains(name);
            looks.add(ChartStyle.shape(i) + (i < 7 ? "" : " hollow"));
        }
        assertThat(looks).hasSize(12);
        assertThat(svg.getDocumentElement().getAttribute("aria-label"))
                .contains("loss by epoch", "line <0>", "points & 11");
    }

    private static Stream<Element> elements(Document document, String name) {
        return IntStream.range(0, document.getElementsByTagName(name).getLength())
                .mapToObj(i -> (Element) document.getElementsByTagName(name).item(i));
    }

    @Test
    void aFileRefersToNothingOutside() throws Exception {
        String svg = svg(line("a", 1, 2));
        parsed(svg);
        assertThat(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("http", "url(", "@import", "<script", "href");
        assertThat(svg).contains("<title>What &lt;is&gt; seen.</title>", ".c0{color:");
    }

    @Test
    void csvHasEveryNumber() {
        Line line = new Line("a, b", List.of(1.0, 2.0), List.of(0.1, 1.0 / 3));
        assertThat(Charts.csv(chart(Axis.of("x"), Axis.of("y"), line, new Points("p", List.of(3.0), List.of(4.0)))))
                .isEqualTo("series,x,y\r\n\"a, b\",1.0,0.1\r\n\"a, b\",2.0,0.3333333333333333\r\np,3.0,4.0\r\n");
        Bars bars = new Bars("h", List.of(0.0, 1.0, 2.5), List.of(3.0, 4.0));
        assertThat(Charts.csv(chart(Axis.of("x"), Axis.of("y"), bars)))
                .isEqualTo("series,from,to,y\r\nh,0.0,1.0,3.0\r\nh,1.0,2.5,4.0\r\n");
        assertThat(Charts.csv(chart(Axis.of("x"), Axis.of("y"), bars, new Points("p", List.of(3.0), List.of(4.0)))))
                .endsWith("p,3.0,,4.0\r\n");
    }

    @Test
    void chartsAreTheSameInEveryLocale() {
        Chart chart = chart(Axis.of("x"), Axis.of("y"), line("a", 1000.5, 20_000.25), Bars.byIndex("b", List.of(1.5)));
        String svg = Charts.svg(chart);
        String csv = Charts.csv(chart);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(Charts.svg(chart)).isEqualTo(svg);
            assertThat(Charts.csv(chart)).isEqualTo(csv);
        } finally {
            Locale.setDefault(before);
        }
    }
}
