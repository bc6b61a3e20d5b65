package io.github.latent4j.evaluation.report;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.evaluation.ReconstructionErrors;
import io.github.latent4j.evaluation.internal.ModelData;
import io.github.latent4j.evaluation.latent.LatentDimension;
import io.github.latent4j.evaluation.sampling.ExamplePair;
import io.github.latent4j.evaluation.sampling.Interpolation;
import io.github.latent4j.evaluation.sampling.Traversal;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
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
    private static final int MOST_ENCODED = 2_000;
    private static final int MOST_DIMENSIONS = 10;
    private static final long CHOICE = 0x70696374L;
    private static final int PATHS = 8;
    private static final int STEPS = 11;

    private ModelPictures() {}

    /**
     * Draws the first examples and those with the greatest errors with their reconstructions, what the most active latent
     * dimensions do, ways between examples, of a VAE samples and, of one with two latent dimensions, the plane of codes.
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
        pictures.add(traversals(model, ModelData.choose(examples, MOST_ENCODED, Seeds.mix(seed, CHOICE))));
        if (examples.size() > 1) {
            pictures.add(interpolations(model, examples, seed));
        }
        return List.copyOf(pictures);
    }

    /** What the most active dimensions do, one a row. */
    private static NamedPicture traversals(LatentModel model, Examples some) {
        List<Integer> active = LatentDimension.byActivity(LatentDimension.of(model, some));
        List<Integer> shown = active.subList(0, Math.min(MOST_DIMENSIONS, active.size()));
        Traversal all = model instanceof Vae vae
                ? Traversal.ofPrior(vae)
                : Traversal.ofCodes(model, some, Traversal.DEFAULT_RANGE);
        List<Matrix> rows = all.withDimensions(shown).withSteps(STEPS).paths().stream()
                .map(path -> model.decode(path.codes()))
                .toList();
        return new NamedPicture(
                "traversals",
                "What latent dimensions do",
                "One dimension a row, the most active first, goes %s; the others stay at the %s. From top to bottom: dimension %s."
                        .formatted(
                                model instanceof Vae
                                        ? "from three standard deviations of the prior below its mean to three above"
                                        : "through the range of the codes",
                                model instanceof Vae ? "prior's mean" : "codes' medians",
                                shown.stream().map(String::valueOf).collect(Collectors.joining(", "))),
                Images.grid(Matrix.joined(rows), model.card().input(), STEPS));
    }

    /** Ways from one example's code to another's, one a row. */
    private static NamedPicture interpolations(LatentModel model, Examples examples, long seed) {
        Interpolation way = model instanceof Vae ? Interpolation.SPHERICAL : Interpolation.LINEAR;
        List<ExamplePair> pairs = ExamplePair.choose(examples, PATHS, seed);
        List<Matrix> rows = pairs.stream()
                .map(pair -> model.decode(way.between(
                        model.encode(examples.example(pair.from())), model.encode(examples.example(pair.to())), STEPS)))
                .toList();
        return new NamedPicture(
                "interpolations",
                "Ways between examples",
                "Each row goes from the reconstruction of one example to that of another, in equal steps between their codes (%s). From top to bottom: %s."
                        .formatted(
                                way == Interpolation.SPHERICAL ? "along a circle" : "along a line",
                                pairs.stream()
                                        .map(pair -> "example %d to %d".formatted(pair.from(), pair.to()))
                                        .collect(Collectors.joining(", "))),
                Images.grid(Matrix.joined(rows), model.card().input(), STEPS));
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
                        .formatted(ModelFacts.sizes(vae.spec())),
                Images.manifold(vae, MANIFOLD_STEPS));
    }
}
