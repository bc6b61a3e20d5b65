package io.github.latent4j.runtime.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, read by name and kind. What is missing or of another kind is an
 * {@link IllegalArgumentException} that names the field with its path.
 */
public final class JsonFields {
    private final String path;
    private final Map<String, Object> fields;

    /**
     * Wraps an object.
     *
     * @param path the path of the object with a dot at its end, empty for the root
     * @param fields its fields
     */
    public JsonFields(String path, Map<String, Object> fields) {
        this.path = path;
        this.fields = fields;
    }

    /**
     * An exception that says that a field is wrong.
     *
     * @param name the field
     * @param expected what it should be
     * @return the exception, to be thrown
     */
    public IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException(
                "field %s%s: found %s, expected %s".formatted(path, name, shown(fields.get(name)), expected));
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        String text = value.toString();
        return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
    }

    /**
     * A whole number that fits into an {@code int}.
     *
     * @param name the field
     * @return its value
     */
    public int integer(String name) {
        return asInteger(name, fields.get(name));
    }

    private int asInteger(String name, @Nullable Object value) {
        if (value instanceof Integer number) {
            return number;
        }
        throw wrong(name, "a whole number");
    }

    /**
     * A string.
     *
     * @param name the field
     * @return its value
     */
    public String string(String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text");
    }

    /**
     * A truth value.
     *
     * @param name the field
     * @return its value
     */
    public boolean bool(String name) {
        if (fields.get(name) instanceof Boolean value) {
            return value;
        }
        throw wrong(name, "true or false");
    }

    /**
     * A list of whole numbers.
     *
     * @param name the field
     * @return its value
     */
    public List<Integer> integers(String name) {
        return list(name).stream().map(value -> asInteger(name, value)).toList();
    }

    /**
     * A list of strings.
     *
     * @param name the field
     * @return its value
     */
    public List<String> strings(String name) {
        return list(name).stream()
                .map(value -> {
                    if (value instanceof String text) {
                        return text;
                    }
                    throw wrong(name, "a list of texts");
                })
                .toList();
    }

    private List<?> list(String name) {
        if (fields.get(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list");
    }

    /**
     * An object.
     *
     * @param name the field
     * @return its fields
     */
    public JsonFields object(String name) {
        return optionalObject(name).orElseThrow(() -> wrong(name, "an object"));
    }

    /**
     * An object that may be missing.
     *
     * @param name the field
     * @return its fields
     */
    public Optional<JsonFields> optionalObject(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map<?, ?> map) {
            return Optional.of(nested(name, map));
        }
        throw wrong(name, "an object");
    }

    /**
     * A list of objects.
     *
     * @param name the field
     * @return the fields of each
     */
    public List<JsonFields> objects(String name) {
        return list(name).stream()
                .map(value -> {
                    if (value instanceof Map<?, ?> map) {
                        return nested(name, map);
                    }
                    throw wrong(name, "a list of objects");
                })
                .toList();
    }

    private JsonFields nested(String name, Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((k, v) -> copy.put(String.valueOf(k), v));
        return new JsonFields(path + name + ".", copy);
    }

    /**
     * All fields as numbers.
     *
     * @return by name, in order
     */
    public Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String name : fields.keySet()) {
            if (!(fields.get(name) instanceof Number number)) {
                throw wrong(name, "a number");
            }
            numbers.put(name, number.doubleValue());
        }
        return numbers;
    }

    /**
     * All fields as texts.
     *
     * @return by name, in order
     */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : fields.keySet()) {
            texts.put(name, string(name));
        }
        return texts;
    }
}
