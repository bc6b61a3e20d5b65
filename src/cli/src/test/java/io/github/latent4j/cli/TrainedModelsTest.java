package io.github.latent4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.Sources;
import io.github.latent4j.data.TableOptions;
import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.AnomalyLabels;
import io.github.latent4j.evaluation.AnomalyScoring;
import io.github.latent4j.evaluation.Estimate;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.training.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The models of the folder models have the figures that their cards tell. */
class TrainedModelsTest {
    private static final Path MODELS = Path.of("../../models");

    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(MODELS)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFolderHasItsModelWithThePlanThatItWasTrainedBy(String name) throws IOException {
        Map<String, String> trained =
                model(name).card().provenance().orElseThrow().plan();
        Map<String, String> plan =
                PlanFile.read(MODELS.resolve(name).resolve("plan.yaml")).fields();
        plan.forEach((field, value) -> assertThat(trained).containsEntry(field, value));
        assertThat(card(name)).contains("# " + name);
        assertThat(Files.readString(MODELS.resolve("README.md"))).contains("(" + name + "/README.md)");
    }

    @Test
    void strokes() throws IOException {
        assertThatTheCardTellsTheFiguresOf("strokes-vae-2d", "strokes");
    }

    @Test
    @Tag("debian")
    @EnabledIf("fashionMnistIsExpected")
    void clothes() throws IOException {
        assertThatTheCardTellsTheFiguresOf("fashion-mnist-ae", "fashion-mnist");
    }

    @Test
    @Tag("debian")
    @EnabledIf("fashionMnistIsExpected")
    void clothesAsOnesAndZeros() throws IOException {
        try (Examples test = Sources.open("fashion-mnist", Part.TEST, SourceOptions.defaults())) {
            assertThatTheCardTells("fashion-mnist-vae", evaluate("fashion-mnist-vae", test.binarised(1)));
        }
    }

    /** The card's tables are of all 10,000 images, which may not be on this machine; 256 of them are in the folder. */
    @Test
    void digitsAsOnesAndZeros() throws IOException {
        Path images = MODELS.resolve("mnist-vae-binary").resolve("first-256.idx.gz");
        Matcher told = Pattern.compile("says an ELBO of −([\\d.]+) nats").matcher(card("mnist-vae-binary"));
        assertThat(told.find()).isTrue();
        try (Examples some = Sources.idx(images)) {
            Evaluation evaluation = evaluate("mnist-vae-binary", some.binarised(1));
            Estimate elbo = evaluation.bound().orElseThrow().elbo();
            assertThat(-elbo.mean()).isCloseTo(Double.parseDouble(told.group(1)), within(0.1));
            double ofAll = figures("mnist-vae-binary").getOrDefault("ELBO", Double.NaN);
            assertThat(elbo.mean()).isCloseTo(ofAll, within(4 * elbo.standardError()));
        }
    }

    @Test
    void pumps() throws IOException {
        LatentModel model = model("pump-anomalies");
        SourceOptions options = SourceOptions.defaults()
                .withLabel("faulty")
                .withTable(TableOptions.defaults().withContract(model.card().table()));
        try (Examples test = Sources.csv(MODELS.resolve("pump-anomalies").resolve("test.csv"), options)) {
            AnomalyDetector detector = AnomalyDetector.of(model);
            assertThatTheCardTells(
                    "pump-anomalies",
                    AnomalyEvaluation.of(
                            AnomalyScoring.with(detector).scores(test),
                            detector.threshold(),
                            AnomalyLabels.of(test, "faulty", Optional.of("yes"))));
        }
    }

    private static void assertThatTheCardTellsTheFiguresOf(String name, String data) throws IOException {
        try (Examples test = Sources.open(data, Part.TEST, SourceOptions.defaults())) {
            assertThatTheCardTells(name, evaluate(name, test));
        }
    }

    /** As the command does it. */
    private static Evaluation evaluate(String name, Examples examples) throws IOException {
        return Evaluator.of(model(name).using(MultiplicationProvider.forBatches()))
                .withSeed(1)
                .evaluate(examples);
    }

    /** Last digits depend on the processor. */
    private static void assertThatTheCardTells(String name, Measurement measured) throws IOException {
        Map<String, Double> told = figures(name);
        for (Figure figure : measured.figures()) {
            String text = figure.valueText().replace(" %", "");
            assertThat(told).as(name).containsKey(figure.name());
            assertThat(told.get(figure.name()))
                    .as("%s of %s", figure.name(), name)
                    .isCloseTo(Double.parseDouble(text), within(2e-3 * Math.abs(Double.parseDouble(text))));
        }
    }

    /** The values of the card's tables of figures by name, without their errors. */
    private static Map<String, Double> figures(String name) throws IOException {
        return card(name)
                .lines()
                .filter(line -> line.matches("\\| [^|]+ \\| −?\\d[^|]*\\|.*\\|"))
                .map(line -> line.split("\\s*\\|\\s*"))
                .collect(Collectors.toMap(
                        cells -> cells[1],
                        cells -> Double.parseDouble(
                                cells[2].split(" ")[0].replace('−', '-').replace(",", "")),
                        (first, second) -> first));
    }

    private static LatentModel model(String name) throws IOException {
        return LatentModel.load(MODELS.resolve(name).resolve("model.zip"));
    }

    private static String card(String name) throws IOException {
        return Files.readString(MODELS.resolve(name).resolve("README.md"));
    }

    /** Where Debian's package is not installed the tests are left out, but not in CI, which installs it. */
    static boolean fashionMnistIsExpected() {
        return System.getenv("CI") != null || Files.isDirectory(Path.of("/usr/share/datasets/fashion-mnist"));
    }
}
