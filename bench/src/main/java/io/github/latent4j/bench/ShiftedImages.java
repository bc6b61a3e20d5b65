package io.github.latent4j.bench;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.IdxWriter;
import io.github.latent4j.runtime.InputContract.Image;
import io.github.latent4j.runtime.Matrix;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Many images made of few: the grey images of a source over and over, each time shifted to another place.
 *
 * @param images the source
 * @param shape of its images
 */
record ShiftedImages(Examples images, Image shape) {
    /** Shifts go from -REACH to REACH, in both directions. */
    private static final int REACH = 3;

    private static final int PLACES = 2 * REACH + 1;
    private static final int BLOCK = 4096;

    /** Takes grey images. */
    static ShiftedImages of(Examples images) {
        if (images.input() instanceof Image shape && shape.channels() == 1) {
            return new ShiftedImages(images, shape);
        }
        throw new IllegalArgumentException("%s: found examples of %s, expected grey images"
                .formatted(images.name(), images.input().text()));
    }

    /** Writes so many images as bytes, as they come, into an IDX file. */
    void write(Path file, int count) throws IOException {
        try (IdxWriter writer = IdxWriter.bytes(file, shape.height(), shape.width())) {
            for (int from = 0; from < count; from += BLOCK) {
                writer.write(block(from, Math.min(from + BLOCK, count)));
            }
            writer.finish();
        }
    }

    /** The images from one number to below another. */
    Matrix block(int from, int to) {
        int[] sources = new int[to - from];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = (from + i) % images.size();
        }
        float[] read = images.read(sources).data();
        Matrix shifted = Matrix.zeros(sources.length, shape.size());
        for (int i = 0; i < sources.length; i++) {
            int turn = (from + i) / images.size();
            shift(read, shifted.data(), i * shape.size(), offset(turn % PLACES), offset(turn / PLACES % PLACES));
        }
        return shifted;
    }

    /** 0, 1, -1, 2, -2 …: the first turn is not shifted. */
    private static int offset(int place) {
        return (place % 2 == 1 ? 1 : -1) * ((place + 1) / 2);
    }

    private void shift(float[] source, float[] target, int at, int right, int down) {
        int width = shape.width();
        int height = shape.height();
        int columns = width - Math.abs(right);
        if (columns <= 0) {
            return;
        }
        for (int y = Math.max(0, down); y < Math.min(height, height + down); y++) {
            System.arraycopy(
                    source,
                    at + (y - down) * width + Math.max(0, -right),
                    target,
                    at + y * width + Math.max(0, right),
                    columns);
        }
    }
}
