package io.github.latent4j.cli;

import static io.github.latent4j.cli.MainTest.assertOneLine;
import static io.github.latent4j.cli.MainTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.cli.MainTest.Answer;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.data.IdxWriter;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.AnomalyDetector.Verdict;
import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.Detection;
import io.github.latent4j.runtime.LatentModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Detectors on the command line, on a table of normal rows, and one with a few others among them. */
class AnomalyCommandsTest {
    private static final int ROWS = 60;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path normal;
    private static Path mixed;
    private static Path model;

    @BeforeAll
    static void trainOnNormalRows() throws IOException {
        normal = Files.writeString(shared.resolve("normal.csv"), table(300, 0, 1));
        mixed = Files.writeString(shared.resolve("mixed.csv"), table(ROWS, 6, 2));
        model = shared.resolve("model.zip");
        Answer trained = train(model);
        assertThat(trained.code()).isZero();
        assertThat(trained.err())
                .containsPattern(
                        "anomaly detector: score combined of surprise, .*; threshold .* for a rate of false alarms of 0.05, from 30 held-out examples; 240 rows of the training data are part of the model file");
    }

    private static Answer train(Path out, Object... more) {
        Object[] start = {
            "train",
            "--data",
            "csv:" + normal,
            "--label",
            "kind",
            "--hidden",
            "16",
            "--latent",
            2,
            "--epochs",
            40,
            "--out",
            out
        };
        Object[] all = Arrays.copyOf(start, start.length + more.length);
        System.arraycopy(more, 0, all, start.length, more.length);
        return run(all);
    }

    /** Weight goes with length, and colour with both; the first rows are anomalies, whose weight does not. */
    private static String table(int rows, int anomalies, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder lines = new StringBuilder("length,weight,colour,kind\n");
        for (int i = 0; i < rows; i++) {
            double length = 10 + 3 * random.nextDouble();
            double weight = i < anomalies ? 90 - 4 * length : 2 * length + 0.1 * random.nextGaussian();
            String shown = i % 10 == 9 ? "" : String.format(Locale.ROOT, "%.3f", weight);
            lines.append(String.format(
                    Locale.ROOT,
                    "%.3f,%s,%s,%s%n",
                    length,
                    shown,
                    length > 11.5 ? "red" : "blue",
                    i < anomalies ? "bad" : "ok"));
        }
        return lines.toString();
    }

    private static List<String[]> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(",", -1))
                .toList();
    }

    @Test
    void aReasonSaysNoMoreThanFeaturesTell() throws IOException {
        Path pumps = Path.of("../../models/pump-anomalies");
        Path out = folder.resolve("scores.csv");
        Answer answer =
                run("score", pumps, "--data", "csv:" + pumps.resolve("test.csv"), "--label", "faulty", "--out", out);
        assertThat(answer.code()).isZero();
        assertThat(Files.readAllLines(out).get(2))
                .as("of a night in 2025")
                .containsPattern("time: found a time like 2024-\\d\\d-\\d\\dT02:11:00, expected one like 2024-");
        assertThat(Files.readString(out)).doesNotContainPattern("found (\\w+), expected \\1 ");
    }

    @Test
    void scoresAreThoseOfRawRecordsBitForBit() throws IOException {
        Path out = folder.resolve("scores.csv");
        Answer answer = run("score", model, "--data", "csv:" + mixed, "--out", out, "--top", 0);
        assertThat(answer.code()).isZero();
        AnomalyDetector detector = AnomalyDetector.of(LatentModel.load(model));
        List<String[]> cells = read(mixed);
        List<String[]> scores = read(out);
        assertThat(scores).hasSize(ROWS + 1);
        assertThat(scores.get(0)).containsExactly("row", "score", "pValue", "anomaly");
        int anomalies = 0;
        for (int i = 1; i <= ROWS; i++) {
            Map<String, Object> record = new HashMap<>();
            for (int c = 0; c < 3; c++) {
                record.put(cells.get(0)[c], cells.get(i)[c]);
            }
            Verdict verdict = detector.judge(record);
            assertThat(scores.get(i))
                    .containsExactly(
                            String.valueOf(i),
                            String.valueOf(verdict.score()),
                            String.valueOf(verdict.pValue()),
                            String.valueOf(verdict.anomaly()));
            anomalies += verdict.anomaly() ? 1 : 0;
        }
        assertThat(anomalies).isBetween(1, ROWS - 1);
        assertThat(answer.out()).startsWith("wrote %s: %d rows, %d anomalies (".formatted(out, ROWS, anomalies));
    }

    @Test
    void anomaliesGetReasons() throws IOException {
        Path some = folder.resolve("some.csv");
        Path all = folder.resolve("all.csv");
        run("score", model, "--data", "csv:" + mixed, "--out", some, "--json");
        Answer answer =
                run("score", model, "--data", "csv:" + mixed, "--out", all, "--reasons", "all", "--top", 1, "--json");
        assertThat(JSON.std.mapFrom(answer.out()))
                .containsEntry("file", all.toString())
                .containsEntry("rows", ROWS)
                .containsKeys("anomalies", "threshold");
        List<String[]> rows = read(some);
        assertThat(rows.get(0)).containsExactly("row", "score", "pValue", "anomaly", "reason1", "reason2", "reason3");
        assertThat(rows.stream().skip(1)).anyMatch(row -> row[3].equals("true"));
        assertThat(Files.readAllLines(some).stream().skip(1)).allSatisfy(line -> {
            if (line.contains(",true,")) {
                assertThat(line)
                        .containsPattern(
                                "true,\"(length|weight|colour): found .+, expected \\S+ \\([0-9.]+ nats\\)\",");
            } else {
                assertThat(line).endsWith(",false,,,");
            }
        });
        // A row whose weight is missing has reasons from its other cells.
        assertThat(Files.readAllLines(all).stream().skip(1))
                .allMatch(line -> line.matches(".*,(true|false),\"(length|weight|colour): found .*, expected .*\""));
        assertThat(Files.readAllLines(all).get(10)).doesNotContain("weight");
    }

    @Test
    void evaluateHoldsScoresAgainstLabels() throws IOException {
        Answer answer = run("evaluate", model, "--data", "csv:" + mixed, "--label", "kind", "--json");
        assertThat(JSON.std.mapFrom(answer.out()))
                .containsEntry("anomalies", 6)
                .containsKeys("auroc", "averagePrecision", "falseAlarms", "recall", "precision", "threshold");
        assertThat((Double) JSON.std.mapFrom(answer.out()).get("auroc")).isGreaterThan(0.8);

        Path report = folder.resolve("report");
        Answer turned = run(
                "evaluate", model, "--data", "csv:" + mixed, "--label", "kind", "--anomaly", "ok", "--report", report);
        assertThat(turned.out())
                .containsPattern("Anomalies +54 +of 60 examples")
                .containsPattern("AUROC +0\\.[01]")
                .containsPattern("False alarms +[\\d.]+ % +of the normal examples");
        assertThat(Files.readString(report.resolve("index.html")))
                .contains("<h2>Anomalies</h2>", "of 60 examples", "Average precision");
        assertThat(report.resolve("roc.svg")).exists();
        assertThat(report.resolve("precision-recall.csv")).exists();
        assertThat(report.resolve("errors-by-column.csv")).exists();
    }

    @Test
    void withoutLabelsTheShareAboveTheThresholdIsLeft() throws IOException {
        Map<String, Object> fields = JSON.std.mapFrom(
                run("evaluate", model, "--data", "csv:" + mixed, "--json").out());
        assertThat(fields).containsKeys("threshold", "shareAboveThreshold").doesNotContainKeys("auroc", "anomalies");
        Answer alone = run("evaluate", model, "--data", "csv:" + normal, "--label", "kind", "--json");
        assertThat(alone.err())
                .contains("The data have normal examples alone, so what compares them with anomalies is left out.");
        assertThat(JSON.std.mapFrom(alone.out())).containsKey("falseAlarms").doesNotContainKey("auroc");
    }

    @Test
    void labelsThatDoNotTellAreToldOf() throws IOException {
        Path three = folder.resolve("three.csv");
        Files.writeString(three, Files.readString(mixed).replaceFirst(",ok", ",odd"));
        Answer left = run("evaluate", model, "--data", "csv:" + three, "--label", "kind");
        assertThat(left.err())
                .contains(
                        "How right the detector is, is left out: three.csv: label column kind: found 3 values (bad, odd, ok), expected two, or to be told which one is the anomaly (--anomaly VALUE).");
        assertThat(left.code()).isZero();
        assertThat(left.out()).contains("Above the threshold").doesNotContain("AUROC");
        assertThat(run("evaluate", model, "--data", "csv:" + three, "--label", "kind", "--anomaly", "bad")
                        .out())
                .contains("AUROC");
        Path unknown = folder.resolve("unknown.csv");
        Files.writeString(unknown, Files.readString(mixed).replace(",ok", ",usual"));
        assertThat(run("evaluate", model, "--data", "csv:" + unknown, "--label", "kind")
                        .err())
                .contains(
                        "unknown.csv: label column kind: found the values bad, usual, expected to be told which value is the anomaly (--anomaly VALUE)");
        assertOneLine(
                run("evaluate", model, "--data", "csv:" + mixed, "--anomaly", "bad"),
                2,
                "--anomaly: found it without labels, expected data with labels; --label names the column of a CSV file (see: latent4j evaluate --help)");
    }

    @Test
    void aModelNeedsADetector() {
        Path plain = folder.resolve("plain.zip");
        assertThat(train(plain, "--no-detector").code()).isZero();
        Path out = folder.resolve("scores.csv");
        assertOneLine(
                run("score", plain, "--data", "csv:" + mixed, "--out", out),
                1,
                plain
                        + ": found a model without an anomaly detector, expected one that was trained with it, as train does for tables and with --detector for other data");
        assertOneLine(
                run("score", model, "--data", "csv:" + mixed, "--out", folder.resolve("scores.idx")),
                1,
                folder.resolve("scores.idx") + ": found another ending, expected .csv");
        assertOneLine(
                run("score", model, "--data", "csv:" + mixed, "--out", out, "--top", -1),
                2,
                "--top: found -1, expected at least 0 (see: latent4j score --help)");
        assertThat(out).doesNotExist();
    }

    @Test
    void optionsOfTheDetectorReachIt() throws IOException {
        Path out = folder.resolve("m.zip");
        Answer answer = train(out, "--no-reference", "--score", "reconstruction", "--false-alarms", 0.2, "--json");
        assertThat(JSON.std.mapFrom(answer.out()))
                .containsEntry("score", "reconstruction")
                .containsKey("threshold");
        Detection detection = LatentModel.load(out).card().detection().orElseThrow();
        assertThat(detection.score()).isEqualTo(AnomalyScore.RECONSTRUCTION);
        assertThat(detection.reference()).isEmpty();
        assertThat(detection.rule()).contains("0.2");
        assertThat(train(out, "--contamination", 0.1).err()).contains("expected share of anomalies of 0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--false-alarms=1 | --false-alarms: found 1.0, expected a number above 0 and below 1",
                "--contamination=0.5 | --contamination: found 0.5, expected a number from 0 to below 0.5",
                "--score=oddity | anomaly score: found 'oddity', expected reconstruction, elbo, log-likelihood, surprise,"
                        + " neighbours, codes, combined",
                "--score=codes --no-reference | --no-reference: found it with --score codes, expected a score without"
                        + " distances to rows",
                "--detector --no-detector | --no-detector: found it with --detector, expected one of both",
                "--no-detector --false-alarms=0.1 | --false-alarms: found it with --no-detector, expected it with a"
                        + " detector alone",
            })
    void wrongOptionsAreWrongUsage(String options, String message) {
        Path out = folder.resolve("m.zip");
        Answer answer = train(out, (Object[]) options.split(" "));
        assertThat(answer.err().lines().reduce((a, b) -> b)).hasValue(message + " (see: latent4j train --help)");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @Test
    void imagesGetADetectorOnDemand() throws IOException {
        Path digits = folder.resolve("digits.idx");
        try (IdxWriter writer = IdxWriter.bytes(digits, 28, 28)) {
            writer.write(Datasets.strokes(100, 1).train().read(0, 100));
            writer.finish();
        }
        Path out = folder.resolve("digits.zip");
        Object[] train = {"train", "--data", "idx:" + digits, "--hidden", 8, "--latent", 2, "--epochs", 1, "--out", out
        };
        Object[] wrong = Arrays.copyOf(train, train.length + 1);
        wrong[train.length] = "--no-reference";
        assertOneLine(
                run(wrong),
                2,
                "--no-reference: found it with 28 x 28 grey pixels in [0, 1] and without a detector, expected --detector too (see: latent4j train --help)");
        Object[] right = wrong.clone();
        right[train.length] = "--detector";
        assertThat(run(right).code()).isZero();
        Path scores = folder.resolve("scores.csv");
        assertThat(run("score", out, "--data", "idx:" + digits, "--out", scores).code())
                .isZero();
        assertThat(Files.readAllLines(scores)).hasSize(101).first().isEqualTo("row,score,pValue,anomaly");
        assertOneLine(
                run("score", out, "--data", "idx:" + digits, "--out", scores, "--reasons", "all"),
                2,
                "--reasons: found it with a detector that gives no reasons, expected one of a table (see: latent4j score --help)");
    }
}
