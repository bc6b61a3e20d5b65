package io.github.latent4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.AnomalyEvaluation.Labelled;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnomalyEvaluationTest {
    private static Examples labelled(String... labels) {
        List<String> names = Arrays.stream(labels).distinct().sorted().toList();
        return Examples.of(
                Matrix.zeros(labels.length, 1),
                new InputContract.Vector(1),
                "rows.csv",
                names,
                Arrays.stream(labels).mapToInt(names::indexOf).toArray());
    }

    private static AnomalyLabels labels(String... labels) {
        return AnomalyLabels.of(labelled(labels), "label column kind", Optional.empty());
    }

    private static AnomalyEvaluation of(double[] scores, double threshold, String... labels) {
        return AnomalyEvaluation.of(scores, threshold, labels(labels));
    }

    @Test
    void figuresOfScoresWithoutTies() {
        // From the top: anomaly, normal, anomaly, normal, normal. Of 6 pairs one is the wrong way round.
        AnomalyEvaluation figures = of(new double[] {1, 5, 4, 3, 2}, 3.5, "0", "1", "0", "1", "0");
        Labelled labelled = figures.labelled().orElseThrow();
        assertThat(labelled.auroc()).hasValue(5 / 6.0);
        // Recall grows by a half at precision 1/1 and by a half at precision 2/3.
        assertThat(labelled.averagePrecision().getAsDouble()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-15));
        assertThat(labelled.falseAlarms()).hasValue(1 / 3.0);
        assertThat(labelled.recall()).hasValue(0.5);
        assertThat(labelled.precision()).hasValue(0.5);
        assertThat(labelled.anomalies()).isEqualTo(2);
        assertThat(figures.above()).isEqualTo(2);
        assertThat(figures.shareAbove()).isEqualTo(0.4);
        assertThat(figures.fields())
                .containsExactly(
                        Map.entry("threshold", 3.5),
                        Map.entry("shareAboveThreshold", 0.4),
                        Map.entry("anomalies", 2),
                        Map.entry("auroc", 5 / 6.0),
                        Map.entry(
                                "averagePrecision", labelled.averagePrecision().getAsDouble()),
                        Map.entry("falseAlarms", 1 / 3.0),
                        Map.entry("recall", 0.5),
                        Map.entry("precision", 0.5));
    }

    @Test
    void tiesCountHalfAndAreOneStep() {
        // Scores 2: one anomaly and two normals; score 1: one anomaly and one normal; score 0: a normal.
        AnomalyEvaluation figures = of(new double[] {2, 2, 2, 1, 1, 0}, 2, "yes", "no", "no", "yes", "no", "no");
        Labelled labelled = figures.labelled().orElseThrow();
        // The first anomaly: two below, two equal; the second: one below, one equal, two above. (2 + 1 + 1 + 0.5) of 8.
        assertThat(labelled.auroc()).hasValue(4.5 / 8);
        // Steps: recall 1/2 at precision 1/3, then 1/2 at precision 2/5.
        assertThat(labelled.averagePrecision().getAsDouble()).isCloseTo(0.5 / 3 + 0.5 * 2 / 5, within(1e-15));
        // A score at the threshold is not above it.
        assertThat(labelled.recall()).hasValue(0);
        assertThat(labelled.falseAlarms()).hasValue(0);
        assertThat(labelled.precision()).isEmpty();
        assertThat(figures.fields()).doesNotContainKey("precision").containsEntry("recall", 0.0);
    }

    @Test
    void equalScoresSayNothing() {
        Labelled labelled =
                of(new double[] {3, 3, 3, 3}, 0, "0", "0", "1", "0").labelled().orElseThrow();
        assertThat(labelled.auroc()).hasValue(0.5);
        assertThat(labelled.averagePrecision()).hasValue(0.25);
        assertThat(labelled.falseAlarms()).hasValue(1);
    }

    @Test
    void figuresAgreeWithTheirDefinitionsOnRandomScores() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 50; round++) {
            int n = 2 + random.nextInt(30);
            String[] kinds = new String[n];
            double[] scores = new double[n];
            for (int i = 0; i < n; i++) {
                kinds[i] = i == 0 ? "0" : i == 1 ? "1" : String.valueOf(random.nextInt(2));
                scores[i] = random.nextInt(6);
            }
            Labelled labelled = of(scores, 2, kinds).labelled().orElseThrow();
            assertThat(labelled.auroc().getAsDouble()).isCloseTo(pairs(scores, kinds), within(1e-12));
            assertThat(labelled.averagePrecision().getAsDouble()).isCloseTo(steps(scores, kinds), within(1e-12));
        }
    }

    private static double pairs(double[] scores, String[] kinds) {
        double won = 0;
        int all = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (kinds[i].equals("1") && kinds[j].equals("0")) {
                    all++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        return won / all;
    }

    private static double steps(double[] scores, String[] kinds) {
        double sum = 0;
        double before = 0;
        double anomalies = Arrays.stream(kinds).filter("1"::equals).count();
        for (int step = 5; step >= 0; step--) {
            int found = 0;
            int called = 0;
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] >= step) {
                    called++;
                    found += kinds[i].equals("1") ? 1 : 0;
                }
            }
            if (called > 0) {
                sum += (found / anomalies - before) * found / called;
                before = found / anomalies;
            }
        }
        return sum;
    }

    @Test
    void theCurvesAreThoseOfTheFigures() {
        double[] scores = {1, 5, 3, 3, 2, 4, 3, 5};
        AnomalyEvaluation figures = of(scores, 3, "0", "1", "1", "0", "0", "0", "1", "1");
        assertThat(figures.charts())
                .extracting(Chart::name)
                .containsExactly("anomaly-scores", "roc", "precision-recall");
        assertThat(figures.charts().get(0).series())
                .extracting(Chart.Series::name)
                .containsExactly("normal", "anomalies");
        Line roc = (Line) figures.charts().get(1).series().get(0);
        assertThat(roc.x()).containsExactly(0.0, 0.0, 0.25, 0.5, 0.75, 1.0);
        assertThat(roc.y()).containsExactly(0.0, 0.5, 0.5, 1.0, 1.0, 1.0);
        assertThat(area(roc)).isEqualTo(figures.labelled().orElseThrow().auroc().orElseThrow());
        Line precision = (Line) figures.charts().get(2).series().get(0);
        assertThat(precision.x()).containsExactly(0.5, 0.5, 1.0, 1.0, 1.0);
        assertThat(precision.y()).containsExactly(1.0, 2 / 3.0, 4 / 6.0, 4 / 7.0, 4 / 8.0);
        assertThat(of(scores, 3, "0", "0", "0", "0", "0", "0", "0", "0").charts())
                .extracting(Chart::name)
                .containsExactly("anomaly-scores");
    }

    @Test
    void curvesOfManyScoresHaveSomeHundredPoints() {
        SplittableRandom random = new SplittableRandom(1);
        int n = 20_000;
        String[] kinds = new String[n];
        double[] scores = new double[n];
        for (int i = 0; i < n; i++) {
            kinds[i] = i % 50 == 0 ? "1" : "0";
            scores[i] = random.nextDouble() + (i % 50 == 0 ? 0.5 : 0);
        }
        AnomalyEvaluation figures = of(scores, 1, kinds);
        for (int c = 1; c <= 2; c++) {
            Line line = (Line) figures.charts().get(c).series().get(0);
            assertThat(line.x()).hasSizeBetween(200, 302).isSorted().endsWith(1.0);
        }
        assertThat(area((Line) figures.charts().get(1).series().get(0)))
                .isCloseTo(figures.labelled().orElseThrow().auroc().orElseThrow(), within(0.002));
    }

    private static double area(Line line) {
        double area = 0;
        for (int i = 1; i < line.x().size(); i++) {
            area += (line.x().get(i) - line.x().get(i - 1))
                    * (line.y().get(i) + line.y().get(i - 1))
                    / 2;
        }
        return area;
    }

    @Test
    void figuresAreThoseOfTheFields() {
        AnomalyEvaluation figures = of(new double[] {1, 5, 3, 2}, 2.5, "0", "1", "0", "1");
        Map<String, Object> fields = figures.fields();
        assertThat(figures.figures()).hasSize(7);
        for (Figure figure : figures.figures()) {
            assertThat(Double.parseDouble(String.valueOf(fields.get(figure.key()))))
                    .isEqualTo(figure.value());
        }
        assertThat(figures.remarks()).isEmpty();
        assertThat(AnomalyEvaluation.of(new double[] {1, 2}, 1).remarks())
                .containsExactly(
                        "The data have no labels that tell what is an anomaly, so nothing says how right the detector is.");
        assertThat(of(new double[] {1, 2}, 1, "0", "0").remarks())
                .containsExactly(
                        "The data have normal examples alone, so what compares them with anomalies is left out.");
    }

    @Test
    void withOneValueAloneWhatNeedsBothIsLeftOut() {
        AnomalyEvaluation normal = of(new double[] {1, 2, 3, 4}, 3, "normal", "normal", "normal", "normal");
        assertThat(normal.labelled())
                .hasValue(new Labelled(
                        0,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.of(0.25),
                        OptionalDouble.empty(),
                        OptionalDouble.of(0)));
        assertThat(normal.fields().keySet())
                .containsExactly("threshold", "shareAboveThreshold", "anomalies", "falseAlarms", "precision");
        assertThat(of(new double[] {1, 4}, 3, "attack", "attack").fields())
                .containsEntry("recall", 0.5)
                .doesNotContainKeys("auroc", "falseAlarms");
    }

    @Test
    void withoutLabelsTheShareAboveTheThresholdIsLeft() {
        AnomalyEvaluation figures = AnomalyEvaluation.of(new double[] {1, 2, 3}, 2);
        assertThat(figures.fields())
                .containsExactly(Map.entry("threshold", 2.0), Map.entry("shareAboveThreshold", 1 / 3.0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnomalyEvaluation.of(new double[] {1, Double.NaN}, 2))
                .withMessage("found NaN as the score of example 1, expected a number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(new double[] {1}, 2, "0", "1"))
                .withMessage("found 2 labels, expected 1, one a score");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnomalyEvaluation.of(new double[0], 2))
                .withMessage("found no score, expected at least one");
    }

    @ParameterizedTest
    @CsvSource({"0,1,1", "benign,Attack,Attack", "TRUE,False,TRUE", "bad,ok,bad", "1.0,0.0,1.0", "n,y,y"})
    void wordsTellWhichValueIsTheAnomaly(String first, String second, String anomaly) {
        AnomalyLabels labels = labels(first, second, first);
        assertThat(labels.isAnomaly(0)).isEqualTo(first.equals(anomaly));
        assertThat(labels.isAnomaly(1)).isEqualTo(second.equals(anomaly));
        assertThat(labels.anomalies()).isEqualTo(first.equals(anomaly) ? 2 : 1);
        assertThat(labels.size()).isEqualTo(3);
    }

    @Test
    void anomaliesCanBeToldOneByOne() {
        AnomalyLabels labels = AnomalyLabels.of(3, i -> i == 1);
        assertThat(labels.size()).isEqualTo(3);
        assertThat(labels.anomalies()).isEqualTo(1);
        assertThat(labels.isAnomaly(1)).isTrue();
        assertThat(labels.isAnomaly(2)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnomalyLabels.of(0, i -> true))
                .withMessage("anomaly labels: found 0 examples, expected at least 1");
    }

    @Test
    void otherWordsHaveToBeTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labels("a", "b", "a"))
                .withMessage(
                        "rows.csv: label column kind: found the values a, b, expected to be told which value is the anomaly");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labels("1", "true"))
                .withMessageContaining("found the values 1, true, expected to be told");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labels("a"))
                .withMessageContaining("found the value a, expected to be told");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labels("a", "b", "c"))
                .withMessage(
                        "rows.csv: label column kind: found 3 values (a, b, c), expected two, or to be told which one is the anomaly");
        Examples three = labelled("a", "b", "c", "b");
        assertThat(AnomalyLabels.of(three, "label", Optional.of("b")).anomalies())
                .isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnomalyLabels.of(three, "label", Optional.of("d")))
                .withMessage("rows.csv: label: found the values a, b, c, expected d among them");
        Examples two = labelled("a", "b", "a");
        assertThat(AnomalyLabels.of(two, "label", Optional.of("b")).anomalies()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnomalyLabels.of(two, "label", Optional.of("c")))
                .withMessage("rows.csv: label: found the values a, b, expected c among them");
        assertThat(AnomalyLabels.of(labelled("a", "a"), "label", Optional.of("b"))
                        .anomalies())
                .isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> AnomalyLabels.of(
                        Examples.of(Matrix.zeros(1, 1), new InputContract.Vector(1), "rows.csv"),
                        "label",
                        Optional.empty()))
                .withMessage("rows.csv: found no labels, expected some");
    }
}
