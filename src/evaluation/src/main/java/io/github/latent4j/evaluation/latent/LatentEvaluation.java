package io.github.latent4j.evaluation.latent;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.evaluation.latent.Probes.Probe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the codes of a model are worth. Made by {@link LatentEvaluator}; immutable and thread-safe.
 *
 * @param examples the number of examples
 * @param seed of the draws and of every choice among the examples
 * @param dimensions the latent dimensions in their order
 * @param effectiveDimensions the participation ratio (Σ λ)² / Σ λ² of the eigenvalues λ of the codes' covariance, from 1, where
 *     all codes lie on a line, to the number of dimensions, where they spread evenly (Gao et al. 2017, "A theory of multineuronal
 *     dimensionality, dynamics and measurement", doi 10.1101/214262); measured on the examples that the mutual information is, at most 4,000; NaN if
 *     all codes are the same
 * @param aggregated the posteriors together against the prior; empty for an autoencoder, which has neither
 * @param probes what the codes tell of the labels; empty if there are too few labels or examples
 * @param charts KL and variances by dimension, and codes by label, as far as there are such
 * @param remarks what the figures mean for this model, how they were got, what was left out and why
 */
public record LatentEvaluation(
        int examples,
        long seed,
        List<LatentDimension> dimensions,
        double effectiveDimensions,
        Optional<AggregatedPosterior> aggregated,
        Optional<Probes> probes,
        List<Chart> charts,
        List<String> remarks)
        implements Measurement {
    /** Makes an evaluation with copies of the lists. */
    public LatentEvaluation {
        dimensions = List.copyOf(dimensions);
        charts = List.copyOf(charts);
        remarks = List.copyOf(remarks);
    }

    @Override
    public String title() {
        return "Latent space";
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        probes.ifPresent(p -> figures.addAll(figures(p)));
        aggregated.ifPresent(a -> figures.addAll(figures(a)));
        figures.add(
                Figure.number(
                        "effectiveDimensions",
                        "Effective dimensions of the code",
                        effectiveDimensions,
                        "of %d latent dimensions".formatted(dimensions.size()),
                        "Over how many directions the codes spread: 1 if they lie on a line, all if they spread evenly over all directions."));
        return List.copyOf(figures);
    }

    private static List<Figure> figures(Probes p) {
        return List.of(
                share(
                        p,
                        "codeNearestNeighbourAccuracy",
                        "Nearest neighbour among codes",
                        p.code().nearestNeighbour(),
                        "How often an example has the label of the example with the nearest code. Higher is better: codes of one label lie together."),
                nearest(p, "pca", "PCA codes", p.pca()),
                nearest(p, "raw", "raw values", p.raw()),
                share(
                        p,
                        "codeLinearAccuracy",
                        "Linear probe of the code",
                        p.code().linear(),
                        "How often a linear classifier of the code is right about the label. Higher is better: labels can be read off the code with flat borders."),
                linear(p, "pca", "PCA codes", p.pca()),
                linear(p, "raw", "raw values", p.raw()),
                share(
                        p,
                        "mostFrequentLabelAccuracy",
                        "Always the most frequent label",
                        p.mostFrequent(),
                        "How often one is right who knows nothing of an example: what the accuracies above are to be compared with."));
    }

    private static Figure nearest(Probes p, String key, String name, Probe probe) {
        return share(
                p,
                key + "NearestNeighbourAccuracy",
                "The same of " + name,
                probe.nearestNeighbour(),
                "The nearest neighbour is found by %d numbers an example.".formatted(probe.dimensions()));
    }

    private static Figure linear(Probes p, String key, String name, Probe probe) {
        return share(
                p,
                key + "LinearAccuracy",
                "The same of " + name,
                probe.linear(),
                "The linear classifier sees %d numbers an example.".formatted(probe.dimensions()));
    }

    private static Figure share(Probes p, String key, String name, double value, String meaning) {
        double standardError = Math.sqrt(value * (1 - value) / p.measuredOn());
        return new Figure(key, name, value, standardError, Figure.Kind.SHARE, "of the examples", meaning)
                .higherIsBetter();
    }

    private List<Figure> figures(AggregatedPosterior a) {
        return List.of(
                Figure.mean(
                        "mutualInformation",
                        "Mutual information of example and code",
                        a.mutualInformation(),
                        String.format(Locale.ROOT, "nats, at most %.2f for %d examples", a.bound(), a.examples()),
                        "How well the example can be told from its code: the part of the KL divergence that is of use."),
                Figure.number(
                        "aggregatedPosteriorDivergence",
                        "Codes against the prior",
                        a.divergence(),
                        "nats",
                        "The other part of the KL divergence: how far the codes of all examples together are from the prior. Near 0 a draw of the prior is a code like those of real examples, so samples can be good."),
                Figure.number(
                        "aggregatedPosteriorGreatestMean",
                        "Greatest shift of a latent dimension",
                        dimensions.stream()
                                .mapToDouble(d -> Math.abs(d.mean()))
                                .max()
                                .orElse(Double.NaN),
                        "deviations of the prior",
                        "How far the mean of all codes is from the prior's in the dimension where it is farthest. Near 0 is good."),
                variance(
                        "Least",
                        dimensions.stream()
                                .mapToDouble(LatentDimension::aggregatedVariance)
                                .min()
                                .orElse(Double.NaN)),
                variance(
                        "Greatest",
                        dimensions.stream()
                                .mapToDouble(LatentDimension::aggregatedVariance)
                                .max()
                                .orElse(Double.NaN)));
    }

    private static Figure variance(String which, double value) {
        return Figure.number(
                "aggregatedPosterior" + which + "Variance",
                which + " variance of a latent dimension",
                value,
                "the prior's is 1",
                "The variance of all codes together, in the dimension where it is %s. Near 1 is good."
                        .formatted(which.equals("Least") ? "least" : "greatest"));
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("latentExamples", examples);
        fields.put("latentSeed", seed);
        Fields.put(fields, figures());
        aggregated.ifPresent(a -> fields.put("mutualInformationExamples", a.examples()));
        probes.ifPresent(p -> {
            fields.put("probesFittedOn", p.fittedOn());
            fields.put("probesMeasuredOn", p.measuredOn());
            fields.put("probesLabels", p.labels());
        });
        fields.put(
                "latentDimensions",
                dimensions.stream().map(LatentDimension::fields).toList());
        return Collections.unmodifiableMap(fields);
    }
}
