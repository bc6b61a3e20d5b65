package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.sampling.GaussianMixtureFit;
import io.github.latent4j.evaluation.sampling.GaussianMixtureFitter;
import io.github.latent4j.evaluation.sampling.LatentSampler;
import io.github.latent4j.evaluation.sampling.Prior;
import io.github.latent4j.runtime.LatentModel;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Draws from a model. */
@Command(
        name = "sample",
        description =
                "Draw new examples: codes from the prior, or from a mixture of Gaussians fitted to codes, decoded.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = {
            "  ./latent4j sample m.zip --out samples.png",
            "  ./latent4j sample m.zip --from mixture --data strokes:test --limit 2000 --out samples.png"
        })
final class SampleCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private ModelMixin model;

    @ArgGroup(exclusive = false)
    private @Nullable SourceOptionsMixin data;

    @Mixin
    private DecodedMixin out;

    @Option(names = "--count", defaultValue = "64", paramLabel = "N", description = "How many (default: 64).")
    private int count;

    @Option(
            names = "--temperature",
            defaultValue = "1",
            paramLabel = "T",
            description =
                    "Multiply the standard deviations of the codes by T: below 1 for likely examples, above 1 for unlikely"
                            + " ones (default: 1).")
    private double temperature;

    @Option(
            names = "--from",
            defaultValue = "prior",
            paramLabel = "prior|mixture",
            completionCandidates = Origins.class,
            description =
                    "Where codes come from: the prior of a VAE, or a mixture of Gaussians fitted to the codes of --data"
                            + " (default: prior).")
    private Origin origin;

    @Option(
            names = "--components",
            paramLabel = "N|auto",
            description =
                    "Components of the mixture; auto chooses from 1 to 10 by the Bayesian information criterion (default:"
                            + " auto).")
    private Optional<String> components;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Any whole number (default: 1).")
    private long seed;

    @Mixin
    private Summary summary;

    private enum Origin {
        PRIOR,
        MIXTURE
    }

    private static final class Origins extends Choices {
        Origins() {
            super(Origin.class);
        }
    }

    /** A sampler, and what there is to say about it. */
    private record Source(LatentSampler sampler, String text, Map<String, Object> fields) {}

    SampleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw wrong("--count: found %d, expected at least 1".formatted(count));
        }
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw wrong("--temperature: found %s, expected a number above 0".formatted(temperature));
        }
        LatentModel loaded = model.load();
        long most = Integer.MAX_VALUE
                / Math.max(loaded.spec().inputs(), loaded.spec().latent());
        if (count > most) {
            throw wrong("--count: found %d, expected at most %d of such a model".formatted(count, most));
        }
        Source source = origin == Origin.PRIOR ? prior(loaded) : mixture(loaded);
        LatentSampler sampler = source.sampler().withTemperature(temperature);
        out.write(
                loaded.decode(sampler.codes(count, new Random(seed))),
                loaded.card().input(),
                (int) Math.ceil(Math.sqrt(count)));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", origin.name().toLowerCase(Locale.ROOT));
        fields.put("temperature", temperature);
        fields.put("seed", seed);
        fields.putAll(source.fields());
        summary.wrote(
                console,
                out.file(),
                count,
                "samples",
                fields,
                List.of("codes from %s%s".formatted(sampler.text(), source.text())));
        return 0;
    }

    private Source prior(LatentModel loaded) throws IOException {
        if (data != null || components.isPresent()) {
            throw wrong("%s: found it with --from prior, expected it with --from mixture alone"
                    .formatted(data != null ? "--data" : "--components"));
        }
        return new Source(
                Prior.of(model.requireVae(
                        loaded,
                        " to sample from; --from mixture --data SOURCE samples from a mixture fitted to its codes")),
                "",
                Map.of());
    }

    private Source mixture(LatentModel loaded) throws IOException {
        if (data == null) {
            throw wrong("--from mixture: found no --data, expected examples to whose codes the mixture is fitted");
        }
        GaussianMixtureFitter fitter = Usage.checked(command, this::fitter).withSeed(seed);
        try (Examples examples = data.openFor(loaded, console)) {
            GaussianMixtureFit fit = fitter.fit(loaded, examples);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("data", examples.name());
            fields.put("codes", fit.codes());
            fields.put("components", fit.mixture().components());
            Map<String, Object> bic = new LinkedHashMap<>();
            fit.bic().forEach((number, value) -> bic.put(number.toString(), value));
            fields.put("bic", bic);
            String choice = isChosen()
                    ? ", the number chosen by BIC from 1 to %d"
                            .formatted(fit.bic().lastKey())
                    : "";
            return new Source(
                    fit.mixture(),
                    String.format(Locale.ROOT, ", fitted to %,d codes of %s%s", fit.codes(), examples.name(), choice),
                    fields);
        }
    }

    private boolean isChosen() {
        return components.filter(text -> !text.equalsIgnoreCase("auto")).isEmpty();
    }

    private GaussianMixtureFitter fitter() {
        GaussianMixtureFitter fitter = GaussianMixtureFitter.defaults();
        if (isChosen()) {
            return fitter;
        }
        String text = components.orElseThrow();
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("--components: found %s, expected auto or at least 1".formatted(text));
        }
        return fitter.withComponents(Integer.parseInt(text));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
