package io.github.latent4j.runtime.internal;

import java.math.BigInteger;
import java.util.ArrayList;
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
    private static final int MOST_FIELDS = 1000;
    private static final int MOST_OF_A_WORD = 80;

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
        return new IllegalArgumentException("field %s: found %s, expected %s"
                .formatted(Quoted.cut(path + name), shown(fields.get(name)), expected));
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof List<?> list) {
            return "a list of " + list.size();
        }
        return value instanceof Map<?, ?> ? "an object" : Quoted.of(value.toString());
    }

    /**
     * Whether there is a field.
     *
     * @param name the field
     * @return false if it is missing or null
     */
    public boolean has(String name) {
        return fields.get(name) != null;
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
        boolean large = value instanceof Long || value instanceof BigInteger;
        throw wrong(name, large ? "a whole number from -2^31 to below 2^31" : "a whole number");
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
     * A string that is the name of something, with or without numbers, and so is never long.
     *
     * @param name the field
     * @return its value
     */
    public String word(String name) {
        String text = string(name);
        if (text.length() > MOST_OF_A_WORD) {
            throw wrong(name, "at most %d characters".formatted(MOST_OF_A_WORD));
        }
        return text;
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
        List<Integer> numbers = new ArrayList<>();
        for (Object value : list(name)) {
            numbers.add(asInteger(name, value));
        }
        return numbers;
    }

    /**
     * A list of strings.
     *
     * @param name the field
     * @return its value
     */
    public List<String> strings(String name) {
        List<String> texts = new ArrayList<>();
        for (Object value : list(name)) {
            if (!(value instanceof String text)) {
                throw wrong(name, "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    /**
     * A list of texts and objects.
     *
     * @param name the field
     * @return for each element a {@code String} or the {@code JsonFields} of an object
     */
    public List<Object> mixed(String name) {
        List<Object> elements = new ArrayList<>();
        for (Object value : list(name)) {
            if (value instanceof Map<?, ?> map) {
                elements.add(element(name, elements.size(), map));
            } else if (value instanceof String) {
                elements.add(value);
            } else {
                throw wrong(name, "a list of texts and objects");
            }
        }
        return elements;
    }

    /**
     * A number.
     *
     * @param name the field
     * @return its value, finite
     */
    public double number(String name) {
        return asNumber(name, fields.get(name));
    }

    /**
     * A number that may be missing.
     *
     * @param name the field
     * @param otherwise what is given where there is none
     * @return its value, finite, or the other one
     */
    public double optionalNumber(String name, double otherwise) {
        return fields.containsKey(name) ? number(name) : otherwise;
    }

    /**
     * A list of numbers.
     *
     * @param name the field
     * @return its values, finite
     */
    public double[] numbers(String name) {
        double[] numbers = new double[list(name).size()];
        int next = 0;
        for (Object value : list(name)) {
            if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
                throw wrong(name, "a list of finite numbers");
            }
            numbers[next++] = number.doubleValue();
        }
        return numbers;
    }

    private double asNumber(String name, @Nullable Object value) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(name, "a finite number");
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
        Optional<JsonFields> object = optionalObject(name);
        if (object.isEmpty()) {
            throw wrong(name, "an object");
        }
        return object.get();
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
        List<JsonFields> objects = new ArrayList<>();
        for (Object value : list(name)) {
            if (!(value instanceof Map<?, ?> map)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(element(name, objects.size(), map));
        }
        return objects;
    }

    private JsonFields element(String name, int index, Map<?, ?> map) {
        return nested("%s[%d]".formatted(name, index), map);
    }

    private JsonFields nested(String name, Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            copy.put(String.valueOf(entry.getKey()), entry.getValue());
        }
        return new JsonFields(path + name + ".", copy);
    }

    /**
     * All fields as numbers.
     *
     * @return by name, in order
     */
    public Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        requireFew();
        for (String name : fields.keySet()) {
            if (!(fields.get(name) instanceof Number number)) {
                throw wrong(name, "a number");
            }
            if (!Double.isFinite(number.doubleValue())) {
                throw wrong(name, "a finite number");
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
        requireFew();
        for (String name : fields.keySet()) {
            texts.put(name, string(name));
        }
        return texts;
    }

    /**
     * The names of all fields.
     *
     * @return in order
     */
    public List<String> names() {
        requireFew();
        return List.copyOf(fields.keySet());
    }

    private void requireFew() {
        if (fields.size() > MOST_FIELDS) {
            throw new IllegalArgumentException("field %s: found %d fields, expected at most %d"
                    .formatted(path.substring(0, path.length() - 1), fields.size(), MOST_FIELDS));
        }
    }
}
