package io.github.latent4j.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.latent4j.runtime.Matrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples as JSON: an array of numbers is one, an array of such arrays is a batch. Nothing else is taken.
 *
 * @param rows the examples
 * @param batch whether they came as a batch, even of one
 */
record JsonRows(List<float[]> rows, boolean batch) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads a text; whatever is wrong with it is an {@link IllegalArgumentException} of one sentence. */
    static JsonRows parse(byte[] text) {
        try (JsonParser parser = JSON.createParser(text)) {
            expect(parser, parser.nextToken() == JsonToken.START_ARRAY, "an array");
            JsonToken first = parser.nextToken();
            boolean batch = first == JsonToken.START_ARRAY;
            List<float[]> rows = new ArrayList<>();
            if (batch) {
                for (JsonToken t = first; t != JsonToken.END_ARRAY; t = parser.nextToken()) {
                    expect(parser, t == JsonToken.START_ARRAY, "an array of numbers, as the first element is");
                    rows.add(numbers(parser, parser.nextToken()));
                }
            } else {
                rows.add(numbers(parser, first));
            }
            expect(parser, parser.nextToken() == null, "nothing behind the array");
            return new JsonRows(rows, batch);
        } catch (JsonEOFException e) {
            throw new IllegalArgumentException("body: found text that ends within an array, expected all of it", e);
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage();
            int advice = reason.indexOf(": "); // to programmers
            String place = e.getLocation() == null
                    ? ""
                    : "line %d, column %d: "
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw new IllegalArgumentException(
                    "body: %sfound no JSON of numbers (%s)"
                            .formatted(place, advice < 0 ? reason : reason.substring(0, advice)),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("body: found bytes that are no text (%s)".formatted(e.getMessage()), e);
        }
    }

    private static float[] numbers(JsonParser parser, @Nullable JsonToken first) throws IOException {
        float[] values = new float[16];
        int count = 0;
        for (JsonToken t = first; t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            expect(parser, t != null && t.isNumeric(), "a number");
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = (float) parser.getDoubleValue();
        }
        return Arrays.copyOf(values, count);
    }

    private static void expect(JsonParser parser, boolean holds, String what) throws IOException {
        if (holds) {
            return;
        }
        if (parser.currentToken() == null) {
            throw new IllegalArgumentException("body: found nothing, expected " + what);
        }
        String found = parser.getText();
        throw new IllegalArgumentException("body: line %d, column %d: found '%s', expected %s"
                .formatted(
                        parser.currentTokenLocation().getLineNr(),
                        parser.currentTokenLocation().getColumnNr(),
                        found.length() > 60 ? found.substring(0, 60) + "…" : found,
                        what));
    }

    /** The rows side by side in a matrix. */
    Matrix matrix() {
        return Matrix.of(rows.toArray(float[][]::new));
    }

    /** What a generator of JSON is asked to write. */
    @FunctionalInterface
    interface Writing {
        void to(JsonGenerator generator) throws IOException;
    }

    /** JSON as bytes. */
    static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            writing.to(generator);
        }
        return bytes.toByteArray();
    }

    /** Writes an array of numbers. */
    static void write(JsonGenerator generator, float[] values) throws IOException {
        generator.writeStartArray();
        for (float value : values) {
            write(generator, value);
        }
        generator.writeEndArray();
    }

    /** Writes a number; one that is not finite, which JSON does not know, is an {@link IllegalArgumentException}. */
    static void write(JsonGenerator generator, double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "input: found values so large that a result is %s, expected values like those that the model was trained on"
                            .formatted(value));
        }
        if ((float) value == value) {
            generator.writeNumber((float) value);
        } else {
            generator.writeNumber(value);
        }
    }

    /** Writes an array of arrays of numbers. */
    static void write(JsonGenerator generator, Matrix matrix) throws IOException {
        generator.writeStartArray();
        for (int r = 0; r < matrix.rows(); r++) {
            write(generator, matrix.row(r));
        }
        generator.writeEndArray();
    }
}
