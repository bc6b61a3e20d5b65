package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.LatentModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the codes of examples. */
@Command(
        name = "encode",
        description = "Write the code of each example: an autoencoder's hidden activations, a VAE's posterior mean.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = "  ./latent4j encode m.zip --data strokes:test --limit 1000 --out codes.csv")
final class EncodeCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelMixin model;

    @Mixin
    private SourceOptionsMixin data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to write: .csv, with a column label where the data have labels, or .idx[.gz].")
    private Path out;

    @Mixin
    private Summary summary;

    EncodeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        LatentModel loaded = model.load();
        try (Examples examples = data.openFor(loaded, console)) {
            List<String> columns = IntStream.range(0, loaded.spec().latent())
                    .mapToObj(i -> "z" + i)
                    .toList();
            RowWriter.write(out, examples, columns, loaded::encode);
            summary.wrote(console, out, examples.size(), "codes");
        }
        return 0;
    }
}
