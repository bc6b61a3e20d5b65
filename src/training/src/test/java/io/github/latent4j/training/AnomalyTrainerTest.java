package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.MultiplicationProvider;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnomalyTrainerTest {
    private static final int TRAINED_ON = 8000;

    private static final LatentModel MODEL = fit(DetectionPlan.defaults(), Factors.rows(TRAINED_ON, 11));

    private static LatentModel fit(DetectionPlan plan, Matrix rows) {
        Examples examples = Factors.examples(rows);
        TrainingPlan training = TableDefaults.plan(examples.size());
        ModelSpec spec = TableDefaults.spec(Factors.table());
        return AnomalyTrainer.with(Trainer.with(training))
                .withPlan(plan)
                .fit(spec, examples)
                .model()
                .using(MultiplicationProvider.plain());
    }

    @Test
    void pValuesAreUniformOnNormalExamples() {
        AnomalyDetector detector = AnomalyDetector.of(MODEL);
        double[] p = Arrays.stream(detector.scores(Factors.rows(3000, 2)))
                .map(detector::pValue)
                .sorted()
                .toArray();
        // The distribution function's greatest distance from the diagonal, that of Kolmogorov and Smirnov; with 800
        // held-out
        // examples and 3000 new ones, 0.065 has a probability of 1 %, which is 1.63 sqrt(1/800 + 1/3000).
        double distance = IntStream.range(0, p.length)
                .mapToDouble(
                        i -> Math.max(Math.abs(p[i] - (double) i / p.length), Math.abs(p[i] - (i + 1.0) / p.length)))
                .max()
                .orElseThrow();
        assertThat(detector.detection().calibration()).hasSize(800);
        assertThat(distance).isLessThan(0.065);
        assertThat(p[0]).isGreaterThan(0);
        assertThat(p[p.length - 1]).isLessThanOrEqualTo(1);
    }

    @Test
    void theThresholdKeepsTheRateOfFalseAlarms() {
        AnomalyDetector detector = AnomalyDetector.of(MODEL);
        long alarms = Arrays.stream(detector.scores(Factors.rows(3000, 3)))
                .filter(detector::isAnomaly)
                .count();
        assertThat(alarms / 3000.0).isBetween(0.03, 0.075);
        assertThat(detector.detection().rule()).isEqualTo("a rate of false alarms of 0.05");
    }

    @Test
    void theTamperedCellIsNamedFirst() {
        AnomalyDetector detector = AnomalyDetector.of(MODEL);
        Matrix rows = Factors.rows(1000, 4);
        Random random = new Random(5);
        int found = 0;
        for (int r = 0; r < rows.rows(); r++) {
            float[] row = rows.row(r);
            int column = random.nextInt(Factors.COLUMNS);
            double side = random.nextBoolean() ? 1 : -1;
            row[column] = (float) (Factors.expected(row, column) + side * 3 * Factors.deviation(column));
            AnomalyDetector.Reason first = detector.reasons(row).get(0);
            if (first.column().equals("c" + column)) {
                found++;
                assertThat((double) first.expected())
                        .isBetween(Factors.expected(row, column) - 1.5, Factors.expected(row, column) + 1.5);
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(900);
    }
}
