package io.github.latent4j.training;

/** A loss is no longer a finite number: the training was stopped at once. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TrainingDivergedException(String message) {
        super(message);
    }
}
