package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.evaluation.internal.Classifier;
import io.github.latent4j.evaluation.sampling.SampleEvaluation.Quality;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Pca;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The features that examples are compared by, and those of the real examples that samples are compared with. Safe for use by
 * several threads.
 */
final class SampleSpace {
    /** At most so many examples are fitted on, and so many values. */
    private static final int MOST = 20_000;

    private static final int MOST_VALUES = 1 << 26;
    private static final List<Integer> HIDDEN = List.of(256, 128);

    /** At least so many passes over the examples, and more over few of them: about so many batches of 128. */
    private static final int LEAST_EPOCHS = 10;

    private static final int MOST_EPOCHS = 30;
    private static final int EXAMPLES_IN_ALL = 100_000;

    private static final int BLOCK_VALUES = 1 << 20;

    private static final int ORDER = 10;
    private static final int HELD_OUT = 11;
    private static final int CLASSIFIER = 12;

    private final Examples fitted;
    private final Classifier classifier;
    private final SampleEvaluation.Features features;
    private final int count;
    private final int neighbours;
    private final int width;
    private final boolean binary;
    private final FittedGaussian gaussian;
    private final NeighbourBalls balls;
    private final Quality heldOut;

    /** Examples that are made or read as they are needed. */
    interface Rows {
        Matrix read(int from, int to);
    }

    /** Figures of a set, and whether all its values are 0 or 1. */
    record Judgement(Quality quality, boolean binary) {}

    private record Seen(Matrix features, boolean binary) {}

    private SampleSpace(Examples fitted, Examples real, Examples held, int count, int neighbours, long seed) {
        this.fitted = fitted;
        this.count = count;
        this.neighbours = neighbours;
        this.width = fitted.input().size();
        int[] labels = labels(fitted);
        int classes = fitted.labelNames().size();
        int epochs = Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, EXAMPLES_IN_ALL / labels.length));
        this.classifier = Classifier.fit(
                fitted.read(0, fitted.size()), labels, classes, HIDDEN, epochs, Seeds.mix(seed, CLASSIFIER));
        Seen seen = look(real::read);
        int[] unseen = labels(real);
        this.features = new SampleEvaluation.Features(
                seen.features.columns(),
                fitted.size(),
                classes,
                accuracy(real, unseen),
                (double) mostFrequent(unseen, classes) / count);
        this.binary = seen.binary;
        this.gaussian = FittedGaussian.of(seen.features);
        this.balls = new NeighbourBalls(seen.features, neighbours);
        this.heldOut = judge("held-out examples", held::read).quality();
    }

    /** What is fitted on: examples of the reference behind the first of its seeded order, which samples are compared with. */
    static Examples fitted(Examples reference, int count, long seed) {
        Permutation order = order(reference, seed);
        int most = Math.min(MOST, MOST_VALUES / reference.input().size());
        int fit = Math.max(1, Math.min(reference.size() - count, most));
        return reference.select(fit, i -> order.applyAsInt(count + i), reference.name());
    }

    /** Trains on what is {@link #fitted}, which has at least two labels, and compares with another part of the reference. */
    static SampleSpace train(
            Examples reference, Examples fitted, Examples heldOut, int count, int neighbours, long seed) {
        Permutation heldOrder = new Permutation(heldOut.size(), Seeds.mix(seed, HELD_OUT));
        return new SampleSpace(
                fitted,
                compared(reference, count, seed),
                heldOut.select(count, heldOrder, heldOut.name()),
                count,
                neighbours,
                seed);
    }

    /** The real examples that samples are compared with. */
    static Examples compared(Examples reference, int count, long seed) {
        return reference.select(count, order(reference, seed), reference.name());
    }

    private static Permutation order(Examples reference, long seed) {
        return new Permutation(reference.size(), Seeds.mix(seed, ORDER));
    }

    private static int[] labels(Examples examples) {
        return IntStream.range(0, examples.size()).map(examples::label).toArray();
    }

    private static int mostFrequent(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return Arrays.stream(counts).max().orElse(0);
    }

    private int block() {
        return Math.max(1, BLOCK_VALUES / width);
    }

    private double accuracy(Examples examples, int[] labels) {
        double right = 0;
        for (int from = 0, to; from < count; from = to) {
            to = Math.min(count - from, block()) + from;
            right += (to - from) * classifier.accuracy(examples.read(from, to), Arrays.copyOfRange(labels, from, to));
        }
        return right / count;
    }

    /** The features of as many examples as are compared. */
    private Seen look(Rows rows) {
        float[] all = new float[0];
        boolean ones = true;
        for (int from = 0, to; from < count; from = to) {
            to = Math.min(count - from, block()) + from;
            Matrix block = rows.read(from, to);
            ones = ones && isBinary(block);
            Matrix found = featuresOf(block);
            all = from == 0 ? new float[count * found.columns()] : all;
            System.arraycopy(found.data(), 0, all, from * found.columns(), found.data().length);
        }
        return new Seen(Matrix.wrap(count, all.length / count, all), ones);
    }

    /** The classifier's network is not made for several threads. */
    private Matrix featuresOf(Matrix block) {
        synchronized (classifier) {
            return classifier.features(block);
        }
    }

    private static boolean isBinary(Matrix block) {
        for (float value : block.data()) {
            if (value != 0 && value != 1) {
                return false;
            }
        }
        return true;
    }

    Judgement judge(String name, Rows rows) {
        Seen seen = look(rows);
        PrecisionRecall shares =
                NeighbourBalls.compare(balls, new NeighbourBalls(seen.features, neighbours), neighbours);
        return new Judgement(
                new Quality(
                        name,
                        FrechetDistance.between(gaussian, FittedGaussian.of(seen.features)),
                        shares.precision(),
                        shares.recall()),
                seen.binary);
    }

    /** The codes that PCA gives to what is fitted on. */
    Matrix encode(Pca pca) {
        Matrix codes = Matrix.zeros(fitted.size(), pca.dimensions());
        for (int from = 0, to; from < fitted.size(); from = to) {
            to = Math.min(fitted.size() - from, block()) + from;
            float[] found = pca.encode(fitted.read(from, to)).data();
            System.arraycopy(found, 0, codes.data(), from * pca.dimensions(), found.length);
        }
        return codes;
    }

    Examples fitted() {
        return fitted;
    }

    SampleEvaluation.Features features() {
        return features;
    }

    boolean binary() {
        return binary;
    }

    Quality heldOut() {
        return heldOut;
    }
}
