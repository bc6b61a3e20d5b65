package io.github.latent4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The data sets that are known by name.
 *
 * <p>The files of a set are looked for in {@code $LATENT4J_DATA/NAME}, in the cache folder ({@code $LATENT4J_CACHE}, else
 * {@code $XDG_CACHE_HOME/latent4j}, else {@code ~/.cache/latent4j}) under {@code NAME}, and in
 * {@code /usr/share/datasets/NAME}, under their usual names with or without {@code .gz}. Files that are nowhere are
 * downloaded into the cache and their content compared with the known SHA-256; {@code $LATENT4J_MIRROR} is an address that
 * is asked instead of the sets' own and has a folder for each set.
 */
public final class Datasets {
    /** The train part of {@code strokes} is this many times larger than the test part. */
    private static final int TRAIN_TO_TEST = 6;

    private Datasets() {}

    /**
     * The names of all data sets.
     *
     * @return in a fixed order
     */
    public static List<String> names() {
        return Catalogue.names();
    }

    /**
     * Digits drawn by a pen, with known factors: both parts are {@link Strokes}. It needs no files.
     *
     * @param count examples to train on, at least 1; there is a sixth of that, but at least one, to measure with
     * @param seed any number
     * @return the data set
     * @throws IllegalArgumentException if there are fewer than one
     */
    public static Dataset strokes(int count, long seed) {
        return new Dataset(
                Catalogue.STROKES,
                Strokes.of(count, seed, Part.TRAIN),
                Strokes.of(Math.max(1, count / TRAIN_TO_TEST), seed, Part.TEST));
    }

    /**
     * Opens a data set, which is downloaded if it is not on this machine.
     *
     * @param name one of {@link #names()}; {@code strokes} has 60,000 and 10,000 examples
     * @return both parts
     * @throws IllegalArgumentException if there is no set of this name
     * @throws InvalidDataException if a file is damaged
     * @throws IOException if a file can neither be read nor downloaded
     */
    public static Dataset load(String name) throws IOException {
        return load(name, SourceOptions.defaults());
    }

    /**
     * Opens a data set, which is downloaded if it is not on this machine.
     *
     * @param name one of {@link #names()}; {@code strokes} has 60,000 and 10,000 examples
     * @param options the seed of {@code strokes}, and who is told of a download's progress
     * @return both parts
     * @throws IllegalArgumentException if there is no set of this name
     * @throws InvalidDataException if a file is damaged
     * @throws IOException if a file can neither be read nor downloaded
     */
    public static Dataset load(String name, SourceOptions options) throws IOException {
        return new Catalogue(Environment.ofProcess()).open(name, options);
    }

    /**
     * Describes a data set and looks for its files on this machine; nothing is downloaded.
     *
     * @param name one of {@link #names()}
     * @return what is known of it
     * @throws IllegalArgumentException if there is no set of this name
     */
    public static DatasetInfo info(String name) {
        return new Catalogue(Environment.ofProcess()).info(name);
    }

    /**
     * The folders in which the files of data sets are looked for, each in a folder of the set's name.
     *
     * @return {@code $LATENT4J_DATA} if it is set, the cache folder, and that of the operating system's packages
     * @throws IllegalArgumentException if a variable of the environment names no folder
     */
    public static List<Path> folders() {
        return Environment.ofProcess().folders();
    }

    /**
     * The folder that what is downloaded and what is spooled goes to.
     *
     * @return a folder, which may not be there yet
     * @throws IllegalArgumentException if a variable of the environment names no folder
     */
    public static Path cache() {
        return Environment.ofProcess().cache();
    }
}
