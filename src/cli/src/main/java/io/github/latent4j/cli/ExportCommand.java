package io.github.latent4j.cli;

import io.github.latent4j.domain.OnnxFile;
import io.github.latent4j.domain.OnnxOutput;
import io.github.latent4j.runtime.LatentModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a model as ONNX. */
@Command(
        name = "export",
        description = "Write a model as ONNX, for ONNX Runtime and whatever else reads that format.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = "  ./latent4j export m.zip --out m.onnx")
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private ModelMixin model;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write: .onnx.")
    private Path out;

    @Option(
            names = "--outputs",
            split = ",",
            paramLabel = "OUTPUT",
            description =
                    "What the file computes: of examples x code, reconstruction and, of a VAE, mean and log_variance; of codes"
                            + " z decoded. Default: all of x. With outputs of both, x and z have to be fed.")
    private List<String> outputs = List.of();

    @Mixin
    private Summary summary;

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            throw new IOException("%s: found another ending, expected .onnx".formatted(out));
        }
        List<OnnxOutput> asked = Usage.checked(
                command, () -> outputs.stream().map(OnnxOutput::parse).toList());
        LatentModel loaded = model.load();
        model.requireOther(out);
        Set<OnnxOutput> written = asked.isEmpty() ? OnnxOutput.ofExamples(loaded.spec()) : EnumSet.copyOf(asked);
        OnnxFile.write(loaded, written, out);
        List<String> from = written.stream().map(OnnxOutput::input).distinct().toList();
        List<String> to = written.stream().map(OnnxOutput::text).toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", out.toString());
        fields.put("inputs", from);
        fields.put("outputs", to);
        fields.put("opset", OnnxFile.OPSET);
        summary.print(
                console,
                fields,
                "wrote %s: from %s to %s".formatted(out, String.join(", ", from), String.join(", ", to)));
        return 0;
    }
}
