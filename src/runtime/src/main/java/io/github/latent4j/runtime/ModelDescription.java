package io.github.latent4j.runtime;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.runtime.internal.JsonFields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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
    public static final int FORMAT = 1;

    /** The name of the entry that holds the JSON. */
    public static final String ENTRY = "latent4j.json";

    /** The name of the entry that holds the baseline's numbers. */
    public static final String BASELINE_ENTRY = "baseline.bin";

    /**
     * Writes JSON: indented, with LF line ends and fields in a fixed order.
     *
     * @return the text
     */
    public String toJson() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", FORMAT);
        root.put("model", modelFields(spec));
        root.put("input", inputFields(card.input()));
        card.provenance().ifPresent(p -> root.put("provenance", provenanceFields(p)));
        root.put("metrics", card.metrics());
        card.baseline().ifPresent(b -> root.put("baseline", Map.of("pcaDimensions", b.dimensions())));
        try {
            return JSON.std
                            .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                            .asString(root)
                            .replace("\r\n", "\n") + "\n";
        } catch (IOException e) {
            throw new IllegalStateException("a map of strings, numbers and lists is always JSON", e);
        }
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
        try {
            JsonFields root = new JsonFields("", Objects.requireNonNullElse(JSON.std.mapFrom(json), Map.of()));
            int format = root.integer("format");
            if (format < 1) {
                throw root.wrong("format", "at least 1");
            }
            if (format > FORMAT) {
                throw new IllegalArgumentException(
                        "found a model file of format %d, expected at most %d: a newer latent4j wrote it"
                                .formatted(format, FORMAT));
            }
            ModelSpec spec = spec(root.object("model"));
            spec.layout(); // says so if the sizes make more parameters than there can be
            Optional<Integer> dimensions =
                    root.optionalObject("baseline").map(fields -> fields.integer("pcaDimensions"));
            ModelCard card = new ModelCard(
                            input(root.object("input")),
                            root.optionalObject("provenance").map(ModelDescription::provenance),
                            root.object("metrics").numbers(),
                            pca(baseline, spec.inputs(), dimensions))
                    .checkedFor(spec);
            return new ModelDescription(spec, card);
        } catch (IOException e) {
            throw new ModelFormatException(
                    "%s: found text that is no JSON: %s".formatted(ENTRY, firstLine(String.valueOf(e.getMessage()))),
                    e);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException("%s: %s".formatted(ENTRY, e.getMessage()), e);
        }
    }

    private static Optional<Pca> pca(Optional<byte[]> bytes, int inputs, Optional<Integer> dimensions) {
        long expected = dimensions.map(d -> (d + 1L) * inputs * Float.BYTES).orElse(0L);
        long found = bytes.map(b -> (long) b.length).orElse(0L);
        if (found != expected) {
            throw new IllegalArgumentException("baseline of %d dimensions: found %d bytes in %s, expected %d"
                    .formatted(dimensions.orElse(0), found, BASELINE_ENTRY, expected));
        }
        return bytes.map(b -> {
            FloatBuffer floats = ByteBuffer.wrap(b).asFloatBuffer();
            float[] mean = new float[inputs];
            float[] components = new float[floats.remaining() - inputs];
            floats.get(mean).get(components);
            return new Pca(mean, Matrix.wrap(components.length / inputs, inputs, components));
        });
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static Map<String, Object> modelFields(ModelSpec spec) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", spec.kind());
        fields.put("inputs", spec.inputs());
        if (spec instanceof VaeSpec vae) {
            fields.put("encoder", vae.encoder());
            fields.put("latent", vae.latent());
            fields.put("decoder", vae.decoder());
            fields.put("activation", vae.activation().text());
            fields.put("likelihood", vae.likelihood().text());
        } else {
            AutoencoderSpec ae = (AutoencoderSpec) spec;
            fields.put("hidden", ae.hidden());
            fields.put("latent", ae.latent());
            fields.put("activation", ae.activation().text());
            fields.put("codeActivation", ae.codeActivation().text());
            fields.put("outputActivation", ae.outputActivation().text());
            fields.put("tied", ae.weights() == AutoencoderSpec.Weights.TIED);
            fields.put("corruption", ae.corruption().text());
        }
        return fields;
    }

    private static ModelSpec spec(JsonFields fields) {
        return switch (fields.string("kind")) {
            case "vae" ->
                new VaeSpec(
                        fields.integer("inputs"),
                        fields.integers("encoder"),
                        fields.integer("latent"),
                        fields.integers("decoder"),
                        Activation.parse(fields.string("activation")),
                        Likelihood.parse(fields.string("likelihood")));
            case "ae" ->
                new AutoencoderSpec(
                        fields.integer("inputs"),
                        fields.integers("hidden"),
                        fields.integer("latent"),
                        Activation.parse(fields.string("activation")),
                        Activation.parse(fields.string("codeActivation")),
                        Activation.parse(fields.string("outputActivation")),
                        fields.bool("tied") ? AutoencoderSpec.Weights.TIED : AutoencoderSpec.Weights.UNTIED,
                        Corruption.parse(fields.string("corruption")));
            default -> throw fields.wrong("kind", "ae or vae");
        };
    }

    private static Map<String, Object> inputFields(InputContract input) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (input instanceof InputContract.Image image) {
            fields.put("kind", "image");
            fields.put("height", image.height());
            fields.put("width", image.width());
            fields.put("channels", image.channels());
        } else if (input instanceof InputContract.Table table) {
            fields.put("kind", "table");
            fields.put("columns", table.columns());
        } else {
            fields.put("kind", "vector");
            fields.put("size", input.size());
        }
        return fields;
    }

    private static InputContract input(JsonFields fields) {
        return switch (fields.string("kind")) {
            case "image" ->
                new InputContract.Image(fields.integer("height"), fields.integer("width"), fields.integer("channels"));
            case "table" -> new InputContract.Table(fields.strings("columns"));
            case "vector" -> new InputContract.Vector(fields.integer("size"));
            default -> throw fields.wrong("kind", "image, table or vector");
        };
    }

    private static Map<String, Object> provenanceFields(Provenance provenance) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("data", provenance.data());
        fields.put("dataSha256", provenance.dataSha256());
        fields.put("examples", provenance.examples());
        fields.put("engine", provenance.engine());
        fields.put("plan", provenance.plan());
        fields.put("environment", provenance.environment());
        return fields;
    }

    private static Provenance provenance(JsonFields fields) {
        return new Provenance(
                fields.string("data"),
                fields.string("dataSha256"),
                fields.integer("examples"),
                fields.string("engine"),
                fields.object("plan").texts(),
                fields.object("environment").texts());
    }
}
