package io.github.latent4j.evaluation.latent;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Factor;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.evaluation.internal.ModelData;
import io.github.latent4j.runtime.LatentModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures how well single latent dimensions stand for single factors, on examples whose factors are known, such as {@link
 * io.github.latent4j.data.Strokes}. Immutable and thread-safe.
 *
 * <p><b>MIG</b>, the mutual information gap (Chen, Li, Grosse and Duvenaud 2018, arXiv 1802.04942): for each factor v the
 * greatest mutual information I(zᵢ; v) of a latent dimension less the next greatest, divided by the entropy H(v), and the mean of
 * that over the factors. Mutual information is estimated as by Locatello et al. 2019 (arXiv 1811.12359, appendix C): of the codes
 * (for a VAE posterior means), put into 20 bins of equal width between the least and the greatest, from the frequencies as they
 * are. A continuous factor is put into 20 such bins, too; a categorical one keeps its values. Chen et al. draw from q(z|x)
 * instead, and their figures are lower for it.
 *
 * <p><b>DCI</b> (Eastwood and Williams 2018, "A framework for the quantitative evaluation of disentangled representations",
 * ICLR): let Rᵢⱼ be the importance of latent dimension i for predicting factor j, here of a random forest of 50 trees (the mean
 * decrease in impurity, with the sum 1 over the dimensions, less if trees find nothing to split by; each tree sees a bootstrap sample and all dimensions; splits by variance for continuous factors and by Gini's impurity for
 * categorical ones), D the number of dimensions and K that of factors.
 *
 * <ul>
 *   <li>Disentanglement of a dimension: Dᵢ = 1 + Σⱼ Pᵢⱼ log_K Pᵢⱼ with Pᵢⱼ = Rᵢⱼ / Σₖ Rᵢₖ; of the code: Σᵢ ρᵢ Dᵢ with ρᵢ = Σⱼ
 *       Rᵢⱼ / Σᵢⱼ Rᵢⱼ.
 *   <li>Completeness of a factor: Cⱼ = 1 + Σᵢ P̃ᵢⱼ log_D P̃ᵢⱼ with P̃ᵢⱼ = Rᵢⱼ / Σₖ Rₖⱼ; of the code: the mean over the factors.
 *   <li>Informativeness: the forest's error on examples that it was not grown on, as a share of that of a constant prediction. For
 *       a continuous factor the root of the mean squared error, for a categorical one the share of wrong values; the constant is
 *       the mean or the most frequent value of the examples that it was grown on. Of the code: the mean over the factors.
 * </ul>
 *
 * <p>At most 10,000 examples are used, a seeded, uniformly random choice: all of them for MIG; a random half grows forests and the
 * other measures them. A factor that does not vary over the examples is left out, and a remark says so. Since
 * frequencies vary by chance, each mutual information of a code that is independent of a continuous factor comes out about 0.018 nats too high for 10,000 examples, and more
 * for fewer, in proportion; MIG, a gap between two of them, by about 0.0003.
 */
public final class DisentanglementEvaluator {
    /** Bins of a latent dimension and of a continuous factor. */
    static final int BINS = 20;

    private static final int MOST = 10_000;

    /** So many examples are needed at least: one for each pair of bins. */
    public static final int LEAST_EXAMPLES = BINS * BINS;

    private final LatentModel model;
    private final long seed;

    private DisentanglementEvaluator(LatentModel model, long seed) {
        this.model = model;
        this.seed = seed;
    }

    /**
     * An evaluator with seed 0.
     *
     * @param model what to measure
     * @return the evaluator
     */
    public static DisentanglementEvaluator of(LatentModel model) {
        return new DisentanglementEvaluator(model, 0);
    }

    /**
     * The same with another seed, on which the choice of examples and the forests depend.
     *
     * @param other any number
     * @return a new evaluator
     */
    public DisentanglementEvaluator withSeed(long other) {
        return new DisentanglementEvaluator(model, other);
    }

    /**
     * Measures the model on examples.
     *
     * @param examples what the model takes, at least 400, with known factors of which at least one varies
     * @return the figures
     * @throws IllegalArgumentException if the examples are not what the model takes, too few, or without factors that vary; or
     *     if the model's codes are not finite
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public DisentanglementEvaluation evaluate(Examples examples) {
        ModelData.common(model, examples);
        found(examples).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        Examples chosen = ModelData.choose(examples, MOST, Seeds.mix(seed, 0));
        double[][] codes = Bins.columns(ModelData.posteriors(model, chosen).mean());
        return measure(codes, chosen);
    }

    /**
     * Why examples tell nothing of factors: they have none, there are too few of them, or no factor varies.
     *
     * @param examples any
     * @return a whole sentence that says so, or empty if a model that takes them can be measured on them
     */
    public static Optional<String> obstacle(Examples examples) {
        return found(examples).map("MIG and DCI are left out: %s."::formatted);
    }

    private static Optional<String> found(Examples examples) {
        if (examples.factors().isEmpty()) {
            return Optional.of(
                    "%s: found no known factors, expected some, which strokes have (and what was given them by Examples.withFactors)"
                            .formatted(examples.name()));
        }
        if (examples.size() < LEAST_EXAMPLES) {
            return Optional.of("%s: found %d examples, expected at least %d, one for each pair of %d bins"
                    .formatted(examples.name(), examples.size(), LEAST_EXAMPLES, BINS));
        }
        boolean varies = IntStream.range(0, examples.factors().size()).anyMatch(f -> IntStream.range(1, examples.size())
                .anyMatch(i -> examples.factor(i, f) != examples.factor(0, f)));
        return varies ? Optional.empty() : Optional.of(constant(examples));
    }

    private static String constant(Examples examples) {
        return "%s: found no factor that varies, expected at least one".formatted(examples.name());
    }

    private DisentanglementEvaluation measure(double[][] codes, Examples examples) {
        int size = examples.size();
        int[] known = ModelData.places(size, 0, size / 2, Seeds.mix(seed, 1));
        int[] rest = ModelData.places(size, size / 2, size, Seeds.mix(seed, 1));
        Bins bins = Bins.ofEqualWidth(codes, BINS);
        Bins fitted = Bins.byQuantiles(pick(codes, known));
        Bins others = fitted.of(pick(codes, rest));
        List<Prediction> predictions = new ArrayList<>();
        List<String> constant = new ArrayList<>();
        for (int f = 0; f < examples.factors().size(); f++) {
            Factor factor = examples.factors().get(f);
            double[] values = values(examples, f);
            if (Arrays.stream(values).distinct().count() < 2) {
                constant.add(factor.name());
                continue;
            }
            int[] classes = factor.isContinuous()
                    ? Bins.ofEqualWidth(new double[][] {values}, BINS).column(0)
                    : Arrays.stream(values).mapToInt(v -> (int) v).toArray();
            double[] information = IntStream.range(0, codes.length)
                    .mapToDouble(d -> MutualInformation.of(bins.column(d), classes))
                    .toArray();
            RandomForest forest = RandomForest.fit(fitted, pick(values, known), factor.values(), Seeds.mix(seed, 2, f));
            double error = error(forest, others, factor, pick(values, known), pick(values, rest));
            predictions.add(new Prediction(
                    factor, MutualInformation.entropy(classes), information, forest.importances(), error));
        }
        if (predictions.isEmpty()) {
            throw new IllegalArgumentException(constant(examples));
        }
        return result(codes.length, examples, predictions, constant);
    }

    private record Prediction(
            Factor factor, double entropy, double[] information, double[] importances, double error) {}

    private DisentanglementEvaluation result(
            int latent, Examples examples, List<Prediction> predictions, List<String> constant) {
        double[][] r = new double[latent][predictions.size()];
        for (int j = 0; j < predictions.size(); j++) {
            for (int i = 0; i < latent; i++) {
                r[i][j] = predictions.get(j).importances()[i];
            }
        }
        Importances importances = new Importances(r);
        List<FactorScore> scores = IntStream.range(0, predictions.size())
                .mapToObj(j -> score(predictions.get(j), importances.completeness(j)))
                .toList();
        List<String> remarks = new ArrayList<>();
        remarks.add(
                "Measured on %d examples. MIG (Chen et al. 2018) is estimated from %d bins of equal width of codes and continuous factors, as by Locatello et al. 2019; DCI (Eastwood and Williams 2018) takes the importances of random forests, fitted on a half of the examples, with errors measured on the other."
                        .formatted(examples.size(), BINS));
        if (!constant.isEmpty()) {
            remarks.add("Left out, since the examples do not differ in it: %s.".formatted(String.join(", ", constant)));
        }
        return new DisentanglementEvaluation(
                examples.size(),
                seed,
                scores,
                importances.disentanglement(),
                IntStream.range(0, latent)
                        .mapToObj(importances::disentanglement)
                        .toList(),
                remarks);
    }

    private static FactorScore score(Prediction prediction, double completeness) {
        return new FactorScore(
                prediction.factor(),
                prediction.entropy(),
                Arrays.stream(prediction.information()).boxed().toList(),
                MutualInformation.gap(prediction.information(), prediction.entropy()),
                Arrays.stream(prediction.importances()).boxed().toList(),
                completeness,
                prediction.error());
    }

    private static double[] values(Examples examples, int factor) {
        return IntStream.range(0, examples.size())
                .mapToDouble(i -> examples.factor(i, factor))
                .toArray();
    }

    /** The forest's error on other examples, as a share of that of a constant; NaN if the constant has none. */
    private static double error(RandomForest forest, Bins others, Factor factor, double[] known, double[] expected) {
        double[][] predictions = IntStream.range(0, expected.length)
                .parallel()
                .mapToObj(row -> forest.predict(others, row))
                .toArray(double[][]::new);
        double[] predicted = Arrays.stream(predictions)
                .mapToDouble(p -> factor.isContinuous() ? p[0] : greatest(p))
                .toArray();
        double[] constant = new double[expected.length];
        Arrays.fill(constant, factor.isContinuous() ? mean(known) : greatest(frequencies(known, factor.values())));
        double of = error(constant, expected, factor.isContinuous());
        return of == 0 ? Double.NaN : error(predicted, expected, factor.isContinuous()) / of;
    }

    private static double error(double[] predicted, double[] expected, boolean continuous) {
        double mean = IntStream.range(0, expected.length)
                .mapToDouble(
                        i -> continuous ? Math.pow(predicted[i] - expected[i], 2) : predicted[i] == expected[i] ? 0 : 1)
                .average()
                .orElseThrow();
        return continuous ? Math.sqrt(mean) : mean;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double[] frequencies(double[] values, int count) {
        double[] frequencies = new double[count];
        for (double value : values) {
            frequencies[(int) value]++;
        }
        return frequencies;
    }

    private static int greatest(double[] values) {
        int greatest = 0;
        for (int k = 1; k < values.length; k++) {
            greatest = values[k] > values[greatest] ? k : greatest;
        }
        return greatest;
    }

    private static double[] pick(double[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
    }

    private static double[][] pick(double[][] columns, int[] places) {
        return Arrays.stream(columns).map(values -> pick(values, places)).toArray(double[][]::new);
    }
}
