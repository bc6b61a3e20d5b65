package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlanFileTest {
    private static final Path DOCS = Path.of("../../docs");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("plan.yaml");
    }

    private TrainingPlan read(String text) throws IOException {
        Files.writeString(file, text);
        return PlanFile.read(file);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        TrainingPlan plan = TrainingPlan.defaults().with(PlanTest.OTHERS);
        PlanFile.write(plan, file);
        assertThat(PlanFile.read(file)).isEqualTo(plan);
        assertThat(Files.readString(file))
                .startsWith("epochs: 30\nbatchSize: 100\noptimiser: adamw\n")
                .endsWith("shards: 3\nseed: -9223372036854775808\n");
        PlanFile.write(TrainingPlan.defaults(), file);
        assertThat(PlanFile.read(file)).isEqualTo(TrainingPlan.defaults());
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void fieldsLeftOutTakeTheirDefaults() throws IOException {
        for (String nothing : List.of("", "# nothing\n", "---\n", "--- \n...\n", "{}")) {
            assertThat(read(nothing)).as(nothing).isEqualTo(TrainingPlan.defaults());
        }
        TrainingPlan three = TrainingPlan.defaults().withEpochs(3).withSeed(7);
        for (String text : List.of(
                "seed: 7\nepochs: 3\n",
                "\uFEFF# with a byte order mark\r\nseed: 7\r\nepochs: 3\r\n",
                "---\nepochs: '3'   # quoted\nseed: \"7\"",
                "{epochs: 3, seed: 7}",
                "epochs:\n  3\nseed: &anchor 7\n")) {
            assertThat(read(text)).as(text).isEqualTo(three);
        }
        assertThat(read("learningRate: 1e-4\nbinarise: Dynamic"))
                .isEqualTo(TrainingPlan.defaults()
                        .withOptimiser(Optimiser.ADAM, 1e-4)
                        .withBinarisation(Binarisation.DYNAMIC));
    }

    static Stream<Arguments> badFiles() {
        String known = String.join(", ", TrainingPlan.defaults().fields().keySet());
        String fields = "expected fields with their values, such as epochs: 10";
        return Stream.of(
                Arguments.of(
                        "# my plan\nepochs: 3\n\nlearningRate: fast\n",
                        ": line 4: learningRate: found 'fast', expected a number"),
                Arguments.of(
                        "epochs: 3\nbatch: 10\n", ": line 2: batch: found an unknown field, expected one of " + known),
                Arguments.of("<<: 3\n", ": line 1: <<: found an unknown field, expected one of " + known),
                Arguments.of("epochs: 1_000\n", ": line 1: epochs: found '1_000', expected a whole number"),
                Arguments.of("epochs: 3\nbeta: -1\n", ": line 2: beta: found -1.0, expected a number of at least 0"),
                Arguments.of("seed: 1\nepochs:\nbeta: 2\n", ": line 2: epochs: found nothing, expected a value"),
                Arguments.of("epochs: ~\n", ": line 1: epochs: found nothing, expected a value"),
                Arguments.of("epochs: ''\n", ": line 1: epochs: found nothing, expected a value"),
                Arguments.of("epochs: [3]\n", ": line 1: epochs: found a list, expected a value"),
                Arguments.of("seed: 1\nepochs:\n  - 3\n", ": line 3: epochs: found a list, expected a value"),
                Arguments.of("objective:\n  beta: 3\n", ": line 2: objective: found a mapping, expected a value"),
                Arguments.of(
                        "epochs: 3\nseed: 1\nepochs: 4\n",
                        ": line 3: epochs: found it a second time, expected it once; it stands in line 1 already"),
                Arguments.of("seed: &s 3\nepochs: *s\n", ": line 2: epochs: found an alias, expected a plain value"),
                Arguments.of("epochs: !!int 3\n", ": line 1: epochs: found a tag, expected a plain value"),
                Arguments.of(
                        "epochs: !java.net.URL http://localhost\n",
                        ": line 1: epochs: found a tag, expected a plain value"),
                Arguments.of(
                        "epochs: |\n  3\n  4\n", ": line 1: epochs: found '3 4 ', expected a short value in one line"),
                Arguments.of(
                        "epochs: " + "9".repeat(1000),
                        ": line 1: epochs: found '" + "9".repeat(100) + "…', expected a short value in one line"),
                Arguments.of("- epochs\n- 3\n", ": line 1: found a list, " + fields),
                Arguments.of("epochs\n", ": line 1: found 'epochs', " + fields),
                Arguments.of("epochs: 3\n---\nepochs: 4\n", ": line 3: found a second document, expected one plan"),
                Arguments.of(
                        "epochs: 3\n\tseed: 4\n",
                        ": line 2: found no YAML (found character '\\t(TAB)' that cannot"
                                + " start any token. (Do not use \\t(TAB) for indentation)), expected a field and its value,"
                                + " such as epochs: 10"),
                Arguments.of(
                        "epochs: 3: 4\n",
                        ": line 1: found no YAML (mapping values are not allowed here), expected a field and its value,"
                                + " such as epochs: 10"),
                Arguments.of(
                        "seed: 1\n? [epochs]\n: 3\n",
                        ": line 2: found a list or a mapping, expected the name of a field"),
                Arguments.of(
                        "epochs: 3\noptimiser: adamw\n",
                        ": weightDecay: found 0.0, expected above 0 with optimiser adamw, which is adam but for the weight"
                                + " decay"),
                Arguments.of(
                        "freeBits: 0.5\nbound: iwae\n",
                        ": line 1: freeBits: found 0.5, expected 0 with bound iwae, which has no KL of a single dimension"),
                Arguments.of(
                        "validationShare: 0\npatience: 3\n",
                        ": line 2: patience: found 3, expected 0 where no examples are held out for validation"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void whatIsWrongIsToldWithItsLine(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(PlanFormatException.class)
                .hasMessage(file + message);
    }

    @Test
    void whatIsNoTextIsTold() throws IOException {
        assertThatThrownBy(() -> PlanFile.read(file))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("" + file);
        assertThatThrownBy(() -> PlanFile.read(folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(folder + ": found a folder, expected a plan, which is a YAML file");
        Files.write(file, "epochs: 3 # é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PlanFile.read(file))
                .isInstanceOf(PlanFormatException.class)
                .hasMessage(file + ": found bytes that are no UTF-8, expected a plan");
        Files.writeString(file, "#".repeat((1 << 20) + 1));
        assertThatThrownBy(() -> PlanFile.read(file))
                .isInstanceOf(PlanFormatException.class)
                .hasMessage(file + ": found more than 1 MB, expected a plan");
        Files.writeString(file, "epochs: 3\n\nseed: \u0007");
        assertThatThrownBy(() -> PlanFile.read(file))
                .isInstanceOf(PlanFormatException.class)
                .hasMessage(file
                        + ": line 3: found no YAML (special characters are not allowed), expected a field and its value,"
                        + " such as epochs: 10");
    }

    @Test
    void othersWinOverAFileWhoseFieldsAreSoundByThemselves() throws IOException {
        Files.writeString(file, "epochs: 3\noptimiser: adamw\n");
        PlanFile opened = PlanFile.open(file);
        assertThat(opened.plan(Map.of("epochs", "5", "weightDecay", "0.1")))
                .isEqualTo(TrainingPlan.defaults()
                        .withEpochs(5)
                        .withOptimisation(Optimisation.defaults().withAdamW(0.001, 0.1)));
        assertThat(opened.has("epochs")).isTrue();
        assertThat(opened.has("weightDecay")).isFalse();
        Files.writeString(file, "epochs: none\n");
        assertThatThrownBy(() -> PlanFile.open(file))
                .hasMessage(file + ": line 1: epochs: found 'none', expected a whole number");
    }

    @Test
    void theExampleOfTheDocumentationHasAllFieldsAndIsAPlan() throws IOException {
        String page = Files.readString(DOCS.resolve("plan.md"));
        Matcher block = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        String example = block.group(1);
        assertThat(read(example)).isNotEqualTo(TrainingPlan.defaults());
        TrainingPlan.defaults().fields().forEach((field, byDefault) -> {
            assertThat(example).containsPattern("(?m)^" + field + ": ");
            assertThat(page)
                    .containsPattern("(?m)^\\| `" + field + "`, `--[a-z-]+` \\|[^\n]+\\| `" + Pattern.quote(byDefault)
                            + "` \\|");
        });
    }

    @Test
    void thePlansOfReproductionsAreRead() throws IOException {
        try (Stream<Path> plans = Files.list(DOCS.resolve("reproduction"))) {
            assertThat(plans.filter(plan -> plan.toString().endsWith(".yaml")).toList())
                    .isNotEmpty()
                    .allSatisfy(plan -> assertThat(PlanFile.read(plan)).isNotEqualTo(TrainingPlan.defaults()));
        }
    }
}
