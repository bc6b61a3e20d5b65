package io.github.latent4j.evaluation.report;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.ReconstructionErrors;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.Vae;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/** What a model of images does, to look at. Thread-safe. */
public final class ModelPictures {
    private static final int PAIRS = 40;
    private static final int WORST = 20;
    private static final int SAMPLES = 64;
    private static final int MANIFOLD_STEPS = 20;

    private ModelPictures() {}

    /**
     * Draws the first examples and those with the greatest errors with their reconstructions, and of a VAE samples and, of one with
     * two latent dimensions, the plane of codes.
     *
     * @param model the model
     * @param examples what it was measured on
     * @param errors its errors on them
     * @param seed of the samples
     * @return the pictures; none if the model is not one of images
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public static List<NamedPicture> of(LatentModel model, Examples examples, ReconstructionErrors errors, long seed) {
        InputContract input = model.card().input();
        if (!(input instanceof InputContract.Image)) {
            return List.of();
        }
        List<NamedPicture> pictures = new ArrayList<>();
        Matrix first = examples.read(0, Math.min(PAIRS, examples.size()));
        pictures.add(new NamedPicture(
                "reconstructions",
                "Reconstructions",
                "Examples of %s, each above its reconstruction.".formatted(examples.name()),
                Images.pairs(first, model.reconstruct(first), input)));
        List<Integer> worst = errors.worst(WORST);
        double[] perExample = errors.perExample();
        Matrix odd = examples.read(worst.stream().mapToInt(i -> i).toArray());
        pictures.add(new NamedPicture(
                "worst-reconstructions",
                "The worst reconstructions",
                "The examples with the greatest errors, each above its reconstruction. From left to right, and from top to bottom: %s."
                        .formatted(worst.stream()
                                .map(i -> String.format(Locale.ROOT, "%.4f (example %d)", perExample[i], i))
                                .collect(Collectors.joining(", "))),
                Images.pairs(odd, model.reconstruct(odd), input)));
        if (model instanceof Vae vae) {
            pictures.add(new NamedPicture(
                    "samples",
                    "Samples",
                    "Codes drawn from the prior, decoded.",
                    Images.grid(vae.sample(SAMPLES, new Random(seed)), input)));
            if (vae.spec().latent() == 2) {
                pictures.add(manifold(vae));
            }
        }
        return List.copyOf(pictures);
    }

    /**
     * Draws the plane of a VAE with two latent dimensions.
     *
     * @param vae of images
     * @return the picture
     * @throws IllegalArgumentException if the latent dimensions are not two, or the VAE's outputs are no images
     */
    public static NamedPicture manifold(Vae vae) {
        return new NamedPicture(
                "manifold",
                "The latent plane",
                "What each point of the plane of codes decodes to, in steps of equal probability: a VAE of the layers %s."
                        .formatted(sizes(vae.spec())),
                Images.manifold(vae, MANIFOLD_STEPS));
    }

    private static String sizes(ModelSpec spec) {
        return HtmlReport.sizes(spec).replace("<strong>", "").replace("</strong>", "");
    }
}
