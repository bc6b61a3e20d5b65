package io.github.latent4j.evaluation;

import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the scores of a detector look like. */
final class AnomalyCharts {
    /** So many steps of a curve are kept, evenly along it. */
    private static final int STEPS = 300;

    private AnomalyCharts() {}

    /** How scores are spread; none if any side has no finite one. */
    static List<Chart> of(Map<String, double[]> sides, double threshold) {
        boolean finite =
                sides.values().stream().allMatch(side -> Arrays.stream(side).anyMatch(Double::isFinite));
        return finite
                ? List.of(Chart.histogram(
                        "anomaly-scores",
                        String.format(
                                Locale.ROOT,
                                "How the anomaly scores are spread%s. What is above the threshold, %.4g, is called an anomaly.",
                                sides.size() > 1 ? ", as shares of either kind" : "",
                                threshold),
                        "anomaly score",
                        sides))
                : List.of();
    }

    /**
     * The receiver operating characteristic, and precision by recall: a point for each distinct score, from the highest down.
     *
     * @param odd scores of anomalies, at least one, ascending
     * @param normal scores of normal examples, at least one, ascending
     */
    static List<Chart> curves(double[] odd, double[] normal) {
        Curve rates = new Curve();
        Curve precisions = new Curve();
        rates.add(0, 0, 0);
        int found = 0;
        int alarms = 0;
        while (found < odd.length || alarms < normal.length) {
            double score = Math.max(next(odd, found), next(normal, alarms));
            while (found < odd.length && next(odd, found) == score) {
                found++;
            }
            while (alarms < normal.length && next(normal, alarms) == score) {
                alarms++;
            }
            double recall = (double) found / odd.length;
            double falseAlarms = (double) alarms / normal.length;
            double way = (falseAlarms + recall) / 2;
            rates.add(falseAlarms, recall, way);
            precisions.add(recall, (double) found / (found + alarms), way);
        }
        double share = (double) odd.length / (odd.length + normal.length);
        Axis recall = new Axis("recall: share of the anomalies that are found", Scale.UNIT);
        return List.of(
                new Chart(
                        "roc",
                        "Receiver operating characteristic: what each threshold finds, and at what price. The area under the line is the AUROC.",
                        new Axis("false alarms: share of the normal examples", Scale.UNIT),
                        recall,
                        List.of(
                                rates.line("detector"),
                                new Line("scores that say nothing", List.of(0.0, 1.0), List.of(0.0, 1.0)))),
                new Chart(
                        "precision-recall",
                        "Precision by recall: how much of what is called an anomaly is one, for each threshold.",
                        recall,
                        new Axis("precision: share of anomalies among what is found", Scale.UNIT),
                        List.of(
                                precisions.line("detector"),
                                new Line("scores that say nothing", List.of(0.0, 1.0), List.of(share, share)))));
    }

    /** The score after so many of the highest ones; below all others where there is none. */
    private static double next(double[] ascending, int taken) {
        return taken < ascending.length ? ascending[ascending.length - 1 - taken] : Double.NEGATIVE_INFINITY;
    }

    /** Points of a curve; one of those at about the same way along it is kept. */
    private static final class Curve {
        private final List<Double> x = new ArrayList<>();
        private final List<Double> y = new ArrayList<>();
        private int last = -1;

        /** Adds a point; the way along the curve goes from 0 to 1 and never back. */
        void add(double px, double py, double way) {
            int step = (int) (way * STEPS);
            if (step == last && way < 1) {
                return;
            }
            last = step;
            x.add(px);
            y.add(py);
        }

        Line line(String name) {
            return new Line(name, x, y);
        }
    }
}
