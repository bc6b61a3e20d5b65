package io.github.latent4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.data.Examples;
import io.github.latent4j.data.IdxWriter;
import io.github.latent4j.domain.OnnxFile;
import io.github.latent4j.domain.OnnxOutput;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.training.TrainingPlan;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as a user sees it: exit code, standard output, standard error, files. */
class MainTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    record Answer(int code, String out, String err) {}

    static Answer run(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int code = Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                words);
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static void assertOneLine(Answer answer, int code, String line) {
        // What is read or trained on may be told before the error, which is the last line.
        assertThat(answer.err()).endsWith(line + System.lineSeparator());
        assertThat(answer.err()
                        .lines()
                        .filter(l -> l.contains("expected") || l.contains("Unknown") || l.contains("no such")))
                .hasSize(1);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.out()).isEmpty();
    }

    private static double number(Map<String, Object> fields, String name) {
        assertThat(fields.get(name)).isInstanceOf(Double.class);
        return Double.parseDouble(String.valueOf(fields.get(name)));
    }

    private static Path digits;
    private static Path vae;
    private static Path ae;

    @BeforeAll
    static void trainOnDigits() throws IOException {
        digits = shared.resolve("digits.idx.gz");
        Examples strokes = Datasets.strokes(300, 1).train();
        try (IdxWriter writer = IdxWriter.bytes(digits, 28, 28)) {
            writer.write(strokes.read(0, 300));
            writer.finish();
        }
        vae = shared.resolve("vae.zip");
        ae = shared.resolve("ae.zip");
        Answer trained = run(
                "train", "--data", "idx:" + digits, "--latent", 2, "--hidden", "32,16", "--epochs", 2, "--out", vae);
        assertThat(trained.err())
                .contains("digits.idx.gz: 28 x 28 grey pixels in [0, 1]")
                .contains("VAE 784-32-16-2-16-32-784, relu, bernoulli")
                .contains("training on 270 examples, 30 held out")
                .containsPattern("training 2/2  loss .* \\(reconstruction .*, KL .*\\)  validation ");
        assertThat(trained.code()).isZero();
        assertThat(run(
                                "train",
                                "--model",
                                "ae",
                                "--data",
                                "idx:" + digits,
                                "--hidden",
                                "32",
                                "--epochs",
                                1,
                                "--out",
                                ae)
                        .code())
                .isZero();
    }

    @Test
    void theSameTrainingGivesTheSameBytes() throws IOException {
        Path again = folder.resolve("again.zip");
        run("train", "--data", "idx:" + digits, "--latent", 2, "--hidden", "32,16", "--epochs", 2, "--out", again);
        assertThat(again).hasSameBinaryContentAs(vae);
    }

    @Test
    void evaluateGivesJson() throws IOException {
        Answer answer = run("evaluate", vae, "--data", "idx:" + digits, "--json");
        Map<String, Object> fields = JSON.std.mapFrom(answer.out());
        assertThat(fields)
                .containsEntry("examples", 300)
                .containsEntry("model", "vae")
                .containsKeys("reconstructionError", "pcaReconstructionError", "elbo", "kl");
        assertThat(number(fields, "elbo")).isBetween(-784 * Math.log(2), -100.0);
        assertThat(run("evaluate", ae, "--data", "idx:" + digits).out())
                .containsPattern("(?m)^Reconstruction error +0\\.\\d+ ± 0\\.\\d+ +squared units of the input$")
                .doesNotContain("ELBO");
    }

    @Test
    void evaluateDrawsOnesAndZerosWhereAsked() throws IOException {
        Answer grey = run("evaluate", vae, "--data", "idx:" + digits, "--json");
        Answer drawn = run("evaluate", vae, "--data", "idx:" + digits, "--binarise", "--json");
        assertThat(run("evaluate", vae, "--data", "idx:" + digits, "--binarise", "--json")
                        .out())
                .isEqualTo(drawn.out());
        Map<String, Object> fields = JSON.std.mapFrom(drawn.out());
        assertThat(fields).containsEntry("binarised", true);
        assertThat(JSON.std.mapFrom(grey.out())).containsEntry("binarised", false);
        // Ones and zeros scatter more than grey values, so they are further from any reconstruction.
        assertThat(number(fields, "reconstructionError"))
                .isGreaterThan(number(JSON.std.mapFrom(grey.out()), "reconstructionError") + 0.001);
        assertThat(run("evaluate", vae, "--data", "idx:" + digits, "--binarise", "--seed", 7)
                        .out())
                .containsPattern("(?m)^digits.*, 300 examples, ones and zeros drawn with seed 7$");
    }

    @Test
    void evaluateWritesAReportAndKeepsAnOldOne() throws IOException {
        Path report = folder.resolve("report");
        assertThat(run("evaluate", vae, "--data", "idx:" + digits, "--limit", 50, "--report", report)
                        .code())
                .isZero();
        assertThat(Files.list(report).map(f -> f.getFileName().toString()))
                .contains("index.html", "figures.json", "figures.csv", "worst-reconstructions.png", "manifold.png")
                .contains("reconstruction-errors.svg", "training-loss.svg", "training-loss.csv");
        assertThat(Files.readAllLines(report.resolve("training-loss.csv"))).hasSize(1 + 2 + 2);
        assertOneLine(
                run("evaluate", vae, "--data", "idx:" + digits, "--report", report),
                1,
                report + ": found a folder with files in it, expected a new one; --force writes into it all the same");
        assertThat(run("evaluate", ae, "--data", "idx:" + digits, "--report", report, "--force")
                        .code())
                .isZero();
        assertThat(report.resolve("manifold.png")).doesNotExist();
        Path below = vae.resolve("report");
        assertOneLine(
                run("evaluate", vae, "--data", "idx:" + digits, "--report", below, "--force"),
                1,
                vae + ": found a file, expected a folder or nothing there");
        assertOneLine(
                run("evaluate", vae, "--data", "idx:" + digits, "--force"),
                2,
                "--force: found it without --report, expected both, since it is about its folder (see: latent4j evaluate --help)");
        assertOneLine(
                run(
                        "evaluate",
                        vae,
                        "--data",
                        "idx:" + digits,
                        "--report",
                        report,
                        "--force",
                        "--reference",
                        "idx:" + digits),
                1,
                "--reference: found the same examples as with --data (%s), expected others, such as those of the training"
                        .formatted(digits.getFileName()));
        assertThat(run("evaluate", vae, "--data", "idx:" + digits, "--limit", 1, "--report", report, "--force")
                        .code())
                .isZero();
    }

    @Test
    void aQuickReportTrainsNothing() throws IOException {
        Path report = folder.resolve("quick");
        assertThat(run("evaluate", vae, "--data", "strokes:test", "--limit", 400, "--report", report, "--quick")
                        .code())
                .isZero();
        assertThat(Files.readString(report.resolve("figures.json")))
                .contains("\"mig\"", "\"mutualInformation\"")
                .doesNotContain("codeLinearAccuracy", "frechetDistance");
        assertOneLine(
                run("evaluate", vae, "--data", "strokes:test", "--quick"),
                2,
                "--quick: found it without --report, expected it with --report and without --reference, since it shortens reports and trains nothing (see: latent4j evaluate --help)");
    }

    @Test
    void aRunFolderThatIsNotThereIsToldOnThePage() throws IOException {
        Path alone = Files.copy(vae, folder.resolve("alone.zip"));
        Path report = folder.resolve("report");
        assertThat(run("evaluate", alone, "--data", "idx:" + digits, "--limit", 20, "--report", report)
                        .code())
                .isZero();
        assertThat(Files.readString(report.resolve("index.html")))
                .contains("There is no chart of the training. ", "alone.run", "found no such file");
        assertThat(report.resolve("training-loss.svg")).doesNotExist();
    }

    @Test
    void severalModelsAreSideBySide() throws IOException {
        Path report = folder.resolve("report");
        Answer table = run("evaluate", vae, ae, "--data", "idx:" + digits, "--report", report);
        assertThat(table.code()).isZero();
        assertThat(table.out())
                .containsPattern("(?m)^ +vae +ae$")
                .containsPattern("(?m)^Reconstruction error +0\\.\\d+ ± 0\\.\\d+ +0\\.\\d+ ± 0\\.\\d+ +squared units")
                .containsPattern("(?m)^ELBO +-\\d+\\.\\d+ ± \\d+\\.\\d+ +- +nats per example$");
        assertThat(report.resolve("ae-samples.png")).doesNotExist();
        assertThat(Files.readString(report.resolve("index.html")))
                .contains("<h1>Evaluation of 2 models</h1>", "<h2>vae</h2>", "<h2>ae</h2>");
        assertThat(report.resolve("comparison-errors-by-dimensions.svg")).exists();
        assertThat(report.resolve("vae-manifold.png")).exists();

        Map<String, Object> both = JSON.std.mapFrom(
                run("evaluate", vae, ae, "--data", "idx:" + digits, "--json").out());
        Map<String, Object> one = JSON.std.mapFrom(
                run("evaluate", vae, "--data", "idx:" + digits, "--json").out());
        assertThat(both.get("models"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2)
                .first()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("name", "vae")
                .containsEntry("file", vae.toString())
                .containsAllEntriesOf(one);
        assertOneLine(
                run("evaluate", vae, vae, "--data", "idx:" + digits),
                2,
                "MODEL: found %s twice, expected different models (see: latent4j evaluate --help)".formatted(vae));
    }

    @Test
    void drawsGiveALogLikelihood() throws IOException {
        Map<String, Object> fields =
                JSON.std.mapFrom(run("evaluate", vae, "--data", "idx:" + digits, "--limit", 20, "--draws", 50, "--json")
                        .out());
        assertThat(number(fields, "logLikelihood")).isGreaterThan(number(fields, "elbo"));
        Answer both = run("evaluate", vae, ae, "--data", "idx:" + digits, "--limit", 20, "--draws", 2);
        assertThat(both.out()).containsPattern("(?m)^Log likelihood +-\\d+\\.\\d+ ± \\d+\\.\\d+ +- +nats per example$");
        assertThat(both.err())
                .contains("ae: The log likelihood is left out: an autoencoder has none.")
                .contains("vae: For ", "the draws are worth fewer than 5");
        assertOneLine(
                run("evaluate", ae, "--data", "idx:" + digits, "--draws", 50),
                1,
                ae + ": found an autoencoder with --draws, expected a VAE, which alone has a likelihood");
        assertOneLine(
                run("evaluate", vae, "--data", "idx:" + digits, "--draws", 0),
                2,
                "--draws: found 0, expected at least 1 (see: latent4j evaluate --help)");
    }

    @Test
    void aModelThatDoesNotTakeTheDataIsNamed() throws IOException {
        Path table = folder.resolve("table.csv");
        Files.writeString(table, "1,2\n3,4\n5,7\n6,6\n".repeat(10));
        Path other = folder.resolve("other.zip");
        assertThat(run("train", "--data", "csv:" + table, "--latent", 1, "--epochs", 1, "--no-detector", "--out", other)
                        .code())
                .isZero();
        assertOneLine(
                run("evaluate", vae, other, "--data", "idx:" + digits),
                1,
                "digits.idx.gz: found examples of 28 x 28 grey pixels in [0, 1], expected %s, which %s takes"
                        .formatted(LatentModel.load(other).card().input().text(), other));
    }

    @Test
    void codesAreThoseOfTheModel() throws IOException {
        Path csv = folder.resolve("codes.csv");
        assertThat(run("encode", vae, "--data", "idx:" + digits, "--out", csv).code())
                .isZero();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(301).startsWith("z0,z1");
        float[] code =
                LatentModel.load(vae).encode(Datasets.strokes(300, 1).train().example(7));
        assertThat(lines.get(8)).isEqualTo(code[0] + "," + code[1]);

        Path idx = folder.resolve("codes.idx");
        assertThat(run("encode", vae, "--data", "strokes:test", "--limit", 5, "--out", idx)
                        .code())
                .isZero();
        assertThat(Files.size(idx)).isEqualTo(4 + 2 * 4 + 5 * 2 * 4);
        assertOneLine(
                run("encode", vae, "--data", "idx:" + digits, "--out", folder.resolve("codes.txt")),
                1,
                folder.resolve("codes.txt")
                        + ": found another ending, expected .csv, .idx or .idx.gz, or .png where there are pictures");
    }

    @Test
    void reconstructionsAndSamplesAreDrawnOrWritten() throws IOException {
        Path pairs = folder.resolve("pairs.png");
        Path values = folder.resolve("values.csv");
        Path samples = folder.resolve("samples.png");
        assertThat(run("reconstruct", vae, "--data", "idx:" + digits, "--out", pairs)
                        .code())
                .isZero();
        assertThat(run("reconstruct", vae, "--data", "idx:" + digits, "--limit", 3, "--out", values)
                        .code())
                .isZero();
        assertThat(run("sample", vae, "--count", 9, "--out", samples).code()).isZero();
        assertThat(ImageIO.read(pairs.toFile()).getWidth()).isGreaterThan(280);
        assertThat(Files.readAllLines(values)).hasSize(4);
        BufferedImage image = ImageIO.read(samples.toFile());
        assertThat(image.getWidth()).isEqualTo(image.getHeight());
        assertOneLine(
                run("sample", ae, "--out", samples),
                1,
                ae
                        + ": found an autoencoder, expected a VAE, which alone has a prior to sample from; --from mixture --data"
                        + " SOURCE samples from a mixture fitted to its codes");
        assertOneLine(
                run("sample", vae, "--count", 0, "--out", samples),
                2,
                "--count: found 0, expected at least 1 (see: latent4j sample --help)");
    }

    @Test
    void aTableIsTrainedOnAndReconstructed() throws IOException {
        Path table = folder.resolve("table.csv");
        StringBuilder rows = new StringBuilder("width,height,kind\n");
        for (int i = 0; i < 60; i++) {
            rows.append(i / 30.0).append(',').append(1 - i / 60.0).append(i < 30 ? ",small\n" : ",large\n");
        }
        Files.writeString(table, rows);
        Path model = folder.resolve("table.zip");
        Answer trained = run("train", "--data", "csv:" + table, "--label", "kind", "--epochs", 1, "--out", model);
        assertThat(trained.err()).contains("VAE 2-128-2-128-2, relu, gaussian:per-feature:0.001:1000.0");
        Path out = folder.resolve("reconstructed.csv");
        assertThat(run("reconstruct", model, "--data", "csv:" + table, "--label", "kind", "--out", out)
                        .code())
                .isZero();
        assertThat(Files.readAllLines(out)).hasSize(61).first().isEqualTo("width,height,label");
        Path other = folder.resolve("other.csv");
        Files.writeString(other, rows.toString().replaceAll("(?m)^([^,]*),([^,]*),(.*)$", "$2;x;$3;$1"));
        Path again = folder.resolve("again.csv");
        assertThat(run("reconstruct", model, "--data", "csv:" + other, "--label", "kind", "--out", again)
                        .code())
                .isZero();
        assertThat(again).hasSameTextualContentAs(out);
        Answer refused = run("encode", model, "--data", "csv:" + other, "--scaling", "none", "--out", again);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("the model says what its columns are");
        Files.writeString(other, "width,hight\n1,2\n");
        assertThat(run("encode", model, "--data", "csv:" + other, "--out", again)
                        .err())
                .contains("line 1: found no column height, expected it among 2; the nearest is hight");
        assertOneLine(
                run("sample", model, "--out", folder.resolve("samples.png")),
                1,
                "found 2 numeric columns: width, height, expected images: a table has no picture");
    }

    @Test
    void inspectShowsWhereAModelCameFrom() throws IOException {
        assertThat(run("inspect", vae).out())
                .contains("VAE 784-32-16-2-16-32-784, relu, bernoulli")
                .contains("digits.idx.gz")
                .containsPattern("(?m)^engine  +fused$")
                .containsPattern("(?m)^plan$")
                .containsPattern("(?m)^  epochs  +2$")
                .containsPattern("(?m)^  learningRate  +0.001$")
                .containsPattern("(?m)^  warmUp  +none$")
                .contains("processor");
        Map<String, Object> fields =
                JSON.std.mapFrom(run("inspect", vae, "--json").out());
        assertThat(fields).containsKeys("format", "model", "input", "provenance", "metrics", "parameters");
        assertThat(fields.get("provenance"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("plan", TrainingPlan.defaults().withEpochs(2).fields());
    }

    @Test
    void exportWritesOnnx() throws IOException {
        Path file = folder.resolve("m.onnx");
        Answer answer = run("export", vae, "--out", file);
        assertThat(answer.out())
                .isEqualTo("wrote %s: from x to code, reconstruction, mean, log_variance%n".formatted(file));
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
        ByteArrayOutputStream same = new ByteArrayOutputStream();
        LatentModel model = LatentModel.load(vae);
        OnnxFile.write(model, OnnxOutput.ofExamples(model.spec()), same);
        assertThat(file).hasBinaryContent(same.toByteArray());

        Answer both = run("export", ae, "--out", file, "--outputs", "Decoded,code", "--json");
        assertThat(JSON.std.mapFrom(both.out()))
                .containsEntry("file", file.toString())
                .containsEntry("inputs", List.of("x", "z"))
                .containsEntry("outputs", List.of("code", "decoded"))
                .containsEntry("opset", 13);
    }

    @Test
    void whatCannotBeExportedIsTold() throws IOException {
        Path file = folder.resolve("m.onnx");
        assertOneLine(
                run("export", ae, "--out", file, "--outputs", "code,mean"),
                1,
                "found output 'mean' of an autoencoder, expected some of code, reconstruction, decoded");
        assertOneLine(
                run("export", vae, "--out", file, "--outputs", "code,variance"),
                2,
                "found output 'variance', expected one of code, reconstruction, mean, log_variance, decoded"
                        + " (see: latent4j export --help)");
        assertOneLine(
                run("export", vae, "--out", folder.resolve("m.zip")),
                1,
                folder.resolve("m.zip") + ": found another ending, expected .onnx");
        assertOneLine(
                run("export", vae, "--out", folder.resolve("none/m.onnx")),
                1,
                folder.resolve("none/m.onnx") + ": found no folder to write into, expected one");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void datasetsAreListed() {
        assertThat(run("datasets").out()).contains("strokes", "built in", "mnist", "fashion-mnist");
        assertThat(run("datasets", "mnist").out()).contains("licence", "CC BY-SA 3.0");
        assertThat(run("datasets", "minst").code()).isEqualTo(2);
        assertThat(run("datasets", "minst").err()).contains("minst").contains("mnist");
    }

    @Test
    void helpAndVersion() {
        assertThat(run("--help").out()).contains("demo", "train", "evaluate", "Exit codes");
        assertThat(run("train", "--help").out()).contains("--latent", "default");
        assertThat(run("--version").out()).startsWith("latent4j 0.");
        assertThat(run().code()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--latent=0 | latent size: found 0, expected at least 1",
                "--learning-rate=-1 | --learning-rate: found -1.0, expected a number above 0",
                "--epochs=0 | --epochs: found 0, expected at least 1",
                "--likelihood=poisson | found likelihood 'poisson', expected bernoulli, gaussian, gaussian:VARIANCE,"
                        + " gaussian:per-feature[:MIN:MAX], gaussian:per-example[:MIN:MAX] or blocks of features such as"
                        + " gaussian[3]+bernoulli[1]+categorical[5]",
                "--weights=tied | --weights tied: found it with --model vae, expected it with ae alone",
                "--hidden=64,0 | size of an encoder layer: found 0, expected at least 1",
            })
    void wrongValuesAreWrongUsage(String option, String message) {
        Path out = folder.resolve("m.zip");
        Answer answer = run("train", "--data", "idx:" + digits, "--out", out, option);
        assertThat(answer.err().lines().reduce((a, b) -> b)).hasValue(message + " (see: latent4j train --help)");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @Test
    void unknownOptionsAndDataSetsAreToldWithTheNearestName() {
        assertOneLine(
                run("train", "--data", "strokes", "--out", "m.zip", "--latnt", 3),
                2,
                "Unknown options: '--latnt', '3'. Possible solutions: --label, --latent (see: latent4j train --help)");
        Answer misplaced = run("train", "--data", "strokes", "--separator", ";", "--out", folder.resolve("m.zip"));
        assertThat(misplaced.code()).isEqualTo(2);
        assertThat(misplaced.err()).contains("options of tables: found it with the source strokes");
        Answer encoding =
                run("train", "--data", "csv:t.csv", "--encoding", "utf8000", "--out", folder.resolve("m.zip"));
        assertThat(encoding.code()).isEqualTo(2);
        assertThat(encoding.err()).contains("--encoding: found utf8000");
        Answer unknown = run("train", "--data", "fashion-minst", "--out", folder.resolve("m.zip"));
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("fashion-minst").contains("the nearest is fashion-mnist");
    }

    @Test
    void anExistingModelSurvivesAFailedRun() throws IOException {
        Path model = folder.resolve("m.zip");
        Files.copy(vae, model);
        Path table = folder.resolve("broken.csv");
        Files.writeString(table, "a,b\n1,2\n3\n");
        Answer answer = run("train", "--data", "csv:" + table, "--out", model);
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("broken.csv").contains("line 3").contains("expected 2 fields");
        assertThat(model).hasSameBinaryContentAs(vae);

        assertOneLine(
                run("train", "--data", "idx:" + digits, "--out", folder.resolve("none/m.zip")),
                1,
                folder.resolve("none/m.zip") + ": found no folder to write into, expected one");
        assertThat(Files.list(folder)).containsExactlyInAnyOrder(model, table);
    }

    @ParameterizedTest
    @CsvSource({
        "train --data strokes --out m.zip --model gan, --model: found 'gan'; expected ae or vae, train",
        "train --data strokes --out m.zip --latent two, --latent: found 'two'; expected a whole number below 2^31, train",
        "train --data strokes --out m.zip --hidden 8;x, --hidden: found 'x'; expected a whole number below 2^31, train",
        "sample m.zip --out s.png --seed 1.5, --seed: found '1.5'; expected a whole number below 2^63, sample",
        "sample m.zip --out s.png --temperature hot, --temperature: found 'hot'; expected a number, sample",
        "completion fish, bash|zsh: found 'fish'; expected bash or zsh, completion",
    })
    void aValueOfAnotherKindIsTold(String line, String message, String command) {
        assertOneLine(
                run((Object[]) line.replace(';', ',').split(" ")),
                2,
                "%s (see: latent4j %s --help)".formatted(message.replace(';', ','), command));
    }

    @Test
    void aCommandThatIsNotThereIsToldWithThoseThatAre() {
        assertOneLine(
                run("frobnicate", "m.zip"),
                2,
                "found no command 'frobnicate', expected one of %s (see: latent4j --help)"
                        .formatted(String.join(", ", CommandGroups.names())));
    }

    @Test
    void badModelsAndDataThatDoNotFitAreTold() throws IOException {
        Path broken = folder.resolve("broken.zip");
        Files.writeString(broken, "no zip");
        assertOneLine(run("inspect", broken), 1, broken + ": found no zip file, expected a model file");
        assertOneLine(
                run("inspect", folder.resolve("none.zip")),
                1,
                folder.resolve("none.zip") + ": found no such model, expected a model file or a folder with model.zip");
        Path table = folder.resolve("table.csv");
        Files.writeString(table, "1,2\n3,4\n");
        assertOneLine(
                run("evaluate", vae, "--data", "csv:" + table),
                1,
                "table.csv: found examples of 2 numeric columns: c0, c1, expected 28 x 28 grey pixels in [0, 1],"
                        + " which the model takes");
    }

    @Test
    void demoWritesItsPage() throws IOException {
        Path demo = folder.resolve("demo");
        Answer answer = run("demo", "--examples", 300, "--epochs", 1, "--out", demo);
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("ELBO on 50 unseen examples").contains("index.html");
        assertThat(Files.list(demo).map(f -> f.getFileName().toString()))
                .contains("index.html", "manifold.png", "model.zip", "reconstructions.png", "samples.png")
                .contains("figures.json", "training-loss.svg");
    }

    /** Debian packages Fashion-MNIST. A model that knows nothing gives every pixel one half: -784 ln 2, or -543 nats. */
    @Test
    @Tag("debian")
    @EnabledIf("fashionMnistIsExpected")
    void fashionMnist() throws IOException {
        Path model = folder.resolve("fashion.zip");
        assertThat(run(
                                "train",
                                "--data",
                                "fashion-mnist",
                                "--limit",
                                6000,
                                "--hidden",
                                "128",
                                "--epochs",
                                2,
                                "--out",
                                model)
                        .code())
                .isZero();
        Map<String, Object> fields =
                JSON.std.mapFrom(run("evaluate", model, "--data", "fashion-mnist:test", "--limit", 1000, "--json")
                        .out());
        assertThat(number(fields, "elbo")).isGreaterThan(-350);
    }

    /** Where Debian's package is not installed the test is left out, but not in CI, which installs it. */
    static boolean fashionMnistIsExpected() {
        return System.getenv("CI") != null || Files.isDirectory(Path.of("/usr/share/datasets/fashion-mnist"));
    }
}
