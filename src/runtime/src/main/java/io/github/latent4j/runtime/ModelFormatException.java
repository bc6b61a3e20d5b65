package io.github.latent4j.runtime;

import java.io.IOException;

/** Says why something is no model file that this version can read: the file, what was found and what was expected. */
public final class ModelFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes an exception.
     *
     * @param message one sentence
     */
    public ModelFormatException(String message) {
        super(message);
    }

    /**
     * Makes an exception.
     *
     * @param message one sentence
     * @param cause what it was noticed by
     */
    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
