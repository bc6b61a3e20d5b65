package io.github.latent4j.runtime.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON of unknown origin into maps, lists, texts, numbers and truth values, and nothing else. Depth, counts and lengths
 * have limits, so that the memory it takes is in proportion to the text and the time too.
 */
final class JsonTree {
    private static final int MOST_LEVELS = 16;
    private static final int MOST_VALUES = 1 << 19;

    /** An object or a list takes as much memory as that many values. */
    private static final int VALUES_OF_A_CONTAINER = 8;

    private static final int MOST_NAME = 200;
    private static final int MOST_TEXT = 1 << 20;
    private static final int MOST_DIGITS = 100;

    /** Names are not kept for later: there are few, and names of unknown origin would stay for ever. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS)
                    .maxNameLength(MOST_NAME)
                    .maxStringLength(MOST_TEXT)
                    .maxNumberLength(MOST_DIGITS)
                    .build())
            .build();

    private final JsonParser parser;
    private int values;

    private JsonTree(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads one object.
     *
     * @param utf8 the text
     * @return its fields in their order
     * @throws IllegalArgumentException if it is anything else, a field stands there twice, or a limit is passed
     */
    static Map<String, Object> object(byte[] utf8) {
        try (JsonParser parser = FACTORY.createParser(
                new InputStreamReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8.newDecoder()))) {
            return new JsonTree(parser).root();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("found bytes that are no UTF-8, expected JSON in UTF-8", e);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException(
                    ("found JSON beyond the limits, expected at most %d levels, names of %d characters, texts of %d"
                                    + " characters and numbers of %d digits")
                            .formatted(MOST_LEVELS, MOST_NAME, MOST_TEXT, MOST_DIGITS),
                    e);
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage();
            int end = reason.indexOf(": "); // behind it stands advice to programmers
            throw new IllegalArgumentException(
                    "found text that is no JSON%s (%s), expected a JSON object"
                            .formatted(place(e.getLocation()), Quoted.cut(end < 0 ? reason : reason.substring(0, end))),
                    e);
        } catch (IOException e) {
            throw new IllegalStateException("an array can always be read", e);
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private Map<String, Object> root() throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("found %s, expected a JSON object"
                    .formatted(first == null ? "nothing" : Quoted.of(parser.getText())));
        }
        Map<String, Object> fields = fields();
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException(
                    "found more behind the JSON object%s, expected its end".formatted(place(parser.currentLocation())));
        }
        return fields;
    }

    private Map<String, Object> fields() throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (fields.containsKey(name)) {
                throw new IllegalArgumentException("found field %s twice%s, expected it once"
                        .formatted(Quoted.of(name), place(parser.currentLocation())));
            }
            parser.nextToken();
            fields.put(name, value());
        }
        return fields;
    }

    private List<Object> elements() throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return elements;
    }

    private @Nullable Object value() throws IOException {
        values += parser.currentToken().isStructStart() ? VALUES_OF_A_CONTAINER : 1;
        if (values > MOST_VALUES) {
            throw new IllegalArgumentException(
                    "found more than %d values (an object or a list counts as %d), expected at most that"
                            .formatted(MOST_VALUES, VALUES_OF_A_CONTAINER));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> fields();
            case START_ARRAY -> elements();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
