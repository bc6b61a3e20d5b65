package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.ModelHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * All of a model but its parameters, as it stands in a model file: {@code latent4j.json} and, where there is a baseline, its
 * numbers in {@code baseline.bin}. It goes there and back without loss; docs/model-format.md describes the fields.
 *
 * @param spec what the model is
 * @param card where it came from and what it expects
 */
public record ModelDescription(ModelSpec spec, ModelCard card) {
    /** The version of the format that is written; all versions up to it can be read. */
    public static final int FORMAT = 3;

    /** The name of the entry that holds the JSON. */
    public static final String ENTRY = "latent4j.json";

    /** The name of the entry that holds the baseline's numbers. */
    public static final String BASELINE_ENTRY = "baseline.bin";

    /**
     * Makes a description.
     *
     * @throws IllegalArgumentException if the card's input contract or baseline is for examples of another size
     */
    public ModelDescription {
        card.checkedFor(spec);
    }

    /**
     * Writes JSON: indented, with LF line ends and fields in a fixed order.
     *
     * @return the text
     */
    public String toJson() {
        return ModelHeader.json(this, Map.of());
    }

    /**
     * Writes the baseline's numbers: its mean, then its components one after the other, as big-endian floats.
     *
     * @return the bytes; empty where there is no baseline
     */
    public Optional<byte[]> baselineBytes() {
        return card.baseline().map(pca -> {
            float[] components = pca.components().data();
            ByteBuffer bytes = ByteBuffer.allocate((pca.mean().length + components.length) * Float.BYTES);
            bytes.asFloatBuffer().put(pca.mean()).put(components);
            return bytes.array();
        });
    }

    /**
     * Reads what {@link #toJson()} and {@link #baselineBytes()} wrote.
     *
     * @param json the text
     * @param baseline the baseline's numbers; empty where the text tells of none
     * @return the description
     * @throws ModelFormatException if it is no JSON, of a newer format, a field is missing or wrong, or the baseline is of
     *     another size; the message names the entry and the field
     */
    public static ModelDescription parse(String json, Optional<byte[]> baseline) throws ModelFormatException {
        ModelHeader header = ModelHeader.parse(json.getBytes(StandardCharsets.UTF_8));
        return header.withBaseline(baseline.orElse(null));
    }
}
