package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.PcaFit;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.evaluation.internal.ModelData;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Vae;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Judges what models generate: {@link FrechetDistance} and {@link PrecisionRecall} between samples and real examples, beside
 * those of a linear baseline (PCA with a normal distribution of its codes) and of held-out real examples, than which no
 * generator should be expected to be better.
 *
 * <p>Examples are compared by features: the activations of the last hidden layer of a small classifier, which is trained for
 * it on labelled examples. So figures compare within one feature space alone, that is, for the same data and settings, and
 * are no values of the FID, which takes an Inception network's. An evaluator trains its classifier at the first evaluation and
 * keeps it, so all models that one evaluator judges are judged alike:
 *
 * <pre>{@code
 * SampleEvaluator evaluator = SampleEvaluator.of(digits.train(), digits.test()).withSeed(1);
 * SampleEvaluation first = evaluator.evaluate(vae);
 * SampleEvaluation second = evaluator.evaluate(another);
 * }</pre>
 *
 * <p>What is fitted here (the classifier, the distribution of PCA's codes, and PCA for a model that brings none along) is
 * fitted on one part of the reference; samples are compared with another part, which the classifier has not seen. Equally many examples
 * of each kind are compared.
 *
 * <p>Settings never change; safe for use by several threads, which wait for each other. From its first evaluation on an evaluator
 * holds its classifier, outside the Java heap, and the features of the examples that it compares with, as long as it is reachable itself: for 10,000 images of 784 pixels
 * about 20 MB. Results depend on the data, the settings and, since the
 * classifier is trained by ND4J, in their last digits on the machine.
 */
public final class SampleEvaluator {
    /** How many examples of each kind are compared at most, unless told otherwise. */
    private static final int COUNT = 10_000;

    private static final int PCA = 2;
    private static final int HALVES = 3;

    private final Examples reference;
    private final Examples heldOut;
    private final long seed;
    private final int most;
    private final int neighbours;
    private @Nullable SampleSpace space;

    private SampleEvaluator(Examples reference, Examples heldOut, long seed, int most, int neighbours) {
        this.reference = reference;
        this.heldOut = heldOut;
        this.seed = seed;
        this.most = most;
        this.neighbours = neighbours;
    }

    /**
     * An evaluator with seed 0 that compares at most 10,000 examples of each kind, by balls to the third neighbour.
     *
     * @param reference labelled examples to fit on and to compare with, usually those that models were trained on
     * @param heldOut other examples of the same kind, whose labels are not used
     * @return the evaluator
     * @throws IllegalArgumentException if the reference has no labels, or the held-out examples are of another kind or the same
     */
    public static SampleEvaluator of(Examples reference, Examples heldOut) {
        if (reference.labelNames().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: found no labels, expected some, since samples are compared by the features of a classifier"
                            .formatted(reference.name()));
        }
        if (reference.input().common(heldOut.input()).isEmpty()) {
            throw new IllegalArgumentException("%s: found %s, expected %s, which the reference has"
                    .formatted(
                            heldOut.name(),
                            heldOut.input().text(),
                            reference.input().text()));
        }
        if (reference.sha256().equals(heldOut.sha256())) {
            throw new IllegalArgumentException(
                    "%s: found the examples of the reference, expected others that are held out, since examples are near themselves"
                            .formatted(heldOut.name()));
        }
        return new SampleEvaluator(reference, heldOut, 0, COUNT, PrecisionRecall.NEIGHBOURS);
    }

    /**
     * An evaluator for examples that come in one set: a seeded choice of a third is held out.
     *
     * @param examples labelled examples, usually ones that models were not trained on
     * @param seed any number, the evaluator's too
     * @return the evaluator
     * @throws IllegalArgumentException if the examples have no labels, or there are fewer than two
     */
    public static SampleEvaluator of(Examples examples, long seed) {
        Examples.Split split = examples.split(1.0 / 3, Seeds.mix(seed, HALVES));
        return of(split.train(), split.validation()).withSeed(seed);
    }

    /**
     * The same with another seed, on which the choice of examples, the classifier and what is drawn depend.
     *
     * @param other any number
     * @return a new evaluator
     */
    public SampleEvaluator withSeed(long other) {
        return new SampleEvaluator(reference, heldOut, other, most, neighbours);
    }

    /**
     * The same with another limit to how many examples of each kind are compared.
     *
     * @param examples at least 2
     * @return a new evaluator
     * @throws IllegalArgumentException if it is below 2
     */
    public SampleEvaluator withMost(int examples) {
        if (examples < 2) {
            throw new IllegalArgumentException("examples: found %d, expected at least 2".formatted(examples));
        }
        return new SampleEvaluator(reference, heldOut, seed, examples, neighbours);
    }

    /**
     * The same with balls to another neighbour.
     *
     * @param k at least 1
     * @return a new evaluator
     * @throws IllegalArgumentException if it is below 1
     */
    public SampleEvaluator withNeighbours(int k) {
        PrecisionRecall.requireNeighbours(k);
        return new SampleEvaluator(reference, heldOut, seed, most, k);
    }

    /**
     * How many examples of each kind are compared: as many as are held out, but at most half of the reference, whose other half
     * is fitted on, and at most the limit. So many samples are needed.
     *
     * @return at least 0
     */
    public int count() {
        return Math.min(most, Math.min(heldOut.size(), reference.size() / 2));
    }

    /**
     * What is fitted on, a seeded choice of the reference: at most 20,000 examples, of which none is among those that samples are
     * compared with. Whatever else is fitted to generate samples, such as a mixture of Gaussians, should be fitted on these alone,
     * lest it know what it is held against.
     *
     * @return a part of the reference, with its labels
     */
    public Examples fitted() {
        return SampleSpace.fitted(reference, count(), seed);
    }

    /**
     * Why nothing can be judged with these examples: there are too few of them, or what is fitted on has but one label. Nothing is trained
     * for it.
     *
     * @return a whole sentence that says so, or empty if samples can be judged
     */
    public Optional<String> obstacle() {
        return found().map("Figures of samples are left out: %s."::formatted);
    }

    private Optional<String> found() {
        if (count() <= neighbours) {
            return Optional.of(
                    "found %d examples to compare (%d held out, %d of reference, half of which are fitted on), expected more than %d, the neighbours of each"
                            .formatted(count(), heldOut.size(), reference.size(), neighbours));
        }
        Examples known = fitted();
        int[] labels =
                IntStream.range(0, known.size()).map(known::label).distinct().toArray();
        if (labels.length > 1) {
            return Optional.empty();
        }
        return Optional.of(
                "%s: found the label %s alone in %d examples, expected at least two, since samples are compared by the features of a classifier"
                        .formatted(known.name(), known.labelNames().get(labels[0]), known.size()));
    }

    /**
     * Judges samples from a VAE's prior: means of p(x|z) for standard normal z, those of {@link Samples#prior}
     * with the evaluator's seed.
     *
     * @param vae what to judge
     * @return the figures
     * @throws IllegalArgumentException as in {@link #evaluate(LatentModel, List)}
     * @throws java.io.UncheckedIOException if a file behind the examples cannot be read
     */
    public SampleEvaluation evaluate(Vae vae) {
        return evaluate(vae, List.of(Samples.prior(vae, count(), seed)));
    }

    /**
     * Judges samples of a model, of which the first {@link #count()} of each set are used.
     *
     * @param model what they are from; it decodes codes, and its card may bring along the PCA to compare with
     * @param samples at least one set, each of another name; the figures of the first are the model's own, those of others have the name
     *     in their keys
     * @return the figures
     * @throws IllegalArgumentException if there is no set, two have one name, samples are too few or of another width, a value of
     *     theirs is not finite, the examples are not what the model takes, there are fewer of them than neighbours, or what is fitted on has
     *     but one label
     * @throws java.io.UncheckedIOException if a file behind the examples cannot be read
     */
    public SampleEvaluation evaluate(LatentModel model, List<Samples> samples) {
        check(model, samples);
        SampleSpace trained = space();
        List<SampleEvaluation.Quality> judged = new ArrayList<>();
        boolean between = false;
        for (Samples set : samples) {
            SampleSpace.Judgement judgement =
                    trained.judge(set.name(), (from, to) -> checked(set, set.read(model, from, to), from));
            judged.add(judgement.quality());
            between |= !judgement.binary();
        }
        Optional<Pca> ofCard = model.card().baseline();
        Pca pca =
                ofCard.orElseGet(() -> PcaFit.fit(trained.fitted(), model.spec().latent(), seed));
        return new SampleEvaluation(
                reference.name(),
                heldOut.name(),
                trained.features(),
                count(),
                neighbours,
                seed,
                judged,
                trained.judge("PCA", pcaSamples(pca, trained)).quality(),
                new SampleEvaluation.Baseline(pca.dimensions(), ofCard.isPresent(), isImage()),
                trained.heldOut(),
                trained.binary() && between);
    }

    private void check(LatentModel model, List<Samples> samples) {
        ModelData.common(model, reference);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("found no set of samples, expected at least one");
        }
        Set<String> names = new HashSet<>();
        for (Samples set : samples) {
            if (!names.add(set.name())) {
                throw new IllegalArgumentException(
                        "found two sets of samples named %s, expected each name once".formatted(set.name()));
            }
            if (set.count() < count()) {
                throw new IllegalArgumentException(
                        "samples %s: found %d, expected at least %d, as many as the real examples they are compared with"
                                .formatted(set.name(), set.count(), count()));
            }
        }
    }

    private Matrix checked(Samples set, Matrix block, int first) {
        int width = reference.input().size();
        if (block.columns() != width) {
            throw new IllegalArgumentException("samples %s: found %d values an example, expected %d"
                    .formatted(set.name(), block.columns(), width));
        }
        for (int i = 0; i < block.data().length; i++) {
            if (!Float.isFinite(block.data()[i])) {
                throw new IllegalArgumentException(
                        "samples %s: found %s in example %d at index %d, expected a finite number"
                                .formatted(set.name(), block.data()[i], first + i / width, i % width));
            }
        }
        return block;
    }

    private boolean isImage() {
        return reference.input() instanceof InputContract.Image;
    }

    private synchronized SampleSpace space() {
        SampleSpace trained = space;
        if (trained == null) {
            found().ifPresent(why -> {
                throw new IllegalArgumentException(why);
            });
            trained = SampleSpace.train(reference, fitted(), heldOut, count(), neighbours, seed);
            space = trained;
        }
        return trained;
    }

    /** Standard normal values; those of a row depend on the seed and its index alone. */
    private Matrix normal(int rows, int columns, int what) {
        Matrix values = Matrix.zeros(rows, columns);
        for (int r = 0; r < rows; r++) {
            SplittableRandom random = new SplittableRandom(Seeds.mix(seed, what, r));
            for (int d = 0; d < columns; d++) {
                values.data()[r * columns + d] = (float) random.nextGaussian();
            }
        }
        return values;
    }

    /** What PCA generates if its codes have the mean and the covariance of those of examples; pixels are held in [0, 1]. */
    private SampleSpace.Rows pcaSamples(Pca pca, SampleSpace trained) {
        FittedGaussian codes = FittedGaussian.of(trained.encode(pca));
        double[][] root = codes.root().getData();
        Matrix noise = normal(count(), pca.dimensions(), PCA);
        return (from, to) -> {
            Matrix samples = Matrix.zeros(to - from, pca.inputs());
            float[] components = pca.components().data();
            for (int r = from; r < to; r++) {
                int row = (r - from) * pca.inputs();
                System.arraycopy(pca.mean(), 0, samples.data(), row, pca.inputs());
                for (int k = 0; k < pca.dimensions(); k++) {
                    double code = codes.mean()[k];
                    for (int d = 0; d < pca.dimensions(); d++) {
                        code += root[k][d] * noise.get(r, d);
                    }
                    for (int i = 0; i < pca.inputs(); i++) {
                        samples.data()[row + i] += (float) code * components[k * pca.inputs() + i];
                    }
                }
            }
            for (int i = 0; isImage() && i < samples.data().length; i++) {
                samples.data()[i] = Math.max(0, Math.min(1, samples.data()[i]));
            }
            return samples;
        };
    }
}
