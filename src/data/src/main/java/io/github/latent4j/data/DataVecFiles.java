package io.github.latent4j.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.datavec.api.transform.DataAction;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.transform.schema.SequenceSchema;
import org.datavec.api.transform.serde.JsonMappers;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JsonNode;

/** Reads schemas and transform processes of DataVec from JSON. Their classes are DataVec's own alone. */
final class DataVecFiles {
    private static final long MOST_BYTES = 1 << 24;
    private static final String CLASS = "@class";
    private static final List<String> PACKAGES = List.of("org.datavec.api.transform.", "org.joda.time.");

    private DataVecFiles() {}

    /** The schema in a file. */
    static Schema schema(Path file) throws IOException {
        Schema schema = read(file, "schema", Schema::fromJson);
        if (schema.getColumnMetaData() == null || schema.numColumns() == 0 || schema instanceof SequenceSchema) {
            throw new InvalidDataException("%s: found %s, expected a DataVec schema of a table with columns"
                    .formatted(file, schema instanceof SequenceSchema ? "one of sequences" : "no columns"));
        }
        return schema;
    }

    /** The transform process in a file, whose steps take one record at a time. */
    static TransformProcess transform(Path file) throws IOException {
        TransformProcess process = read(file, "transform process", TransformProcess::fromJson);
        int step = 1;
        for (DataAction action : process.getActionList()) {
            if (action.getTransform() == null && action.getFilter() == null) {
                throw new InvalidDataException(
                        "%s: step %d: found %s, expected a transform or a filter, which takes one record at a time"
                                .formatted(file, step, action));
            }
            step++;
        }
        return process;
    }

    private static <T> T read(Path file, String what, Function<String, T> reader) throws IOException {
        Inputs.requireFile(file, "a DataVec %s as JSON".formatted(what));
        if (Files.size(file) > MOST_BYTES) {
            throw new InvalidDataException("%s: found %d bytes, expected at most %d of a DataVec %s"
                    .formatted(file, Files.size(file), MOST_BYTES, what));
        }
        try {
            String text = Files.readString(file);
            JsonNode root = JsonMappers.getMapper()
                    .reader(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .readTree(text);
            Optional<String> foreign = foreignClass(root);
            if (foreign.isPresent()) {
                throw new InvalidDataException(
                        "%s: found the class %s, expected DataVec's own alone".formatted(file, foreign.get()));
            }
            T value = root.isObject() ? reader.apply(text) : null;
            if (value == null) {
                throw new InvalidDataException("%s: found no JSON object, expected a DataVec %s".formatted(file, what));
            }
            return value;
        } catch (CharacterCodingException e) {
            throw new InvalidDataException("%s: found bytes that are no UTF-8, expected JSON".formatted(file), e);
        } catch (JsonProcessingException e) {
            throw new InvalidDataException(
                    "%s: found text that is no JSON (%s), expected a DataVec %s"
                            .formatted(file, firstLine(e.getOriginalMessage()), what),
                    e);
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new InvalidDataException(
                    "%s: found JSON that DataVec does not take (%s), expected a %s as its toJson writes it"
                            .formatted(file, firstLine(String.valueOf(cause.getMessage())), what),
                    e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static Optional<String> foreignClass(JsonNode node) {
        JsonNode named = node.get(CLASS);
        if (named != null && PACKAGES.stream().noneMatch(named.asText()::startsWith)) {
            return Optional.of(named.asText());
        }
        for (JsonNode child : node) {
            Optional<String> foreign = foreignClass(child);
            if (foreign.isPresent()) {
                return foreign;
            }
        }
        return Optional.empty();
    }
}
