package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.ModelHeader;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All of a model but its parameters, as it stands in a model file: {@code latent4j.json} and, where there is a baseline or
 * a detector with reference rows, their numbers in {@code baseline.bin} and {@code reference.bin}. It goes there and back without loss; docs/model-format.md describes the fields.
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

    /** The name of the entry that holds a detector's reference rows. */
    public static final String REFERENCE_ENTRY = "reference.bin";

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
     * Writes the numbers that stand in entries of their own, as big-endian floats: of a baseline its mean, then its components
     * one after the other; of a detector its reference rows.
     *
     * @return the bytes by the names of their entries, in order; empty where there are none
     */
    public Map<String, byte[]> numbers() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        card.baseline()
                .ifPresent(pca -> entries.put(
                        BASELINE_ENTRY, bytes(pca.mean(), pca.components().data())));
        card.detection()
                .flatMap(Detection::reference)
                .ifPresent(rows -> entries.put(REFERENCE_ENTRY, bytes(rows.data())));
        return entries;
    }

    private static byte[] bytes(float[]... arrays) {
        ByteBuffer bytes = ByteBuffer.allocate(
                Arrays.stream(arrays).mapToInt(array -> array.length).sum() * Float.BYTES);
        FloatBuffer floats = bytes.asFloatBuffer();
        for (float[] array : arrays) {
            floats.put(array);
        }
        return bytes.array();
    }

    /**
     * Reads what {@link #toJson()} and {@link #numbers()} wrote.
     *
     * @param json the text
     * @param numbers the bytes by the names of their entries
     * @return the description
     * @throws ModelFormatException if it is no JSON, of a newer format, a field is missing or wrong, or numbers are lacking
     *     or not as many as they must be; the message names the entry and the field
     */
    public static ModelDescription parse(String json, Map<String, byte[]> numbers) throws ModelFormatException {
        ModelHeader header = ModelHeader.parse(json.getBytes(StandardCharsets.UTF_8));
        Map<String, float[]> read = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> entry : header.numbers().entrySet()) {
            byte[] bytes = numbers.getOrDefault(entry.getKey(), new byte[0]);
            if (bytes.length != (long) entry.getValue() * Float.BYTES) {
                throw new ModelFormatException("%s: found %d bytes, expected %d, as %s says"
                        .formatted(entry.getKey(), bytes.length, (long) entry.getValue() * Float.BYTES, ENTRY));
            }
            float[] values = new float[entry.getValue()];
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
            read.put(entry.getKey(), values);
        }
        return header.with(read);
    }
}
