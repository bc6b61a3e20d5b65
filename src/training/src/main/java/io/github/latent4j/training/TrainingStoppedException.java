package io.github.latent4j.training;

/** A training was asked to stop, and did so between two steps. */
public final class TrainingStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TrainingStoppedException(String message) {
        super(message);
    }
}
