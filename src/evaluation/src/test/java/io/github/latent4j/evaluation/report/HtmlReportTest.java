package io.github.latent4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Provenance;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final InputContract.Image TINY = new InputContract.Image(2, 2, 1);
    private static final Provenance PROVENANCE = new Provenance(
            "strokes:train",
            "ab12cd",
            54_000,
            "fused",
            Map.of("learning rate", "0.001"),
            Map.of("processor", "<AVX2 & more>"));
    private static final Vae VAE = HandMade.random(VaeSpec.of(4, 2).withHidden(8, 6), 1)
            .withCard(new ModelCard(
                    TINY,
                    Optional.of(PROVENANCE),
                    Map.of(),
                    Optional.of(new Pca(new float[4], Matrix.of(new float[] {1, 0, 0, 0}, new float[] {0, 1, 0, 0})))));
    private static final Evaluation EVALUATION =
            Evaluator.of(VAE).withSeed(7).evaluate(Examples.of(HandMade.uniform(1200, 4, 2), TINY, "strokes:test"));

    private static final Chart LOSSES = new Chart(
            "training-loss",
            "Lower is better.",
            Axis.of("epoch"),
            Axis.of("loss, nats per example"),
            List.of(
                    new Line("training", List.of(1.0, 2.0), List.of(-300.0, -250.0)),
                    new Line("validation", List.of(1.0, 2.0), List.of(-280.0, -260.0))));

    @Test
    void thePageNeedsNothingElse() {
        String html = full().html();
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("<script", "http:", "https:", "<link", "@import", "url(");
    }

    @Test
    void tagsAreClosedInTheirOrder() throws Exception {
        String body = full().html();
        String main = body.substring(body.indexOf("<main>"), body.indexOf("</main>") + "</main>".length())
                .replaceAll("<img([^>]*)>", "<img$1/>");
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(main)));
        assertThat(document.getElementsByTagName("h2").getLength()).isEqualTo(4);
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(2);
    }

    @Test
    void sectionsStandInTheOrderOfTheirAddition() {
        assertThat(full().html())
                .containsSubsequence(
                        "<h1>Digits</h1>",
                        "lead",
                        "<h2>Model",
                        "<h2>Training",
                        "training, validation",
                        "<h2>Reconstruction and evidence lower bound",
                        "<h2>Pictures");
    }

    @Test
    void textIsEscaped() {
        String html = HtmlReport.of("<b>\"1\" & '2'</b>")
                .withText("a < b")
                .withHeading("c > d")
                .html();
        assertThat(html)
                .contains("<title>&lt;b&gt;&quot;1&quot; &amp; &#39;2&#39;&lt;/b&gt;</title>")
                .contains("<p>a &lt; b</p>")
                .contains("<h2>c &gt; d</h2>")
                .doesNotContain("<b>");
    }

    @Test
    void theModelAndItsTrainingAreTold() {
        assertThat(HtmlReport.of("t").withModel(VAE).html())
                .contains("2 x 2 grey pixels in [0, 1]")
                .contains("4 → 8 → 6 → <strong>2</strong> → 6 → 8 → 4")
                .contains("bernoulli")
                .contains("strokes:train", "54,000", "ab12cd", "fused", "learning rate", "0.001")
                .contains("&lt;AVX2 &amp; more&gt;");
    }

    @Test
    void anAutoencoderOfUnknownOriginIsTold() {
        AutoencoderSpec spec = AutoencoderSpec.of(4, 2).withHidden(3).withTiedWeights(Activation.SIGMOID);
        assertThat(HtmlReport.of("t").withModel(HandMade.of(spec).autoencoder()).html())
                .contains("autoencoder with tied weights")
                .contains("4 → 3 → <strong>2</strong> → 3 → 4")
                .contains("sigmoid (hidden), sigmoid (code), sigmoid (output)")
                .contains("Its card does not say how the model was trained.");
    }

    @Test
    void figuresAreThoseOfTheEvaluation() {
        Figure elbo = EVALUATION.figures().stream()
                .filter(f -> f.key().equals("elbo"))
                .findFirst()
                .orElseThrow();
        assertThat(elbo.value())
                .isEqualTo(EVALUATION.bound().orElseThrow().elbo().mean());
        assertThat(HtmlReport.of("t").withMeasurement(EVALUATION).html())
                .contains("strokes:test, 1,200 examples, with seed 7", EVALUATION.dataSha256())
                .contains(EVALUATION.figures().stream()
                        .map(f -> "<td>%s".formatted(Html.minus(f.valueText())))
                        .toList())
                .contains(EVALUATION.pca().text())
                .contains("<th scope=\"row\">ELBO</th><td>%s <small>± %s</small></td><td>nats per example</td>"
                        .formatted(
                                Html.minus(elbo.valueText()), elbo.errorText().orElseThrow()))
                .contains("of 2 latent dimensions")
                .contains("Every latent dimension")
                .contains("no normalised density");
    }

    @Test
    void aTableHasItsColumns() {
        Examples table = Examples.of(
                Matrix.of(new float[] {0, 1}, new float[] {1, 2}),
                InputContract.Table.ofNumbers(List.of("width", "<height>")),
                "t");
        Evaluation evaluation = Evaluator.of(HandMade.keepsTheFirst(1)
                        .withCard(new ModelCard(
                                table.input(),
                                Optional.empty(),
                                Map.of(),
                                Optional.of(new Pca(new float[2], Matrix.of(new float[] {1, 0}))))))
                .evaluate(table);
        assertThat(HtmlReport.of("t").withMeasurement(evaluation).html())
                .contains("<td>&lt;height&gt;</td><td>0.5000</td>")
                .doesNotContain("ELBO");
    }

    @Test
    void picturesAreInThePage() {
        Picture picture = Images.grid(HandMade.uniform(4, 4, 3));
        assertThat(HtmlReport.of("t").withPicture(picture, "four \"tiles\"").html())
                .contains("<img src=\"data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(picture.png()) + "\"")
                .contains("alt=\"four &quot;tiles&quot;\"")
                .contains("<figcaption>four &quot;tiles&quot;</figcaption>");
    }

    @Test
    void chartsHaveTheirNumbers() {
        assertThat(HtmlReport.of("t").withChart(LOSSES).html())
                .contains("<figcaption>Lower is better.</figcaption>")
                .contains(
                        "<th scope=\"col\">epoch</th><th scope=\"col\">training</th><th scope=\"col\">validation</th>")
                .contains("<tr><td>2</td><td>−250.0</td><td>−260.0</td></tr>");
        Chart apart = new Chart(
                "apart",
                "c",
                Axis.of("x"),
                Axis.of("y"),
                List.of(new Line("a", List.of(1.0), List.of(1.0)), new Line("b", List.of(2.0), List.of(1.0))));
        assertThat(HtmlReport.of("t").withChart(apart).html()).doesNotContain("<details>");
    }

    @Test
    void thePageIsTheSameInEveryLocale() {
        String expected = figuresAndCurves();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(figuresAndCurves()).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String figuresAndCurves() {
        return HtmlReport.of("t")
                .withMeasurement(EVALUATION)
                .withChart(LOSSES)
                .withPicture(Images.grid(Matrix.zeros(1, 4)), "black")
                .html();
    }

    @Test
    void writesThePage(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("index.html");
        full().write(file);
        assertThat(Files.readString(file)).isEqualTo(full().html());
        Path missing = folder.resolve("missing").resolve("index.html");
        assertThatThrownBy(() -> full().write(missing))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: found no folder to write into, expected one", missing);
    }

    private static HtmlReport full() {
        return HtmlReport.of("Digits")
                .withText("lead")
                .withModel(VAE)
                .withChart(LOSSES)
                .withMeasurement(EVALUATION)
                .withHeading("Pictures")
                .withPicture(Images.manifold(VAE, 4), "The latent plane.");
    }
}
