package io.github.latent4j.data;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be said about a source besides its name.
 *
 * @param imageSize what images of a folder are resized to; without it they need one size
 * @param grey whether images of a folder are made grey
 * @param label the column of a CSV file that is a label and no feature
 * @param table how a CSV file is read
 * @param seed what {@code strokes} is drawn from, and the rows of a long table that quantiles are taken from
 * @param progress is told of downloads and spooling
 */
public record SourceOptions(
        Optional<ImageSize> imageSize,
        boolean grey,
        Optional<String> label,
        TableOptions table,
        long seed,
        Progress progress) {
    private static final long DEFAULT_SEED = 1;

    /**
     * Images as they are, no label column, tables as their content tells, seed 1, silent.
     *
     * @return the options
     */
    public static SourceOptions defaults() {
        return new SourceOptions(
                Optional.empty(), false, Optional.empty(), TableOptions.defaults(), DEFAULT_SEED, Progress.NONE);
    }

    /**
     * The same with another image size.
     *
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     * @return new options
     * @throws IllegalArgumentException if a size is below 1
     */
    public SourceOptions withImageSize(int width, int height) {
        return withImageSize(new ImageSize(width, height));
    }

    /**
     * The same with another image size.
     *
     * @param size what images are resized to
     * @return new options
     */
    public SourceOptions withImageSize(ImageSize size) {
        return new SourceOptions(Optional.of(size), grey, label, table, seed, progress);
    }

    /**
     * The same with grey images, or images as they are.
     *
     * @param other whether images are made grey
     * @return new options
     */
    public SourceOptions withGrey(boolean other) {
        return new SourceOptions(imageSize, other, label, table, seed, progress);
    }

    /**
     * The same with a label column.
     *
     * @param column its name
     * @return new options
     */
    public SourceOptions withLabel(String column) {
        return new SourceOptions(imageSize, grey, Optional.of(column), table, seed, progress);
    }

    /**
     * The same for a table.
     *
     * @param other how it is read
     * @return new options
     */
    public SourceOptions withTable(TableOptions other) {
        return new SourceOptions(imageSize, grey, label, other, seed, progress);
    }

    /**
     * The same with another seed.
     *
     * @param other any number
     * @return new options
     */
    public SourceOptions withSeed(long other) {
        return new SourceOptions(imageSize, grey, label, table, other, progress);
    }

    /**
     * The same with another listener.
     *
     * @param other is told of downloads and spooling
     * @return new options
     */
    public SourceOptions withProgress(Progress other) {
        return new SourceOptions(imageSize, grey, label, table, seed, other);
    }

    /**
     * The size of an image.
     *
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     */
    public record ImageSize(int width, int height) {
        private static final int MOST = 8192;
        private static final Pattern TEXT = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

        /**
         * Makes a size.
         *
         * @throws IllegalArgumentException if one is below 1 or above 8,192
         */
        public ImageSize {
            if (width < 1 || height < 1 || width > MOST || height > MOST) {
                throw new IllegalArgumentException(
                        "image size: found %dx%d, expected from 1x1 to %dx%d".formatted(width, height, MOST, MOST));
            }
        }

        /**
         * Reads a size.
         *
         * @param text such as {@code 64x48}: width, height
         * @return the size
         * @throws IllegalArgumentException if the text is another
         */
        public static ImageSize parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "image size: found %s, expected WIDTHxHEIGHT, such as 64x48".formatted(text));
            }
            return new ImageSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }

        @Override
        public String toString() {
            return width + "x" + height;
        }
    }
}
