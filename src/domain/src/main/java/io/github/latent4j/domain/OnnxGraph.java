package io.github.latent4j.domain;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.runtime.ParameterLayout.Block;
import io.github.latent4j.runtime.VaeSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/**
 * The graph that computes some outputs of a model, and which blocks of its parameters it needs for that. It knows the
 * specification and not the parameters, so it can be told how large a file becomes before there is one.
 */
final class OnnxGraph {
    /**
     * A dense layer.
     *
     * @param name of the layer, from which nodes and values have theirs
     * @param owner name of the layer that the weights belong to
     * @param weights its weights, or, if transposed, those of the owner
     * @param transposed whether it leads from the weights' outputs to their inputs
     */
    private record Dense(
            String name, String owner, Block weights, boolean transposed, Block bias, Activation activation) {
        Dense(String name, Block weights, Block bias, Activation activation) {
            this(name, name, weights, false, bias, activation);
        }
    }

    private final ModelDescription description;
    private final Set<OnnxOutput> outputs;
    private final OnnxNodes nodes = new OnnxNodes();
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Map<String, Block> blocks = new LinkedHashMap<>();

    private OnnxGraph(ModelDescription description, Set<OnnxOutput> outputs) {
        this.description = description;
        this.outputs = outputs;
    }

    /**
     * The graph of a model.
     *
     * @throws IllegalArgumentException if there is no output or one that models of this kind do not have
     */
    static OnnxGraph of(ModelDescription description, Set<OnnxOutput> outputs) {
        Set<OnnxOutput> known = OnnxOutput.of(description.spec());
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException(
                    "found no output, expected at least one of %s".formatted(OnnxOutput.list(known)));
        }
        for (OnnxOutput output : outputs) {
            if (!known.contains(output)) {
                throw new IllegalArgumentException("found output '%s' of an autoencoder, expected some of %s"
                        .formatted(output.text(), OnnxOutput.list(known)));
            }
        }
        OnnxGraph made = new OnnxGraph(description, EnumSet.copyOf(outputs));
        made.build();
        return made;
    }

    /** The graph without initializers for the {@link #blocks()}. */
    GraphProto nodes() {
        return graph.build();
    }

    /** Names of initializers and the parameters that they hold. */
    Map<String, Block> blocks() {
        return blocks;
    }

    private boolean has(OnnxOutput output) {
        return outputs.contains(output);
    }

    private void build() {
        ModelSpec spec = description.spec();
        graph.setName(spec instanceof VaeSpec ? "vae" : "autoencoder");
        boolean ofExamples = outputs.stream().anyMatch(o -> o != OnnxOutput.DECODED);
        // Examples and codes need not be as many: where there are both, each has a size of its own.
        String codes = ofExamples ? "codes" : "batch";
        if (ofExamples) {
            graph.addInput(value(
                    "x",
                    "batch",
                    spec.inputs(),
                    "Examples: " + description.card().input().text()));
            String code = encode(filled("x"));
            if (has(OnnxOutput.RECONSTRUCTION)) {
                decode("", code, OnnxOutput.RECONSTRUCTION.text());
            }
        }
        if (has(OnnxOutput.DECODED)) {
            graph.addInput(value("z", codes, spec.latent(), "Codes"));
            decode(ofExamples ? "z_" : "", "z", OnnxOutput.DECODED.text());
        }
        for (OnnxOutput output : outputs) {
            graph.addOutput(
                    value(output.text(), output == OnnxOutput.DECODED ? codes : "batch", columns(output), doc(output)));
        }
        nodes.addTo(graph);
    }

    /** Rows of a table may lack values: NaN becomes 0. */
    private String filled(String x) {
        if (!(description.card().input() instanceof InputContract.Table)) {
            return x;
        }
        String filled = x + "_filled";
        nodes.zeroForNaN(x, filled);
        return filled;
    }

    private int columns(OnnxOutput output) {
        return switch (output) {
            case CODE, MEAN, LOG_VARIANCE -> description.spec().latent();
            case RECONSTRUCTION, DECODED -> description.spec().inputs();
        };
    }

    private String doc(OnnxOutput output) {
        boolean vae = description.spec() instanceof VaeSpec;
        return switch (output) {
            case CODE -> vae ? "Codes of the examples: means of q(z|x)" : "Codes of the examples";
            case RECONSTRUCTION ->
                vae ? "Examples encoded and decoded: means of p(x|z)" : "Examples encoded and decoded";
            case MEAN -> "Means of q(z|x)";
            case LOG_VARIANCE -> "Natural logarithms of the variances of q(z|x)";
            case DECODED -> vae ? "Codes decoded: means of p(x|z)" : "Codes decoded";
        };
    }

    /** Computes codes, and what else of the posterior is asked for; gives the name of the codes. */
    private String encode(String x) {
        String code = OnnxOutput.CODE.text();
        if (description.spec() instanceof AutoencoderSpec ae) {
            return layers(encoder(ae), "", x, code);
        }
        VaeSpec vae = (VaeSpec) description.spec();
        String trunk = layers(stack("encoder_", "e", vae, vae.encoder().size()), "", x, "encoded");
        boolean codeIsNeeded = has(OnnxOutput.CODE) || has(OnnxOutput.RECONSTRUCTION);
        String mean = codeIsNeeded ? code : OnnxOutput.MEAN.text();
        if (codeIsNeeded || has(OnnxOutput.MEAN)) {
            layers(List.of(head("mean", "pZXMean", vae)), "", trunk, mean);
        }
        if (codeIsNeeded && has(OnnxOutput.MEAN)) {
            nodes.add("Identity", "mean_identity", List.of(code), OnnxOutput.MEAN.text());
        }
        if (has(OnnxOutput.LOG_VARIANCE)) {
            layers(List.of(head("log_variance", "pZXLogStd2", vae)), "", trunk, OnnxOutput.LOG_VARIANCE.text());
        }
        return mean;
    }

    /** Decodes codes, to the mean of p(x|z) for a VAE. */
    private void decode(String prefix, String codes, String output) {
        if (description.spec() instanceof AutoencoderSpec ae) {
            layers(decoder(ae), prefix, codes, output);
            return;
        }
        VaeSpec vae = (VaeSpec) description.spec();
        List<Dense> hidden = stack("decoder_", "d", vae, vae.decoder().size());
        String last = layers(hidden, prefix, codes, prefix + "decoder_" + (hidden.size() - 1));
        String name = "decoder_" + hidden.size();
        if (!(vae.likelihood() instanceof Likelihood.Mixed mixed)) {
            means(vae, vae.likelihood(), 0, vae.inputs(), name, prefix, last, output);
            return;
        }
        List<String> parts = new ArrayList<>();
        int row = 0;
        for (Likelihood.Block block : mixed.blocks()) {
            String part = name + "_" + parts.size();
            parts.add(prefix + part + "_mean");
            means(vae, block.likelihood(), row, block.features(), part, prefix, last, prefix + part + "_mean");
            row += block.parameters();
        }
        nodes.columns(prefix + name, parts, output);
    }

    /** The means of some features. What a Gaussian has beside its means comes behind them, and no output is made of it. */
    private void means(
            VaeSpec vae,
            Likelihood likelihood,
            int row,
            int features,
            String name,
            String prefix,
            String input,
            String output) {
        boolean categorical = likelihood instanceof Likelihood.Categorical;
        String linear = categorical ? prefix + name + "_linear" : output;
        Dense layer = new Dense(
                name,
                rows(vae.layout().block("pXZW"), row, features),
                rows(vae.layout().block("pXZb"), row, features),
                likelihood instanceof Likelihood.Bernoulli ? Activation.SIGMOID : Activation.IDENTITY);
        layers(List.of(layer), prefix, input, linear);
        if (categorical) {
            nodes.add("Softmax", prefix + name + "_softmax", List.of(linear), output); // along the last axis
        }
    }

    private static Block rows(Block block, int from, int count) {
        return new Block(block.name(), block.offset() + from * block.inputs(), count, block.inputs());
    }

    private static List<Dense> stack(String name, String prefix, VaeSpec vae, int depth) {
        ParameterLayout layout = vae.layout();
        List<Dense> layers = new ArrayList<>();
        for (int k = 0; k < depth; k++) {
            layers.add(new Dense(
                    name + k, layout.block(prefix + k + "W"), layout.block(prefix + k + "b"), vae.activation()));
        }
        return layers;
    }

    private static Dense head(String name, String prefix, VaeSpec vae) {
        return new Dense(name, vae.layout().block(prefix + "W"), vae.layout().block(prefix + "b"), Activation.IDENTITY);
    }

    private static List<Dense> encoder(AutoencoderSpec ae) {
        ParameterLayout layout = ae.layout();
        int depth = ae.encoderSizes().size() - 1;
        List<Dense> layers = new ArrayList<>();
        for (int k = 0; k < depth; k++) {
            layers.add(new Dense(
                    "encoder_" + k,
                    layout.block(k + "_W"),
                    layout.block(k + "_b"),
                    k == depth - 1 ? ae.codeActivation() : ae.activation()));
        }
        return layers;
    }

    private static List<Dense> decoder(AutoencoderSpec ae) {
        ParameterLayout layout = ae.layout();
        int depth = ae.encoderSizes().size() - 1;
        List<Dense> layers = new ArrayList<>();
        for (int k = 0; k < depth; k++) {
            String name = "decoder_" + k;
            Activation activation = k == depth - 1 ? ae.outputActivation() : ae.activation();
            if (ae.weights() == AutoencoderSpec.Weights.TIED) {
                int mirrored = depth - 1 - k;
                layers.add(new Dense(
                        name,
                        "encoder_" + mirrored,
                        layout.block(mirrored + "_W"),
                        true,
                        layout.block(mirrored + "_vb"),
                        activation));
            } else {
                int own = depth + k;
                layers.add(new Dense(name, layout.block(own + "_W"), layout.block(own + "_b"), activation));
            }
        }
        return layers;
    }

    /** Puts layers one behind the other; gives the name of what the last one computes. */
    private String layers(List<Dense> layers, String prefix, String input, String output) {
        String current = input;
        for (int k = 0; k < layers.size(); k++) {
            Dense layer = layers.get(k);
            String weights = layer.owner() + "_weight";
            String bias = layer.name() + "_bias";
            blocks.put(weights, layer.weights());
            blocks.put(bias, layer.bias());
            String name = prefix + layer.name();
            String next = k == layers.size() - 1 ? output : name;
            String linear = layer.activation() == Activation.IDENTITY ? next : name + "_linear";
            nodes.gemm(name, current, weights, !layer.transposed(), bias, linear);
            nodes.activation(layer.activation(), name, linear, next);
            current = next;
        }
        return current;
    }

    private static ValueInfoProto value(String name, String rows, int columns, String doc) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setDocString(doc)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(Dimension.newBuilder().setDimParam(rows))
                                        .addDim(Dimension.newBuilder().setDimValue(columns)))))
                .build();
    }
}
