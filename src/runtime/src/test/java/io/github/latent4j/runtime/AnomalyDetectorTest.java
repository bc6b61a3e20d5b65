package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.runtime.AnomalyDetector.Reason;
import io.github.latent4j.runtime.AnomalyDetector.Verdict;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.internal.Rarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnomalyDetectorTest {
    private static final int THREADS = 8;

    private static final Table TABLE = RandomTables.ofAllKinds();
    private static final List<Map<String, String>> RECORDS = records(60, 1);
    private static final LatentModel MODEL = RandomModels.of(
            VaeSpec.of(TABLE.size(), 3)
                    .withHidden(8)
                    .withLikelihood(TABLE.likelihood())
                    .withCorruption(new Corruption.Masking(0.2)),
            1);

    private static List<Map<String, String>> records(int count, long seed) {
        Random random = new Random(seed);
        List<Map<String, String>> records = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            Map<String, String> record = new LinkedHashMap<>();
            for (Column column : TABLE.columns()) {
                record.put(column.name(), RandomTables.cell(column, random));
            }
            records.add(record);
        }
        return records;
    }

    private static Matrix features(List<Map<String, String>> records) {
        return Matrix.of(records.stream().map(TABLE::features).toArray(float[][]::new));
    }

    private static Detection detection(AnomalyScore score, List<Detection.Part> parts, double... calibration) {
        double[] spreads = new double[TABLE.size()];
        Arrays.fill(spreads, 0.5);
        boolean reference = parts.stream().anyMatch(part -> part.score().needsReference());
        return new Detection(
                score,
                parts,
                spreads,
                3,
                4,
                calibration,
                calibration[calibration.length - 1],
                "by hand",
                reference ? Optional.of(features(records(30, 2))) : Optional.empty());
    }

    private static AnomalyDetector alone(AnomalyScore score, double... calibration) {
        Detection.Part part = new Detection.Part(score, calibration);
        return AnomalyDetector.of(
                MODEL.withCard(ModelCard.of(TABLE).withDetection(detection(score, List.of(part), calibration))));
    }

    /** All that there is but the combination itself. */
    private static AnomalyDetector combined() {
        List<Detection.Part> parts = Arrays.stream(AnomalyScore.values())
                .filter(score -> score != AnomalyScore.COMBINED)
                .map(score -> new Detection.Part(
                        score,
                        Arrays.stream(alone(score, 0).scores(features(records(20, 3))))
                                .sorted()
                                .toArray()))
                .toList();
        return AnomalyDetector.of(MODEL.withCard(
                ModelCard.of(TABLE).withDetection(detection(AnomalyScore.COMBINED, parts, 0.5, 1, 1.5, 2))));
    }

    @Test
    void pValuesCountTheHeldOutScoresThatAreAtLeastAsOdd() {
        AnomalyDetector detector = alone(AnomalyScore.RECONSTRUCTION, 1, 2, 2, 5);
        double[] scores = {Double.NEGATIVE_INFINITY, 0, 1, 1.5, 2, 2.1, 5, 5.1, Double.POSITIVE_INFINITY};
        assertThat(Arrays.stream(scores).map(detector::pValue))
                .containsExactly(1.0, 1.0, 1.0, 0.8, 0.8, 0.4, 0.4, 0.2, 0.2);
        assertThat(alone(AnomalyScore.RECONSTRUCTION, 3).pValue(3)).isEqualTo(1);
        assertThat(alone(AnomalyScore.RECONSTRUCTION, 3).pValue(4)).isEqualTo(0.5);
    }

    @Test
    void anAnomalyIsAboveTheThresholdAndNotAtIt() {
        AnomalyDetector detector = alone(AnomalyScore.RECONSTRUCTION, 1, 5);
        assertThat(detector.threshold()).isEqualTo(5);
        assertThat(detector.isAnomaly(5)).isFalse();
        assertThat(detector.isAnomaly(Math.nextUp(5.0))).isTrue();
    }

    @Test
    void theCombinationIsTheMeanOfHowRareItsPartsAre() {
        AnomalyDetector detector = combined();
        for (Map<String, String> record : RECORDS) {
            float[] row = TABLE.features(record);
            double mean = detector.detection().parts().stream()
                            .mapToDouble(part -> new Rarity(part.calibration())
                                    .of(alone(part.score(), 0).score(row)))
                            .sum()
                    / detector.detection().parts().size();
            assertThat(detector.score(row)).isCloseTo(mean, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(AnomalyScore.class)
    void aRecordIsJudgedAsItsFeaturesAreAloneAndInAnyBatch(AnomalyScore score) {
        AnomalyDetector detector = score == AnomalyScore.COMBINED ? combined() : alone(score, 0, 1);
        double[] together = detector.scores(features(RECORDS));
        double[] turned = detector.scores(features(IntStream.range(0, RECORDS.size())
                .mapToObj(r -> RECORDS.get(RECORDS.size() - 1 - r))
                .toList()));
        for (int r = 0; r < RECORDS.size(); r++) {
            float[] row = TABLE.features(RECORDS.get(r));
            Verdict verdict = detector.judge(row);
            // Records compare doubles by their bits.
            assertThat(detector.judge(RECORDS.get(r))).isEqualTo(verdict);
            assertThat(verdict).isEqualTo(new Verdict(together[r], detector.pValue(together[r]), verdict.anomaly()));
            assertThat(turned[RECORDS.size() - 1 - r]).isEqualTo(together[r]);
            assertThat(verdict.score()).isFinite();
            assertThat(verdict.anomaly()).isEqualTo(verdict.score() > detector.threshold());
        }
        assertThat(Arrays.stream(together).distinct().count()).isGreaterThan(RECORDS.size() / 2);
    }

    @Test
    void manyThreadsFindTheSameBitsAsOne() throws InterruptedException, ExecutionException {
        RandomModels.awaitVectors();
        AnomalyDetector detector = combined();
        List<Verdict> verdicts = RECORDS.stream().map(detector::judge).toList();
        List<List<Reason>> reasons = RECORDS.stream().map(detector::reasons).toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int first = t;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 5 * RECORDS.size(); i++) {
                        int r = (i + 7 * first) % RECORDS.size();
                        assertThat(detector.judge(RECORDS.get(r))).isEqualTo(verdicts.get(r));
                        assertThat(detector.reasons(RECORDS.get(r))).isEqualTo(reasons.get(r));
                    }
                    return null;
                }));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void reasonsAreTheCellsThatAreThereInDescendingOrder() {
        AnomalyDetector detector = combined();
        for (Map<String, String> record : RECORDS) {
            List<Reason> reasons = detector.reasons(record);
            assertThat(reasons.stream().map(Reason::column))
                    .containsExactlyInAnyOrderElementsOf(TABLE.columns().stream()
                            .map(Column::name)
                            .filter(name -> !Column.isMissing(record.get(name)))
                            .toList());
            for (int i = 1; i < reasons.size(); i++) {
                assertThat(reasons.get(i).surprise())
                        .isLessThanOrEqualTo(reasons.get(i - 1).surprise());
            }
            assertThat(reasons)
                    .allSatisfy(
                            reason -> assertThat(reason.surprise()).isFinite().isGreaterThanOrEqualTo(0));
        }
    }

    @Test
    void whatCannotBeJudgedIsToldInASentence() {
        AnomalyDetector detector = combined();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.judge(Map.of("plain", 1)))
                .withMessage("record: found no column 'plain, with holes', expected it among plain");
        Map<String, Object> wrong = new LinkedHashMap<>(RECORDS.get(0));
        wrong.put("weight", "heavy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> detector.judge(wrong))
                .withMessageStartingWith("column weight: found 'heavy', expected ");
        Detection vectors = new Detection(
                AnomalyScore.RECONSTRUCTION,
                List.of(new Detection.Part(AnomalyScore.RECONSTRUCTION, new double[] {1})),
                new double[0],
                1,
                1,
                new double[] {1},
                1,
                "by hand",
                Optional.empty());
        AnomalyDetector ofNumbers = AnomalyDetector.of(RandomModels.of(AutoencoderSpec.of(2, 1), 1)
                .withCard(ModelCard.of(new InputContract.Vector(2)).withDetection(vectors)));
        assertThatThrownBy(() -> ofNumbers.judge(Map.of("a", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("found a model of 2 numbers, expected one of a table");
        assertThatThrownBy(() -> ofNumbers.reasons(new float[] {1, 2}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("found a model of 2 numbers, expected one of a table");
        AnomalyDetector withoutSpreads =
                AnomalyDetector.of(MODEL.withCard(ModelCard.of(TABLE).withDetection(vectors)));
        assertThatThrownBy(() -> withoutSpreads.reasons(RECORDS.get(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("found a detector without the spreads of its columns, expected one fitted with them");
    }
}
