package io.github.latent4j.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/** An image that ImageIO can read. */
record ImageFile(Path path, int width, int height, boolean grey) {
    private static final float WHITE = 255;
    private static final int OPAQUE = 255;

    /** Reads the head of a file. */
    static ImageFile of(Path path) throws IOException {
        return with(path, reader -> {
            Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
            boolean grey = types.hasNext() && isGrey(types.next().getColorModel());
            return new ImageFile(path, reader.getWidth(0), reader.getHeight(0), grey);
        });
    }

    private static boolean isGrey(ColorModel model) {
        if (model instanceof IndexColorModel palette) {
            for (int i = 0; i < palette.getMapSize(); i++) {
                if (palette.getRed(i) != palette.getGreen(i) || palette.getGreen(i) != palette.getBlue(i)) {
                    return false;
                }
            }
            return true;
        }
        return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    /**
     * Reads the pixels, on black where they are transparent.
     *
     * @param channels 1 for grey, 3 for red, green and blue
     * @return values from 0 to 255, row by row, the channels of a pixel side by side
     */
    float[] pixels(int channels) throws IOException {
        BufferedImage image = with(path, ImageFile::read);
        float[] pixels = new float[width * height * channels];
        boolean storedGrey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        for (int y = 0; y < height; y++) {
            if (storedGrey) {
                greyRow(image, y, channels, pixels);
            } else {
                colourRow(image, y, channels, pixels);
            }
        }
        return pixels;
    }

    private static BufferedImage read(ImageReader reader) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage image = reader.read(0);
        for (String warning : warnings) {
            // A JPEG file that ends early is filled up with grey.
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                throw new IIOException(warning);
            }
        }
        return image;
    }

    /** Takes the stored values: {@code getRGB} would convert them from linear light. */
    private void greyRow(BufferedImage image, int y, int channels, float[] pixels) {
        Raster raster = image.getRaster();
        boolean alpha = image.getColorModel().hasAlpha();
        float white = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        for (int x = 0; x < width; x++) {
            float value = raster.getSample(x, y, 0) * WHITE / white;
            if (alpha) {
                value *= raster.getSample(x, y, 1) / white;
            }
            for (int c = 0; c < channels; c++) {
                pixels[(y * width + x) * channels + c] = value;
            }
        }
    }

    private void colourRow(BufferedImage image, int y, int channels, float[] pixels) {
        int[] row = image.getRGB(0, y, width, 1, null, 0, width);
        for (int x = 0; x < width; x++) {
            int argb = row[x];
            float alpha = (float) (argb >>> 24) / OPAQUE;
            float red = alpha * (argb >> 16 & 0xff);
            float green = alpha * (argb >> 8 & 0xff);
            float blue = alpha * (argb & 0xff);
            int pixel = (y * width + x) * channels;
            if (channels == 1) {
                pixels[pixel] = 0.299f * red + 0.587f * green + 0.114f * blue;
            } else {
                pixels[pixel] = red;
                pixels[pixel + 1] = green;
                pixels[pixel + 2] = blue;
            }
        }
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(ImageReader reader) throws IOException;
    }

    private static <T> T with(Path path, Use<T> use) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(path.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new InvalidDataException("%s: found no image, expected PNG, JPEG, GIF or BMP".formatted(path));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return use.of(reader);
            } finally {
                reader.dispose();
            }
        } catch (InvalidDataException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // ImageIO's readers throw all kinds on damaged files
            throw new InvalidDataException(
                    "%s: found an image that cannot be read (%s), expected a sound PNG, JPEG, GIF or BMP"
                            .formatted(path, e.getMessage()),
                    e);
        }
    }
}
