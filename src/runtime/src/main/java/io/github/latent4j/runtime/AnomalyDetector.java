package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.PartScores;
import io.github.latent4j.runtime.internal.Surprise;
import io.github.latent4j.runtime.internal.WholeScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says how odd an example is beside those that a model was trained on, and which of its cells make it so. Immutable; any number
 * of threads may use one. The score of an example depends on the example alone: it has the same bits alone and in any batch.
 *
 * <p>The combined score is the mean, over its parts, of how rare the part's value is among held-out normal examples: −ln of the
 * share of them that would be as odd, with an exponential tail beyond the oddest.
 */
public final class AnomalyDetector {
    private final LatentModel model;
    private final Detection detection;
    private final WholeScore score;
    private final double[] calibration;
    private final @Nullable Surprise surprise;

    private AnomalyDetector(LatentModel model, Detection detection) {
        this.model = model;
        this.detection = detection;
        PartScores parts = new PartScores(
                model,
                detection.parts().stream().map(Detection.Part::score).toList(),
                detection.reference(),
                detection.spreads(),
                detection.neighbours(),
                detection.draws());
        this.score = new WholeScore(parts, detection.score(), detection.parts());
        this.calibration = detection.calibration();
        boolean cells = model.card().input() instanceof InputContract.Table
                && detection.spreads().length == model.spec().inputs();
        this.surprise = cells ? new Surprise(model, detection.spreads()) : null;
    }

    /**
     * The detector that was fitted with a model. It copies the reference rows and encodes them: keep it, as the model is kept.
     *
     * @param model the model, which scores with its provider
     * @return the detector
     * @throws IllegalArgumentException if none was fitted
     */
    public static AnomalyDetector of(LatentModel model) {
        Detection detection = model.card()
                .detection()
                .orElseThrow(() -> new IllegalArgumentException(
                        "found a model without an anomaly detector, expected one that was trained with it"));
        return new AnomalyDetector(model, detection);
    }

    /**
     * The model that this scores with.
     *
     * @return the model
     */
    public LatentModel model() {
        return model;
    }

    /**
     * What this goes by.
     *
     * @return as in the model's card
     */
    public Detection detection() {
        return detection;
    }

    /**
     * The score above which an example is an anomaly.
     *
     * @return the threshold
     */
    public double threshold() {
        return detection.threshold();
    }

    /**
     * How odd an example is.
     *
     * @param example {@code model().spec().inputs()} values, as the model's input contract says
     * @return the score; higher is odder
     * @throws IllegalArgumentException if the length is another or a value is not finite, but for the features of missing cells
     */
    public double score(float[] example) {
        return score.of(example);
    }

    /**
     * How odd the examples of a batch are.
     *
     * @param examples n &ge; 1 rows of {@code model().spec().inputs()} values
     * @return n scores; higher is odder
     * @throws IllegalArgumentException as {@link #score(float[])} does
     */
    public double[] scores(Matrix examples) {
        double[] result = new double[examples.rows()];
        for (int r = 0; r < result.length; r++) {
            result[r] = score(examples.row(r));
        }
        return result;
    }

    /**
     * The share of normal examples that are expected to be at least as odd: (1 + held-out scores of at least this) / (1 +
     * held-out scores), a conformal p-value (Bates et al. 2023, arXiv 2104.08279). For an example of the same kind as the
     * held-out ones, which nothing else of the detector was fitted on, it is at most α with a probability of at most α. Where the
     * detector was fitted with contamination, it is an approximation.
     *
     * @param score a score
     * @return above 0, at most 1
     */
    public double pValue(double score) {
        int below = 0;
        int high = calibration.length;
        while (below < high) {
            int middle = (below + high) >>> 1;
            if (calibration[middle] < score) {
                below = middle + 1;
            } else {
                high = middle;
            }
        }
        return (1.0 + calibration.length - below) / (1 + calibration.length);
    }

    /**
     * Whether a score is an anomaly's.
     *
     * @param score a score
     * @return true if it is above the threshold
     */
    public boolean isAnomaly(double score) {
        return score > detection.threshold();
    }

    /**
     * Judges an example.
     *
     * @param example {@code model().spec().inputs()} values
     * @return what is found
     * @throws IllegalArgumentException as {@link #score(float[])} does
     */
    public Verdict judge(float[] example) {
        double score = score(example);
        return new Verdict(score, pValue(score), isAnomaly(score));
    }

    /**
     * Judges a record.
     *
     * @param record cells by the names of their columns, as {@link InputContract.Table#features(Map)} takes them
     * @return what is found, the same as for the record's features
     * @throws IllegalArgumentException if a column is lacking or a cell is of another kind; the message names the column
     * @throws IllegalStateException if the model is not one of a table
     */
    public Verdict judge(Map<String, ? extends @Nullable Object> record) {
        return judge(model.card().table().features(record));
    }

    /**
     * Whether this gives reasons: it does for tables but very wide ones.
     *
     * @return true if {@code reasons} may be called
     */
    public boolean givesReasons() {
        return surprise != null;
    }

    /**
     * What makes a row odd: its cells, the most surprising first. What was found is told as the features have it: a number beyond
     * the clip of its scaling as the clip, a value unknown in training as {@link Column#OTHER}, a date as the one between the first
     * and the last of the training data that has the same features.
     *
     * @param example the features of a row
     * @return a reason for each cell that is not missing, in descending order of the surprise
     * @throws IllegalArgumentException as {@link #score(float[])} does
     * @throws IllegalStateException if the model is not one of a table
     */
    public List<Reason> reasons(float[] example) {
        InputContract.Table table = model.card().table();
        if (surprise == null) {
            throw new IllegalStateException(
                    "found a detector without the spreads of its columns, expected one fitted with them");
        }
        Matrix expectations = surprise.expectations(example);
        double[] nats = surprise.of(example, expectations);
        int[] starts = table.starts();
        List<Reason> reasons = new ArrayList<>();
        for (int c = 0; c < nats.length; c++) {
            Column column = table.columns().get(c);
            Object found = column.decode(example, starts[c]);
            Object expected = column.decode(expectations.row(c), starts[c]);
            if (found != null && expected != null) { // the model expects something of every cell
                reasons.add(new Reason(column.name(), found, expected, nats[c]));
            }
        }
        reasons.sort(Comparator.comparingDouble(Reason::surprise).reversed());
        return List.copyOf(reasons);
    }

    /**
     * What makes a record odd: its cells, as they stand in the record, the most surprising first.
     *
     * @param record cells by the names of their columns
     * @return a reason for each cell that is not missing, in descending order of the surprise
     * @throws IllegalArgumentException if a column is lacking or a cell is of another kind; the message names the column
     * @throws IllegalStateException if the model is not one of a table
     */
    public List<Reason> reasons(Map<String, ? extends @Nullable Object> record) {
        return reasons(model.card().table().features(record)).stream()
                .map(reason -> new Reason(
                        reason.column(),
                        Objects.requireNonNull(record.get(reason.column())), // a missing cell has no reason
                        reason.expected(),
                        reason.surprise()))
                .toList();
    }

    /**
     * What a detector finds.
     *
     * @param score higher is odder
     * @param pValue the share of normal examples that are expected to be at least as odd
     * @param anomaly whether the score is above the threshold
     */
    public record Verdict(double score, double pValue, boolean anomaly) {}

    /**
     * A cell of a row.
     *
     * @param column its name
     * @param found what stands there: of a record the cell itself, of features what they stand for in the column's own units
     * @param expected what the model expects there, given all other cells, in the column's own units
     * @param surprise −ln p(found | other cells) in nats, up to a constant of the column, at least 0
     */
    public record Reason(String column, Object found, Object expected, double surprise) {}
}
