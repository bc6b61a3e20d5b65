package io.github.latent4j.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.ParameterLayout.Block;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.runtime.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What ONNX Runtime computes of a file is what the model computes. */
class OnnxFileTest {
    private static final float CLOSE = 1e-5f;

    @TempDir
    Path folder;

    private static byte[] bytes(LatentModel model, Set<OnnxOutput> outputs) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OnnxFile.write(model, outputs, out);
        return out.toByteArray();
    }

    private static OrtSession session(byte[] onnx) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return OrtEnvironment.getEnvironment().createSession(onnx, options);
        }
    }

    /** What ONNX Runtime computed, in the order of the file's outputs. */
    private record Outputs(Map<String, Matrix> byName) {
        Matrix of(OnnxOutput output) {
            return Objects.requireNonNull(byName.get(output.text()));
        }
    }

    private static Outputs run(byte[] onnx, Map<String, Matrix> inputs) throws OrtException {
        Map<String, OnnxTensor> fed = new HashMap<>();
        try (OrtSession session = session(onnx)) {
            for (Map.Entry<String, Matrix> input : inputs.entrySet()) {
                Matrix m = input.getValue();
                fed.put(
                        input.getKey(),
                        OnnxTensor.createTensor(
                                OrtEnvironment.getEnvironment(),
                                FloatBuffer.wrap(m.data()),
                                new long[] {m.rows(), m.columns()}));
            }
            try (OrtSession.Result result = session.run(fed)) {
                Map<String, Matrix> outputs = new LinkedHashMap<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    OnnxTensor tensor = (OnnxTensor) output.getValue();
                    long[] shape = tensor.getInfo().getShape();
                    FloatBuffer buffer = tensor.getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.put(output.getKey(), Matrix.wrap((int) shape[0], (int) shape[1], values));
                }
                return new Outputs(outputs);
            }
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
    }

    private static Matrix expected(LatentModel model, OnnxOutput output, Matrix x, Matrix z) {
        return switch (output) {
            case CODE -> model.encode(x);
            case RECONSTRUCTION -> model.reconstruct(x);
            case MEAN -> ((Vae) model).posterior(x).mean();
            case LOG_VARIANCE -> ((Vae) model).posterior(x).logVariance();
            case DECODED -> model.decode(z);
        };
    }

    private static void assertClose(Matrix found, Matrix expected) {
        assertThat(found.rows()).isEqualTo(expected.rows());
        assertThat(found.columns()).isEqualTo(expected.columns());
        for (int i = 0; i < expected.data().length; i++) {
            float value = expected.data()[i];
            assertThat(found.data()[i]).isCloseTo(value, within(CLOSE * (1 + Math.abs(value))));
        }
    }

    private static Matrix random(int rows, int columns, long seed) {
        Matrix m = Matrix.zeros(rows, columns);
        Random random = new Random(seed);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = random.nextFloat(-1, 1);
        }
        return m;
    }

    /** A model with every parameter drawn, biases too, small enough that no layer blows rounding up, cubes included. */
    private static LatentModel model(ModelSpec spec, long seed) {
        float[] parameters = random(1, spec.layout().length(), seed).data();
        for (Block block : spec.layout().blocks()) {
            float most = block.isWeight() ? (float) (1 / Math.sqrt(block.inputs())) : 0.5f;
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                parameters[i] *= most;
            }
        }
        return LatentModel.of(spec, parameters);
    }

    private static void assertAgrees(LatentModel model, int examples, int codes) throws Exception {
        Matrix x = random(examples, model.spec().inputs(), 5);
        Matrix z = random(codes, model.spec().latent(), 6);
        Set<OnnxOutput> all = OnnxOutput.of(model.spec());
        Outputs both = run(bytes(model, all), Map.of("x", x, "z", z));
        assertThat(both.byName().keySet())
                .containsExactlyElementsOf(all.stream().map(OnnxOutput::text).toList());
        for (OnnxOutput output : all) {
            if ((output == OnnxOutput.DECODED ? codes : examples) == 0) {
                assertThat(both.of(output).rows()).isZero();
            } else {
                assertClose(both.of(output), expected(model, output, x, z));
            }
        }
    }

    static Stream<ModelSpec> specs() {
        AutoencoderSpec ae = AutoencoderSpec.of(12, 3);
        VaeSpec vae = VaeSpec.of(12, 3);
        return Stream.of(
                ae,
                ae.withHidden(9),
                ae.withHidden(9, 7, 5).withActivations(Activation.RELU, Activation.TANH, Activation.IDENTITY),
                ae.withTiedWeights(Activation.SIGMOID),
                ae.withHidden(9, 5).withTiedWeights(Activation.TANH),
                AutoencoderSpec.of(1, 1),
                vae.withHidden(9),
                vae.withHidden(9, 7, 5),
                new VaeSpec(12, List.of(9), 3, List.of(4, 8, 6), Activation.ELU, Likelihood.BERNOULLI),
                vae.withHidden(9).withLikelihood(Likelihood.parse("gaussian:0.25")),
                vae.withHidden(9, 7).withLikelihood(Likelihood.GAUSSIAN),
                vae.withHidden(9).withLikelihood(Likelihood.parse("gaussian:per-example")),
                vae.withHidden(9)
                        .withLikelihood(Likelihood.parse(
                                "gaussian:per-example[3]+categorical[4]+bernoulli[2]+gaussian[1]+categorical[2]")),
                vae.withHidden(9).withLikelihood(Likelihood.parse("categorical[12]")));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void missingValuesOfATableAreZero(ModelSpec spec) throws Exception {
        InputContract table = InputContract.Table.ofNumbers(
                IntStream.range(0, spec.inputs()).mapToObj(i -> "c" + i).toList());
        LatentModel model = model(spec, 1).withCard(ModelCard.of(table));
        Matrix x = random(9, spec.inputs(), 5);
        for (int i = 0; i < x.data().length; i += 4) {
            x.data()[i] = Float.NaN;
        }
        Outputs outputs = run(bytes(model, OnnxOutput.ofExamples(spec)), Map.of("x", x));
        for (OnnxOutput output : OnnxOutput.ofExamples(spec)) {
            assertClose(outputs.of(output), expected(model, output, x, x));
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyOutputOfEveryKindAgreesForAnyNumberOfRows(ModelSpec spec) throws Exception {
        LatentModel model = model(spec, 1);
        assertAgrees(model, 1, 1);
        assertAgrees(model, 33, 33);
        assertAgrees(model, 5, 0);
        assertAgrees(model, 0, 2);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyActivationAgreesInEveryKind(Activation activation) throws Exception {
        AutoencoderSpec ae = AutoencoderSpec.of(6, 3).withHidden(5);
        assertAgrees(model(ae.withActivations(activation, activation, activation), 2), 20, 20);
        assertAgrees(model(ae.withTiedWeights(activation), 3), 20, 20);
        assertAgrees(model(VaeSpec.of(6, 3).withHidden(5, 4).withActivation(activation), 4), 20, 20);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsAgreeFarFromZeroToo(Activation activation) throws Exception {
        // One unit each way with weight 1 and bias 0: the code is the activation of the example.
        AutoencoderSpec spec = AutoencoderSpec.of(1, 1).withActivations(activation, activation, Activation.IDENTITY);
        LatentModel model = LatentModel.of(spec, new float[] {1, 0, 1, 0});
        float[] values = {-90, -20, -3.001f, -2.5f, -1, -0.75f, -1e-4f, 0, 1e-4f, 0.75f, 1, 2.5f, 3.001f, 20, 90};
        Matrix x = Matrix.wrap(values.length, 1, values);
        assertClose(
                run(bytes(model, EnumSet.of(OnnxOutput.CODE)), Map.of("x", x)).of(OnnxOutput.CODE), model.encode(x));
    }

    @Provide
    Arbitrary<ModelSpec> specifications() {
        return Specifications.upTo(9);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void whateverIsSpecifiedAgrees(@ForAll("specifications") ModelSpec spec, @ForAll long seed) throws Exception {
        assertAgrees(model(spec, seed), 3, 2);
    }

    @ParameterizedTest
    @MethodSource("io.github.latent4j.domain.NetworksTest#specs")
    void dl4jComputesTheSame(ModelSpec spec) throws Exception {
        MultiLayerNetwork network = NetworksTest.noisy(spec);
        Matrix x = NetworksTest.examples(4, 12);
        Outputs outputs = run(bytes(Networks.toModel(network, spec), OnnxOutput.ofExamples(spec)), Map.of("x", x));
        boolean untied = spec instanceof AutoencoderSpec ae && ae.weights() == AutoencoderSpec.Weights.UNTIED;
        NetworksTest.assertSame(
                outputs.of(untied ? OnnxOutput.RECONSTRUCTION : OnnxOutput.CODE),
                network.output(NetworksTest.array(x)));
        if (network.getLayer(0) instanceof VariationalAutoencoder layer) {
            NetworksTest.assertSame(
                    outputs.of(OnnxOutput.RECONSTRUCTION),
                    layer.generateAtMeanGivenZ(NetworksTest.array(outputs.of(OnnxOutput.MEAN))));
        }
    }

    static Stream<Set<OnnxOutput>> subsets() {
        return IntStream.range(1, 1 << OnnxOutput.values().length).mapToObj(bits -> Stream.of(OnnxOutput.values())
                .filter(o -> (bits >> o.ordinal() & 1) == 1)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(OnnxOutput.class))));
    }

    @ParameterizedTest
    @MethodSource("subsets")
    void anySetOfOutputsMakesAFile(Set<OnnxOutput> outputs) throws Exception {
        LatentModel model = model(VaeSpec.of(12, 3).withHidden(9, 7), 1);
        Matrix x = random(4, 12, 5);
        Matrix z = random(2, 3, 6);
        Map<String, Matrix> inputs = new LinkedHashMap<>();
        if (!outputs.equals(EnumSet.of(OnnxOutput.DECODED))) {
            inputs.put("x", x);
        }
        if (outputs.contains(OnnxOutput.DECODED)) {
            inputs.put("z", z);
        }
        byte[] file = bytes(model, outputs);
        try (OrtSession session = session(file)) {
            assertThat(session.getInputNames()).containsExactlyElementsOf(inputs.keySet());
        }
        Outputs found = run(file, inputs);
        assertThat(found.byName().keySet())
                .containsExactlyElementsOf(
                        outputs.stream().map(OnnxOutput::text).toList());
        for (OnnxOutput output : outputs) {
            assertClose(found.of(output), expected(model, output, x, z));
        }
        assertNothingIsNeedless(ModelProto.parseFrom(file).getGraph());
    }

    /** Every initializer is some node's input, and every node's output is asked for. */
    private static void assertNothingIsNeedless(GraphProto graph) {
        List<String> used = new ArrayList<>();
        graph.getNodeList().forEach(node -> used.addAll(node.getInputList()));
        graph.getOutputList().forEach(output -> used.add(output.getName()));
        assertThat(used).containsAll(names(graph));
        assertThat(used)
                .containsAll(graph.getNodeList().stream()
                        .map(node -> node.getOutput(0))
                        .toList());
        assertThat(graph.getNodeList().stream().map(NodeProto::getName)).doesNotHaveDuplicates();
    }

    private static List<String> names(GraphProto graph) {
        return graph.getInitializerList().stream().map(TensorProto::getName).toList();
    }

    private static GraphProto graph(ModelSpec spec, OnnxOutput first, OnnxOutput... more) throws IOException {
        GraphProto graph = ModelProto.parseFrom(bytes(model(spec, 1), EnumSet.of(first, more)))
                .getGraph();
        assertNothingIsNeedless(graph);
        return graph;
    }

    @Test
    void aFileHoldsWhatItsOutputsNeed() throws IOException {
        VaeSpec vae = VaeSpec.of(12, 3).withHidden(9, 7);
        assertThat(names(graph(vae, OnnxOutput.CODE)))
                .containsExactly(
                        "encoder_0_weight",
                        "encoder_0_bias",
                        "encoder_1_weight",
                        "encoder_1_bias",
                        "mean_weight",
                        "mean_bias");
        assertThat(names(graph(vae, OnnxOutput.LOG_VARIANCE)))
                .contains("log_variance_weight")
                .doesNotContain("mean_weight");
        assertThat(names(graph(vae, OnnxOutput.DECODED)))
                .containsExactly(
                        "decoder_0_weight",
                        "decoder_0_bias",
                        "decoder_1_weight",
                        "decoder_1_bias",
                        "decoder_2_weight",
                        "decoder_2_bias");
        // Both use the same weights.
        assertThat(names(graph(vae, OnnxOutput.RECONSTRUCTION, OnnxOutput.DECODED)))
                .doesNotHaveDuplicates();
        AutoencoderSpec tied = AutoencoderSpec.of(12, 3).withTiedWeights(Activation.SIGMOID);
        assertThat(names(graph(tied, OnnxOutput.RECONSTRUCTION)))
                .containsExactly("encoder_0_weight", "encoder_0_bias", "decoder_0_bias");
        assertThat(names(graph(tied, OnnxOutput.DECODED))).containsExactly("encoder_0_weight", "decoder_0_bias");
        // Of a Gaussian's outputs only the means are computed.
        GraphProto gaussian = graph(vae.withLikelihood(Likelihood.GAUSSIAN), OnnxOutput.DECODED);
        assertThat(gaussian.getInitializer(4).getDimsList()).containsExactly(12L, 9L);
        assertThat(gaussian.getInitializer(5).getDimsList()).containsExactly(12L);
    }

    @Test
    void nodesHaveNamesThatSayWhatTheyAre() throws IOException {
        GraphProto graph = graph(
                VaeSpec.of(12, 3).withHidden(9).withActivation(Activation.MISH), OnnxOutput.CODE, OnnxOutput.DECODED);
        assertThat(graph.getNodeList().stream().map(NodeProto::getName))
                .containsExactly(
                        "encoder_0",
                        "encoder_0_mish_softplus",
                        "encoder_0_mish_tanh",
                        "encoder_0_mish",
                        "mean",
                        "z_decoder_0",
                        "z_decoder_0_mish_softplus",
                        "z_decoder_0_mish_tanh",
                        "z_decoder_0_mish",
                        "z_decoder_1",
                        "z_decoder_1_sigmoid");
    }

    @Test
    void inputsAndOutputsAreDescribed() throws Exception {
        LatentModel model = ModelFileTest.model(VaeSpec.of(12, 3).withHidden(9));
        Path file = folder.resolve("m.onnx");
        OnnxFile.write(model, file);
        try (OrtSession session = session(Files.readAllBytes(file))) {
            assertThat(session.getInputNames()).containsExactly("x");
            assertThat(session.getOutputNames()).containsExactly("code", "reconstruction", "mean", "log_variance");
            assertThat(session.getInputInfo().get("x")).satisfies(x -> assertShape(x, 12));
            assertThat(session.getOutputInfo().get("code")).satisfies(code -> assertShape(code, 3));
        }
        ModelProto proto = ModelProto.parseFrom(bytes(model, OnnxOutput.of(model.spec())));
        assertThat(proto.getGraph().getInput(0).getDocString()).isEqualTo("Examples: 3 x 4 grey pixels in [0, 1]");
        // Codes need not be as many as examples.
        assertThat(proto.getGraph()
                        .getInput(1)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(0)
                        .getDimParam())
                .isEqualTo("codes");
        assertThat(proto.getIrVersion()).isEqualTo(7);
        assertThat(proto.getOpsetImport(0).getVersion()).isEqualTo(OnnxFile.OPSET);
        assertThat(proto.getOpsetImport(0).getDomain()).isEmpty();
    }

    private static void assertShape(NodeInfo node, int columns) {
        TensorInfo info = (TensorInfo) node.getInfo();
        assertThat(info.getShape()).containsExactly(-1, columns);
        assertThat(info.getDimensionNames()).containsExactly("batch", "");
    }

    @Test
    void metadataTellWhereTheModelCameFrom() throws Exception {
        LatentModel model = ModelFileTest.model(VaeSpec.of(12, 3).withHidden(9));
        assertThat(model.card().baseline()).isPresent();
        ModelCard withoutBaseline = new ModelCard(
                model.card().input(), model.card().provenance(), model.card().metrics(), Optional.empty());
        String description = new ModelDescription(model.spec(), withoutBaseline).toJson();
        assertThat(ModelDescription.parse(description, Map.of()).card()).isEqualTo(withoutBaseline);
        try (OrtSession session = session(bytes(model, OnnxOutput.of(model.spec())))) {
            OnnxModelMetadata metadata = session.getMetadata();
            assertThat(metadata.getProducerName()).isEqualTo("latent4j");
            assertThat(metadata.getGraphName()).isEqualTo("vae");
            assertThat(metadata.getDescription()).isEqualTo("Variational autoencoder of 12 values in 3");
            assertThat(metadata.getCustomMetadata())
                    .containsOnly(
                            Map.entry("kind", "vae"),
                            Map.entry("input", "3 x 4 grey pixels in [0, 1]"),
                            Map.entry("likelihood", "bernoulli"),
                            Map.entry("data", "strokes:train"),
                            Map.entry("data_sha256", "ab12"),
                            Map.entry("latent4j.json", description));
        }
        LatentModel byHand = model(AutoencoderSpec.of(12, 3), 1);
        ModelProto proto = ModelProto.parseFrom(bytes(byHand, EnumSet.of(OnnxOutput.CODE)));
        assertThat(proto.getProducerVersion()).isEqualTo(Version.current());
        assertThat(proto.getDocString()).isEqualTo("Autoencoder of 12 values in 3");
        assertThat(proto.getMetadataPropsList().stream().map(entry -> entry.getKey()))
                .containsExactly("kind", "input", "latent4j.json");
        assertThat(ModelDescription.parse(proto.getMetadataProps(2).getValue(), Map.of())
                        .spec())
                .isEqualTo(byHand.spec());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void theSameModelGivesTheSameBytes(ModelSpec spec) throws IOException {
        Path file = folder.resolve("m.onnx");
        OnnxFile.write(model(spec, 1), OnnxOutput.of(spec), file);
        assertThat(file).hasBinaryContent(bytes(model(spec, 1), OnnxOutput.of(spec)));
        assertThat(bytes(model(spec, 2), OnnxOutput.of(spec))).isNotEqualTo(Files.readAllBytes(file));
    }

    @Test
    void anOutputThatAModelDoesNotHaveIsRefused() {
        LatentModel model = model(AutoencoderSpec.of(12, 3), 1);
        Path file = folder.resolve("m.onnx");
        assertThatThrownBy(() -> OnnxFile.write(model, EnumSet.of(OnnxOutput.CODE, OnnxOutput.MEAN), file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found output 'mean' of an autoencoder, expected some of code, reconstruction, decoded");
        assertThatThrownBy(() -> OnnxFile.write(model, Set.of(), file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found no output, expected at least one of code, reconstruction, decoded");
        assertThatThrownBy(() -> OnnxOutput.parse("codes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found output 'codes', expected one of code, reconstruction, mean, log_variance, decoded");
        assertThat(OnnxOutput.parse("Log_Variance")).isEqualTo(OnnxOutput.LOG_VARIANCE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatProtobufCannotHoldIsRefused() {
        VaeSpec spec = new VaeSpec(1 << 18, List.of(2045), 2, List.of(1), Activation.RELU, Likelihood.BERNOULLI);
        List<String> columns = IntStream.range(0, spec.inputs())
                .mapToObj(i -> "c%07d".formatted(i))
                .toList();
        ModelDescription description = new ModelDescription(spec, ModelCard.of(InputContract.Table.ofNumbers(columns)));
        assertThatThrownBy(() ->
                        OnnxFile.withoutWeights(description, OnnxGraph.of(description, OnnxOutput.ofExamples(spec))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "found a model of 21[0-9]{8} bytes as ONNX, expected fewer than 2\\^31, the most that"
                                + " an ONNX file may have");
        // Its decoder alone is small enough.
        assertThat(OnnxFile.withoutWeights(description, OnnxGraph.of(description, EnumSet.of(OnnxOutput.DECODED)))
                        .isInitialized())
                .isTrue();
    }

    @Test
    void anUnwritablePlaceIsNamedAndAnOldFileReplaced() throws IOException {
        LatentModel model = model(AutoencoderSpec.of(12, 3), 1);
        assertThatThrownBy(() -> OnnxFile.write(model, folder.resolve("none/m.onnx")))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: found no folder to write into, expected one", folder.resolve("none/m.onnx"));
        Path file = Files.writeString(folder.resolve("m.onnx"), "something else");
        OnnxFile.write(model, file);
        assertThat(ModelProto.parseFrom(Files.readAllBytes(file)).getProducerName())
                .isEqualTo("latent4j");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
