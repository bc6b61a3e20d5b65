package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.report.HtmlReport;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.evaluation.report.Picture;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A folder with a page and its pictures.
 *
 * @param folder made if it is not there
 */
record ReportFolder(Path folder) {
    private static final int PAIRS = 40;
    private static final int SAMPLES = 64;
    private static final int MANIFOLD_STEPS = 20;

    /** Refuses a folder that holds something. */
    static void requireNew(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException("%s: found a file, expected a folder or nothing there".formatted(folder));
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new IOException(
                            "%s: found a folder with files in it, expected a new one; --force writes into it all the same"
                                    .formatted(folder));
                }
            }
        }
    }

    /** Writes {@code index.html} about a model, and its pictures as PNG files beside it. */
    void write(
            String title,
            LatentModel model,
            Examples examples,
            Evaluation evaluation,
            Optional<AnomalyEvaluation> detection,
            long seed)
            throws IOException {
        HtmlReport figures = HtmlReport.of(title).withEvaluation(evaluation);
        HtmlReport page = pictures(detection.map(figures::withAnomalies).orElse(figures), model, examples, seed);
        page.withModel(model).write(made().resolve("index.html"));
    }

    /** The folder, which is there then. */
    Path made() throws IOException {
        return Files.createDirectories(folder);
    }

    /** Adds pictures to a page, and writes them into the folder; a table has none. */
    HtmlReport pictures(HtmlReport start, LatentModel model, Examples examples, long seed) throws IOException {
        InputContract input = model.card().input();
        if (!(input instanceof InputContract.Image)) {
            return start;
        }
        Matrix originals = examples.read(0, Math.min(PAIRS, examples.size()));
        HtmlReport page = add(
                start.withHeading("Reconstructions"),
                "reconstructions.png",
                Images.pairs(originals, model.reconstruct(originals), input),
                "Examples of %s, each above its reconstruction.".formatted(examples.name()));
        if (model instanceof Vae vae) {
            page = add(
                    page.withHeading("Samples"),
                    "samples.png",
                    Images.grid(vae.sample(SAMPLES, new Random(seed)), input),
                    "Codes drawn from the prior, decoded.");
            if (vae.spec().latent() == 2) {
                page = manifold(page, vae);
            }
        }
        return page;
    }

    /** Adds the plane of a VAE with two latent dimensions. */
    HtmlReport manifold(HtmlReport page, Vae vae) throws IOException {
        return add(
                page.withHeading("The latent plane"),
                "manifold.png",
                Images.manifold(vae, MANIFOLD_STEPS),
                "What each point of the plane of codes decodes to, in steps of equal probability: %s."
                        .formatted(Descriptions.of(vae.spec())));
    }

    private HtmlReport add(HtmlReport page, String file, Picture picture, String caption) throws IOException {
        picture.write(made().resolve(file));
        return page.withPicture(picture, caption);
    }
}
