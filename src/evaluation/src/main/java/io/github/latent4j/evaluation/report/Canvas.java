package io.github.latent4j.evaluation.report;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;

/** Rows and columns of tiles of one size, each showing an image, magnified by a whole factor without smoothing. */
final class Canvas {
    /** Between and around tiles: a grey that sets off black images as well as white ones. */
    static final int BACKGROUND = 0xD5D9DF;

    /** More is no picture to look at, and needs more than a quarter of a gigabyte. */
    private static final long MOST_PIXELS = 1 << 26;

    private static final int TILE_TARGET = 96;
    private static final int WIDTH_TARGET = 1280;
    private static final int MOST_MAGNIFIED = 8;

    private final InputContract.Image image;
    private final int scale;
    private final int margin;
    private final int gap;
    private final int bandGap;
    private final int rowsPerBand;
    private final int width;
    private final int height;
    private final int[] rgb;

    /**
     * An empty canvas.
     *
     * @param image what a tile shows
     * @param columns tiles side by side
     * @param rows tiles one below the other
     * @param rowsPerBand after this many rows a wider gap follows
     * @param gapped false for tiles that touch each other
     * @throws IllegalArgumentException if the picture would be too large
     */
    Canvas(InputContract.Image image, int columns, int rows, int rowsPerBand, boolean gapped) {
        this.image = image;
        this.scale = scale(image, columns);
        this.margin = Math.max(2, scale);
        this.gap = gapped ? margin : 0;
        this.bandGap = rowsPerBand == 1 ? gap : 4 * gap;
        this.rowsPerBand = rowsPerBand;
        long wide = 2L * margin + (long) columns * (image.width() * (long) scale + gap) - gap;
        int bands = (rows + rowsPerBand - 1) / rowsPerBand;
        long high = 2L * margin
                + (long) rows * image.height() * scale
                + (long) (rows - bands) * gap
                + (long) (bands - 1) * bandGap;
        if (wide > MOST_PIXELS || high > MOST_PIXELS || wide * high > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "found %d x %d images of %s, which make a picture of %d x %d, expected at most %d pixels: show fewer"
                            .formatted(columns, rows, image.text(), wide, high, MOST_PIXELS));
        }
        this.width = (int) wide;
        this.height = (int) high;
        this.rgb = new int[width * height];
        Arrays.fill(rgb, BACKGROUND);
    }

    private static int scale(InputContract.Image image, int columns) {
        int byTile = TILE_TARGET / Math.max(image.width(), image.height());
        int byWidth = (int) (WIDTH_TARGET / ((long) columns * image.width()));
        return Math.max(1, Math.min(MOST_MAGNIFIED, Math.min(byTile, byWidth)));
    }

    /** Draws the image of a row of a matrix; values are clamped to [0, 1]. */
    void draw(Matrix images, int index, int column, int row) {
        int left = margin + column * (image.width() * scale + gap);
        int bandsAbove = row / rowsPerBand;
        int top = margin + row * image.height() * scale + (row - bandsAbove) * gap + bandsAbove * bandGap;
        for (int y = 0; y < image.height() * scale; y++) {
            for (int x = 0; x < image.width() * scale; x++) {
                int pixel = (y / scale * image.width() + x / scale) * image.channels();
                rgb[(top + y) * width + left + x] = color(images, index, pixel);
            }
        }
    }

    private int color(Matrix images, int index, int pixel) {
        int red = level(images, index, pixel);
        if (image.channels() == 1) {
            return red << 16 | red << 8 | red;
        }
        return red << 16 | level(images, index, pixel + 1) << 8 | level(images, index, pixel + 2);
    }

    private static int level(Matrix images, int index, int value) {
        float v = images.get(index, value);
        if (Float.isNaN(v)) {
            throw new IllegalArgumentException(
                    "image %d: found NaN at index %d, expected a number".formatted(index, value));
        }
        return Math.round(255 * Math.max(0, Math.min(1, v)));
    }

    /** The picture; nothing is drawn any more afterwards. */
    Picture picture() {
        return new Picture(width, height, rgb);
    }
}
