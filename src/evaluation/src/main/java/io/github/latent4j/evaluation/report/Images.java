package io.github.latent4j.evaluation.report;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Draws images, one a row of a matrix, as {@link InputContract.Image} describes them. Values are clamped to [0, 1]; small
 * images are magnified by a whole factor, pixel by pixel. Thread-safe.
 *
 * <p>Where an input contract is asked for, that of the model's card will do: {@code model.card().input()}. A contract of a
 * plain vector is read as a square grey image; one of a table has no picture.
 */
public final class Images {
    private static final int PAIRS_A_ROW = 10;

    private Images() {}

    /**
     * A grid of square grey images, as nearly square as their number allows.
     *
     * @param images one a row, at least one, with a square number of values, such as 784 for 28 x 28
     * @return the picture
     * @throws IllegalArgumentException if there is no image, their number of values is no square, one is NaN, or the
     *     picture would have more than 2<sup>26</sup> pixels
     */
    public static Picture grid(Matrix images) {
        return grid(images, new InputContract.Vector(images.columns()));
    }

    /**
     * A grid of images, as nearly square as their number allows.
     *
     * @param images one a row, at least one
     * @param input what their values mean
     * @return the picture
     * @throws IllegalArgumentException if there is no image, the values are no image of that kind, one is NaN, or the
     *     picture would have more than 2<sup>26</sup> pixels
     */
    public static Picture grid(Matrix images, InputContract input) {
        return grid(images, input, Math.max(1, (int) Math.ceil(Math.sqrt(images.rows()))));
    }

    /**
     * A grid of images, from left to right and from top to bottom.
     *
     * @param images one a row, at least one
     * @param input what their values mean
     * @param columns images side by side, at least 1
     * @return the picture
     * @throws IllegalArgumentException if there is no image or column, the values are no image of that kind, one is NaN,
     *     or the picture would have more than 2<sup>26</sup> pixels
     */
    public static Picture grid(Matrix images, InputContract input, int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("columns: found %d, expected at least 1".formatted(columns));
        }
        InputContract.Image image = image(images, input);
        int count = images.rows();
        int wide = Math.min(columns, count);
        Canvas canvas = new Canvas(image, wide, (count - 1) / wide + 1, 1, true);
        for (int i = 0; i < count; i++) {
            canvas.draw(images, i, i % wide, i / wide);
        }
        return canvas.picture();
    }

    /**
     * Originals, each with its reconstruction below it; ten side by side.
     *
     * @param originals one a row, at least one
     * @param reconstructions as many, in the same order
     * @param input what the values of both mean
     * @return the picture
     * @throws IllegalArgumentException if there is no image, there are more of one than of the other, the values are no
     *     image of that kind, one is NaN, or the picture would have more than 2<sup>26</sup> pixels
     */
    public static Picture pairs(Matrix originals, Matrix reconstructions, InputContract input) {
        InputContract.Image image = image(originals, input);
        if (reconstructions.rows() != originals.rows() || reconstructions.columns() != originals.columns()) {
            throw new IllegalArgumentException(
                    "found reconstructions of %d x %d values, expected %d x %d as the originals"
                            .formatted(
                                    reconstructions.rows(),
                                    reconstructions.columns(),
                                    originals.rows(),
                                    originals.columns()));
        }
        int count = originals.rows();
        int wide = Math.min(PAIRS_A_ROW, count);
        Canvas canvas = new Canvas(image, wide, 2 * ((count - 1) / wide + 1), 2, true);
        for (int i = 0; i < count; i++) {
            canvas.draw(originals, i, i % wide, i / wide * 2);
            canvas.draw(reconstructions, i, i % wide, i / wide * 2 + 1);
        }
        return canvas.picture();
    }

    /**
     * What a VAE with two latent dimensions makes of its whole latent plane (as in Kingma and Welling 2014, arXiv
     * 1312.6114, figure 4): along each dimension, codes at equally probable steps from the 5 % to the 95 % quantile of the
     * prior. The first dimension grows to the right, the second upwards.
     *
     * @param vae a VAE of two latent dimensions, whose card says what its images are
     * @param steps images along each dimension, at least 2
     * @return the picture
     * @throws IllegalArgumentException if the latent dimensions are not two, there are fewer than two steps, the VAE's
     *     outputs are no images, or the picture would have more than 2<sup>26</sup> pixels
     */
    public static Picture manifold(Vae vae, int steps) {
        if (vae.spec().latent() != 2) {
            throw new IllegalArgumentException(
                    "found a VAE of %d latent dimensions, expected 2 to draw its latent plane"
                            .formatted(vae.spec().latent()));
        }
        if (steps < 2) {
            throw new IllegalArgumentException("steps: found %d, expected at least 2".formatted(steps));
        }
        Canvas canvas = new Canvas(image(vae.card().input()), steps, steps, 1, false);
        NormalDistribution prior = new NormalDistribution(null, 0, 1);
        float[] quantiles = new float[steps];
        for (int i = 0; i < steps; i++) {
            quantiles[i] = (float) prior.inverseCumulativeProbability(0.05 + 0.9 * i / (steps - 1));
        }
        for (int row = 0; row < steps; row++) {
            Matrix codes = Matrix.zeros(steps, 2);
            for (int column = 0; column < steps; column++) {
                codes.data()[2 * column] = quantiles[column];
                codes.data()[2 * column + 1] = quantiles[steps - 1 - row];
            }
            Matrix images = vae.decode(codes);
            for (int column = 0; column < steps; column++) {
                canvas.draw(images, column, column, row);
            }
        }
        return canvas.picture();
    }

    private static InputContract.Image image(Matrix images, InputContract input) {
        if (images.rows() < 1) {
            throw new IllegalArgumentException("found no image, expected at least one");
        }
        if (images.columns() != input.size()) {
            throw new IllegalArgumentException("found images of %d values, expected %d: %s"
                    .formatted(images.columns(), input.size(), input.text()));
        }
        return image(input);
    }

    private static InputContract.Image image(InputContract input) {
        if (input instanceof InputContract.Image image) {
            return image;
        }
        if (input instanceof InputContract.Table) {
            throw new IllegalArgumentException(
                    "found %s, expected images: a table has no picture".formatted(input.text()));
        }
        int side = (int) Math.round(Math.sqrt(input.size()));
        if (side * side != input.size()) {
            throw new IllegalArgumentException(
                    "found images of %d values, expected a square number of grey pixels, or a contract that says height, width and channels"
                            .formatted(input.size()));
        }
        return new InputContract.Image(side, side, 1);
    }
}
