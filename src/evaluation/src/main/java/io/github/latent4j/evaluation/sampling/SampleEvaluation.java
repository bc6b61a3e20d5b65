package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.Measurement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How far what a model generates is from real examples. Made by {@link SampleEvaluator}; immutable and thread-safe.
 *
 * @param reference the name of the data that the classifier was trained on, and samples are compared with
 * @param heldOut the name of the data that held-out real examples are from
 * @param features the feature space: figures of two evaluations compare if it is the same
 * @param count the number of samples, of real examples and of held-out ones
 * @param neighbours the k of {@link PrecisionRecall}
 * @param seed of the evaluator
 * @param samples one for each set of samples, at least one; the first is the model's own
 * @param pca of samples of the linear baseline
 * @param baseline what that is
 * @param real of the held-out real examples
 * @param greyOnBinary whether real examples are ones and zeros, and samples are not
 */
public record SampleEvaluation(
        String reference,
        String heldOut,
        Features features,
        int count,
        int neighbours,
        long seed,
        List<Quality> samples,
        Quality pca,
        Baseline baseline,
        Quality real,
        boolean greyOnBinary)
        implements Measurement {
    /** Makes an evaluation with a copy of the list. */
    public SampleEvaluation {
        samples = List.copyOf(samples);
    }

    /**
     * The figures of a set of examples.
     *
     * @param name what they are
     * @param frechetDistance {@link FrechetDistance} of the features from those of real examples; lower is better
     * @param precision the share of the set that lies among real examples; higher is better
     * @param recall the share of real examples that lie among the set; higher is better
     */
    public record Quality(String name, double frechetDistance, double precision, double recall) {}

    /**
     * The features: activations of the last hidden layer of a classifier.
     *
     * @param count the number of features
     * @param trainedOn the number of examples that the classifier was trained on
     * @param classes the number of labels that it tells apart
     * @param accuracy the share of the real examples that samples are compared with whose label it names; it has not seen them
     * @param mostFrequent the share of the most frequent label among them
     */
    public record Features(int count, int trainedOn, int classes, double accuracy, double mostFrequent) {}

    /**
     * The linear baseline: a principal component analysis and a normal distribution with the mean and the covariance of its codes.
     *
     * @param dimensions the number of components
     * @param ofModel whether the model brings the analysis along, fitted on what it was trained on; else it is fitted as the classifier is
     * @param clamped whether its samples are held in [0, 1]
     */
    public record Baseline(int dimensions, boolean ofModel, boolean clamped) {}

    @Override
    public String title() {
        return "Quality of samples";
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Quality set = samples.get(i);
            String first = samples.size() == 1 ? "" : "Codes from the %s. ".formatted(set.name());
            add(
                    figures,
                    set,
                    suffix(i),
                    samples.size() == 1 ? "samples" : "samples, " + set.name(),
                    List.of(
                            first
                                    + "How far samples are from real examples as a whole: the distance of two normal distributions fitted to their features. Lower is better; what is left of it for real examples is below.",
                            first + "So many samples lie among real examples, so look real. Higher is better.",
                            first
                                    + "So many real examples lie among samples, so might have been generated. Higher is better; a low one says that kinds of examples are left out."));
        }
        String same =
                "The same of samples of a linear model with normally distributed codes, which a model has to beat.";
        add(figures, pca, "Pca", "PCA's samples", List.of(same, same, same));
        String floor = "The same of real examples that were held out: %s";
        add(
                figures,
                real,
                "HeldOut",
                "held-out examples",
                List.of(
                        floor.formatted("the least that can be hoped for with as many examples."),
                        floor.formatted("what samples reach that cannot be told from real examples."),
                        floor.formatted("what samples reach that cannot be told from real examples.")));
        return List.copyOf(figures);
    }

    private String suffix(int set) {
        String name = samples.get(set).name();
        return set == 0 ? "" : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static void add(List<Figure> figures, Quality set, String suffix, String what, List<String> meanings) {
        figures.add(Figure.number(
                        "frechetDistance" + suffix,
                        "Fréchet distance, " + what,
                        set.frechetDistance(),
                        "squared units of the features",
                        meanings.get(0))
                .lowerIsBetter());
        figures.add(Figure.share(
                        "samplePrecision" + suffix,
                        "Precision, " + what,
                        set.precision(),
                        "of these examples",
                        meanings.get(1))
                .higherIsBetter());
        figures.add(Figure.share(
                        "sampleRecall" + suffix,
                        "Recall, " + what,
                        set.recall(),
                        "of the real examples",
                        meanings.get(2))
                .higherIsBetter());
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (Quality set : samples) {
            if (!(set.frechetDistance() < pca.frechetDistance())) {
                remarks.add(text(
                        "The samples%s are no better than PCA's: their Fréchet distance is %.4g, that of PCA's samples %.4g.",
                        samples.size() == 1 ? "" : " with codes from the " + set.name(),
                        set.frechetDistance(),
                        pca.frechetDistance()));
            }
        }
        remarks.add(text(
                "Examples are compared by %,d features: the activations of the last hidden layer of a classifier that was trained for it with DL4J on %,d examples of %s. It names the right one of %,d labels for %.1f %% of other examples. The figures compare with others of the same data and seed alone, and are not the FID, whose features are an Inception network's.",
                features.count(), features.trainedOn(), reference, features.classes(), 100 * features.accuracy()));
        if (!(features.accuracy() > features.mostFrequent())) {
            remarks.add(text(
                    "The classifier is no better than naming the most frequent label every time (%.1f %%), so its features say little about these examples.",
                    100 * features.mostFrequent()));
        }
        remarks.add(text(
                "Each set has %,d examples, held against %,d real ones of %s. Fewer would have a larger Fréchet distance, so compare at equal numbers.",
                count, count, reference));
        if (count <= features.count()) {
            remarks.add(
                    "There are no more examples than features, too few for a covariance: Fréchet distances are far too large, and compare but roughly.");
        }
        remarks.add(text(
                "PCA has %,d %s, fitted on %s; its codes are normally distributed with their mean and covariance%s.",
                baseline.dimensions(),
                baseline.dimensions() == 1 ? "dimension" : "dimensions",
                baseline.ofModel() ? "what the model was trained on" : "what the classifier was trained on",
                baseline.clamped() ? ", and its pixels held in [0, 1]" : ""));
        if (greyOnBinary) {
            remarks.add(
                    "The real examples are ones and zeros, the samples values in between (means), which alone tells them apart: the figures are worse than those of values as they are.");
        }
        return List.copyOf(remarks);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public List<Chart> charts() {
        return List.of(new Chart(
                "sample-precision-recall",
                "Samples to the right look more real, those at the top are more varied. Held-out real examples show what can be reached.",
                new Chart.Axis("precision: share of samples among real examples", Chart.Scale.UNIT),
                new Chart.Axis("recall: share of real examples among samples", Chart.Scale.UNIT),
                Stream.concat(samples.stream(), Stream.of(pca, real))
                        .map(q ->
                                (Chart.Series) new Chart.Points(q.name(), List.of(q.precision()), List.of(q.recall())))
                        .toList()));
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Figure figure : figures()) {
            fields.put(figure.key(), figure.value());
        }
        fields.put("samples", samples.stream().map(Quality::name).toList());
        fields.put("sampleCount", count);
        fields.put("sampleNeighbours", neighbours);
        fields.put("sampleReference", reference);
        fields.put("sampleHeldOut", heldOut);
        fields.put("sampleSeed", seed);
        fields.put("sampleFeatures", features.count());
        fields.put("sampleClassifierExamples", features.trainedOn());
        fields.put("sampleClassifierLabels", features.classes());
        fields.put("sampleClassifierAccuracy", features.accuracy());
        fields.put("samplePcaDimensions", baseline.dimensions());
        fields.put("samplePcaOfModel", baseline.ofModel());
        return Collections.unmodifiableMap(fields);
    }
}
