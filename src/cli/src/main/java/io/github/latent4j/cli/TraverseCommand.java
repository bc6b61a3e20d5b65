package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.latent.LatentDimension;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.evaluation.sampling.Traversal;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes what each latent dimension does. */
@Command(
        name = "traverse",
        description = "Let one latent dimension after the other go through its range and decode, a row a dimension.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = "  ./latent4j traverse m.zip --out dimensions.png")
final class TraverseCommand implements Callable<Integer> {
    private static final int STEPS = 11;
    private static final int MANIFOLD_STEPS = 20;

    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private ModelMixin model;

    @ArgGroup(exclusive = false)
    private @Nullable SourceOptionsMixin data;

    @Mixin
    private DecodedMixin out;

    @Option(
            names = "--example",
            paramLabel = "I",
            description =
                    "Start from the code of this example of --data, counted from 0 (default: the prior's mean, or the"
                            + " median of an autoencoder's codes).")
    private Optional<Integer> example;

    @Option(
            names = "--dimensions",
            split = ",",
            paramLabel = "D",
            description = "The dimensions, counted from 0, such as 3,7 (default: all).")
    private List<Integer> dimensions = List.of();

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "The N most active dimensions on --data, by KL divergence, of an autoencoder by variance.")
    private Optional<Integer> most;

    @Option(
            names = "--range",
            paramLabel = "X",
            description =
                    "How far to go to either side: standard deviations of the prior; of an autoencoder, between those"
                            + " quantiles of its codes that a normal distribution has there (default: 3).")
    private Optional<Double> range;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Codes for each dimension (default: " + STEPS + ", with --manifold " + MANIFOLD_STEPS + ").")
    private Optional<Integer> steps;

    @Option(
            names = "--manifold",
            description =
                    "Of a VAE with two latent dimensions: draw the whole plane, the first dimension to the right, the"
                            + " second upwards.")
    private boolean manifold;

    @Mixin
    private Summary summary;

    TraverseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (manifold) {
            drawManifold();
            return 0;
        }
        if (most.isPresent() && !dimensions.isEmpty()) {
            throw wrong("--most: found it with --dimensions, expected one of both");
        }
        LatentModel loaded = model.load();
        if (data == null) {
            if (example.isPresent() || most.isPresent()) {
                throw wrong("--%s: found no --data, expected the examples that it is about"
                        .formatted(example.isPresent() ? "example" : "most"));
            }
            if (!(loaded instanceof Vae vae)) {
                throw wrong("--data: found none with an autoencoder, which has no prior, expected examples from whose"
                        + " codes the ranges are taken");
            }
            write(
                    loaded,
                    Usage.checked(command, () -> shaped(Traversal.ofPrior(vae, range()), dimensions)),
                    Optional.empty());
            return 0;
        }
        if (most.isPresent() && (most.get() < 1 || most.get() > loaded.spec().latent())) {
            throw wrong("--most: found %d, expected 1 to %d, the latent dimensions of the model"
                    .formatted(most.get(), loaded.spec().latent()));
        }
        if (loaded instanceof Vae && example.isEmpty() && most.isEmpty()) {
            throw wrong("--data: found it without --example and --most, expected one of them, since the ranges are"
                    + " those of the prior");
        }
        try (Examples examples = data.openFor(loaded, console)) {
            Optional<List<LatentDimension>> activity = most.map(count -> LatentDimension.of(loaded, examples));
            write(loaded, Usage.checked(command, () -> traversal(loaded, examples, activity)), activity);
        }
        return 0;
    }

    private Traversal traversal(LatentModel loaded, Examples examples, Optional<List<LatentDimension>> activity) {
        Traversal traversal = loaded instanceof Vae vae
                ? Traversal.ofPrior(vae, range())
                : Traversal.ofCodes(loaded, examples, range());
        if (example.isPresent()) {
            int index = Rows.index("--example", example.get(), examples);
            traversal = traversal.around(loaded.encode(examples.example(index)));
        }
        return shaped(traversal, activity.map(this::mostActive).orElse(dimensions));
    }

    private List<Integer> mostActive(List<LatentDimension> activity) {
        return LatentDimension.byActivity(activity).subList(0, most.orElse(activity.size()));
    }

    private Traversal shaped(Traversal traversal, List<Integer> chosen) {
        Traversal stepped = traversal.withSteps(steps.orElse(STEPS));
        return chosen.isEmpty() ? stepped : stepped.withDimensions(chosen);
    }

    private double range() {
        return range.orElse(Traversal.DEFAULT_RANGE);
    }

    private void write(LatentModel loaded, Traversal traversal, Optional<List<LatentDimension>> activity)
            throws IOException {
        List<Traversal.Path> paths = traversal.paths();
        out.write(
                loaded.decode(
                        Matrix.joined(paths.stream().map(Traversal.Path::codes).toList())),
                loaded.card().input(),
                steps.orElse(STEPS));
        String measure = loaded instanceof Vae ? "kl" : "variance";
        List<Object> rows = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Traversal.Path path : paths) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("dimension", path.dimension());
            row.put("from", path.from());
            row.put("to", path.to());
            String line = String.format(
                    Locale.ROOT,
                    "%s: dimension %d from %.4g to %.4g",
                    out.place(rows.size(), steps.orElse(STEPS)),
                    path.dimension(),
                    path.from(),
                    path.to());
            if (activity.isPresent()) {
                double value = activity.get().get(path.dimension()).activity();
                row.put(measure, value);
                line += String.format(Locale.ROOT, loaded instanceof Vae ? ", KL %.4g nats" : ", variance %.4g", value);
            }
            rows.add(row);
            lines.add(line);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("steps", steps.orElse(STEPS));
        example.ifPresent(index -> fields.put("example", index));
        fields.put("rows", rows);
        summary.wrote(console, out.file(), rows.size(), "ways", fields, lines);
    }

    private void drawManifold() throws IOException {
        if (data != null || example.isPresent() || most.isPresent() || !dimensions.isEmpty() || range.isPresent()) {
            throw wrong("--manifold: found options of single dimensions with it, expected no other than --steps");
        }
        if (!out.isPicture()) {
            throw wrong("--manifold: found --out %s, expected a .png".formatted(out.file()));
        }
        Vae vae = model.requireVae(model.load(), ", whose plane --manifold draws");
        int side = steps.orElse(MANIFOLD_STEPS);
        Images.manifold(vae, side).write(out.file());
        summary.wrote(
                console,
                out.file(),
                Math.multiplyExact(side, side),
                "images",
                Map.of(),
                List.of(
                        "dimension 0 to the right, dimension 1 upwards, from the 5 % to the 95 % quantile of the prior"));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
