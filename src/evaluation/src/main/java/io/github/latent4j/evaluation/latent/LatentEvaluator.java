package io.github.latent4j.evaluation.latent;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.internal.ModelData;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Posterior;
import io.github.latent4j.runtime.Vae;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures what the codes of a model are worth: how they use the latent dimensions, how all of them together compare with the
 * prior, and what they tell of labels. Immutable and thread-safe.
 *
 * <pre>{@code
 * LatentEvaluation figures = LatentEvaluator.of(model).withSeed(1).evaluate(digits.test());
 * }</pre>
 *
 * <p>KL, means and variances of the dimensions are those of all examples. The mutual information is estimated on a choice of at
 * most 4,000 of them, in a time that grows with its square, and the effective dimensions on the same. Probes are fitted on a half of the examples and measured on the
 * other, at most 5,000 each and no more than 2²⁵ values; with a reference they are fitted on as many of its examples, and
 * measured on all. Charts show at most 2,000 codes. All choices are seeded and uniformly random.
 */
public final class LatentEvaluator {
    private static final int MOST_FOR_INFORMATION = 4_000;
    private static final int MOST_FOR_PROBES = 5_000;
    private static final int MOST_VALUES_FOR_PROBES = 1 << 25;
    private static final int MOST_POINTS = 2_000;

    private final LatentModel model;
    private final long seed;
    private final Optional<Examples> reference;

    private LatentEvaluator(LatentModel model, long seed, Optional<Examples> reference) {
        this.model = model;
        this.seed = seed;
        this.reference = reference;
    }

    /**
     * An evaluator with seed 0 and no reference.
     *
     * @param model what to measure
     * @return the evaluator
     */
    public static LatentEvaluator of(LatentModel model) {
        return new LatentEvaluator(model, 0, Optional.empty());
    }

    /**
     * The same with another seed, on which draws and choices among the examples depend.
     *
     * @param other any number
     * @return a new evaluator
     */
    public LatentEvaluator withSeed(long other) {
        return new LatentEvaluator(model, other, reference);
    }

    /**
     * The same with other examples that probes are fitted on, such as those of the training, so that they are measured on all
     * that are evaluated. Labels are matched by name; one that the reference does not have counts as not found.
     *
     * @param other what the model takes, with labels
     * @return a new evaluator
     * @throws IllegalArgumentException if the model takes others, or they have no labels
     */
    public LatentEvaluator withReference(Examples other) {
        ModelData.common(model, other);
        if (other.labelNames().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: found no labels, expected some to fit probes on".formatted(other.name()));
        }
        return new LatentEvaluator(model, seed, Optional.of(other));
    }

    /**
     * Measures the model on examples, which are read in blocks.
     *
     * @param examples what the model takes; with labels there are probes
     * @return the figures
     * @throws IllegalArgumentException if the examples are not what the model takes, or those of the reference, or
     *     its codes are not finite
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public LatentEvaluation evaluate(Examples examples) {
        ModelData.common(model, examples);
        if (reference.filter(r -> r.sha256().equals(examples.sha256())).isPresent()) {
            throw new IllegalArgumentException(
                    "%s: found the examples of the reference, expected others to measure probes on, since the nearest neighbour of each would be itself"
                            .formatted(examples.name()));
        }
        List<LatentDimension> dimensions = LatentDimension.of(model, examples);
        Posterior some =
                ModelData.posteriors(model, ModelData.choose(examples, MOST_FOR_INFORMATION, Seeds.mix(seed, 0)));
        Optional<AggregatedPosterior> aggregated =
                model instanceof Vae ? Optional.of(AggregatedPosterior.of(some, seed)) : Optional.empty();
        Remarks remarks = new Remarks();
        remarks.codes(dimensions, aggregated);
        Optional<Probes> probes = probes(examples, remarks);
        Examples shown = ModelData.choose(examples, MOST_POINTS, Seeds.mix(seed, 1));
        Matrix codes = ModelData.posteriors(model, shown).mean();
        List<Chart> charts = new ArrayList<>();
        if (model instanceof Vae) {
            charts.add(LatentCharts.kl(dimensions));
            charts.add(LatentCharts.variances(dimensions));
        }
        LatentCharts.codes(shown, codes, seed).ifPresent(charts::add);
        return new LatentEvaluation(
                examples.size(),
                seed,
                dimensions,
                participationRatio(some.mean()),
                aggregated,
                probes,
                charts,
                remarks.sentences());
    }

    private Optional<Probes> probes(Examples examples, Remarks remarks) {
        if (examples.labelNames().isEmpty()) {
            remarks.noLabels();
            return Optional.empty();
        }
        int most = Math.min(
                MOST_FOR_PROBES,
                Math.max(1, MOST_VALUES_FOR_PROBES / model.spec().inputs()));
        long order = Seeds.mix(seed, 2);
        Probing probing;
        if (reference.isPresent()) {
            probing = new Probing(model, ModelData.choose(reference.get(), most, order), examples, seed);
        } else {
            int half = examples.size() / 2;
            if (half == 0) {
                remarks.oneExample();
                return Optional.empty();
            }
            int fitted = Math.min(most, half);
            int measured = Math.min(most, examples.size() - half);
            probing = new Probing(
                    model,
                    ModelData.part(examples, 0, fitted, order),
                    ModelData.part(examples, half, half + measured, order),
                    seed);
        }
        if (probing.learnable() < 2) {
            remarks.fewLabels(probing.learnable());
            return Optional.empty();
        }
        Probes probes = probing.measure();
        remarks.probes(probes, model.card().baseline().isPresent(), reference.isPresent());
        return Optional.of(probes);
    }

    /** tr(C)² / tr(C²) of the covariance C. */
    private static double participationRatio(Matrix codes) {
        int n = codes.rows();
        int latent = codes.columns();
        double[][] centred = new double[latent][n];
        for (int d = 0; d < latent; d++) {
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += codes.get(i, d) / (double) n;
            }
            for (int i = 0; i < n; i++) {
                centred[d][i] = codes.get(i, d) - mean;
            }
        }
        double trace = IntStream.range(0, latent)
                .mapToDouble(d -> product(centred[d], centred[d]))
                .sum();
        double squares = IntStream.range(0, latent)
                .mapToDouble(a -> IntStream.range(0, latent)
                        .mapToDouble(b -> Math.pow(product(centred[a], centred[b]), 2))
                        .sum())
                .sum();
        return squares > 0 ? trace * trace / squares : Double.NaN;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
