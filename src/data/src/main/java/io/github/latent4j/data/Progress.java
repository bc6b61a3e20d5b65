package io.github.latent4j.data;

/** Is told how far something that takes a while has come: a download, or the spooling of a file. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (task, done, total) -> {};

    /**
     * Takes news. It is called from the thread that works, many times a second at worst.
     *
     * @param task what is done, such as {@code downloading train-images-idx3-ubyte.gz}
     * @param done how much of it: bytes, images or rows
     * @param total how much there is in the same unit, or −1 if that is not known; {@code done} equals it at the end
     */
    void report(String task, long done, long total);

    /**
     * Takes a sentence on what was decided or left out, such as a column that is set aside. Nobody is told unless this is
     * overridden.
     *
     * @param sentence one line
     */
    default void note(String sentence) {
        // Those who look at how far it is need not hear what was decided.
    }
}
