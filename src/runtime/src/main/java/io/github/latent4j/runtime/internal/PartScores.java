package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.Elbo;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The single scores that an anomaly detector may go by. A score of a row depends on the row alone, whatever is scored beside it.
 * Immutable and thread-safe.
 */
public final class PartScores {
    private static final long SEED = 1;

    private final LatentModel model;
    private final @Nullable Surprise surprise;
    private final int neighbours;
    private final int draws;
    private final @Nullable Neighbours rows;
    private final @Nullable Neighbours codes;

    /**
     * Makes the scores of a model.
     *
     * @param model the model
     * @param parts what will be asked for
     * @param reference rows of features; present if a part needs it
     * @param spreads for each feature the mean squared error when its cell is missing; used by surprise alone
     * @param neighbours how many nearest reference rows a distance is a mean of
     * @param draws of the posterior
     */
    public PartScores(
            LatentModel model,
            List<AnomalyScore> parts,
            Optional<Matrix> reference,
            double[] spreads,
            int neighbours,
            int draws) {
        this.model = model;
        this.neighbours = neighbours;
        this.draws = draws;
        this.surprise = parts.contains(AnomalyScore.SURPRISE) ? new Surprise(model, spreads) : null;
        this.rows = parts.contains(AnomalyScore.NEIGHBOURS) ? new Neighbours(reference.orElseThrow()) : null;
        this.codes = parts.contains(AnomalyScore.CODES) ? new Neighbours(model.encode(reference.orElseThrow())) : null;
    }

    /**
     * One score of one row.
     *
     * @param part which
     * @param row the row's features, NaN for missing ones where the model takes them
     * @return the score; higher is odder
     * @throws IllegalArgumentException if the row does not suit the model
     */
    public double of(AnomalyScore part, float[] row) {
        return switch (part) {
            case RECONSTRUCTION -> model.reconstructionError(row);
            case ELBO -> -elbo((Vae) model, row);
            case LOG_LIKELIHOOD -> -((Vae) model).logLikelihood(row, draws, new SplittableRandom(SEED));
            case SURPRISE -> Objects.requireNonNull(surprise).sum(row);
            case NEIGHBOURS -> Objects.requireNonNull(rows).distance(row, neighbours);
            case CODES -> Objects.requireNonNull(codes).distance(model.encode(row), neighbours);
            case COMBINED -> throw new IllegalArgumentException("found combined, expected a single score");
        };
    }

    /** The mean over the draws, of which each row gets the same. */
    private double elbo(Vae vae, float[] row) {
        SplittableRandom random = new SplittableRandom(SEED);
        double sum = 0;
        for (int d = 0; d < draws; d++) {
            Elbo bound = vae.elbo(row, random);
            sum += bound.value();
        }
        return sum / draws;
    }
}
