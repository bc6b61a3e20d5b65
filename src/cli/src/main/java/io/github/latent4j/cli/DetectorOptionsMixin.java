package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.training.AnomalyTrainer;
import io.github.latent4j.training.DetectionPlan;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say whether an anomaly detector is fitted with a model, and how. */
final class DetectorOptionsMixin {
    @Option(
            names = "--detector",
            description = "Fit an anomaly detector for images and other data, too; for tables it is always done.")
    private boolean wanted;

    @Option(names = "--no-detector", description = "Fit no anomaly detector for a table.")
    private boolean unwanted;

    @Option(
            names = "--score",
            paramLabel = "NAME",
            description =
                    "What the detector goes by: reconstruction, elbo, log-likelihood, surprise, neighbours, codes or"
                            + " combined (default: combined).")
    private Optional<String> score;

    @Option(
            names = "--false-alarms",
            paramLabel = "RATE",
            description = "Share of normal examples above the threshold that is aimed at, above 0 and below 1"
                    + " (default: 0.05, or with --contamination as many as are anomalies).")
    private Optional<Double> falseAlarms;

    @Option(
            names = "--contamination",
            paramLabel = "SHARE",
            description =
                    "Expected share of anomalies in the training data, from 0 to below 0.5; above 0 the fit is robust (default: 0).")
    private Optional<Double> contamination;

    @Option(
            names = "--no-reference",
            description = "Keep no rows of the training data in the model file, and do without distances to them.")
    private boolean noReference;

    /**
     * Checks what can be without data.
     *
     * @throws IllegalArgumentException if an option is wrong
     */
    void check() {
        if (wanted && unwanted) {
            throw new IllegalArgumentException("--no-detector: found it with --detector, expected one of both");
        }
        if (unwanted && !given().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: found it with --no-detector, expected it with a detector alone".formatted(given()));
        }
        plan();
    }

    /**
     * How a detector is to be fitted.
     *
     * @return empty if none is to be
     * @throws IllegalArgumentException if an option is wrong, or means nothing for these data
     */
    Optional<DetectionPlan> plan(Examples examples, Console console) {
        InputContract input = examples.input();
        boolean byItself = !wanted && !unwanted && given().isEmpty() && input instanceof InputContract.Table;
        if (byItself && examples.size() < AnomalyTrainer.FEWEST) {
            console.note("%s: %d rows, too few for an anomaly detector, which takes %d"
                    .formatted(examples.name(), examples.size(), AnomalyTrainer.FEWEST));
            return Optional.empty();
        }
        if (wanted || (input instanceof InputContract.Table && !unwanted)) {
            return Optional.of(plan());
        }
        if (!given().isEmpty()) {
            throw new IllegalArgumentException("%s: found it with %s and without a detector, expected --detector too"
                    .formatted(given(), input.text()));
        }
        return Optional.empty();
    }

    /** The first option that means nothing without a detector; empty if there is none. */
    private String given() {
        return score.isPresent()
                ? "--score"
                : falseAlarms.isPresent()
                        ? "--false-alarms"
                        : contamination.isPresent() ? "--contamination" : noReference ? "--no-reference" : "";
    }

    private DetectionPlan plan() {
        DetectionPlan plan = DetectionPlan.defaults();
        if (noReference) {
            plan = plan.withReference(0);
        }
        if (score.isPresent()) {
            AnomalyScore named = AnomalyScore.parse(score.get());
            if (noReference && named.needsReference()) {
                throw new IllegalArgumentException(
                        "--no-reference: found it with --score %s, expected a score without distances to rows"
                                .formatted(named.text()));
            }
            plan = plan.withScore(named);
        }
        if (falseAlarms.isPresent()) {
            double rate = falseAlarms.get();
            if (!(rate > 0 && rate < 1)) {
                throw new IllegalArgumentException(
                        "--false-alarms: found %s, expected a number above 0 and below 1".formatted(rate));
            }
            plan = plan.withFalseAlarms(rate);
        }
        if (contamination.isPresent()) {
            double share = contamination.get();
            if (!(share >= 0 && share < 0.5)) {
                throw new IllegalArgumentException(
                        "--contamination: found %s, expected a number from 0 to below 0.5".formatted(share));
            }
            plan = plan.withContamination(share);
        }
        return plan;
    }
}
