package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.Images;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes reconstructions. */
@Command(
        name = "reconstruct",
        description = "Write the reconstruction of each example, or a picture of the first ones.",
        mixinStandardHelpOptions = true)
final class ReconstructCommand implements Callable<Integer> {
    private static final int PAIRS = 40;

    private final Console console;

    @Mixin
    private ModelMixin model;

    @Mixin
    private SourceOptionsMixin data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to write: .csv or .idx[.gz] for values, .png for the first " + PAIRS
                    + " originals, each above its reconstruction.")
    private Path out;

    @Mixin
    private Summary summary;

    ReconstructCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        LatentModel loaded = model.load();
        try (Examples examples = data.openFor(loaded, console)) {
            int written = examples.size();
            if (out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
                Matrix originals = examples.read(0, Math.min(PAIRS, examples.size()));
                Images.pairs(
                                originals,
                                loaded.reconstruct(originals),
                                loaded.card().input())
                        .write(out);
                written = originals.rows();
            } else {
                RowWriter.write(out, examples, loaded.card().input().featureNames(), loaded::reconstruct);
            }
            summary.wrote(console, out, written, "reconstructions");
        }
        return 0;
    }
}
