package io.github.latent4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Factor;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.evaluation.sampling.ExamplePair;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportTest {
    private static final InputContract.Image TINY = new InputContract.Image(2, 2, 1);
    private static final Examples EXAMPLES = Examples.of(HandMade.uniform(60, 4, 2), TINY, "noise");

    @TempDir
    Path folder;

    private static Vae vae(int latent) {
        return HandMade.random(VaeSpec.of(4, latent).withHidden(8), latent).withCard(ModelCard.of(TINY));
    }

    private static ModelSection section(String name, int latent) {
        Vae vae = vae(latent);
        Evaluation evaluation = Evaluator.of(vae).evaluate(EXAMPLES);
        return ModelSection.of(name, vae)
                .with(evaluation)
                .withPictures(ModelPictures.of(vae, EXAMPLES, evaluation.reconstruction(), 1))
                .withRemark("There <is> a remark.");
    }

    private record Two(double first, double second) implements Measurement {
        @Override
        public String title() {
            return "Two";
        }

        @Override
        public List<Figure> figures() {
            return List.of(
                    Figure.number("mig", "MIG", first, "from 0 to 1", "Says little.")
                            .higherIsBetter(),
                    Figure.number("other", "Other", second, "s", "Says less."));
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("mig", first);
        }
    }

    private List<String> names(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFolderHasEverything() throws Exception {
        Path out = folder.resolve("a/report");
        Report report = Report.of("One").with(section("m", 2));
        report.write(out);
        assertThat(names(out))
                .containsExactly(
                        "figures.csv",
                        "figures.json",
                        "index.html",
                        "interpolations.png",
                        "latent-dimensions.csv",
                        "manifold.png",
                        "reconstruction-errors.csv",
                        "reconstruction-errors.svg",
                        "reconstructions.png",
                        "samples.png",
                        "traversals.png",
                        "worst-examples.csv",
                        "worst-reconstructions.png");
        assertThat(names(folder.resolve("a"))).containsExactly("report");
        assertThat(Files.readString(out.resolve("index.html")))
                .isEqualTo(report.html())
                .contains("There &lt;is&gt; a remark.");

        Evaluation evaluation = Evaluator.of(vae(2)).evaluate(EXAMPLES);
        Map<String, Object> json = JSON.std.mapFrom(Files.readString(out.resolve("figures.json")));
        assertThat(json).containsEntry("title", "One").containsKey("files");
        assertThat(json.get("models")).asList().hasSize(1);
        assertThat(json.get("models"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .first()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("name", "m")
                .containsEntry("elbo", evaluation.bound().orElseThrow().elbo().mean())
                .containsKeys(evaluation.fields().keySet().toArray());

        List<String> csv = Files.readAllLines(out.resolve("figures.csv"));
        assertThat(csv).hasSize(evaluation.figures().size() + 1).startsWith("model,figure,value,standardError,unit");
        Figure first = evaluation.figures().get(0);
        assertThat(csv.get(1))
                .isEqualTo("m,reconstructionError,%s,%s,squared units of the input"
                        .formatted(first.value(), first.standardError()));
        Chart chart = evaluation.charts().get(0);
        assertThat(out.resolve("reconstruction-errors.csv")).hasContent(Charts.csv(chart));
        assertThat(Files.readString(out.resolve("reconstruction-errors.svg"))).isEqualTo(Charts.svg(chart));
        assertThat(Files.readAllLines(out.resolve("worst-examples.csv")))
                .hasSize(21)
                .element(1)
                .isEqualTo("%d,%s"
                        .formatted(
                                evaluation.reconstruction().worst(1).get(0),
                                evaluation.reconstruction().exampleQuartiles().max()));
    }

    @Test
    void severalModelsStandSideBySide() throws Exception {
        ModelSection two = section("Two Numbers", 2).with(new Two(0.25, 1));
        ModelSection three = section("two-numbers", 3).with(new Two(0.5, 2));
        Report report = Report.of("Both").with(two).with(three);
        Path out = folder.resolve("report");
        report.write(out);
        assertThat(names(out))
                .contains(
                        "comparison-errors-by-dimensions.svg",
                        "comparison-mig-by-error.csv",
                        "two-numbers-samples.png",
                        "two-numbers-2-samples.png")
                .doesNotContain("two-numbers-2-manifold.png");
        String html = report.html();
        assertThat(html)
                .containsSubsequence(
                        "<h2>Side by side",
                        "<th scope=\"row\">MIG</th><td>0.2500</td><td class=\"best\">● 0.5000</td><td>from 0 to 1</td>",
                        "<th scope=\"row\">Other</th><td>1.000</td><td>2.000</td><td>s</td>",
                        "<h2>Two Numbers</h2>",
                        "<h3>Samples</h3>",
                        "<h2>two-numbers</h2>",
                        "<h3>Samples</h3>");
        assertThat(html).contains("of 3 latent dimensions</td>");
        assertThat(html).doesNotContain("<script", "http:", "https:", "<link", "@import", "url(");
        String main = html.substring(html.indexOf("<main>"), html.indexOf("</main>") + 7)
                .replaceAll("<img([^>]*)>", "<img$1/>");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(main)))
                        .getElementsByTagName("svg")
                        .getLength())
                .isEqualTo(4);
        assertThat(Files.readAllLines(out.resolve("comparison-mig-by-error.csv")))
                .hasSize(3)
                .element(2)
                .isEqualTo("two-numbers,%s,0.5"
                        .formatted(three.figure("reconstructionError")
                                .orElseThrow()
                                .value()));
        assertThat(Files.readString(out.resolve("comparison-errors-by-dimensions.csv")))
                .contains("\r\nVAE,2.0,", "\r\nVAE,3.0,", "\r\nPCA,2.0,", "\r\nPCA,3.0,");
    }

    @Test
    void onlyWhatIsDefinedHasABest() {
        Comparison same = Comparison.of(List.of(
                section("a", 2).with(new Two(0.5, 1)),
                section("b", 2).with(new Two(0.5, 2)),
                section("c", 2).with(new Two(Double.NaN, 2)),
                section("d", 2)));
        assertThat(same.rows()).allSatisfy(row -> assertThat(row.best()).isEmpty());
        assertThat(same.charts()).extracting(Chart::name).containsExactly("mig-by-error");
        Comparison better = Comparison.of(
                List.of(section("a", 2).with(new Two(0.5, 1)), section("b", 2).with(new Two(0.75, 2))));
        assertThat(better.rows().stream().filter(r -> !r.best().isEmpty()))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.figure().key()).isEqualTo("mig");
                    assertThat(row.best()).containsExactly(1);
                });
    }

    @Test
    void aFolderWithFilesIsKept() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.txt"), "mine");
        Report report = Report.of("r").with(section("m", 3));
        assertThatThrownBy(() -> report.write(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: found a folder with files in it, expected a new one", folder);
        assertThat(names(folder)).containsExactly("mine.txt");
        assertThatThrownBy(() -> report.write(file))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: found a file, expected a folder or nothing there", file);
        assertThatThrownBy(() -> report.replace(file)).hasMessageContaining("found a file, expected a folder");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        report.write(empty);
        assertThat(names(empty)).contains("index.html", "figures.json");
    }

    @Test
    void anOlderReportIsReplacedAndForeignFilesStay() throws IOException {
        Path out = folder.resolve("report");
        Report.of("old").with(section("m", 2)).write(out);
        Files.writeString(out.resolve("mine.png"), "mine");
        Files.writeString(folder.resolve("outside.csv"), "mine");
        Report report = Report.of("new").with(section("m", 3));
        report.replace(out);
        assertThat(names(out)).contains("mine.png", "samples.png").doesNotContain("manifold.png");
        assertThat(Files.readString(out.resolve("index.html"))).isEqualTo(report.html());

        // A list of files that no report has written takes nothing else away.
        Files.writeString(
                out.resolve("figures.json"),
                "{\"files\":[\"../outside.csv\",\"samples.png\",\"Mine.png\",7,\"none.png\"]}");
        Report.of("newer")
                .with(ModelSection.of("m", vae(3)).with(new Two(1, 2)))
                .replace(out);
        assertThat(names(out)).contains("mine.png", "worst-reconstructions.png").doesNotContain("samples.png");
        assertThat(folder.resolve("outside.csv")).exists();
        Files.writeString(out.resolve("figures.json"), "no JSON");
        report.replace(out);
        assertThat(names(folder)).containsExactly("outside.csv", "report");
    }

    @Test
    void aReportThatFailsLeavesTheOldOne() throws IOException {
        Path out = folder.resolve("report");
        Report old = Report.of("old").with(section("m", 2));
        old.write(out);
        Files.delete(out.resolve("samples.png"));
        Files.createDirectory(out.resolve("samples.png"));
        assertThatThrownBy(() -> Report.of("new").with(section("m", 2)).replace(out))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "%s: found a folder, expected a file or nothing there, to write the report",
                        out.resolve("samples.png"));
        assertThat(Files.readString(out.resolve("index.html"))).isEqualTo(old.html());
        assertThat(names(out)).noneMatch(n -> n.endsWith(".part"));
    }

    @Test
    void namesAreDistinct() {
        ModelSection section = section("m", 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> section.with(Evaluator.of(vae(2)).evaluate(EXAMPLES)))
                .withMessage("m: found a second figure 'reconstructionError', expected one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> section.withPictures(List.of(ModelPictures.manifold(vae(2)))))
                .withMessage("m: found a second chart, table or picture 'manifold', expected one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Report.of("r").with(section).with(section))
                .withMessage("m: found a second model of this name, expected another name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NamedPicture("../x", "h", "c", Images.manifold(vae(2), 2)))
                .withMessage("picture: found the name '../x', expected lower-case letters, digits and single hyphens");
    }

    private static Examples labelled(int size, int labels, long seed) {
        return Examples.of(
                HandMade.uniform(size, 4, seed),
                TINY,
                "labelled",
                IntStream.range(0, labels).mapToObj(l -> "label " + l).toList(),
                IntStream.range(0, size).map(i -> i % labels).toArray());
    }

    /** Everything else is measured all the same. */
    @Test
    void whatExamplesDoNotAllowIsLeftOutWithARemark() {
        Assessor assessor = Assessor.of(vae(2)).inDepth();
        Examples alone = labelled(450, 1, 1).withFactors(List.of(Factor.continuous("size")), new double[450][1]);
        Assessment found = assessor.assess(alone);
        assertThat(found.measurements()).hasSize(2);
        assertThat(found.remarks())
                .hasSize(2)
                .anyMatch(remark -> remark.startsWith("MIG and DCI are left out: ")
                        && remark.contains("found no factor that varies"))
                .anyMatch(remark -> remark.startsWith("Figures of samples are left out: ")
                        && remark.contains("found the label label 0 alone"));
        assertThat(assessor.assess(labelled(1, 1, 2)).remarks())
                .containsExactly(
                        "Figures of samples are left out: found 1 examples of labelled, of which a third is fitted on, a third compared with and a third held out, expected at least 150.");
        assertThat(assessor.assess(EXAMPLES).remarks())
                .containsExactly(
                        "Figures of samples are left out: noise has no labels, and samples are compared by the features of a classifier.");
    }

    @Test
    void aReferenceIsNamedAndIsOtherDataWithLabels() {
        Assessor assessor = Assessor.of(vae(2)).inDepth();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assessor.withReference(EXAMPLES))
                .withMessage(
                        "noise: found a reference without labels, expected one with labels, on which probes and a classifier are fitted");
        Examples reference = labelled(9, 3, 4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assessor.withReference(reference).assess(labelled(9, 3, 4)))
                .withMessage(
                        "labelled: found the examples that are measured as the reference, too, expected others, such as those of the training");
        List<String> tasks = new ArrayList<>();
        assertThat(assessor.withReference(reference)
                        .reportingTo((task, done, total) -> tasks.add(task + " " + done + " of " + total))
                        .assess(labelled(60, 3, 5))
                        .remarks())
                .containsExactly(
                        "What is fitted to measure was fitted on the reference labelled, 9 examples; SHA-256 of its data: %s."
                                .formatted(reference.sha256()),
                        "Figures of samples are left out: found 9 examples of the reference labelled, of which a half is fitted on and a half compared with, expected at least 100.");
        assertThat(tasks).containsExactly("latent space on labelled 0 of 1", "latent space on labelled 1 of 1");
    }

    /** Pairs are of all examples, though they are many and sorted. */
    @Test
    void waysBetweenExamplesAreBetweenThoseThatAreNamed() {
        int size = 2_400;
        Examples sorted = Examples.of(
                HandMade.uniform(size, 4, 6),
                TINY,
                "sorted",
                List.of("a", "b"),
                IntStream.range(0, size).map(i -> i / 2_200).toArray());
        Vae vae = vae(2);
        NamedPicture ways =
                ModelPictures.of(vae, sorted, Evaluator.of(vae).evaluate(sorted).reconstruction(), 1).stream()
                        .filter(picture -> picture.name().equals("interpolations"))
                        .findFirst()
                        .orElseThrow();
        assertThat(ways.caption())
                .endsWith(ExamplePair.choose(sorted, 8, 1).stream()
                                .map(pair -> "example %d to %d".formatted(pair.from(), pair.to()))
                                .collect(Collectors.joining(", "))
                        + ".");
        assertThat(ExamplePair.choose(sorted, 8, 1)).anyMatch(pair -> Math.max(pair.from(), pair.to()) >= 2_200);
    }

    @Test
    void anAssessmentHasWhatTheModelAllows() {
        LatentModel model = vae(2);
        Assessment found = Assessor.of(model).withSeed(3).assess(EXAMPLES);
        assertThat(found.measurements()).hasSize(1).first().isInstanceOf(Evaluation.class);
        assertThat(ModelSection.of("m", model).with(found).fields()).containsEntry("seed", 3L);
    }
}
