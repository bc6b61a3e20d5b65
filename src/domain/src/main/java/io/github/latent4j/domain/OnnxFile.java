package io.github.latent4j.domain;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.ParameterLayout.Block;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.runtime.Version;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.nd4j.shade.protobuf.UnsafeByteOperations;

/**
 * Writes models as ONNX files, for ONNX Runtime and whatever else reads that format. Such a file holds standard operators
 * alone and computes the {@linkplain OnnxOutput outputs} that it was made for; nothing else of the model is in it, apart from
 * a description in its metadata. The same model gives the same bytes. latent4j does not read ONNX files.
 *
 * <p>Inputs are {@code x}, examples as the model's input contract describes them, and {@code z}, codes: 32-bit floats, one row
 * an example or code, any number of rows. A file has the inputs that its outputs are computed from. docs/onnx.md says more.
 */
public final class OnnxFile {
    /** The version of ONNX's standard operators that files ask for: the first that has all of them in today's form. */
    public static final int OPSET = 13;

    /** Of ONNX 1.8, which brought the operators; readers take all versions up to their own. */
    private static final int IR_VERSION = 7;

    /** More than what a tensor takes besides its values and its name. */
    private static final int TENSOR_HEADER = 64;

    private OnnxFile() {}

    /**
     * Writes a file with all outputs that are computed from examples, beside its place, and moves it there.
     *
     * @param model the model with its card
     * @param file where to; the folder must exist
     * @throws IOException if it cannot be written; the message names the file
     * @throws IllegalArgumentException if the file would have 2<sup>31</sup> bytes or more, which ONNX does not allow
     */
    public static void write(LatentModel model, Path file) throws IOException {
        write(model, OnnxOutput.ofExamples(model.spec()), file);
    }

    /**
     * Writes a file with some outputs, beside its place, and moves it there, so that an existing file is either replaced
     * whole or kept.
     *
     * @param model the model with its card
     * @param outputs at least one. With {@link OnnxOutput#DECODED} and another the file has both inputs; ONNX Runtime then
     *     wants both fed, where no rows will do for the one that does not matter
     * @param file where to; the folder must exist
     * @throws IOException if it cannot be written; the message names the file
     * @throws IllegalArgumentException if there is no output, or one that models of this kind do not have, or the file would
     *     have 2<sup>31</sup> bytes or more, which ONNX does not allow
     */
    public static void write(LatentModel model, Set<OnnxOutput> outputs, Path file) throws IOException {
        ModelProto proto = proto(model, outputs);
        try (StagedFile staged = StagedFile.beside(file)) {
            try (OutputStream out = Files.newOutputStream(staged.path())) {
                proto.writeTo(out);
            }
            staged.place();
        }
    }

    /**
     * Writes a model with some outputs to a stream, which is left open.
     *
     * @param model the model with its card
     * @param outputs at least one
     * @param stream where to
     * @throws IOException if the stream cannot be written to
     * @throws IllegalArgumentException if there is no output, or one that models of this kind do not have, or there would be
     *     2<sup>31</sup> bytes or more, which ONNX does not allow
     */
    public static void write(LatentModel model, Set<OnnxOutput> outputs, OutputStream stream) throws IOException {
        proto(model, outputs).writeTo(stream);
    }

    private static ModelProto proto(LatentModel model, Set<OnnxOutput> outputs) {
        ModelCard card = model.card();
        // Without the baseline, whose numbers would stand beside the text.
        ModelDescription description = new ModelDescription(
                model.spec(), new ModelCard(card.input(), card.provenance(), card.metrics(), Optional.empty()));
        OnnxGraph graph = OnnxGraph.of(description, outputs);
        ModelProto.Builder proto = withoutWeights(description, graph);
        float[] parameters = model.parameters();
        graph.blocks()
                .forEach((name, block) -> proto.getGraphBuilder().addInitializer(tensor(name, block, parameters)));
        return proto.build();
    }

    /** All but the weights, checked to be small enough with them. */
    static ModelProto.Builder withoutWeights(ModelDescription description, OnnxGraph graph) {
        ModelProto.Builder proto = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setProducerName("latent4j")
                .setProducerVersion(Version.current())
                .setDomain("io.github.latent4j")
                .setDocString("%s of %d values in %d"
                        .formatted(
                                description.spec() instanceof VaeSpec ? "Variational autoencoder" : "Autoencoder",
                                description.spec().inputs(),
                                description.spec().latent()))
                .setGraph(graph.nodes());
        metadata(description)
                .forEach((key, value) -> proto.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        long bytes = proto.build().getSerializedSize();
        for (Map.Entry<String, Block> entry : graph.blocks().entrySet()) {
            bytes += (long) Float.BYTES * entry.getValue().length()
                    + entry.getKey().length()
                    + TENSOR_HEADER;
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "found a model of %d bytes as ONNX, expected fewer than 2^31, the most that an ONNX file may have"
                            .formatted(bytes));
        }
        return proto;
    }

    private static Map<String, String> metadata(ModelDescription description) {
        ModelSpec spec = description.spec();
        InputContract input = description.card().input();
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("kind", spec.kind());
        entries.put("input", input.text());
        if (spec instanceof VaeSpec vae) {
            entries.put("likelihood", vae.likelihood().text());
        }
        description.card().provenance().ifPresent(provenance -> {
            entries.put("data", provenance.data());
            entries.put("data_sha256", provenance.dataSha256());
        });
        entries.put(ModelDescription.ENTRY, description.toJson());
        return entries;
    }

    private static TensorProto tensor(String name, Block block, float[] parameters) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * block.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(parameters, block.offset(), block.length());
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(block.outputs());
        if (block.isWeight()) {
            tensor.addDims(block.inputs());
        }
        return tensor.setRawData(UnsafeByteOperations.unsafeWrap(bytes.array())).build();
    }
}
