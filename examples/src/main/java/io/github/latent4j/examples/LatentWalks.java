package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.latent.LatentDimension;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.evaluation.sampling.ExamplePair;
import io.github.latent4j.evaluation.sampling.GaussianMixture;
import io.github.latent4j.evaluation.sampling.GaussianMixtureFit;
import io.github.latent4j.evaluation.sampling.GaussianMixtureFitter;
import io.github.latent4j.evaluation.sampling.Interpolation;
import io.github.latent4j.evaluation.sampling.LatentSampler;
import io.github.latent4j.evaluation.sampling.Prior;
import io.github.latent4j.evaluation.sampling.SampleEvaluation;
import io.github.latent4j.evaluation.sampling.SampleEvaluation.Quality;
import io.github.latent4j.evaluation.sampling.SampleEvaluator;
import io.github.latent4j.evaluation.sampling.Samples;
import io.github.latent4j.evaluation.sampling.Traversal;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Walks through a latent space. A decoder turns any code into an image, so one can go from one image to another in small steps,
 * turn a single number of a code up and down, or draw codes at random. Which codes one asks for decides what one gets: a decoder
 * knows the places where it was trained, and guesses elsewhere.
 *
 * <p>This lesson walks between two images on two ways, along single dimensions, and draws samples from the prior, from a mixture
 * fitted to the codes, and at several temperatures, and measures which samples are closest to real images. It takes about half a
 * minute.
 */
public final class LatentWalks {
    private static final int STEPS = 11;

    private LatentWalks() {}

    /** How far from the origin walks are halfway, and what samples are worth by where the codes came from. */
    record Found(double linearMiddle, double sphericalMiddle, List<Quality> samples) {
        double distance(int source) {
            return samples.get(source).frechetDistance();
        }
    }

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(LatentWalks.class, LatentWalks::run);
    }

    static Found run(Size size, Notebook page) throws IOException {
        // # A model to walk in
        // A VAE with a code of ten numbers.
        Dataset images = LessonData.clothesOrStrokes(page, size.of(20_000, 3_000), size.of(3_000, 500));
        Vae vae = Trainer.with(
                        TrainingPlan.defaults().withEpochs(size.of(15, 8)).withBatchSize(size.of(128, 32)))
                .reportingTo(TrainingListener.lines(System.out))
                .fit(VaeSpec.of(784, 10), images.train())
                .model()
                .using(MultiplicationProvider.forBatches());

        // # From one image to another
        // Encode both, take codes in between, decode them. Four pairs, eleven images each: the first and the
        // last of a row are the reconstructions of the pair, the sixth is halfway. This is the straight line,
        // (1 - t) a + t b.
        List<ExamplePair> pairs = ExamplePair.choose(images.test(), 4, 3);
        page.show(
                Images.grid(
                        vae.decode(walks(vae, images, pairs, Interpolation.LINEAR)),
                        images.test().input(),
                        STEPS),
                "Straight lines between the codes of two images.");

        // The other way is an arc, which goes round the origin at an even distance. Why would one? Codes
        // drawn from a normal distribution of many dimensions all lie at about the same distance, the root of
        // the dimensions, and a straight line cuts through the middle, where hardly any code lies.
        page.show(
                Images.grid(
                        vae.decode(walks(vae, images, pairs, Interpolation.SPHERICAL)),
                        images.test().input(),
                        STEPS),
                "Arcs between the same codes.");

        // The chart has the distance from the origin along many such walks: its mean at each step. Below it
        // stands how far out the codes of real images are.
        List<ExamplePair> many = ExamplePair.choose(images.test(), 200, 4);
        List<Double> linear = lengths(walks(vae, images, many, Interpolation.LINEAR));
        List<Double> spherical = lengths(walks(vae, images, many, Interpolation.SPHERICAL));
        page.show(new Chart(
                "lengths",
                "How far from the origin the codes are along a walk: the mean of 200 walks.",
                Axis.of("step"),
                Axis.of("distance from the origin"),
                List.of(new Line("straight line", steps(), linear), new Line("arc", steps(), spherical))));
        double middle = linear.get(STEPS / 2);
        page.say("halfway: straight line %.2f, arc %.2f", middle, spherical.get(STEPS / 2));
        page.say("mean of all codes: %.2f", length(vae.encode(images.test().read(0, 500))));

        // # Along one dimension
        // One number of the code goes from -3 to 3, all others stay at 0. The most active dimensions come
        // first, those whose codes tell most of an image; the last rows may hardly change at all. What a
        // dimension means is for the eye to find, if it means one thing at all.
        List<LatentDimension> dimensions = LatentDimension.of(vae, images.test());
        List<Integer> active = LatentDimension.byActivity(dimensions);
        List<Matrix> traversals = new ArrayList<>();
        for (Traversal.Path path : Traversal.ofPrior(vae).withDimensions(active).paths()) {
            traversals.add(vae.decode(path.codes()));
        }
        page.show(Images.grid(Matrix.joined(traversals), images.test().input(), 11), "A row for each dimension.");
        page.say(
                "KL of the most active dimension %.2f nats, of the least active %.2f",
                dimensions.get(active.get(0)).kl(),
                dimensions.get(active.get(active.size() - 1)).kl());

        // # Where to draw samples from
        // The prior, one normal distribution, is what the VAE promises. But the codes of real images do not
        // fill it evenly, and a draw may fall into a gap. A mixture of normal distributions, fitted to the
        // codes, keeps to where images are. How many it needs, a criterion decides (BIC): the chart has it by
        // their number; lower is better. If the lowest is the last that was tried, more might be better
        // still: then the limit has chosen.
        GaussianMixtureFit fit = GaussianMixtureFitter.defaults()
                .withMostCodes(size.of(5_000, 1_000))
                .withMostComponents(size.of(20, 5))
                .withSeed(1)
                .fit(vae, images.train());
        GaussianMixture mixture = fit.mixture();
        page.show(new Chart(
                "bic",
                "The criterion by the number of components.",
                Axis.of("components"),
                Axis.of("BIC"),
                List.of(new Line(
                        "BIC",
                        fit.bic().keySet().stream().map(Integer::doubleValue).toList(),
                        List.copyOf(fit.bic().values())))));
        boolean all = mixture.components() == fit.bic().lastKey();
        page.say("a mixture of %d%s", mixture.components(), all ? ", the most that were tried" : "");

        // # Temperature
        // A temperature below 1 draws closer to the middle of the distribution: images that are more alike.
        // One above 1 draws further out: more varied ones, and odder ones. Which of them are better, the next
        // step measures.
        for (double temperature : new double[] {0.5, 1, 1.5}) {
            Matrix codes = Prior.of(vae).withTemperature(temperature).codes(20, new Random(1));
            page.show(
                    Images.grid(vae.decode(codes), images.test().input(), 10),
                    "The prior at temperature %s.".formatted(temperature));
        }
        page.show(
                Images.grid(
                        vae.decode(mixture.codes(20, new Random(1))),
                        images.test().input(),
                        10),
                "The mixture at temperature 1.");

        // # Which are closest to real images?
        // The eye is easily pleased, so measure. The Fréchet distance compares samples with real images by
        // what a classifier sees in them; lower is closer. Precision is the share of samples that look like
        // some real image, recall the share of real images that samples come near to. Cold is the prior at
        // temperature 0.5, hot at 1.5: watch what they do to precision and recall. The last row is other real
        // images: in Fréchet distance and in recall nothing can be expected to beat them. Precision alone is
        // easily had, and may be above that of real images: it is enough to draw what is common, and leave
        // out what is rare.
        int count = size.of(2_000, 400);
        List<Samples> samples = List.of(
                samples("prior", Prior.of(vae), count),
                samples("cold", Prior.of(vae).withTemperature(0.5), count),
                samples("hot", Prior.of(vae).withTemperature(1.5), count),
                samples("mixture", mixture, count));
        SampleEvaluation quality = SampleEvaluator.of(images.train().first(size.of(8_000, 1_000)), images.test())
                .withMost(count)
                .withSeed(1)
                .evaluate(vae, samples);
        List<Quality> rows = new ArrayList<>(quality.samples());
        rows.add(quality.real());
        page.show(
                List.of("samples", "Fréchet", "precision", "recall"),
                rows.stream().map(LatentWalks::row).toList());

        // # What to try next
        // Decode the mean of two codes of the same kind, or add to a code the difference of two others: can
        // an arrow in the latent space mean a property? The lesson BetaVae asks whether single dimensions do.
        return new Found(middle, spherical.get(STEPS / 2), quality.samples());
    }

    /** The codes of all walks, one walk behind the other. */
    private static Matrix walks(Vae vae, Dataset images, List<ExamplePair> pairs, Interpolation way) {
        return Matrix.joined(pairs.stream()
                .map(pair -> way.between(
                        vae.encode(images.test().example(pair.from())),
                        vae.encode(images.test().example(pair.to())),
                        STEPS))
                .toList());
    }

    /** The mean distance from the origin at each step of the walks. */
    private static List<Double> lengths(Matrix walks) {
        return IntStream.range(0, STEPS)
                .mapToObj(step -> IntStream.range(0, walks.rows() / STEPS)
                        .mapToDouble(walk -> length(walks.row(walk * STEPS + step)))
                        .average()
                        .orElseThrow())
                .toList();
    }

    private static double length(float[] code) {
        return Math.sqrt(IntStream.range(0, code.length)
                .mapToDouble(i -> (double) code[i] * code[i])
                .sum());
    }

    private static double length(Matrix codes) {
        return IntStream.range(0, codes.rows())
                .mapToDouble(row -> length(codes.row(row)))
                .average()
                .orElseThrow();
    }

    private static List<Double> steps() {
        return IntStream.rangeClosed(1, STEPS).mapToObj(step -> (double) step).toList();
    }

    private static Samples samples(String name, LatentSampler sampler, int count) {
        return new Samples.Codes(name, sampler.codes(count, new Random(2)));
    }

    private static List<String> row(Quality quality) {
        return List.of(
                quality.name(),
                Numbers.text(quality.frechetDistance(), 1),
                Numbers.text(quality.precision(), 2),
                Numbers.text(quality.recall(), 2));
    }
}
