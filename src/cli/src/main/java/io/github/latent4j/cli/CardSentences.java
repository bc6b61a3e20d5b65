package io.github.latent4j.cli;

import io.github.latent4j.data.DatasetInfo;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Detection;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.InputContract.Image;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Provenance;
import io.github.latent4j.runtime.VaeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be said of a model without being told: no more than its file knows. */
final class CardSentences {
    private final LatentModel model;
    private final InputContract input;
    private final Optional<Provenance> origin;

    CardSentences(LatentModel model) {
        this.model = model;
        this.input = model.card().input();
        this.origin = model.card().provenance();
    }

    /** What the model is. */
    String summary() {
        int latent = model.spec().latent();
        return "%s that turns %s into %s%s%s."
                .formatted(
                        model.spec() instanceof VaeSpec ? "A variational autoencoder" : "An autoencoder",
                        input instanceof Table ? "rows of " + input.text() : input.text(),
                        latent == 1 ? "1 number" : latent + " numbers",
                        model.card().detection().isPresent() ? " and back, and finds anomalies" : " and back",
                        origin.map(o -> String.format(
                                        Locale.ROOT, ", trained on %,d examples of %s", o.examples(), o.data()))
                                .orElse(""));
    }

    /** What it is not to be used for, and what its figures do not say. */
    List<String> limits() {
        List<String> limits = new ArrayList<>();
        limits.add(taken());
        limits.add(
                origin.map(
                                o -> "It was trained on %s alone.%s"
                                        .formatted(
                                                o.data(),
                                                model.card().detection().isPresent()
                                                        ? " The figures below hold for data like these."
                                                        : " It gives a code and a reconstruction to every input of this form, to those that are nothing like these data, too; the figures below hold for data like these."))
                        .orElse(
                                "Its file does not say what it was trained on: nothing is known of other data than those of the figures below."));
        if (model.spec().latent() < model.spec().inputs()) {
            limits.add(
                    "A code has %d %s in place of the %d values of an example; what does not fit in is lost in the reconstruction."
                            .formatted(
                                    model.spec().latent(),
                                    model.spec().latent() == 1 ? "number" : "numbers",
                                    model.spec().inputs()));
        }
        likelihood().ifPresent(limits::add);
        if (model.spec() instanceof AutoencoderSpec) {
            limits.add(
                    "An autoencoder has no prior and no likelihood: to draw samples, a mixture has to be fitted to codes first (sample --from mixture).");
        }
        model.card()
                .detection()
                .ifPresentOrElse(
                        detection -> detector(detection, limits),
                        () -> limits.add(
                                "It has no anomaly detector: reconstruction errors can be compared, but nothing says which of them is too large."));
        return limits;
    }

    private String taken() {
        if (input instanceof Image image) {
            return "It takes images of %s alone; others have to be brought to this size and this range first."
                    .formatted(image.text());
        }
        if (input instanceof Table table) {
            return "It takes rows with the columns that it was trained on (%d), in the units that they had there."
                    .formatted(table.columns().size());
        }
        return "It takes %s alone, in the order and the units of its training.".formatted(input.text());
    }

    private Optional<String> likelihood() {
        if (!(model.spec() instanceof VaeSpec vae)) {
            return Optional.empty();
        }
        if (vae.likelihood() instanceof Likelihood.Bernoulli) {
            boolean drawn = origin.map(
                            o -> !o.plan().getOrDefault("binarise", "none").equals("none"))
                    .orElse(false);
            return drawn
                    ? Optional.of(
                            "Its likelihood is one of ones and zeros, drawn from the values of the data: figures on values as they are do not compare with those on ones and zeros (--binarise).")
                    : Optional.of(
                            "On values between 0 and 1 its Bernoulli likelihood is no normalised density, of bytes or of anything else: an ELBO compares only with one that was got in the same way.");
        }
        return Optional.of(
                vae.likelihood().has(Likelihood.Gaussian.class)
                        ? "Its likelihood of numbers is a density: an ELBO depends on the units of the input and may be above 0."
                        : "Its likelihood is one of categories, so a probability: an ELBO compares only with one of the same columns.");
    }

    private static void detector(Detection detection, List<String> limits) {
        limits.add(String.format(
                Locale.ROOT,
                "The threshold of its anomaly detector (%s) and its p-values rest on %,d held-out examples; they do not hold where the data have changed since.",
                detection.rule(),
                detection.calibration().length));
        detection
                .reference()
                .ifPresent(rows -> limits.add(String.format(
                        Locale.ROOT,
                        "%,d rows of the training data are part of the model file: whoever has it has them.",
                        rows.rows())));
    }

    /** What the data of the training are; empty if nobody knows. */
    Optional<DatasetInfo> catalogue() {
        return origin.flatMap(o -> Datasets.names().stream()
                .filter(name -> o.data().startsWith(name + ":"))
                .map(Datasets::info)
                .findFirst());
    }
}
