package io.github.latent4j.domain;

import io.github.latent4j.runtime.Activation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;

/** Collects nodes of ONNX's standard operators, and the constants that they take. */
final class OnnxNodes {
    private final List<NodeProto> nodes = new ArrayList<>();
    private final Map<String, Float> constants = new LinkedHashMap<>();

    /** Puts everything into a graph. */
    void addTo(GraphProto.Builder graph) {
        graph.addAllNode(nodes);
        constants.forEach((name, value) -> graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addFloatData(value)));
    }

    /** An operator without attributes. */
    void add(String operator, String name, List<String> inputs, String output) {
        nodes.add(node(operator, name, inputs, output).build());
    }

    /** output = input, but 0 where that is NaN. */
    void zeroForNaN(String input, String output) {
        String isNaN = input + "_missing";
        nodes.add(node("IsNaN", isNaN, List.of(input), isNaN).build());
        nodes.add(node("Where", output, List.of(isNaN, constant("zero", 0), input), output)
                .build());
    }

    /** output = the columns of all inputs, one input after the other. */
    void columns(String name, List<String> inputs, String output) {
        nodes.add(node("Concat", name, inputs, output)
                .addAttribute(integer("axis", 1))
                .build());
    }

    /** output = input weights + bias, with the weights transposed if so asked. */
    void gemm(String name, String input, String weights, boolean transposed, String bias, String output) {
        NodeProto.Builder node = node("Gemm", name, List.of(input, weights, bias), output);
        if (transposed) {
            node.addAttribute(integer("transB", 1));
        }
        nodes.add(node.build());
    }

    /** output = f(input), as {@link Activation} defines it; nothing for the identity. */
    void activation(Activation f, String layer, String input, String output) {
        String name = layer + "_" + f.text();
        nodes.addAll(
                switch (f) {
                    case IDENTITY -> List.of();
                    case SIGMOID -> List.of(unary("Sigmoid", name, input, output));
                    case TANH -> List.of(unary("Tanh", name, input, output));
                    case RELU -> List.of(unary("Relu", name, input, output));
                    case LEAKYRELU -> List.of(unary("LeakyRelu", name, input, output, real("alpha", 0.01)));
                    case ELU -> List.of(unary("Elu", name, input, output, real("alpha", 1)));
                    case SELU ->
                        List.of(unary(
                                "Selu",
                                name,
                                input,
                                output,
                                real("alpha", 1.6732632423543772),
                                real("gamma", 1.0507009873554805)));
                    case SOFTPLUS -> List.of(unary("Softplus", name, input, output));
                    case SOFTSIGN -> List.of(unary("Softsign", name, input, output));
                    case HARDSIGMOID ->
                        List.of(unary("HardSigmoid", name, input, output, real("alpha", 0.2), real("beta", 0.5)));
                    case SWISH -> {
                        String sigmoid = name + "_sigmoid";
                        yield List.of(unary("Sigmoid", sigmoid, input, sigmoid), product(name, input, sigmoid, output));
                    }
                    case GELU -> {
                        String scaled = name + "_scaled";
                        String sigmoid = name + "_sigmoid";
                        yield List.of(
                                product(scaled, input, constant("gelu_scale", 1.702f), scaled),
                                unary("Sigmoid", sigmoid, scaled, sigmoid),
                                product(name, input, sigmoid, output));
                    }
                    case MISH -> {
                        String softplus = name + "_softplus";
                        String tanh = name + "_tanh";
                        yield List.of(
                                unary("Softplus", softplus, input, softplus),
                                unary("Tanh", tanh, softplus, tanh),
                                product(name, input, tanh, output));
                    }
                    case HARDTANH ->
                        List.of(node(
                                        "Clip",
                                        name,
                                        List.of(input, constant("hardtanh_min", -1), constant("hardtanh_max", 1)),
                                        output)
                                .build());
                    case CUBE -> {
                        String square = name + "_square";
                        yield List.of(product(square, input, input, square), product(name, square, input, output));
                    }
                });
    }

    private String constant(String name, float value) {
        constants.put(name, value);
        return name;
    }

    private static NodeProto product(String name, String left, String right, String output) {
        return node("Mul", name, List.of(left, right), output).build();
    }

    private static NodeProto unary(
            String operator, String name, String input, String output, AttributeProto... attributes) {
        return node(operator, name, List.of(input), output)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    private static AttributeProto real(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    private static AttributeProto integer(String name, int value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static NodeProto.Builder node(String operator, String name, List<String> inputs, String output) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(output);
    }
}
