package io.github.latent4j.runtime;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.runtime.internal.JsonFields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of {@code latent4j.json} in a model file: all of a model but its parameters. It goes to JSON and back without
 * loss; docs/model-format.md describes the fields.
 *
 * @param spec what the model is
 * @param card where it came from and what it expects
 */
public record ModelDescription(ModelSpec spec, ModelCard card) {
    /** The version of the format that is written; all versions up to it can be read. */
    public static final int FORMAT = 1;

    /** The name of the entry in the model file. */
    public static final String ENTRY = "latent4j.json";

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
        card.baseline().ifPresent(b -> root.put("baseline", baselineFields(b)));
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
     * Reads JSON.
     *
     * @param json what {@link #toJson()} wrote
     * @return the description
     * @throws ModelFormatException if it is no JSON, of a newer format, or a field is missing or wrong; the message names
     *     the field
     */
    public static ModelDescription parse(String json) throws ModelFormatException {
        try {
            JsonFields root = new JsonFields("", JSON.std.mapFrom(json));
            int format = root.integer("format");
            if (format < 1 || format > FORMAT) {
                throw new IllegalArgumentException(
                        "found a model file of format %d, expected at most %d: a newer latent4j wrote it"
                                .formatted(format, FORMAT));
            }
            ModelSpec spec = spec(root.object("model"));
            Map<String, Double> metrics = root.object("metrics").numbers();
            ModelCard card = new ModelCard(
                            input(root.object("input")),
                            root.optionalObject("provenance").map(ModelDescription::provenance),
                            metrics,
                            root.optionalObject("baseline").map(ModelDescription::baseline))
                    .checkedFor(spec);
            return new ModelDescription(spec, card);
        } catch (IOException e) {
            throw new ModelFormatException(
                    "%s: found text that is no JSON: %s".formatted(ENTRY, firstLine(String.valueOf(e.getMessage()))),
                    e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFormatException("%s: %s".formatted(ENTRY, e.getMessage()), e);
        }
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

    private static Map<String, Object> baselineFields(Pca pca) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", "pca");
        fields.put("dimensions", pca.dimensions());
        fields.put("mean", base64(pca.mean()));
        fields.put("components", base64(pca.components().data()));
        return fields;
    }

    private static Pca baseline(JsonFields fields) {
        if (!fields.string("kind").equals("pca")) {
            throw fields.wrong("kind", "pca");
        }
        float[] mean = floats(fields, "mean");
        return new Pca(mean, Matrix.wrap(fields.integer("dimensions"), mean.length, floats(fields, "components")));
    }

    /** Floats as little-endian bytes in base 64. */
    private static String base64(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static float[] floats(JsonFields fields, String name) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(fields.string(name));
        } catch (IllegalArgumentException e) {
            throw fields.wrong(name, "bytes in base 64");
        }
        if (bytes.length % Float.BYTES != 0) {
            throw fields.wrong(name, "a multiple of four bytes in base 64");
        }
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
