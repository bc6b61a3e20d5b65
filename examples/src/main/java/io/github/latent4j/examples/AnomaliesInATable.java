package io.github.latent4j.examples;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.Sources;
import io.github.latent4j.data.TableOptions;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.AnomalyLabels;
import io.github.latent4j.evaluation.AnomalyScoring;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Scale;
import io.github.latent4j.examples.PumpLog.Fault;
import io.github.latent4j.examples.notebook.LearningCurve;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.AnomalyDetector.Reason;
import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.training.AnomalyTrainer;
import io.github.latent4j.training.DetectionPlan;
import io.github.latent4j.training.TableDefaults;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Anomalies in a table. Four pumps write a log of their readings. Some readings are wrong, and nobody has labelled examples of what
 * wrong looks like; what there is plenty of is a log of a year in which nothing was. A detector learns what belongs together in it.
 *
 * <p>This lesson trains one, asks it which rows of the next year are odd and why, and then, because the log is made by a program that
 * knows the truth, counts how right it was. It takes some seconds.
 */
public final class AnomaliesInATable {
    private AnomaliesInATable() {}

    /**
     * What was found out.
     *
     * @param evaluation of the detector
     * @param farthestCell the AUROC of looking at each cell by itself
     * @param firstReason the column that is the first reason of a row with a wrong mode
     * @param chosen the AUROC of the other score, on the half of the rows that was not used to choose
     * @param combined the same of the detector's own
     */
    record Outcome(
            AnomalyEvaluation evaluation, double farthestCell, String firstReason, double chosen, double combined) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(AnomaliesInATable.class, AnomaliesInATable::run);
    }

    static Outcome run(Size size, Notebook page) throws IOException {
        // # The data
        // The program PumpLog writes both tables. The first one has healthy rows alone and is for training.
        // In the second a tenth of the rows has one of five faults, which a last column says; the detector
        // never sees it. A pump that boosts while its log says normal has a speed that is usual for a pump,
        // and a mode that is usual too: they only do not go together. So no limit on a single column would
        // do.
        Path healthy = page.file("healthy.csv");
        Path troubled = page.file("troubled.csv");
        PumpLog.writeHealthy(healthy, size.of(4_000, 1_000), 1);
        List<Fault> faults = PumpLog.writeTroubled(troubled, size.of(1_500, 500), 2, 0.1);
        List<String> shown = List.of("time", "mode", "speed_rpm", "flow_m3h", "power_kw");
        page.show(
                shown,
                LessonData.records(healthy).stream()
                        .limit(5)
                        .map(row -> shown.stream().map(row::get).toList())
                        .toList());

        // # Reading a table
        // The reader looks at the cells and finds out what each column is. What it decided goes with the
        // model, so that other files, and single records, are read in the same way.
        Examples normal = Sources.csv(healthy, SourceOptions.defaults());
        Table table = (Table) normal.input();
        page.say("%s", table.text());

        // # Training
        // TableDefaults has a specification and a plan that suit tables: a small VAE that is trained with
        // cells left out, so that it learns to tell each column from the others. The trainer of detectors
        // holds out a fifth of the rows. One half of these says how to combine several scores into one. The
        // scores of the other half say what is usual: p-values count them, and the threshold is set so that
        // one in twenty of them lies above it.
        TrainingPlan suited = TableDefaults.plan(normal.size());
        TrainingPlan plan = suited.withEpochs(size.of(suited.epochs(), 200));
        TrainingResult<LatentModel> training = AnomalyTrainer.with(
                        Trainer.with(plan).reportingTo(TrainingListener.lines(System.out)))
                .fit(TableDefaults.spec(table), normal);
        AnomalyDetector detector = AnomalyDetector.of(training.model());
        int calibrating = detector.detection().calibration().length;
        page.say("score: %s, threshold: %.3f", detector.detection().score().text(), detector.threshold());
        page.say("%d held-out rows say what is usual", calibrating);
        page.show(LearningCurve.of(training.history(), "nats a row"));

        // # One row
        // In this row, the log has another mode than the pump ran in, and all else is as it was. A record is
        // a map from names of columns to cells, as they come from a file, a form or a queue; the truth is
        // taken out of it. Higher scores are odder, but of what size a score is says nothing. The p-value
        // does: it is the share of healthy rows that are expected to be as odd as this one, or more.
        Map<String, String> record = LessonData.records(troubled).get(faults.indexOf(Fault.MODE));
        record.remove("faulty");
        AnomalyDetector.Verdict verdict = detector.judge(record);
        page.say("score %.3f, p-value %.4f, anomaly: %s", verdict.score(), verdict.pValue(), verdict.anomaly());

        // # Why?
        // The reasons are cells, the most surprising first. For each, the model was told all other cells of
        // the row, and said what it expects there. Nats measure the surprise: every 2.3 more make what stands
        // there ten times less probable. When two columns contradict each other, either may be the wrong one.
        List<Reason> reasons = detector.reasons(record);
        page.show(List.of("column", "found", "expected", "nats"), table(reasons.subList(0, 4)));

        // # All rows
        // Many rows at once keep all processors busy. The labels, which this step looks at for the first
        // time, say how often the detector is right. The AUROC is the probability that a faulty row has a
        // higher score than a healthy one: 0.5 would be guessing, 1 parts them.
        Examples test = Sources.csv(
                troubled,
                SourceOptions.defaults()
                        .withLabel("faulty")
                        .withTable(TableOptions.defaults().withContract(table)));
        double[] scores = AnomalyScoring.with(detector).scores(test);
        AnomalyEvaluation evaluation = AnomalyEvaluation.of(
                scores, detector.threshold(), AnomalyLabels.of(test, "column faulty", Optional.empty()));
        page.show(evaluation);

        // # Compared with what?
        // The simplest detector looks at each cell by itself: how many standard deviations is it from its
        // column's mean? The features of a table are scaled that way already, so its score is the largest of
        // a row's features.
        double[] farthest = IntStream.range(0, test.size())
                .mapToDouble(row -> farthest(test.example(row)))
                .toArray();
        double simple = auroc(evaluation(faults, farthest, 3, row -> true));
        page.say("AUROC: farthest cell %.3f, detector %.3f", simple, auroc(evaluation));

        // # Fault by fault
        // Not all faults are as easy to see. For each, the table says how many rows of it lie above the
        // threshold, and how well its rows are told from the healthy ones by the detector and by the farthest
        // cell.
        List<List<String>> byFault = new ArrayList<>();
        Map<String, Double> recalls = new LinkedHashMap<>();
        for (Fault fault : List.of(Fault.LEAK, Fault.BEARING, Fault.VALVE, Fault.SENSOR, Fault.MODE)) {
            IntPredicate rows = row -> faults.get(row) == fault || faults.get(row) == Fault.NONE;
            AnomalyEvaluation found = evaluation(faults, scores, detector.threshold(), rows);
            double recall = found.labelled().orElseThrow().recall().orElseThrow();
            double alone = auroc(evaluation(faults, farthest, 3, rows));
            recalls.put(fault.name().toLowerCase(Locale.ROOT), recall);
            byFault.add(List.of(
                    fault.name().toLowerCase(Locale.ROOT),
                    Numbers.text(100 * recall, 0) + " %",
                    Numbers.text(auroc(found), 3),
                    Numbers.text(alone, 3)));
        }
        page.show(List.of("fault", "found", "AUROC", "farthest cell"), byFault);
        Map.Entry<String, Double> worst = Collections.min(recalls.entrySet(), Map.Entry.comparingByValue());
        page.say("found worst: %s, %.0f %% of its rows", worst.getKey(), 100 * worst.getValue());

        // # Which score?
        // The default score is a combination: how surprising the cells are when the others are known, and how
        // far the row and its code are from those of healthy rows. The faults here are broken relations,
        // though, and a row with one of them may lie as near to the healthy ones as any. So take the surprise
        // alone: the seed is the same, and so is the model. Whoever chooses by the rows that are measured
        // flatters the choice; so the first half of the rows is for choosing, and the second for what is
        // reported.
        AnomalyDetector surprised = AnomalyDetector.of(AnomalyTrainer.with(Trainer.with(plan))
                .withPlan(DetectionPlan.defaults().withScore(AnomalyScore.SURPRISE))
                .fit(TableDefaults.spec(table), normal)
                .model());
        double[] surprises = AnomalyScoring.with(surprised).scores(test);
        int half = test.size() / 2;
        double[] choosing = new double[2];
        double[] reported = new double[2];
        List<List<String>> byScore = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            AnomalyDetector one = List.of(detector, surprised).get(i);
            double[] its = List.of(scores, surprises).get(i);
            AnomalyEvaluation second = evaluation(faults, its, one.threshold(), row -> row >= half);
            choosing[i] = auroc(evaluation(faults, its, one.threshold(), row -> row < half));
            reported[i] = auroc(second);
            byScore.add(List.of(
                    one.detection().score().text(),
                    Numbers.text(choosing[i], 3),
                    Numbers.text(reported[i], 3),
                    Numbers.text(100 * second.labelled().orElseThrow().recall().orElseThrow(), 0) + " %"));
        }
        page.show(List.of("score", "AUROC, to choose", "AUROC, to report", "found"), byScore);
        page.say("chosen: %s", byScore.get(choosing[1] > choosing[0] ? 1 : 0).get(0));

        // # Are the p-values right?
        // A service may want to say: wake somebody up for one healthy row in a hundred, and no more. The
        // p-values make that possible, if they are right. Of the healthy rows, the share with a p-value of at
        // most 0.01 should be about 0.01, and so on: their line should follow the diagonal. How closely it
        // can depends on how many held-out rows there are. The line of the faulty rows is what is found at
        // that price.
        double[] pValues = Arrays.stream(scores).map(detector::pValue).toArray();
        page.show(new Chart(
                "p-values",
                "The share of rows whose p-value is at most so much: the nearer the healthy ones are to the diagonal, the better.",
                new Axis("p-value", Scale.UNIT),
                new Axis("share of the rows", Scale.UNIT),
                List.of(
                        shares("faulty rows", pValues, row -> faults.get(row) != Fault.NONE),
                        shares("healthy rows", pValues, row -> faults.get(row) == Fault.NONE),
                        new Line("diagonal", List.of(0.0, 1.0), List.of(0.0, 1.0)))));
        double[] healthyOnes = IntStream.range(0, pValues.length)
                .filter(row -> faults.get(row) == Fault.NONE)
                .mapToDouble(row -> pValues[row])
                .toArray();
        page.say(
                "healthy rows with p at most 0.01: %.3f, with p at most 0.05: %.3f",
                shareUpTo(healthyOnes, 0.01), shareUpTo(healthyOnes, 0.05));

        // # The oddest rows
        // What would somebody see who looks at the top of the list? The rows with the highest scores, each
        // with its first reason, and what was done to it.
        List<List<String>> top = new ArrayList<>();
        IntStream.range(0, test.size())
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -scores[row]))
                .limit(10)
                .forEach(row -> {
                    Reason reason = detector.reasons(test.example(row)).get(0);
                    String expected = "%s, not %s".formatted(brief(reason.expected()), brief(reason.found()));
                    String fault = faults.get(row).name().toLowerCase(Locale.ROOT);
                    top.add(List.of(Numbers.text(scores[row], 2), fault, reason.column(), expected));
                });
        page.show(List.of("score", "fault", "column", "expected"), top);

        // # Saving and using it
        // The detector is part of the model's file. A service needs latent4j-runtime alone to judge records
        // with it; the lesson InAService does so from many threads. For a model of images in place of a
        // table, go on with AnomaliesInImages.
        Path file = page.file("pumps.zip");
        ModelFile.write(training.model(), file);
        AnomalyDetector loaded = AnomalyDetector.of(LatentModel.load(file));
        page.say("the loaded detector says %s", loaded.judge(record).equals(verdict) ? "the same" : "something else");
        return new Outcome(evaluation, simple, reasons.get(0).column(), reported[1], reported[0]);
    }

    private static List<List<String>> table(List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> List.of(
                        reason.column(),
                        brief(reason.found()),
                        brief(reason.expected()),
                        Numbers.text(reason.surprise(), 1)))
                .toList();
    }

    private static String brief(Object cell) {
        return cell instanceof Double number ? Numbers.text(number, 2) : cell.toString();
    }

    private static double farthest(float[] features) {
        double most = 0;
        for (float feature : features) {
            most = Float.isNaN(feature) ? most : Math.max(most, Math.abs(feature));
        }
        return most;
    }

    /** How right the scores of some of the rows are. */
    private static AnomalyEvaluation evaluation(
            List<Fault> faults, double[] scores, double threshold, IntPredicate rows) {
        int[] chosen = IntStream.range(0, scores.length).filter(rows).toArray();
        double[] theirs = Arrays.stream(chosen).mapToDouble(row -> scores[row]).toArray();
        return AnomalyEvaluation.of(
                theirs, threshold, AnomalyLabels.of(chosen.length, i -> faults.get(chosen[i]) != Fault.NONE));
    }

    private static double auroc(AnomalyEvaluation evaluation) {
        return evaluation.labelled().orElseThrow().auroc().orElseThrow();
    }

    private static Line shares(String name, double[] pValues, IntPredicate rows) {
        double[] theirs = IntStream.range(0, pValues.length)
                .filter(rows)
                .mapToDouble(row -> pValues[row])
                .toArray();
        List<Double> levels =
                IntStream.rangeClosed(0, 100).mapToObj(i -> i / 100.0).toList();
        return new Line(
                name,
                levels,
                levels.stream().map(level -> shareUpTo(theirs, level)).toList());
    }

    private static double shareUpTo(double[] pValues, double level) {
        return Arrays.stream(pValues).map(p -> p <= level ? 1 : 0).average().orElseThrow();
    }
}
