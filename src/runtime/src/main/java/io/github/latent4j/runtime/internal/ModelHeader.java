package io.github.latent4j.runtime.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.Detection;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelFormatException;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Provenance;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code latent4j.json} says: the description of the model, and what all other entries of the file must be.
 *
 * @param bare the description of the model, still without what has numbers of its own in other entries
 * @param baselineDimensions components of the baseline, 0 where there is none
 * @param detection what its detector knows, still without reference rows
 * @param referenceRows of the detector, 0 where there are none
 * @param checksums of the other entries by their names; null where the format has none
 */
public record ModelHeader(
        ModelDescription bare,
        int baselineDimensions,
        Optional<Detection> detection,
        int referenceRows,
        @Nullable Map<String, String> checksums) {
    private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

    /** The largest number of bytes of the text. */
    static final int MOST_BYTES = 16 << 20;

    /** The first format with checksums. */
    private static final int WITH_CHECKSUMS = 2;

    /**
     * Writes JSON: indented, with LF line ends and fields in a fixed order.
     *
     * @param description what to write
     * @param checksums of the other entries by their names; none are written where this is empty
     * @return the text
     */
    public static String json(ModelDescription description, Map<String, String> checksums) {
        ModelCard card = description.card();
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", ModelDescription.FORMAT);
        root.put("model", modelFields(description.spec()));
        root.put("input", inputFields(card.input()));
        card.provenance().ifPresent(p -> root.put("provenance", provenanceFields(p)));
        root.put("metrics", card.metrics());
        card.baseline().ifPresent(b -> root.put("baseline", Map.of("pcaDimensions", b.dimensions())));
        card.detection().ifPresent(d -> root.put("detector", DetectorFields.of(d)));
        if (!checksums.isEmpty()) {
            root.put("checksums", checksums);
        }
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
     * @param utf8 the text
     * @return what it says
     * @throws ModelFormatException if it is no JSON, of a newer format, or a field is missing or wrong; the message names the
     *     entry and the field
     */
    public static ModelHeader parse(byte[] utf8) throws ModelFormatException {
        try {
            if (utf8.length > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "found %d bytes, expected at most %d".formatted(utf8.length, MOST_BYTES));
            }
            return of(new JsonFields("", JsonTree.object(utf8)));
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(
                    "%s: %s".formatted(ModelDescription.ENTRY, Quoted.line(String.valueOf(e.getMessage()))), e);
        }
    }

    private static ModelHeader of(JsonFields root) {
        int format = root.integer("format");
        if (format < 1) {
            throw root.wrong("format", "at least 1");
        }
        if (format > ModelDescription.FORMAT) {
            throw new IllegalArgumentException(
                    "found a model file of format %d, expected at most %d: a newer latent4j wrote it"
                            .formatted(format, ModelDescription.FORMAT));
        }
        ModelSpec spec = spec(root.object("model"));
        spec.layout(); // says so if the sizes make more parameters than there can be
        Optional<JsonFields> provenance = root.optionalObject("provenance");
        Optional<JsonFields> detector = root.optionalObject("detector");
        ModelCard card = new ModelCard(
                input(root.object("input")),
                provenance.isEmpty() ? Optional.empty() : Optional.of(provenance(provenance.get())),
                root.object("metrics").numbers(),
                Optional.empty());
        return new ModelHeader(
                new ModelDescription(spec, card),
                baselineDimensions(root.optionalObject("baseline"), spec.inputs()),
                detector.map(DetectorFields::detection),
                detector.map(fields -> DetectorFields.referenceRows(fields, spec.inputs()))
                        .orElse(0),
                checksums(root.optionalObject("checksums"), format));
    }

    private static @Nullable Map<String, String> checksums(Optional<JsonFields> fields, int format) {
        if (fields.isEmpty()) {
            return format < WITH_CHECKSUMS ? null : Map.of();
        }
        Map<String, String> checksums = fields.get().texts();
        for (Map.Entry<String, String> checksum : checksums.entrySet()) {
            if (!Checksums.isOne(checksum.getValue())) {
                throw fields.get().wrong(checksum.getKey(), "crc32c: and eight hexadecimal digits");
            }
        }
        return checksums;
    }

    private static int baselineDimensions(Optional<JsonFields> fields, int inputs) {
        if (fields.isEmpty()) {
            return 0;
        }
        JsonFields baseline = fields.get();
        int dimensions = baseline.integer("pcaDimensions");
        int most = MOST_NUMBERS / inputs - 1;
        if (dimensions < 1 || dimensions > most) {
            throw baseline.wrong("pcaDimensions", "from 1 to %d for examples of %d values".formatted(most, inputs));
        }
        return dimensions;
    }

    /**
     * The entries that hold numbers of the description.
     *
     * @return for each its name and how many numbers it must hold
     */
    public Map<String, Integer> numbers() {
        int inputs = bare.spec().inputs();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        if (baselineDimensions > 0) {
            numbers.put(ModelDescription.BASELINE_ENTRY, (baselineDimensions + 1) * inputs);
        }
        if (referenceRows > 0) {
            numbers.put(ModelDescription.REFERENCE_ENTRY, referenceRows * inputs);
        }
        return numbers;
    }

    /**
     * The whole description.
     *
     * @param numbers of the entries that {@link #numbers()} names, as many as it says
     * @return the description
     * @throws ModelFormatException if numbers are not what they must be; the message names the entry
     */
    public ModelDescription with(Map<String, float[]> numbers) throws ModelFormatException {
        int inputs = bare.spec().inputs();
        String entry = ModelDescription.ENTRY;
        try {
            ModelCard card = bare.card();
            float[] baseline = numbers.get(ModelDescription.BASELINE_ENTRY);
            if (baseline != null) {
                entry = ModelDescription.BASELINE_ENTRY;
                card = card.withBaseline(new Pca(
                        Arrays.copyOf(baseline, inputs),
                        Matrix.wrap(
                                baselineDimensions, inputs, Arrays.copyOfRange(baseline, inputs, baseline.length))));
            }
            if (detection.isPresent()) {
                float[] reference = numbers.get(ModelDescription.REFERENCE_ENTRY);
                entry = reference == null ? ModelDescription.ENTRY : ModelDescription.REFERENCE_ENTRY;
                Detection known = detection.get();
                card = card.withDetection(
                        reference == null ? known : known.withReference(Matrix.wrap(referenceRows, inputs, reference)));
            }
            entry = ModelDescription.ENTRY; // the numbers are as they must be
            return new ModelDescription(bare.spec(), card);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException("%s: %s".formatted(entry, Quoted.line(String.valueOf(e.getMessage()))), e);
        }
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
            if (!vae.corruption().equals(Corruption.NONE)) {
                fields.put("corruption", vae.corruption().text());
            }
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
        return switch (fields.word("kind")) {
            case "vae" ->
                new VaeSpec(
                        fields.integer("inputs"),
                        fields.integers("encoder"),
                        fields.integer("latent"),
                        fields.integers("decoder"),
                        Activation.parse(fields.word("activation")),
                        likelihood(fields),
                        fields.has("corruption") ? Corruption.parse(fields.word("corruption")) : Corruption.NONE);
            case "ae" ->
                new AutoencoderSpec(
                        fields.integer("inputs"),
                        fields.integers("hidden"),
                        fields.integer("latent"),
                        Activation.parse(fields.word("activation")),
                        Activation.parse(fields.word("codeActivation")),
                        Activation.parse(fields.word("outputActivation")),
                        fields.bool("tied") ? AutoencoderSpec.Weights.TIED : AutoencoderSpec.Weights.UNTIED,
                        Corruption.parse(fields.word("corruption")));
            default -> throw fields.wrong("kind", "ae or vae");
        };
    }

    /** A mixed likelihood has a text of any length, the others a short one. */
    private static Likelihood likelihood(JsonFields fields) {
        String text = fields.string("likelihood");
        return Likelihood.parse(text.endsWith("]") ? text : fields.word("likelihood"));
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
            fields.put("columns", TableFields.of(table));
        } else {
            fields.put("kind", "vector");
            fields.put("size", input.size());
        }
        return fields;
    }

    private static InputContract input(JsonFields fields) {
        return switch (fields.word("kind")) {
            case "image" ->
                new InputContract.Image(fields.integer("height"), fields.integer("width"), fields.integer("channels"));
            case "table" -> TableFields.table(fields);
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
