package io.github.latent4j.evaluation.report;

import io.github.latent4j.runtime.internal.StagedFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture in memory. Immutable and thread-safe; {@link Images} draws them. */
public final class Picture {
    private final int width;
    private final int height;
    private final int[] rgb;

    /** Takes the pixels over: row by row from the top, red in bits 16 to 23, green in 8 to 15, blue in 0 to 7. */
    Picture(int width, int height, int[] rgb) {
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /**
     * The width.
     *
     * @return in pixels, at least 1
     */
    public int width() {
        return width;
    }

    /**
     * The height.
     *
     * @return in pixels, at least 1
     */
    public int height() {
        return height;
    }

    /**
     * The picture for Java's own graphics, Swing or a notebook.
     *
     * @return a new image in RGB
     */
    public BufferedImage toBufferedImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        return image;
    }

    /**
     * The picture as PNG.
     *
     * @return the content of a PNG file
     */
    public byte[] png() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // A stream in memory, since ImageIO would put a file into the folder for temporary files.
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(toBufferedImage(), "png", stream);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Writes a PNG file: beside the given one first, then moved into its place, so that a file that was there stays whole
     * if writing fails.
     *
     * @param file where to; its folder exists
     * @throws IOException if the file cannot be written; the message names it and says why
     */
    public void write(Path file) throws IOException {
        StagedFile.write(file, png());
    }

    @Override
    public String toString() {
        return "Picture[" + width + " x " + height + "]";
    }
}
