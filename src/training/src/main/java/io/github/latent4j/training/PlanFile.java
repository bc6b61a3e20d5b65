package io.github.latent4j.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * A plan as a YAML file: a flat mapping of the names and texts of {@link TrainingPlan#fields()}, in any order; a field that is
 * left out takes its default. docs/plan.md describes the fields. Immutable.
 */
public final class PlanFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final int LONGEST_VALUE = 100;

    private final Path file;
    private final Map<String, Value> values;

    private record Value(String text, int line) {}

    private PlanFile(Path file, Map<String, Value> values) {
        this.file = file;
        this.values = values;
    }

    /**
     * Reads a plan.
     *
     * @param file an empty one gives the defaults
     * @return the plan
     * @throws PlanFormatException if the file is no plan; the message names the line and the field
     * @throws IOException if it cannot be read
     */
    public static TrainingPlan read(Path file) throws IOException {
        PlanFile opened = open(file);
        try {
            return opened.plan(Map.of());
        } catch (PlanException e) {
            throw opened.located(e);
        }
    }

    /**
     * Reads a file whose fields may yet be overruled by others, such as those of a command line. Each field is checked by
     * itself.
     *
     * @param file an empty one has no field
     * @return its content
     * @throws PlanFormatException if the file is no mapping of a plan's fields, or the value of one is wrong in itself; the
     *     message names the line and the field
     * @throws IOException if it cannot be read
     */
    public static PlanFile open(Path file) throws IOException {
        String text = text(file);
        Map<String, Value> values = new LinkedHashMap<>();
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            new Reader(file, parser, values).document();
        } catch (JacksonYAMLParseException e) {
            throw noYaml(file, text, e);
        } catch (JsonProcessingException e) {
            throw new PlanFormatException(
                    "%s: line %d: found a list or a mapping, expected the name of a field"
                            .formatted(file, e.getLocation().getLineNr()),
                    e);
        }
        PlanFile opened = new PlanFile(file, values);
        opened.requireSound();
        return opened;
    }

    /**
     * Writes a plan: all fields, in the order of {@link TrainingPlan#fields()}.
     *
     * @param plan the plan
     * @param file the place; a file that is there is replaced once the new one is whole
     * @throws IOException if it cannot be written
     */
    public static void write(TrainingPlan plan, Path file) throws IOException {
        String text = plan.fields().entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue() + "\n")
                .collect(Collectors.joining());
        StagedFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The plan of this file.
     *
     * @param changes texts by field, which win over those of the file
     * @return the plan
     * @throws PlanException if a change is wrong or fields contradict each other; {@link #located} says where in the file
     */
    public TrainingPlan plan(Map<String, String> changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        values.forEach((field, value) -> fields.put(field, value.text));
        fields.putAll(changes);
        return TrainingPlan.defaults().with(fields);
    }

    /**
     * Whether the file gives a field.
     *
     * @param field its name
     * @return false if it takes its default
     */
    public boolean has(String field) {
        return values.containsKey(field);
    }

    /**
     * Says where in this file something is that contradicts another field, or the model that the plan is for.
     *
     * @param wrong what was found to be wrong
     * @return an exception whose message names the file and, if the field is in it, its line
     */
    public PlanFormatException located(PlanException wrong) {
        Value value = values.get(wrong.field());
        String place = value == null ? file.toString() : "%s: line %d".formatted(file, value.line);
        return new PlanFormatException(place + ": " + wrong.getMessage(), wrong);
    }

    private void requireSound() throws PlanFormatException {
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            try {
                TrainingPlan.defaults().with(Map.of(entry.getKey(), entry.getValue().text));
            } catch (PlanException e) {
                // With the others at their defaults this field may ask for another value of them; that is not its
                // fault.
                if (e.field().equals(entry.getKey())) {
                    throw located(e);
                }
            }
        }
    }

    /** SnakeYAML's message has many lines; its exceptions know the problem and the place. */
    private static PlanFormatException noYaml(Path file, String text, JacksonYAMLParseException e) {
        int line = e.getLocation().getLineNr();
        String problem = "it cannot be parsed";
        if (e.getCause() instanceof MarkedYAMLException marked) {
            line = marked.getProblemMark().getLine() + 1;
            problem = marked.getProblem();
        } else if (e.getCause() instanceof ReaderException read) {
            line = 1
                    + (int) text.codePoints()
                            .limit(read.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            problem = "special characters are not allowed";
        }
        return new PlanFormatException(
                "%s: line %d: found no YAML (%s), expected a field and its value, such as epochs: 10"
                        .formatted(file, line, problem),
                e);
    }

    private static String text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(
                    file.toString(), null, "found a folder, expected a plan, which is a YAML file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new PlanFormatException("%s: found more than 1 MB, expected a plan".formatted(file), null);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PlanFormatException("%s: found bytes that are no UTF-8, expected a plan".formatted(file), e);
        }
    }

    /** Reads tokens, never objects. */
    private record Reader(Path file, YAMLParser parser, Map<String, Value> values) {
        void document() throws IOException {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return;
            }
            if (first == JsonToken.VALUE_NULL) {
                requireEnd();
                return;
            }
            if (first != JsonToken.START_OBJECT) {
                throw wrong("found %s, expected fields with their values, such as epochs: 10".formatted(found(first)));
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                field();
            }
            requireEnd();
        }

        private void field() throws IOException {
            String name = shown(parser.currentName());
            Value before = values.get(name);
            if (before != null) {
                throw wrong("%s: found it a second time, expected it once; it stands in line %d already"
                        .formatted(name, before.line));
            }
            JsonToken token = parser.nextToken();
            String text = parser.getText();
            if (!token.isScalarValue() || token == JsonToken.VALUE_NULL || text.isBlank()) {
                throw wrong("%s: found %s, expected a value".formatted(name, found(token)));
            }
            if (parser.isCurrentAlias() || parser.getTypeId() != null) {
                throw wrong("%s: found %s, expected a plain value"
                        .formatted(name, parser.isCurrentAlias() ? "an alias" : "a tag"));
            }
            if (!shown(text).equals(text)) {
                throw wrong("%s: found '%s', expected a short value in one line".formatted(name, shown(text)));
            }
            values.put(name, new Value(text, parser.currentTokenLocation().getLineNr()));
        }

        private void requireEnd() throws IOException {
            if (parser.nextToken() != null) {
                throw wrong("found a second document, expected one plan");
            }
        }

        private String found(JsonToken token) throws IOException {
            return switch (token) {
                case START_ARRAY -> "a list";
                case START_OBJECT -> "a mapping";
                case VALUE_NULL -> "nothing";
                default -> parser.getText().isBlank() ? "nothing" : "'" + shown(parser.getText()) + "'";
            };
        }

        private PlanFormatException wrong(String what) {
            return new PlanFormatException(
                    "%s: line %d: %s"
                            .formatted(file, parser.currentTokenLocation().getLineNr(), what),
                    null);
        }

        /** The text if it is short and has no line ends, else what can be shown of it in one line. */
        private static String shown(String text) {
            String line = text.chars()
                    .mapToObj(c -> Character.isISOControl(c) ? " " : Character.toString(c))
                    .collect(Collectors.joining());
            return line.length() > LONGEST_VALUE ? line.substring(0, LONGEST_VALUE) + "…" : line;
        }
    }
}
