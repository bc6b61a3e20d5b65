package io.github.latent4j.cli;

import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.Detection;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Specifications in words. */
final class Descriptions {
    private Descriptions() {}

    /** Such as {@code VAE 784-512-256-20-256-512-784, elu, bernoulli}. */
    static String of(ModelSpec spec) {
        if (spec instanceof VaeSpec vae) {
            return "VAE %s, %s, %s%s"
                    .formatted(
                            sizes(vae.inputs(), vae.encoder(), vae.latent(), vae.decoder()),
                            vae.activation().text(),
                            vae.likelihood().summary(),
                            vae.corruption().equals(Corruption.NONE)
                                    ? ""
                                    : ", corruption " + vae.corruption().text());
        }
        AutoencoderSpec ae = (AutoencoderSpec) spec;
        List<Integer> mirrored = new ArrayList<>(ae.hidden());
        Collections.reverse(mirrored);
        return "%s autoencoder %s, %s, code %s, output %s, corruption %s"
                .formatted(
                        ae.weights() == AutoencoderSpec.Weights.TIED ? "tied" : "untied",
                        sizes(ae.inputs(), ae.hidden(), ae.latent(), mirrored),
                        ae.activation().text(),
                        ae.codeActivation().text(),
                        ae.outputActivation().text(),
                        ae.corruption().text());
    }

    private static String sizes(int inputs, List<Integer> encoder, int latent, List<Integer> decoder) {
        List<Integer> all = new ArrayList<>();
        all.add(inputs);
        all.addAll(encoder);
        all.add(latent);
        all.addAll(decoder);
        all.add(inputs);
        return all.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }

    /** A detector in one line. */
    static String of(Detection detection) {
        String parts = detection.score() == AnomalyScore.COMBINED
                ? detection.parts().stream()
                        .map(part -> part.score().text())
                        .collect(Collectors.joining(", ", " of ", ""))
                : "";
        return String.format(
                Locale.ROOT,
                "score %s%s; threshold %.6g for %s, from %,d held-out examples; %s",
                detection.score().text(),
                parts,
                detection.threshold(),
                detection.rule(),
                detection.calibration().length,
                detection
                        .reference()
                        .map(rows -> String.format(
                                Locale.ROOT, "%,d rows of the training data are part of the model file", rows.rows()))
                        .orElse("no row of the training data is part of the model file"));
    }
}
