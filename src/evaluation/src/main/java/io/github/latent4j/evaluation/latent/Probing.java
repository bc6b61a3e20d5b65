package io.github.latent4j.evaluation.latent;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.PcaFit;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.evaluation.internal.Classifier;
import io.github.latent4j.evaluation.internal.ModelData;
import io.github.latent4j.evaluation.latent.Probes.Probe;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.internal.Neighbours;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Fits probes on some examples and measures them on others. */
final class Probing {
    /** A label with fewer examples than this tells a classifier little. */
    static final int LEAST_OF_A_LABEL = 5;

    /** A linear classifier sees so many examples, and each between so many times. */
    private static final int SEEN = 100_000;

    private static final int LEAST_EPOCHS = 10;
    private static final int MOST_EPOCHS = 400;
    private static final long TAG = 0x9b;

    private final LatentModel model;
    private final Examples fit;
    private final Examples measured;
    private final long seed;

    /** Names of the labels that the fitted examples have. */
    private final List<String> labels;

    private final int[] fitLabels;

    Probing(LatentModel model, Examples fit, Examples measured, long seed) {
        this.model = model;
        this.fit = fit;
        this.measured = measured;
        this.seed = seed;
        this.labels = IntStream.range(0, fit.size())
                .map(fit::label)
                .distinct()
                .sorted()
                .mapToObj(fit.labelNames()::get)
                .toList();
        this.fitLabels = labels(fit);
    }

    /** For each example an index into the labels, −1 for one that is not among them. */
    private int[] labels(Examples examples) {
        int[] places = examples.labelNames().stream().mapToInt(labels::indexOf).toArray();
        return IntStream.range(0, examples.size())
                .map(i -> places[examples.label(i)])
                .toArray();
    }

    /** The number of labels with so many examples that there is something to learn. */
    long learnable() {
        return Arrays.stream(counts())
                .filter(count -> count >= LEAST_OF_A_LABEL)
                .count();
    }

    private int[] counts() {
        int[] counts = new int[labels.size()];
        for (int label : fitLabels) {
            counts[label]++;
        }
        return counts;
    }

    Probes measure() {
        int[] counts = counts();
        int frequent = IntStream.range(0, counts.length)
                .reduce((a, b) -> counts[b] > counts[a] ? b : a)
                .orElseThrow();
        double right =
                Arrays.stream(labels(measured)).filter(l -> l == frequent).count();
        Pca pca = model.card()
                .baseline()
                .orElseGet(() -> PcaFit.fit(fit, model.spec().latent(), seed));
        return new Probes(
                fit.size(),
                measured.size(),
                labels.size(),
                right / measured.size(),
                probe(model::encode),
                probe(pca::encode),
                probe(UnaryOperator.identity()));
    }

    private Probe probe(UnaryOperator<Matrix> representation) {
        Matrix known = rows(fit, representation);
        Neighbours neighbours = new Neighbours(known);
        int epochs = Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, SEEN / known.rows()));
        int[] expected = labels(measured);
        long near = 0;
        double straight = 0;
        int block = Math.max(1000, ModelData.blockSize(model));
        try (Classifier linear =
                Classifier.fit(known, fitLabels, labels.size(), List.of(), epochs, Seeds.mix(seed, TAG))) {
            for (int from = 0; from < measured.size(); from += block) {
                int first = from;
                int to = Math.min(measured.size() - from, block) + from;
                Matrix rows = representation.apply(measured.read(from, to));
                near += IntStream.range(0, rows.rows())
                        .parallel()
                        .filter(r -> fitLabels[neighbours.nearest(rows.row(r))] == expected[first + r])
                        .count();
                straight += linear.accuracy(rows, Arrays.copyOfRange(expected, from, to)) * rows.rows();
            }
        }
        return new Probe(known.columns(), (double) near / measured.size(), straight / measured.size());
    }

    private Matrix rows(Examples examples, UnaryOperator<Matrix> representation) {
        return representation.apply(examples.read(0, examples.size()));
    }
}
