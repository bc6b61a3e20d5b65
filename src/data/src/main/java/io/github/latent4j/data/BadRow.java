package io.github.latent4j.data;

/** A row that cannot be read. The message is a sentence with the file and the place in it. */
final class BadRow extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final long line;

    /**
     * Makes one.
     *
     * @param reason in a few words, the same for all rows that have it
     * @param line where the row starts, from 1
     * @param message the sentence
     */
    BadRow(String reason, long line, String message) {
        super(message, null, false, false);
        this.reason = reason;
        this.line = line;
    }

    String reason() {
        return reason;
    }

    long line() {
        return line;
    }

    /** For those who do not skip. */
    InvalidDataException refused() {
        return new InvalidDataException(String.valueOf(getMessage()));
    }
}
