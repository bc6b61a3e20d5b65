package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.Detection;
import java.util.List;

/**
 * The score that a detector goes by: one of the single scores as it is, or the mean of how rare the values of several are.
 * Immutable and thread-safe.
 */
public final class WholeScore {
    private final PartScores scores;
    private final List<AnomalyScore> parts;
    private final List<Rarity> rarities;

    /**
     * Makes a score.
     *
     * @param scores gives the parts
     * @param score what the detector goes by
     * @param parts what is combined, with values on normal examples
     */
    public WholeScore(PartScores scores, AnomalyScore score, List<Detection.Part> parts) {
        this.scores = scores;
        this.parts = parts.stream().map(Detection.Part::score).toList();
        this.rarities = score == AnomalyScore.COMBINED
                ? parts.stream().map(part -> new Rarity(part.calibration())).toList()
                : List.of();
    }

    /**
     * The score of a row.
     *
     * @param row the row's features
     * @return the score; higher is odder
     * @throws IllegalArgumentException if the row does not suit the model
     */
    public double of(float[] row) {
        if (rarities.isEmpty()) {
            return scores.of(parts.get(0), row);
        }
        double sum = 0;
        for (int p = 0; p < rarities.size(); p++) {
            sum += rarities.get(p).of(scores.of(parts.get(p), row));
        }
        return sum / rarities.size();
    }
}
