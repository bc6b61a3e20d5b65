package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.AnomalyLabels;
import io.github.latent4j.evaluation.report.Assessor;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Vae;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what is measured, and how. */
final class AssessmentMixin {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of the draws of the posterior, and of --binarise (default: 1).")
    private long seed;

    @Option(
            names = "--binarise",
            description = "Draw ones and zeros from values in [0, 1] first, as for a model that was trained so.")
    private boolean binarise;

    @Option(
            names = "--draws",
            paramLabel = "S",
            description =
                    "Estimate the log likelihood of a VAE by importance sampling with that many draws an example, such as 5000.")
    private Optional<Integer> draws;

    @Option(
            names = "--anomaly",
            paramLabel = "VALUE",
            description =
                    "The label of anomalies, for a model with a detector (default: the one of 1, true, yes, anomaly, attack, … if the other is 0, false, no, normal, …).")
    private Optional<String> anomaly;

    long seed() {
        return seed;
    }

    boolean isBinarised() {
        return binarise;
    }

    /** Refuses values that no model allows. */
    void check() {
        if (draws.isPresent() && draws.get() < 1) {
            throw new ParameterException(
                    command.commandLine(), "--draws: found %d, expected at least 1".formatted(draws.get()));
        }
    }

    /** Refuses options that need another kind of model: a detector each, and a VAE at least. */
    void requireUsable(List<NamedModel> names, List<LatentModel> models) throws IOException {
        if (anomaly.isPresent()) {
            for (int i = 0; i < models.size(); i++) {
                ModelMixin.requireDetector(names.get(i), models.get(i));
            }
        }
        if (draws.isPresent() && models.stream().noneMatch(Vae.class::isInstance)) {
            throw new IOException("%s: found an autoencoder with --draws, expected a VAE, which alone has a likelihood"
                    .formatted(names.get(0)));
        }
    }

    /** The values to measure on. */
    Examples values(Examples examples) {
        return binarise ? examples.binarised(seed) : examples;
    }

    /** What is to be known about how the model was trained, as far as it does not go with the options. */
    Optional<String> caution(LatentModel model) {
        return model.card()
                .provenance()
                .map(origin -> origin.plan().getOrDefault("binarise", "none"))
                .filter(how -> !how.equals("none") && !binarise)
                .map(
                        "found a model trained with --binarise %s, evaluated on values as they are; --binarise draws"
                                ::formatted);
    }

    /**
     * An assessor as the options say.
     *
     * @param values to measure on
     * @param remarks gets what was left out
     * @param notes is told what else is to be known
     */
    Assessor assessor(LatentModel model, Examples values, List<String> remarks, Consumer<String> notes) {
        Assessor assessor = Assessor.of(model).withSeed(seed);
        if (draws.isPresent() && model instanceof Vae) {
            assessor = assessor.withDraws(draws.get());
        } else if (draws.isPresent()) {
            remarks.add("The log likelihood is left out: an autoencoder has none.");
        }
        if (model.card().detection().isPresent()) {
            Optional<AnomalyLabels> labels = labels(values, remarks, notes);
            if (labels.isPresent()) {
                assessor = assessor.withAnomalyLabels(labels.get());
            }
        }
        return assessor;
    }

    /**
     * Which examples are anomalies. The labels of a table are a column that was named; those of other data come along with them
     * and may mean something else.
     */
    private Optional<AnomalyLabels> labels(Examples examples, List<String> remarks, Consumer<String> notes) {
        if (examples.labelNames().isEmpty()) {
            if (anomaly.isPresent()) {
                throw new ParameterException(
                        command.commandLine(),
                        "--anomaly: found it without labels, expected data with labels; --label names the column of a CSV file");
            }
            return Optional.empty();
        }
        if (!(examples.input() instanceof InputContract.Table) && anomaly.isEmpty()) {
            notes.accept("labels are left alone; --anomaly VALUE says which of two is that of anomalies");
            return Optional.empty();
        }
        Optional<String> column = command.findOption("--label").getValue();
        String what = column.map(name -> "label column " + name).orElse("label");
        try {
            return Optional.of(AnomalyLabels.of(examples, what, anomaly));
        } catch (IllegalArgumentException e) {
            if (anomaly.isPresent()) {
                throw e;
            }
            remarks.add("How right the detector is, is left out: %s (--anomaly VALUE).".formatted(e.getMessage()));
            return Optional.empty();
        }
    }
}
