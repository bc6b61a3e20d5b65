package io.github.latent4j.examples.notebook;

/** How much a lesson does. */
public enum Size {
    /** What a reader runs: minutes, and results worth to look at. */
    FULL,
    /** What a test runs: seconds, and results just good enough to be told from wrong ones. */
    SMALL;

    /**
     * Chooses a number.
     *
     * @param full for a reader
     * @param small for a test
     * @return the one of this size
     */
    public int of(int full, int small) {
        return this == FULL ? full : small;
    }
}
