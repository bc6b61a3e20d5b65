package io.github.latent4j.evaluation.report;

import static io.github.latent4j.evaluation.report.Html.count;
import static io.github.latent4j.evaluation.report.Html.escape;
import static io.github.latent4j.evaluation.report.Html.number;

import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.Estimate;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.EvidenceBound;
import io.github.latent4j.evaluation.Quartiles;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.VaeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The figures of an evaluation as rows of HTML tables, each with a unit and an explanation. */
final class Figures {
    private static final String SQUARED = "squared units of the input";
    private static final String NATS = "nats per example";

    /** One row; the value is HTML, the rest is plain text. */
    private record Row(String name, String value, String unit, String meaning) {
        String html() {
            return "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>"
                    .formatted(escape(name), value, escape(unit), escape(meaning));
        }
    }

    private Figures() {}

    static String table(Evaluation evaluation) {
        List<Row> rows = new ArrayList<>(reconstruction(evaluation));
        evaluation.bound().ifPresent(b -> rows.addAll(bound(b, (VaeSpec) evaluation.model())));
        return table(rows);
    }

    static String table(AnomalyEvaluation evaluation) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(
                "Above the threshold",
                percent(evaluation.shareAbove()),
                "of the examples",
                "Their score is above %s, from which on the detector calls an example an anomaly."
                        .formatted(number(evaluation.threshold()))));
        evaluation.labelled().ifPresent(l -> {
            add(
                    rows,
                    "AUROC",
                    l.auroc(),
                    Html::number,
                    "from 0 to 1",
                    "The probability that an anomaly has a higher score than a normal example. 0.5 says nothing, 1 parts them.");
            add(
                    rows,
                    "Average precision",
                    l.averagePrecision(),
                    Html::number,
                    "from 0 to 1",
                    "The precision, averaged over the anomalies from the highest score down. Scores that say nothing have the share of anomalies, here %s."
                            .formatted(percent((double) l.anomalies() / evaluation.examples())));
            add(
                    rows,
                    "False alarms",
                    l.falseAlarms(),
                    Figures::percent,
                    "of the normal examples",
                    "They are above the threshold all the same. Lower is better.");
            add(
                    rows,
                    "Recall",
                    l.recall(),
                    Figures::percent,
                    "of the anomalies",
                    "They are above the threshold. Higher is better.");
            add(
                    rows,
                    "Precision",
                    l.precision(),
                    Figures::percent,
                    "of what is above the threshold",
                    "That many are anomalies. It depends on how many there are in the data.");
        });
        return table(rows);
    }

    private static void add(
            List<Row> rows,
            String name,
            OptionalDouble value,
            DoubleFunction<String> text,
            String unit,
            String meaning) {
        value.ifPresent(v -> rows.add(new Row(name, text.apply(v), unit, meaning)));
    }

    private static String percent(double share) {
        return number(100 * share, 3) + " %";
    }

    private static String table(List<Row> rows) {
        return rows.stream().map(Row::html).collect(Collectors.joining("\n", """
                        <table class="figures">
                        <thead><tr><th scope="col">Figure</th><th scope="col">Value</th><th scope="col">Unit</th><th scope="col">What it says</th></tr></thead>
                        <tbody>
                        """, "\n</tbody>\n</table>"));
    }

    private static List<Row> reconstruction(Evaluation evaluation) {
        double error = evaluation.reconstructionError();
        double pca = evaluation.pcaReconstructionError();
        Quartiles spread = evaluation.reconstruction().exampleQuartiles();
        List<Row> rows = new ArrayList<>();
        rows.add(
                new Row(
                        "Reconstruction error",
                        value(evaluation.reconstruction().overall()),
                        SQUARED,
                        "The squared difference between an example and its reconstruction, averaged over features and examples. Lower is better; 0 is a perfect copy."));
        rows.add(new Row(
                "The same of PCA",
                number(pca),
                SQUARED,
                "The best that a linear model does with as many numbers an example. "
                        + evaluation.pca().text()));
        if (pca > 0) {
            rows.add(new Row(
                    "Model to PCA", number(error / pca), "ratio", "Below 1 the model reconstructs better than PCA."));
        }
        rows.add(new Row(
                "Middle half of the examples",
                "%s to %s".formatted(number(spread.lower()), number(spread.upper())),
                SQUARED,
                "Half of the examples have a reconstruction error between these two. The best has %s, the median %s, the worst %s."
                        .formatted(number(spread.min()), number(spread.median()), number(spread.max()))));
        return rows;
    }

    private static List<Row> bound(EvidenceBound bound, VaeSpec spec) {
        return List.of(
                new Row(
                        "ELBO",
                        value(bound.elbo()),
                        NATS,
                        "The evidence lower bound: at most the logarithm of how likely the model finds an example, on the values as the network takes them. Higher is better. "
                                + caution(spec.likelihood())),
                new Row(
                        "Expected log likelihood",
                        value(bound.expectedLogLikelihood()),
                        NATS,
                        "The ELBO's first part: how likely an example is, given a code drawn from its posterior. One draw an example. Higher is better."),
                new Row(
                        "KL divergence",
                        value(bound.kl()),
                        NATS,
                        "The ELBO's second part, subtracted: how far posteriors are from the prior, so how much a code tells of its example. Exact. Near 0 the code is ignored."),
                new Row(
                        "Active units",
                        "%s of %s".formatted(count(bound.activeUnits()), count(spec.latent())),
                        "latent dimensions",
                        "Dimensions in use: the posterior mean varies over the examples by a variance of more than %s."
                                .formatted(EvidenceBound.ACTIVE_VARIANCE)));
    }

    private static String caution(Likelihood likelihood) {
        return likelihood instanceof Likelihood.Bernoulli
                ? "Values between 0 and 1 under a Bernoulli likelihood are no normalised density: compare only with figures got in the same way."
                : "A density of the input's values: it depends on their units and may be above 0.";
    }

    private static String value(Estimate estimate) {
        return Double.isFinite(estimate.standardError())
                ? "%s <small>± %s</small>".formatted(number(estimate.mean()), number(estimate.standardError(), 2))
                : number(estimate.mean());
    }

    static String latentRows(EvidenceBound bound) {
        return IntStream.range(0, bound.klPerDimension().size())
                .mapToObj(d -> "<tr><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                d,
                                number(bound.klPerDimension().get(d)),
                                number(bound.codeVariances().get(d))))
                .collect(Collectors.joining(
                        "\n",
                        "<tr><th scope=\"col\">dimension</th><th scope=\"col\">KL, nats</th><th scope=\"col\">variance of the posterior mean</th></tr>\n",
                        ""));
    }

    static String columnRows(Map<String, Double> errors) {
        return errors.entrySet().stream()
                .map(error ->
                        "<tr><td>%s</td><td>%s</td></tr>".formatted(escape(error.getKey()), number(error.getValue())))
                .collect(Collectors.joining(
                        "\n",
                        "<tr><th scope=\"col\">column</th><th scope=\"col\">reconstruction error, squared units</th></tr>\n",
                        ""));
    }
}
