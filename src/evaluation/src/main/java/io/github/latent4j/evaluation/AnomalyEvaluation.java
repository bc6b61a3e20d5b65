package io.github.latent4j.evaluation;

import io.github.latent4j.evaluation.Figure.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a detector does on data: how much it finds odd and, where labels tell what is, how right it is. Immutable.
 *
 * @param examples the number of examples
 * @param threshold scores above it are called anomalies
 * @param above the number of examples whose score is above the threshold
 * @param labelled how scores and labels agree; empty if nothing tells which examples are anomalies
 * @param charts how the scores are spread; with labels of both values also the receiver operating characteristic and the curve of
 *     precision by recall, thinned to some hundred points
 */
public record AnomalyEvaluation(
        int examples, double threshold, int above, Optional<Labelled> labelled, List<Chart> charts)
        implements Measurement {
    /** Makes an evaluation with a copy of the charts. */
    public AnomalyEvaluation {
        charts = List.copyOf(charts);
    }

    /**
     * How scores and labels agree. A figure is empty where the data do not define it: a rate of something that there is none of, or
     * a comparison with nothing to compare.
     *
     * @param anomalies the number of examples that are anomalies
     * @param auroc the area under the receiver operating characteristic: the probability that an anomaly has a higher score than
     *     a normal example, equal scores counting half; 0.5 for scores that say nothing
     * @param averagePrecision the sum, over the distinct scores from the highest down, of the precision of calling everything
     *     with at least that score an anomaly, times the growth of the recall at that step; nothing is interpolated. The share of
     *     anomalies for scores that say nothing
     * @param falseAlarms the share of the normal examples that are above the threshold
     * @param recall the share of the anomalies that are above the threshold
     * @param precision the share of anomalies among the examples above the threshold
     */
    public record Labelled(
            int anomalies,
            OptionalDouble auroc,
            OptionalDouble averagePrecision,
            OptionalDouble falseAlarms,
            OptionalDouble recall,
            OptionalDouble precision) {}

    /**
     * Counts what is above a threshold.
     *
     * @param scores one an example, at least one; higher is odder
     * @param threshold scores above it are called anomalies
     * @return the figures that need no labels
     * @throws IllegalArgumentException if there is no score or one is NaN
     */
    public static AnomalyEvaluation of(double[] scores, double threshold) {
        requireScores(scores);
        return new AnomalyEvaluation(
                scores.length,
                threshold,
                above(scores, threshold),
                Optional.empty(),
                AnomalyCharts.of(Map.of("examples", scores), threshold));
    }

    /**
     * Compares scores with labels.
     *
     * @param scores one an example, at least one; higher is odder
     * @param threshold scores above it are called anomalies
     * @param labels which of the same examples are anomalies
     * @return the figures
     * @throws IllegalArgumentException if there is no score, one is NaN, or there are more or fewer labels
     */
    public static AnomalyEvaluation of(double[] scores, double threshold, AnomalyLabels labels) {
        requireScores(scores);
        if (labels.size() != scores.length) {
            throw new IllegalArgumentException(
                    "found %d labels, expected %d, one a score".formatted(labels.size(), scores.length));
        }
        double[] odd = new double[labels.anomalies()];
        double[] normal = new double[scores.length - odd.length];
        int o = 0;
        for (int i = 0; i < scores.length; i++) {
            if (labels.isAnomaly(i)) {
                odd[o++] = scores[i];
            } else {
                normal[i - o] = scores[i];
            }
        }
        Arrays.sort(odd);
        Arrays.sort(normal);
        int found = above(odd, threshold);
        int alarms = above(normal, threshold);
        boolean both = odd.length > 0 && normal.length > 0;
        Labelled labelled = new Labelled(
                odd.length,
                both ? OptionalDouble.of(auroc(odd, normal)) : OptionalDouble.empty(),
                both ? OptionalDouble.of(averagePrecision(odd, normal)) : OptionalDouble.empty(),
                share(alarms, normal.length),
                share(found, odd.length),
                share(found, found + alarms));
        Map<String, double[]> sides = new LinkedHashMap<>();
        if (normal.length > 0) {
            sides.put("normal", normal);
        }
        if (odd.length > 0) {
            sides.put("anomalies", odd);
        }
        List<Chart> charts = new ArrayList<>(AnomalyCharts.of(sides, threshold));
        if (both) {
            charts.addAll(AnomalyCharts.curves(odd, normal));
        }
        return new AnomalyEvaluation(scores.length, threshold, found + alarms, Optional.of(labelled), charts);
    }

    private static void requireScores(double[] scores) {
        if (scores.length == 0) {
            throw new IllegalArgumentException("found no score, expected at least one");
        }
        for (int i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException(
                        "found NaN as the score of example %d, expected a number".formatted(i));
            }
        }
    }

    private static int above(double[] scores, double threshold) {
        return (int) Arrays.stream(scores).filter(score -> score > threshold).count();
    }

    private static OptionalDouble share(int part, int whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    /** For each anomaly the normal examples below it, and half of those with the same score; both sides ascend. */
    private static double auroc(double[] odd, double[] normal) {
        double sum = 0;
        int below = 0;
        int upTo = 0;
        for (double score : odd) {
            while (below < normal.length && normal[below] < score) {
                below++;
            }
            while (upTo < normal.length && normal[upTo] <= score) {
                upTo++;
            }
            sum += 0.5 * ((double) below + upTo);
        }
        return sum / odd.length / normal.length;
    }

    /** From the highest score down, all examples of one score as one step; both sides ascend. */
    private static double averagePrecision(double[] odd, double[] normal) {
        double sum = 0;
        int alarms = 0;
        for (int i = odd.length - 1; i >= 0; ) {
            double score = odd[i];
            int before = i;
            while (i >= 0 && odd[i] == score) {
                i--;
            }
            while (alarms < normal.length && normal[normal.length - 1 - alarms] >= score) {
                alarms++;
            }
            int found = odd.length - 1 - i;
            sum += (double) (before - i) / odd.length * found / (found + alarms);
        }
        return sum;
    }

    /**
     * The share of the examples that are above the threshold.
     *
     * @return from 0 to 1
     */
    public double shareAbove() {
        return (double) above / examples;
    }

    @Override
    public String title() {
        return "Anomalies";
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.share(
                "shareAboveThreshold",
                "Above the threshold",
                shareAbove(),
                "of the examples",
                "Their score is above %s, from which on the detector calls an example an anomaly."
                        .formatted(number(threshold))));
        labelled.ifPresent(l -> {
            figures.add(Figure.count(
                    "anomalies",
                    "Anomalies",
                    l.anomalies(),
                    String.format(Locale.ROOT, "of %,d examples", examples),
                    "What the labels call anomalies."));
            add(
                    figures,
                    l.auroc(),
                    Kind.NUMBER,
                    "auroc",
                    "AUROC",
                    "from 0 to 1",
                    "The probability that an anomaly has a higher score than a normal example. 0.5 says nothing, 1 parts them.",
                    true);
            add(
                    figures,
                    l.averagePrecision(),
                    Kind.NUMBER,
                    "averagePrecision",
                    "Average precision",
                    "from 0 to 1",
                    "The precision, averaged over the anomalies from the highest score down. Scores that say nothing have the share of anomalies, here %s %%."
                            .formatted(number(100.0 * l.anomalies() / examples)),
                    true);
            add(
                    figures,
                    l.falseAlarms(),
                    Kind.SHARE,
                    "falseAlarms",
                    "False alarms",
                    "of the normal examples",
                    "They are above the threshold all the same. Lower is better.",
                    false);
            add(
                    figures,
                    l.recall(),
                    Kind.SHARE,
                    "recall",
                    "Recall",
                    "of the anomalies",
                    "They are above the threshold. Higher is better.",
                    true);
            add(
                    figures,
                    l.precision(),
                    Kind.SHARE,
                    "precision",
                    "Precision",
                    "of what is above the threshold",
                    "That many are anomalies. It depends on how many there are in the data.",
                    true);
        });
        return List.copyOf(figures);
    }

    private static void add(
            List<Figure> figures,
            OptionalDouble value,
            Kind kind,
            String key,
            String name,
            String unit,
            String meaning,
            boolean higher) {
        value.ifPresent(v -> {
            Figure figure = kind == Kind.SHARE
                    ? Figure.share(key, name, v, unit, meaning)
                    : Figure.number(key, name, v, unit, meaning);
            figures.add(higher ? figure.higherIsBetter() : figure.lowerIsBetter());
        });
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    @Override
    public List<String> remarks() {
        if (labelled.isEmpty()) {
            return List.of(
                    "The data have no labels that tell what is an anomaly, so nothing says how right the detector is.");
        }
        int odd = labelled.get().anomalies();
        return odd == 0 || odd == examples
                ? List.of("The data have %s alone, so what compares them with %s is left out."
                        .formatted(
                                odd == 0 ? "normal examples" : "anomalies", odd == 0 ? "anomalies" : "normal examples"))
                : List.of();
    }

    /**
     * The figures by name, ready for JSON: {@code threshold} and {@code shareAboveThreshold}; with labels also {@code anomalies}
     * and, as far as the data define them, {@code auroc}, {@code averagePrecision}, {@code falseAlarms}, {@code recall} and
     * {@code precision}.
     *
     * @return unmodifiable, always in the same order
     */
    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("threshold", threshold);
        fields.put("shareAboveThreshold", shareAbove());
        labelled.ifPresent(l -> {
            fields.put("anomalies", l.anomalies());
            l.auroc().ifPresent(v -> fields.put("auroc", v));
            l.averagePrecision().ifPresent(v -> fields.put("averagePrecision", v));
            l.falseAlarms().ifPresent(v -> fields.put("falseAlarms", v));
            l.recall().ifPresent(v -> fields.put("recall", v));
            l.precision().ifPresent(v -> fields.put("precision", v));
        });
        return Collections.unmodifiableMap(fields);
    }
}
