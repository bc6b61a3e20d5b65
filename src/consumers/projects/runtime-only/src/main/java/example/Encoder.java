package example;

import io.github.latent4j.runtime.LatentModel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Encodes with the model that this project brings along. */
public final class Encoder {
    private final LatentModel model;

    /**
     * Loads the model.
     *
     * @throws IOException if it cannot be read
     */
    public Encoder() throws IOException {
        try (InputStream stream = Encoder.class.getResourceAsStream("/strokes.zip")) {
            if (stream == null) {
                throw new FileNotFoundException("strokes.zip");
            }
            model = LatentModel.load(stream);
        }
    }

    /**
     * Encodes an image.
     *
     * @param pixels 28 x 28 pixels in [0, 1]
     * @return the code
     */
    public float[] encode(float[] pixels) {
        return model.encode(pixels);
    }
}
