package io.github.latent4j.examples;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.Sources;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.examples.notebook.LearningCurve;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.training.TableDefaults;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Missing values in a mixed table. Real tables have numbers beside categories, dates and yes or no, and some of their cells are empty.
 * A model of the whole row can say what belongs into an empty cell, from all the cells that are there.
 *
 * <p>This lesson reads a table of all kinds of columns, trains a VAE with a distribution for each of them, hides cells that it knows,
 * and holds what the model puts there against the usual stopgap, the column's mean or its most frequent value. It takes some seconds.
 */
public final class MixedTableAndMissingValues {
    private MixedTableAndMissingValues() {}

    /**
     * How well hidden cells were filled in.
     *
     * @param model the mean error of the model over all columns, each in parts of the stopgap's
     * @param byHidden the same for numbers alone, where 1, 3, 5, 7 and 9 cells of a row were hidden
     */
    record Outcome(double model, List<Double> byHidden) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(MixedTableAndMissingValues.class, MixedTableAndMissingValues::run);
    }

    static Outcome run(Size size, Notebook page) throws IOException {
        // # The data
        // The program PumpLog writes readings of four pumps into a CSV file. The columns depend on each other
        // as those of a real pump do, and a fiftieth of the cells of sensors is empty. There are two files:
        // one to learn from, one to be asked about.
        Path known = page.file("pumps.csv");
        Path other = page.file("other-pumps.csv");
        PumpLog.writeHealthy(known, size.of(4_000, 1_000), 1);
        PumpLog.writeHealthy(other, size.of(1_000, 150), 2);

        // # What kinds of columns are these?
        // Nobody has to say. A first pass over the file looks at every cell, decides, and fits how cells
        // become numbers: here is what it found. The contract goes with the model, so that later files are
        // read in the same way.
        Examples rows = Sources.csv(known, SourceOptions.defaults());
        Table table = (Table) rows.input();
        page.show(
                List.of("column", "kind", "distributions"),
                table.columns().stream()
                        .map(c -> List.of(c.name(), c.kind(), likelihood(c)))
                        .toList());
        page.say("%d columns become %d features", table.columns().size(), table.size());

        // # A likelihood for each column
        // A VAE decodes a code not into a row but into a distribution of rows, and its loss is how improbable
        // the true row is there. So each column needs distributions that suit it: a Gaussian with a learned
        // variance for a number and for each of the sines and cosines that a date becomes, one of several
        // values for a category, and a coin for yes or no, or for whether the cell is missing. A category has
        // one value more than were found: there are four pumps, and the fifth value stands for whatever was
        // not there when the file was read.
        TrainingPlan suited = TableDefaults.plan(rows.size());
        TrainingPlan plan = suited.withEpochs(size.of(suited.epochs(), 100));
        TrainingResult<Vae> training = Trainer.with(plan)
                .reportingTo(TrainingListener.lines(System.out))
                .fit(TableDefaults.spec(table), rows);
        Vae vae = training.model();
        page.show(LearningCurve.of(training.history(), "nats a row"));

        // # One record with a hole
        // The value of a missing cell adds nothing to the loss, only that it is missing does; and in training
        // a fifth of the others was left out at random. So the model has learned to work with what is there.
        // Take a record, empty its cell of the flow, encode it and decode the code: the reconstruction has
        // all cells.
        List<Map<String, String>> records = LessonData.records(other);
        Map<String, String> whole = records.get(3);
        Map<String, @Nullable Object> guess =
                table.record(vae.reconstruct(table.features(without(whole, List.of("flow_m3h")))));
        page.say("the flow is %s, the model says %s", cell(whole, "flow_m3h"), text(cell(guess, "flow_m3h")));

        // # Column by column
        // One guess proves nothing. Here, every cell that is there is hidden once, with the rest of its row
        // in sight. For numbers, the error is the root of the mean squared one, in the column's unit; for the
        // others, the share of wrong values. The stopgap is the column's mean, or its most frequent value.
        // The date is left alone: it is when the row was written.
        Map<String, Object> stopgap = stopgap(LessonData.records(known), table);
        List<List<String>> errors = new ArrayList<>();
        double ratios = 0;
        for (String column : stopgap.keySet()) {
            double byModel = error(records, column, r -> cell(filled(vae, table, r, List.of(column)), column));
            double byStopgap = error(records, column, r -> cell(stopgap, column));
            ratios += byModel / byStopgap / stopgap.size();
            errors.add(List.of(column, text(byStopgap), text(byModel)));
        }
        page.show(List.of("column", "error of mean or mode", "error of the model"), errors);
        page.say("on average, the model's error is %.0f %% of the stopgap's", 100 * ratios);

        // # More holes
        // What if more is missing? Here, so many cells of each row are hidden at once, drawn at random. The
        // line is the model's error on the hidden numbers, in parts of the stopgap's: near 1, the model knows
        // no more than the mean. It goes up as less is left to tell from.
        List<Double> byHidden = new ArrayList<>();
        for (int hidden = 1; hidden <= 9; hidden += 2) {
            byHidden.add(ratio(vae, table, records, stopgap, hidden));
        }
        page.show(new Chart(
                "missing",
                "The error on hidden numbers by how many cells of the row are hidden; the stopgap's is 1.",
                Axis.of("hidden cells of a row"),
                Axis.of("error, in parts of the stopgap's"),
                List.of(
                        new Line("model", List.of(1.0, 3.0, 5.0, 7.0, 9.0), byHidden),
                        new Line("mean of the column", List.of(1.0, 9.0), List.of(1.0, 1.0)))));

        // # What to try next
        // On the command line, latent4j reconstruct --fill writes a table with its holes filled, and
        // docs/tables.md says how to overrule what was found out about columns. Images of your own come next,
        // in YourOwnImages.
        return new Outcome(ratios, byHidden);
    }

    /** A cell that is there. */
    private static <T> T cell(Map<String, ? extends @Nullable T> record, String column) {
        return Objects.requireNonNull(record.get(column));
    }

    private static String likelihood(Column column) {
        Likelihood likelihood = new Table(List.of(column)).likelihood();
        return likelihood instanceof Likelihood.Mixed mixed
                ? mixed.blocks().stream()
                        .map(block -> distribution(block.likelihood(), block.features()))
                        .collect(Collectors.joining(" + "))
                : distribution(likelihood, column.featureNames().size());
    }

    private static String distribution(Likelihood likelihood, int features) {
        if (likelihood instanceof Likelihood.Categorical) {
            return "one of " + features;
        }
        String name = likelihood instanceof Likelihood.Gaussian ? "Gaussian" : "coin";
        return features == 1 ? name : features + " x " + name;
    }

    private static Map<String, Object> without(Map<String, String> record, List<String> hidden) {
        Map<String, Object> rest = new LinkedHashMap<>(record);
        hidden.forEach(column -> rest.put(column, ""));
        return rest;
    }

    /** What the model makes of a record of which some cells are hidden. */
    private static Map<String, @Nullable Object> filled(
            Vae vae, Table table, Map<String, String> record, List<String> hidden) {
        return table.record(vae.reconstruct(table.features(without(record, hidden))));
    }

    /** The mean of each column of numbers, and the most frequent value of each other but dates. */
    private static Map<String, Object> stopgap(List<Map<String, String>> records, Table table) {
        Map<String, Object> stopgap = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            List<String> cells = records.stream()
                    .map(record -> record.get(column.name()))
                    .filter(cell -> !cell.isEmpty())
                    .toList();
            if (column instanceof Column.Numeric) {
                stopgap.put(
                        column.name(),
                        cells.stream()
                                .mapToDouble(Double::parseDouble)
                                .average()
                                .orElseThrow());
            } else if (!(column instanceof Column.Moment)) {
                Map<String, Long> counts =
                        cells.stream().collect(Collectors.groupingBy(cell -> cell, Collectors.counting()));
                stopgap.put(
                        column.name(),
                        Collections.max(counts.entrySet(), Map.Entry.comparingByValue())
                                .getKey());
            }
        }
        return stopgap;
    }

    /** The error on a column's cells that are there: root mean square of numbers, share of other values that are wrong. */
    private static double error(
            List<Map<String, String>> records, String column, Function<Map<String, String>, Object> guess) {
        List<Double> errors = records.stream()
                .filter(record -> !cell(record, column).isEmpty())
                .map(record -> squaredError(cell(record, column), guess.apply(record)))
                .toList();
        double mean = errors.stream().mapToDouble(error -> error).average().orElseThrow();
        return guess.apply(records.get(0)) instanceof Double ? Math.sqrt(mean) : mean;
    }

    private static double squaredError(String truth, Object guess) {
        return guess instanceof Double number
                ? Math.pow(number - Double.parseDouble(truth), 2)
                : truth.equals(guess) ? 0 : 1;
    }

    /** The model's error on hidden numbers in parts of the stopgap's, where so many cells of each row are hidden. */
    private static double ratio(
            Vae vae, Table table, List<Map<String, String>> records, Map<String, Object> stopgap, int hidden) {
        Random random = new Random(hidden);
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (Map<String, String> record : records) {
            List<String> columns = new ArrayList<>(stopgap.keySet());
            Collections.shuffle(columns, random);
            List<String> gone = columns.subList(0, hidden);
            Map<String, Object> filled = filled(vae, table, record, gone);
            for (String column : gone) {
                if (stopgap.get(column) instanceof Double mean
                        && !cell(record, column).isEmpty()) {
                    double[] sum = sums.computeIfAbsent(column, c -> new double[2]);
                    sum[0] += squaredError(cell(record, column), cell(filled, column));
                    sum[1] += squaredError(cell(record, column), mean);
                }
            }
        }
        return sums.values().stream()
                .mapToDouble(sum -> Math.sqrt(sum[0] / sum[1]))
                .average()
                .orElseThrow();
    }

    private static String text(Object value) {
        return value instanceof Double number ? Numbers.text(number, 3) : value.toString();
    }
}
