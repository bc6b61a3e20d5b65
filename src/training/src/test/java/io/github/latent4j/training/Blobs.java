package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import java.util.Random;

/** Small images with structure to learn: a soft spot on a grid of 6 x 6 pixels, wherever two hidden numbers put it. */
public final class Blobs {
    private Blobs() {}

    public static Matrix matrix(int count, long seed) {
        Random random = new Random(seed);
        Matrix images = Matrix.zeros(count, 36);
        for (int r = 0; r < count; r++) {
            double cx = 1 + 3 * random.nextDouble();
            double cy = 1 + 3 * random.nextDouble();
            for (int i = 0; i < 36; i++) {
                double dx = i % 6 - cx;
                double dy = i / 6 - cy;
                images.data()[r * 36 + i] = (float) Math.exp(-(dx * dx + dy * dy) / 3);
            }
        }
        return images;
    }

    public static Examples examples(int count, long seed) {
        return Examples.of(matrix(count, seed), new InputContract.Image(6, 6, 1), "blobs");
    }
}
