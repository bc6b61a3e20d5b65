package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.sampling.ExamplePair;
import io.github.latent4j.evaluation.sampling.Interpolation;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes what lies between examples. */
@Command(
        name = "interpolate",
        description = "Go from the code of one example to that of another and decode what is on the way, a row a pair.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = "  ./latent4j interpolate m.zip --data strokes:test --from 0 --to 7 --out way.png")
final class InterpolateCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private ModelMixin model;

    @Mixin
    private SourceOptionsMixin data;

    @Mixin
    private DecodedMixin out;

    @Option(names = "--from", paramLabel = "I", description = "The example to start from, counted from 0; with --to.")
    private Optional<Integer> from;

    @Option(names = "--to", paramLabel = "J", description = "The example to end at; with --from.")
    private Optional<Integer> to;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "Without --from and --to: how many pairs to choose, of different labels if there are labels"
                    + " (default: 8).")
    private Optional<Integer> pairs;

    @Option(
            names = "--steps",
            defaultValue = "10",
            paramLabel = "N",
            description = "Codes on each way, both ends among them (default: 10).")
    private int steps;

    private static final class Ways extends Choices {
        Ways() {
            super(Interpolation.class);
        }
    }

    @Option(
            names = "--path",
            paramLabel = "linear|spherical",
            completionCandidates = Ways.class,
            description = "A straight line, or an arc around the prior's mean (default: spherical for a VAE, linear for"
                    + " an autoencoder).")
    private Optional<Interpolation> path;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Chooses the pairs; any whole number (default: 1).")
    private long seed;

    @Mixin
    private Summary summary;

    InterpolateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (from.isPresent() != to.isPresent()) {
            throw wrong("found --%s without --%s, expected both or neither"
                    .formatted(from.isPresent() ? "from" : "to", from.isPresent() ? "to" : "from"));
        }
        if (from.isPresent() && pairs.isPresent()) {
            throw wrong("--pairs: found it with --from and --to, expected it without them");
        }
        LatentModel loaded = model.load();
        Interpolation way = path.orElse(loaded instanceof Vae ? Interpolation.SPHERICAL : Interpolation.LINEAR);
        try (Examples examples = data.openFor(loaded, console)) {
            List<ExamplePair> chosen = Usage.checked(command, () -> pairs(examples));
            List<Matrix> rows = new ArrayList<>();
            for (ExamplePair pair : chosen) {
                Matrix ends = loaded.encode(examples.read(new int[] {pair.from(), pair.to()}));
                rows.add(Usage.checked(command, () -> way.between(ends.row(0), ends.row(1), steps)));
            }
            out.write(loaded.decode(Matrix.joined(rows)), loaded.card().input(), steps);
            summary.wrote(
                    console,
                    out.file(),
                    chosen.size(),
                    "ways",
                    fields(way, examples, chosen),
                    lines(way, examples, chosen));
        }
        return 0;
    }

    private List<ExamplePair> pairs(Examples examples) {
        if (from.isPresent() && to.isPresent()) {
            return List.of(new ExamplePair(
                    Rows.index("--from", from.get(), examples), Rows.index("--to", to.get(), examples)));
        }
        return ExamplePair.choose(examples, pairs.orElse(8), seed);
    }

    private Map<String, Object> fields(Interpolation way, Examples examples, List<ExamplePair> chosen) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("data", examples.name());
        fields.put("path", name(way));
        fields.put("steps", steps);
        if (from.isEmpty()) {
            fields.put("seed", seed);
        }
        fields.put(
                "rows",
                chosen.stream()
                        .map(pair -> {
                            Map<String, Object> row = new LinkedHashMap<>();
                            row.put("from", pair.from());
                            row.put("to", pair.to());
                            if (!examples.labelNames().isEmpty()) {
                                row.put("fromLabel", label(examples, pair.from()));
                                row.put("toLabel", label(examples, pair.to()));
                            }
                            return row;
                        })
                        .toList());
        return fields;
    }

    private List<String> lines(Interpolation way, Examples examples, List<ExamplePair> chosen) {
        List<String> lines = new ArrayList<>();
        lines.add("%s, %d steps, examples of %s counted from 0".formatted(name(way), steps, examples.name()));
        for (ExamplePair pair : chosen) {
            lines.add("%s: from %s to %s"
                    .formatted(
                            out.place(lines.size() - 1, steps),
                            text(examples, pair.from()),
                            text(examples, pair.to())));
        }
        return lines;
    }

    private static String name(Interpolation way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    private static String label(Examples examples, int index) {
        return examples.labelNames().get(examples.label(index));
    }

    private static String text(Examples examples, int index) {
        return "example " + index + (examples.labelNames().isEmpty() ? "" : " (" + label(examples, index) + ")");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
