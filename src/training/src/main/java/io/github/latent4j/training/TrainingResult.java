package io.github.latent4j.training;

import io.github.latent4j.runtime.LatentModel;
import java.util.List;

/**
 * What a training gave.
 *
 * @param model the model after the best epoch, with a card that says where it came from
 * @param history all epochs in their order
 * @param <M> the kind of model
 */
public record TrainingResult<M extends LatentModel>(M model, List<EpochReport> history) {
    /** Makes a result with an immutable copy of the history. */
    public TrainingResult {
        history = List.copyOf(history);
    }
}
