package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.latent4j.data.Examples;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.Detection;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MomentFormat;
import io.github.latent4j.runtime.Scaling;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorFitTest {
    private static final Table TABLE = new Table(List.of(
            new Column.Numeric("amount", new Scaling.Linear(Scaling.Basis.STANDARD, 100, 30, 10), true),
            new Column.Category("colour", List.of("red", "green", "blue"), false),
            new Column.Flag("paid", "no", "yes", false),
            new Column.Moment(
                    "day",
                    MomentFormat.ISO,
                    false,
                    LocalDate.of(2025, 1, 1),
                    LocalDate.of(2025, 12, 31),
                    Set.of(Column.Cycle.WEEK),
                    false)));

    /** Red ones are cheap, and paid; the others are neither. Every tenth amount is missing. */
    private static List<Map<String, @Nullable Object>> records(int count, long seed) {
        Random random = new Random(seed);
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            boolean red = random.nextBoolean();
            double amount = (red ? 70 : 130) + 5 * random.nextGaussian();
            Map<String, @Nullable Object> record = new LinkedHashMap<>();
            record.put("amount", random.nextInt(10) == 0 ? null : (Double) amount);
            record.put("colour", red ? "red" : random.nextBoolean() ? "green" : "blue");
            record.put("paid", red);
            record.put("day", LocalDate.of(2025, 1, 1).plusDays(random.nextInt(365)));
            records.add(record);
        }
        return records;
    }

    private static Matrix rows(int count, long seed) {
        return Matrix.of(records(count, seed).stream().map(TABLE::features).toArray(float[][]::new));
    }

    private static LatentModel fit(int rows, int epochs, TrainingEngine engine, DetectionPlan plan) {
        TrainingPlan training = TableDefaults.plan(rows).with(Map.of("epochs", String.valueOf(epochs)));
        return AnomalyTrainer.with(Trainer.with(training).using(engine))
                .withPlan(plan)
                .fit(TableDefaults.spec(TABLE), Examples.of(rows(rows, 1), TABLE, "mixed"))
                .model();
    }

    private static byte[] file(LatentModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05})
    void anyNumberOfWorkersGivesTheSameFile(double contamination) throws IOException {
        DetectionPlan plan = DetectionPlan.defaults().withContamination(contamination);
        byte[] one = file(fit(400, 3, TrainingEngine.fused(1), plan));
        assertThat(file(fit(400, 3, TrainingEngine.fused(2), plan))).isEqualTo(one);
        assertThat(file(fit(400, 4, TrainingEngine.fused(1), plan))).isNotEqualTo(one);
    }

    @Test
    void withoutReferenceRowsNoRowOfTheTrainingDataIsInTheFile() throws IOException {
        LatentModel with = fit(200, 3, TrainingEngine.fused(1), DetectionPlan.defaults());
        LatentModel without =
                fit(200, 3, TrainingEngine.fused(1), DetectionPlan.defaults().withReference(0));
        Detection detection = without.card().detection().orElseThrow();
        assertThat(detection.reference()).isEmpty();
        assertThat(detection.parts().stream().map(Detection.Part::score)).containsExactly(AnomalyScore.SURPRISE);
        assertThat(with.card()
                        .detection()
                        .orElseThrow()
                        .reference()
                        .orElseThrow()
                        .rows())
                .isEqualTo(160);
        // The files are not compressed.
        assertThat(rowsIn(file(with))).isGreaterThanOrEqualTo(160);
        assertThat(rowsIn(file(without))).isZero();
        assertThat(text(file(with))).contains("reference.bin");
        assertThat(text(file(without))).doesNotContain("reference.bin");
        AnomalyDetector detector = AnomalyDetector.of(LatentModel.load(new ByteArrayInputStream(file(without))));
        assertThat(Arrays.stream(detector.scores(rows(50, 2)))).allMatch(Double::isFinite);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** How many rows of the training data stand in a file, as floats in either order or as doubles. */
    private static int rowsIn(byte[] file) {
        String text = text(file);
        Matrix rows = rows(200, 1);
        int found = 0;
        for (int r = 0; r < rows.rows(); r++) {
            ByteBuffer big = ByteBuffer.allocate(4 * rows.columns());
            ByteBuffer little = ByteBuffer.allocate(4 * rows.columns()).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer doubles = ByteBuffer.allocate(8 * rows.columns());
            for (float value : rows.row(r)) {
                big.putFloat(value);
                little.putFloat(value);
                doubles.putDouble(value);
            }
            found += text.contains(text(big.array()))
                            || text.contains(text(little.array()))
                            || text.contains(text(doubles.array()))
                    ? 1
                    : 0;
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30})
    void fewRowsAreEnough(int rows) throws IOException {
        for (double contamination : new double[] {0, 0.1}) {
            LatentModel fitted = fit(
                    rows, 20, TrainingEngine.fused(1), DetectionPlan.defaults().withContamination(contamination));
            LatentModel model = LatentModel.load(new ByteArrayInputStream(file(fitted)));
            AnomalyDetector detector = AnomalyDetector.of(model);
            for (Map<String, @Nullable Object> record : records(50, 2)) {
                AnomalyDetector.Verdict verdict = detector.judge(record);
                assertThat(verdict.score()).isFinite();
                assertThat(verdict.pValue()).isGreaterThan(0).isLessThanOrEqualTo(1);
                assertThat(detector.reasons(record)).hasSizeBetween(3, 4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 19})
    void fewerAreRefused(int rows) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fit(rows, 1, TrainingEngine.fused(1), DetectionPlan.defaults()))
                .withMessage("mixed: found %d examples, expected at least 20 to fit a detector", rows);
    }

    @Test
    void whatColumnsOfAllKindsSayOfEachOtherIsLearnt() {
        LatentModel model = fit(600, 60, TrainingEngine.fused(1), DetectionPlan.defaults());
        AnomalyDetector detector = AnomalyDetector.of(model);
        assertThat(model.card().detection().orElseThrow().parts().stream().map(Detection.Part::score))
                .containsExactly(AnomalyScore.SURPRISE, AnomalyScore.CODES, AnomalyScore.NEIGHBOURS);
        List<Map<String, @Nullable Object>> normal = records(200, 3);
        long alarms = normal.stream()
                .filter(record -> detector.judge(record).anomaly())
                .count();
        assertThat(alarms).isLessThan(30); // 5 % are aimed at
        int aboutTheDay = 0;
        int odd = 0;
        for (Map<String, @Nullable Object> record : normal) {
            Map<String, @Nullable Object> tampered = new LinkedHashMap<>(record);
            tampered.put("paid", !Boolean.TRUE.equals(record.get("paid")));
            aboutTheDay += detector.reasons(tampered).get(0).column().equals("day") ? 1 : 0;
            odd += detector.judge(tampered).anomaly() ? 1 : 0;
        }
        assertThat(odd).isGreaterThan(180);
        assertThat(aboutTheDay).isLessThan(20); // which says nothing of the others
    }
}
