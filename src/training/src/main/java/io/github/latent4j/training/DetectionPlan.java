package io.github.latent4j.training;

import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.Detection;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How an anomaly detector is fitted.
 *
 * @param score what it goes by; empty for the combination that suits the model
 * @param neighbours how many nearest reference rows a distance is a mean of, at least 1
 * @param draws of the posterior that {@code elbo} and {@code log-likelihood} take, at least 1
 * @param reference the most rows of training data that are kept for distances to neighbours; 0 for none, so that no row leaves
 *     the place of training
 * @param falseAlarms the share of normal examples above the threshold that is aimed at, above 0 and below 1; empty for
 *     {@value #FALSE_ALARMS}, or with contamination for as many as are anomalies
 * @param contamination the expected share of anomalies in the training data, from 0 to below 0.5; above 0 the fit is robust
 */
public record DetectionPlan(
        Optional<AnomalyScore> score,
        int neighbours,
        int draws,
        int reference,
        OptionalDouble falseAlarms,
        double contamination) {
    static final double FALSE_ALARMS = 0.05;

    /**
     * Makes a plan.
     *
     * @throws IllegalArgumentException if a number is out of range, or the score needs reference rows and none are kept
     */
    public DetectionPlan {
        require(
                neighbours >= 1 && neighbours <= Detection.MOST_NEIGHBOURS,
                "neighbours",
                neighbours,
                "1 to " + Detection.MOST_NEIGHBOURS);
        require(draws >= 1 && draws <= Detection.MOST_DRAWS, "draws", draws, "1 to " + Detection.MOST_DRAWS);
        require(
                reference >= 0 && reference <= Detection.MOST_REFERENCE,
                "reference rows",
                reference,
                "0 to " + Detection.MOST_REFERENCE);
        if (falseAlarms.isPresent()) {
            double rate = falseAlarms.getAsDouble();
            require(rate > 0 && rate < 1, "false alarms", rate, "above 0 and below 1");
        }
        require(contamination >= 0 && contamination < 0.5, "contamination", contamination, "from 0 to below 0.5");
        if (reference == 0 && score.filter(AnomalyScore::needsReference).isPresent()) {
            throw new IllegalArgumentException("score %s: found no reference rows, expected some"
                    .formatted(score.get().text()));
        }
    }

    private static void require(boolean right, String what, Object found, String expected) {
        if (!right) {
            throw new IllegalArgumentException("%s: found %s, expected %s".formatted(what, found, expected));
        }
    }

    /**
     * The combination that suits the model, with at most 10,000 reference rows, a threshold at 5 % false alarms, and training
     * data that hold normal examples alone.
     *
     * @return the plan
     */
    public static DetectionPlan defaults() {
        return new DetectionPlan(Optional.empty(), 3, 16, 10_000, OptionalDouble.empty(), 0);
    }

    /**
     * The same with another score.
     *
     * @param value what the detector goes by
     * @return a new plan
     * @throws IllegalArgumentException if it needs reference rows and none are kept
     */
    public DetectionPlan withScore(AnomalyScore value) {
        return new DetectionPlan(Optional.of(value), neighbours, draws, reference, falseAlarms, contamination);
    }

    /**
     * The same with another number of neighbours.
     *
     * @param count 1 to 1000
     * @return a new plan
     * @throws IllegalArgumentException if it is out of range
     */
    public DetectionPlan withNeighbours(int count) {
        return new DetectionPlan(score, count, draws, reference, falseAlarms, contamination);
    }

    /**
     * The same with another number of draws.
     *
     * @param count 1 to 10,000
     * @return a new plan
     * @throws IllegalArgumentException if it is out of range
     */
    public DetectionPlan withDraws(int count) {
        return new DetectionPlan(score, neighbours, count, reference, falseAlarms, contamination);
    }

    /**
     * The same with another number of reference rows.
     *
     * @param most 0 for none, to 100,000
     * @return a new plan
     * @throws IllegalArgumentException if it is out of range, or 0 and the score needs some
     */
    public DetectionPlan withReference(int most) {
        return new DetectionPlan(score, neighbours, draws, most, falseAlarms, contamination);
    }

    /**
     * The same with another rate of false alarms.
     *
     * @param rate above 0 and below 1
     * @return a new plan
     * @throws IllegalArgumentException if it is out of range
     */
    public DetectionPlan withFalseAlarms(double rate) {
        return new DetectionPlan(score, neighbours, draws, reference, OptionalDouble.of(rate), contamination);
    }

    /**
     * The same with another contamination.
     *
     * @param share the expected share of anomalies in the training data, from 0 to below 0.5
     * @return a new plan
     * @throws IllegalArgumentException if it is out of range
     */
    public DetectionPlan withContamination(double share) {
        return new DetectionPlan(score, neighbours, draws, reference, falseAlarms, share);
    }
}
