package io.github.latent4j.evaluation.report;

import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.Provenance;
import io.github.latent4j.runtime.VaeSpec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a model is and how it was trained, by name, in plain text and in the order to tell it. */
final class ModelFacts {
    /** The fact that has the widths of the layers. */
    static final String SIZES = "Sizes";

    /** The fact that has a digest of the data. */
    static final String SHA_256 = "SHA-256";

    private static final String BINARISE = "binarise";
    private static final Set<String> OF_VAES = Set.of("beta", "warmUp", "freeBits", "bound", "samples");
    private static final Set<String> OF_AUTOENCODERS = Set.of("sparsityTarget", "sparsityWeight");
    private static final Set<String> OF_TIED_WEIGHTS = Set.of("pretrainingEpochs", "pretrainingMasking");

    private ModelFacts() {}

    static Map<String, String> specification(LatentModel model) {
        ModelSpec spec = model.spec();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Input", model.card().input().text());
        if (spec instanceof VaeSpec vae) {
            facts.put("Kind", "variational autoencoder");
            facts.put(SIZES, sizes(vae));
            facts.put("Activation", vae.activation().text());
            facts.put("Likelihood", vae.likelihood().summary());
        } else if (spec instanceof AutoencoderSpec ae) {
            facts.put(
                    "Kind",
                    "autoencoder with %s weights"
                            .formatted(ae.weights() == AutoencoderSpec.Weights.TIED ? "tied" : "untied"));
            facts.put(SIZES, sizes(ae));
            facts.put(
                    "Activations",
                    "%s (hidden), %s (code), %s (output)"
                            .formatted(
                                    ae.activation().text(),
                                    ae.codeActivation().text(),
                                    ae.outputActivation().text()));
            facts.put("Corruption", ae.corruption().text());
        }
        facts.put("Parameters", Html.count(spec.layout().length()));
        return facts;
    }

    /** How it was trained, without settings that mean nothing for such a model. */
    static Map<String, String> training(ModelSpec spec, Provenance provenance) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Data", provenance.data());
        facts.put("Examples", Html.count(provenance.examples()));
        facts.put(SHA_256, provenance.dataSha256());
        facts.put("Engine", provenance.engine());
        facts.putAll(provenance.plan());
        facts.keySet().removeAll(unused(spec, provenance));
        facts.putAll(provenance.environment());
        return facts;
    }

    private static Set<String> unused(ModelSpec spec, Provenance provenance) {
        Set<String> unused = new HashSet<>();
        boolean vae = spec instanceof VaeSpec;
        unused.addAll(vae ? OF_AUTOENCODERS : OF_VAES);
        if (!vae && provenance.plan().getOrDefault(BINARISE, "none").equals("none")) {
            unused.add(BINARISE);
        }
        if (!(spec instanceof AutoencoderSpec ae) || ae.weights() != AutoencoderSpec.Weights.TIED) {
            unused.addAll(OF_TIED_WEIGHTS);
        }
        return unused;
    }

    /** The widths of all layers. */
    static String sizes(ModelSpec spec) {
        return sizes(spec, String.valueOf(spec.latent()));
    }

    /** The same with the width of the code written in another way. */
    static String sizes(ModelSpec spec, String code) {
        if (spec instanceof VaeSpec vae) {
            return sizes(vae.inputs(), vae.encoder(), code, vae.decoder());
        }
        AutoencoderSpec ae = (AutoencoderSpec) spec;
        return sizes(ae.inputs(), ae.hidden(), code, reversed(ae.hidden()));
    }

    private static String sizes(int inputs, List<Integer> encoder, String code, List<Integer> decoder) {
        return Stream.of(Stream.of(inputs), encoder.stream(), Stream.of(code), decoder.stream(), Stream.of(inputs))
                .flatMap(s -> s)
                .map(String::valueOf)
                .collect(Collectors.joining(" → "));
    }

    private static List<Integer> reversed(List<Integer> sizes) {
        return IntStream.range(0, sizes.size())
                .mapToObj(i -> sizes.get(sizes.size() - 1 - i))
                .toList();
    }
}
