package io.github.latent4j.evaluation.latent;

import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.Measurement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How well the latent dimensions of a model stand for the factors that examples were made from, one by one. Made by {@link
 * DisentanglementEvaluator}, which defines the figures; immutable and thread-safe.
 *
 * @param examples the number of examples used, all of them for MIG, a half to fit and the other to measure predictions
 * @param seed of the choices among the examples and of the forests
 * @param factors those that vary over the examples, at least one
 * @param disentanglement D, from 0 to 1; NaN for a single factor
 * @param dimensionDisentanglement Dᵢ of each latent dimension; NaN for one that is important for no factor
 * @param remarks how the figures were got and what was left out
 */
public record DisentanglementEvaluation(
        int examples,
        long seed,
        List<FactorScore> factors,
        double disentanglement,
        List<Double> dimensionDisentanglement,
        List<String> remarks)
        implements Measurement {
    /** Makes an evaluation with copies of the lists. */
    public DisentanglementEvaluation {
        factors = List.copyOf(factors);
        dimensionDisentanglement = List.copyOf(dimensionDisentanglement);
        remarks = List.copyOf(remarks);
    }

    /**
     * The mutual information gap: the mean over the factors of each one's.
     *
     * @return from 0 to 1
     */
    public double mig() {
        return mean(FactorScore::gap);
    }

    /**
     * Completeness, the mean over the factors that the code predicts at all.
     *
     * @return from 0 to 1; NaN for a single latent dimension
     */
    public double completeness() {
        return mean(FactorScore::completeness);
    }

    /**
     * Informativeness: the mean over the factors of the error of their prediction.
     *
     * @return 0 if the code tells all, about 1 if it tells nothing
     */
    public double informativenessError() {
        return mean(FactorScore::error);
    }

    private double mean(ToDoubleFunction<FactorScore> value) {
        return factors.stream()
                .mapToDouble(value)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }

    @Override
    public String title() {
        return "Known factors";
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(
                figure(
                        "mig",
                        "Mutual information gap (MIG)",
                        mig(),
                        "How much more the best latent dimension tells of a factor than the second best, averaged over the factors. 1: each factor has a dimension of its own; 0: none has."));
        figures.add(figure(
                "disentanglement",
                "Disentanglement (DCI)",
                disentanglement,
                "Whether a latent dimension stands for one factor alone. Higher is better."));
        figures.add(figure(
                "completeness",
                "Completeness (DCI)",
                completeness(),
                "Whether a factor is found in one latent dimension alone. Higher is better."));
        figures.add(Figure.number(
                        "informativenessError",
                        "Informativeness (DCI), error",
                        informativenessError(),
                        "of the error of a constant prediction",
                        "How badly factors are predicted from the whole code. Lower is better: 0 is perfect, 1 is no better than not to look.")
                .lowerIsBetter());
        for (FactorScore score : factors) {
            String name = score.factor().name();
            figures.add(figure(
                    "migOf" + capitalised(name),
                    "MIG of " + name,
                    score.gap(),
                    "The gap for this factor. The best latent dimension is number %d."
                            .formatted(greatest(score.mutualInformation()))));
        }
        return List.copyOf(figures);
    }

    private static Figure figure(String key, String name, double value, String meaning) {
        return Figure.number(key, name, value, "from 0 to 1", meaning).higherIsBetter();
    }

    private static String capitalised(String name) {
        return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static int greatest(List<Double> values) {
        return values.indexOf(Collections.max(values));
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("disentanglementExamples", examples);
        fields.put("disentanglementSeed", seed);
        Fields.put(fields, figures());
        fields.put("factors", factors.stream().map(FactorScore::fields).toList());
        return Collections.unmodifiableMap(fields);
    }
}
