package io.github.latent4j.data;

import java.io.IOException;

/** Says what is wrong with a file of data: the file, the place in it, what was found and what was expected. */
public final class InvalidDataException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes an exception.
     *
     * @param message one sentence
     */
    public InvalidDataException(String message) {
        super(message);
    }

    /**
     * Makes an exception.
     *
     * @param message one sentence
     * @param cause what told of the trouble
     */
    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
