package io.github.latent4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.EvidenceBound;
import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.evaluation.report.HtmlReport.Curve;
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
        assertThat(document.getElementsByTagName("h2").getLength()).isEqualTo(5);
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    }

    @Test
    void sectionsStandInTheOrderOfTheirAddition() {
        assertThat(full().html())
                .containsSubsequence(
                        "<h1>Digits</h1>",
                        "lead",
                        "<h2>Model",
                        "<h2>Training",
                        "<h2>Learning curve",
                        "<h2>Figures",
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
        EvidenceBound bound = EVALUATION.bound().orElseThrow();
        assertThat(HtmlReport.of("t").withEvaluation(EVALUATION).html())
                .contains("<strong>strokes:test</strong>, 1,200 examples; seed 7", EVALUATION.dataSha256())
                .contains(Html.number(EVALUATION.reconstructionError()))
                .contains(Html.number(EVALUATION.pcaReconstructionError()))
                .contains(EVALUATION.pca().text())
                .contains(Html.number(bound.elbo().mean()) + " <small>±")
                .contains(Html.number(bound.kl().mean()))
                .contains(bound.activeUnits() + " of 2")
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
        assertThat(HtmlReport.of("t").withEvaluation(evaluation).html())
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
    void historyHasAChartAndATable() {
        String html = HtmlReport.of("t")
                .withHistory(
                        "nats",
                        List.of(
                                new Curve("training", List.of(0.0, 5.0, 10.0)),
                                new Curve("validation", List.of(10.0, 10.0, 0.0))))
                .html();
        // From the left edge at 62 to the right at 470, from the bottom at 220 (0) to the top at 12 (10).
        assertThat(html)
                .contains("points=\"62.0,220.0 62.0,220.0 266.0,116.0 470.0,12.0\"")
                .contains("points=\"62.0,12.0 62.0,12.0 266.0,12.0 470.0,220.0\"")
                .contains("<tr><td>2</td><td>5.000</td><td>10.00</td></tr>");
    }

    @Test
    void historyOfOneEpochIsADot() {
        assertThat(HtmlReport.of("t")
                        .withHistory("nats", List.of(new Curve("training", List.of(3.0))))
                        .html())
                .contains("points=\"266.0,220.0 266.0,220.0\"");
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
                .withEvaluation(EVALUATION)
                .withHistory("nats", List.of(new Curve("loss", List.of(0.5, 0.25))))
                .withPicture(Images.grid(Matrix.zeros(1, 4)), "black")
                .html();
    }

    @Test
    void curvesAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Curve("loss", List.of(1.0, Double.NaN)))
                .withMessage("curve 'loss': found NaN at epoch 2, expected a finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Curve("loss", List.of()))
                .withMessage("curve 'loss': found no value, expected one an epoch");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HtmlReport.of("t").withHistory("nats", List.of()))
                .withMessage("found no curve, expected at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HtmlReport.of("t")
                        .withHistory("nats", List.of(new Curve("a", List.of(1.0)), new Curve("b", List.of(1.0, 2.0)))))
                .withMessage("curve 'b': found 2 values, expected 1 as in curve 'a'");
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
                .withHistory(
                        "nats per example",
                        List.of(
                                new Curve("training", List.of(-300.0, -250.0)),
                                new Curve("validation", List.of(-280.0, -260.0))))
                .withEvaluation(EVALUATION)
                .withHeading("Pictures")
                .withPicture(Images.manifold(VAE, 4), "The latent plane.");
    }
}
