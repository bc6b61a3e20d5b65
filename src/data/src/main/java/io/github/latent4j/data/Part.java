package io.github.latent4j.data;

/** A part of a data set. */
public enum Part {
    /** The part to train on. */
    TRAIN("train"),
    /** The part to measure with. */
    TEST("test");

    private final String text;

    Part(String text) {
        this.text = text;
    }

    /**
     * The part's name in a source, such as the {@code train} of {@code mnist:train}.
     *
     * @return the name in lower case
     */
    public String text() {
        return text;
    }
}
