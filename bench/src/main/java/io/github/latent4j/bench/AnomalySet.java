package io.github.latent4j.bench;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.Sources;
import io.github.latent4j.data.TableOptions;
import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.AnomalyLabels;
import io.github.latent4j.evaluation.AnomalyScoring;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.Detection;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.training.AnomalyTrainer;
import io.github.latent4j.training.DetectionPlan;
import io.github.latent4j.training.TableDefaults;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A table of normal rows to train on, and one of normal and anomalous rows to find out of.
 *
 * @param train a CSV file without labels
 * @param test a CSV file with the same columns and a last one, {@code label}
 */
record AnomalySet(Path train, Path test) {
    private static final String LABEL = "label";

    static AnomalySet in(Path folder) {
        return new AnomalySet(folder.resolve("train.csv"), folder.resolve("test.csv"));
    }

    /**
     * What a detector makes of a set.
     *
     * @param trainRows rows to train on
     * @param testRows rows that were scored
     * @param columns of the table that are used
     * @param auroc from 0 to 1
     * @param parts the same of each score that is combined, by name; empty if it was not asked for
     * @param combinations the same of each combination of scores, by name, the default one first; empty if it was not asked for
     * @param seconds for reading, training and scoring, without the parts
     */
    record Result(
            int trainRows,
            int testRows,
            int columns,
            double auroc,
            Map<String, Double> parts,
            Map<String, Double> combinations,
            double seconds) {
        Result(int trainRows, int testRows, int columns, double auroc, Map<String, Double> parts, double seconds) {
            this(trainRows, testRows, columns, auroc, parts, Map.of(), seconds);
        }
    }

    /** Trains as {@code latent4j train --data csv:…} does without other options, but the seed and the contamination. */
    Result measure(long seed, double contamination, boolean parts) throws IOException {
        long start = System.nanoTime();
        SourceOptions options = SourceOptions.defaults();
        try (Examples examples = Sources.open("csv:" + train, Part.TRAIN, options)) {
            if (!(examples.input() instanceof InputContract.Table table)) {
                throw new IOException("%s: found %s, expected a table"
                        .formatted(train, examples.input().text()));
            }
            TrainingPlan plan = TableDefaults.plan(examples.size()).withSeed(seed);
            DetectionPlan detection = DetectionPlan.defaults().withContamination(contamination);
            LatentModel model = fit(Trainer.with(plan), detection, examples);
            SourceOptions labelled =
                    options.withLabel(LABEL).withTable(TableOptions.defaults().withContract(table));
            try (Examples rows = Sources.open("csv:" + test, Part.TEST, labelled)) {
                double auroc = auroc(AnomalyDetector.of(model), rows);
                double seconds = (System.nanoTime() - start) * 1e-9;
                Map<String, Double> combinations = parts
                        ? combinations(
                                model,
                                fit(Trainer.with(plan), detection.withScore(AnomalyScore.RECONSTRUCTION), examples),
                                rows)
                        : Map.of();
                return new Result(
                        examples.size(),
                        rows.size(),
                        table.columns().size(),
                        auroc,
                        parts ? parts(model, rows) : Map.of(),
                        combinations,
                        seconds);
            }
        }
    }

    private static LatentModel fit(Trainer trainer, DetectionPlan plan, Examples examples) {
        InputContract.Table table = (InputContract.Table) examples.input();
        return AnomalyTrainer.with(trainer)
                .withPlan(plan)
                .fit(TableDefaults.spec(table), examples)
                .model();
    }

    private static double auroc(AnomalyDetector detector, Examples rows) {
        return auroc(AnomalyScoring.with(detector).scores(rows), rows);
    }

    private static double auroc(double[] scores, Examples rows) {
        AnomalyLabels labels = AnomalyLabels.of(rows, "label column " + LABEL, Optional.empty());
        return AnomalyEvaluation.of(scores, 0, labels)
                .labelled()
                .flatMap(labelled -> labelled.auroc().stream().boxed().findFirst())
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s: found one label alone, expected normal rows and anomalies".formatted(rows.name())));
    }

    /**
     * Combines the scores of a detector and of a second one, of the same model, that has another part, in every way.
     *
     * @return the AUROC by names, that of all parts of the first detector first
     */
    private static Map<String, Double> combinations(LatentModel model, LatentModel other, Examples rows) {
        Map<String, double[]> rarities = new LinkedHashMap<>();
        List<String> standard = new ArrayList<>();
        for (Detection.Part part : detection(model).parts()) {
            rarities.put(part.score().text(), rarities(model, part, rows));
            standard.add(part.score().text());
        }
        for (Detection.Part part : detection(other).parts()) {
            rarities.computeIfAbsent(part.score().text(), name -> rarities(other, part, rows));
        }
        Map<String, Double> aurocs = new LinkedHashMap<>();
        aurocs.put(Combinations.name(standard), Double.NaN); // comes first
        for (List<String> subset : Combinations.subsets(List.copyOf(rarities.keySet()))) {
            double[] means = new double[rows.size()];
            for (String name : subset) {
                double[] part = rarities.getOrDefault(name, new double[0]);
                for (int r = 0; r < means.length; r++) {
                    means[r] += part[r] / subset.size();
                }
            }
            aurocs.put(Combinations.name(subset), auroc(means, rows));
        }
        return aurocs;
    }

    private static Detection detection(LatentModel model) {
        return model.card().detection().orElseThrow();
    }

    /** How rare one score of each row is: a combination of that score alone. */
    private static double[] rarities(LatentModel model, Detection.Part part, Examples rows) {
        Detection one = alone(AnomalyScore.COMBINED, part, detection(model));
        return AnomalyScoring.with(
                        AnomalyDetector.of(model.withCard(model.card().withDetection(one))))
                .scores(rows);
    }

    private static Detection alone(AnomalyScore score, Detection.Part part, Detection whole) {
        return new Detection(
                score,
                List.of(part),
                whole.spreads(),
                whole.neighbours(),
                whole.draws(),
                part.calibration(),
                whole.threshold(),
                whole.rule(),
                part.score().needsReference() ? whole.reference() : Optional.empty());
    }

    /** The same model with detectors that go by one score alone. */
    private static Map<String, Double> parts(LatentModel model, Examples rows) {
        Detection whole = model.card().detection().orElseThrow();
        Map<String, Double> aurocs = new LinkedHashMap<>();
        for (Detection.Part part : whole.parts()) {
            AnomalyScore score = part.score();
            Detection alone = alone(score, part, whole);
            LatentModel single = model.withCard(model.card().withDetection(alone));
            aurocs.put(score.text(), auroc(AnomalyDetector.of(single), rows));
        }
        return aurocs;
    }

    /**
     * A pair of sets that are measured on the same rows: this one without some anomalies of the test part, and the same with these
     * among the training rows.
     *
     * @param clean trained on normal rows
     * @param contaminated trained on normal rows and the anomalies that were taken
     * @param share of anomalies in its training part
     */
    record Pair(AnomalySet clean, AnomalySet contaminated, double share) {}

    /**
     * Takes anomalies, drawn with a seed, from the test part, at most half of them.
     *
     * @param share of anomalies that the training part is to have, above 0 and below 1
     * @param seed any number
     * @param into a folder that receives the files
     */
    Pair contaminated(double share, long seed, Path into) throws IOException {
        List<String> normal = Files.readAllLines(train);
        List<String> rows = Files.readAllLines(test);
        List<Integer> anomalies = new ArrayList<>();
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i).endsWith(",1")) {
                anomalies.add(i);
            }
        }
        int wanted = (int) Math.round(share / (1 - share) * (normal.size() - 1));
        int taken = Math.min(wanted, anomalies.size() / 2);
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < taken) {
            chosen.add(anomalies.remove(random.nextInt(anomalies.size())));
        }
        List<String> mixed = new ArrayList<>(normal);
        chosen.forEach(i -> mixed.add(rows.get(i).substring(0, rows.get(i).lastIndexOf(','))));
        List<String> left = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!chosen.contains(i)) {
                left.add(rows.get(i));
            }
        }
        Path others = Files.write(into.resolve("test.csv"), left);
        Path mixture = Files.write(into.resolve("train.csv"), mixed);
        return new Pair(
                new AnomalySet(train, others), new AnomalySet(mixture, others), (double) taken / (mixed.size() - 1));
    }
}
