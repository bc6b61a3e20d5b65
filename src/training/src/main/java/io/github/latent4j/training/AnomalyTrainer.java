package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.Detection;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.runtime.internal.PartScores;
import io.github.latent4j.runtime.internal.Surprise;
import io.github.latent4j.runtime.internal.WholeScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Trains a model and fits an anomaly detector on it: holds out examples that neither the model nor the reference rows see,
 * trains on the others, and takes from the held-out ones how large scores are where nothing is wrong. Immutable.
 *
 * <p>The robust fit, for training data that hold anomalies themselves, does so twice: what is oddest to the first model is kept
 * from the second, from its reference rows and from the held-out examples.
 */
public final class AnomalyTrainer {
    /** Of the examples that are held out. */
    private static final double HELD_SHARE = 0.2;

    private static final int MOST_HELD = 2000;
    private static final int FEWEST = 10;

    /** With more columns, a row is not reconstructed once for each. */
    private static final int MOST_SURPRISED_COLUMNS = 256;

    /** The robust fit leaves out that many times the expected share of anomalies. */
    private static final double TRIMMING = 1.5;

    private static final double LEAST_SPREAD = 1e-4;
    private static final int MOST_ROWS_FOR_SPREADS = 1000;
    private static final int MOST_REFERENCE_VALUES = 1 << 22;
    private static final int BLOCK = 1024;

    // What a seed drawn from the plan's is for; the trainer, the engines and the validation have other numbers.
    private static final long HOLD_OUT = 11;
    private static final long REFERENCE = 12;

    private final Trainer trainer;
    private final DetectionPlan plan;

    private AnomalyTrainer(Trainer trainer, DetectionPlan plan) {
        this.trainer = trainer;
        this.plan = plan;
    }

    /**
     * Fits with the default plan.
     *
     * @param trainer trains the model
     * @return the trainer of detectors
     */
    public static AnomalyTrainer with(Trainer trainer) {
        return new AnomalyTrainer(trainer, DetectionPlan.defaults());
    }

    /**
     * The same with another plan.
     *
     * @param other how the detector is fitted
     * @return a new trainer of detectors
     */
    public AnomalyTrainer as(DetectionPlan other) {
        return new AnomalyTrainer(trainer, other);
    }

    /**
     * Trains a model and fits a detector, which is then part of its card and file.
     *
     * @param spec what to train
     * @param examples normal ones, or with contamination mostly such
     * @return the model with its history, that of the last fit
     * @throws IllegalArgumentException if there are fewer than {@value #FEWEST} examples, the model lacks the score, or for the
     *     reasons of {@link Trainer#fit(ModelSpec, Examples)}
     * @throws TrainingDivergedException if a loss is no finite number
     * @throws TrainingStoppedException if it was stopped
     * @throws java.io.UncheckedIOException if the examples cannot be read, or the run folder cannot be used
     */
    public TrainingResult<LatentModel> fit(ModelSpec spec, Examples examples) {
        if (examples.size() < FEWEST) {
            throw new IllegalArgumentException("%s: found %d examples, expected at least %d to fit a detector"
                    .formatted(examples.name(), examples.size(), FEWEST));
        }
        List<AnomalyScore> parts = parts(spec, examples.input());
        int held = (int) Math.min(MOST_HELD, Math.round(HELD_SHARE * examples.size()));
        Examples.Split split = examples.split((double) held / examples.size(), Seeds.mix(trainer.seed(), HOLD_OUT));
        if (plan.contamination() == 0) {
            TrainingResult<LatentModel> result = trainer.fit(spec, split.train());
            return detecting(
                    result, new Fit(result.model(), parts, split.train(), split.validation()), Optional.empty());
        }
        LatentModel first = trainer.withoutRecording().fit(spec, split.train()).model();
        Fit odd = new Fit(first, parts, split.train(), split.validation());
        Examples train = trimmed(split.train(), odd.scores(odd.train, true));
        Examples calm = trimmed(split.validation(), odd.scores(odd.held, false));
        TrainingResult<LatentModel> result = trainer.fit(spec, train);
        Fit fit = new Fit(result.model(), parts, train, calm);
        return detecting(result, fit, Optional.of(split.validation()));
    }

    /** The single scores that the detector goes by. */
    private List<AnomalyScore> parts(ModelSpec spec, InputContract input) {
        AnomalyScore wanted = plan.score().orElse(AnomalyScore.COMBINED);
        boolean bound = wanted == AnomalyScore.ELBO || wanted == AnomalyScore.LOG_LIKELIHOOD;
        if (bound && !(spec instanceof VaeSpec)) {
            throw new IllegalArgumentException(
                    "score %s: found an autoencoder, expected a VAE, which alone has it".formatted(wanted.text()));
        }
        if (wanted == AnomalyScore.SURPRISE && !(input instanceof InputContract.Table)) {
            throw new IllegalArgumentException(
                    "score surprise: found examples of %s, expected a table".formatted(input.text()));
        }
        if (wanted != AnomalyScore.COMBINED) {
            return List.of(wanted);
        }
        boolean table = input instanceof InputContract.Table t && t.columns().size() <= MOST_SURPRISED_COLUMNS;
        List<AnomalyScore> parts = new ArrayList<>();
        parts.add(table ? AnomalyScore.SURPRISE : AnomalyScore.RECONSTRUCTION);
        if (plan.reference() > 0) {
            parts.add(AnomalyScore.CODES);
            if (input instanceof InputContract.Table) {
                parts.add(AnomalyScore.NEIGHBOURS);
            }
        }
        return parts;
    }

    /** The same examples without the oddest. */
    private Examples trimmed(Examples examples, double[] scores) {
        int kept = (int) Math.max(FEWEST / 2, Math.floor((1 - TRIMMING * plan.contamination()) * scores.length));
        int[] indices = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .limit(kept)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        return examples.select(indices.length, i -> indices[i], examples.name());
    }

    /**
     * The result with a detector.
     *
     * @param uncleaned the held-out examples before a robust fit left some out; empty where it left out none
     */
    private TrainingResult<LatentModel> detecting(
            TrainingResult<LatentModel> result, Fit fit, Optional<Examples> uncleaned) {
        double[] calibration = ascending(fit.scores(fit.held, false));
        double threshold;
        String rule;
        if (plan.contamination() > 0 && plan.falseAlarms().isEmpty()) {
            double[] all = ascending(fit.scores(uncleaned.orElseThrow(), false));
            threshold = all[Math.min(all.length - 1, (int) Math.ceil((1 - plan.contamination()) * all.length) - 1)];
            rule = String.format(Locale.ROOT, "an expected share of anomalies of %s", plan.contamination());
        } else {
            double rate = plan.falseAlarms().orElse(DetectionPlan.FALSE_ALARMS);
            int rank = (int) Math.ceil((1 - rate) * (calibration.length + 1));
            threshold = calibration[Math.min(calibration.length, rank) - 1];
            rule = String.format(Locale.ROOT, "a rate of false alarms of %s", rate);
        }
        Detection detection = new Detection(
                plan.score().orElse(AnomalyScore.COMBINED),
                fit.calibrated,
                fit.spreads,
                plan.neighbours(),
                plan.draws(),
                calibration,
                threshold,
                rule,
                fit.reference);
        LatentModel model = result.model();
        return new TrainingResult<>(model.withCard(model.card().withDetection(detection)), result.history());
    }

    private static double[] ascending(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** A detector on its way: what its scores are made of, and their values on held-out examples. */
    private final class Fit {
        private final Examples train;
        private final Examples held;
        private final LatentModel model;
        private final Optional<Matrix> reference;
        private final double[] spreads;
        private final List<Detection.Part> calibrated;
        private final WholeScore score;
        /** For each training example its number among the reference rows, or −1. */
        private final int[] referenceRows;

        Fit(LatentModel trained, List<AnomalyScore> parts, Examples train, Examples held) {
            this.model = trained.using(MultiplicationProvider.plain());
            this.train = train;
            this.held = held;
            this.referenceRows = new int[train.size()];
            Arrays.fill(referenceRows, -1);
            boolean needed = parts.stream().anyMatch(AnomalyScore::needsReference);
            this.reference = needed ? Optional.of(reference()) : Optional.empty();
            this.spreads = model.card().input() instanceof InputContract.Table table
                            && table.columns().size() <= MOST_SURPRISED_COLUMNS
                    ? spreads(table)
                    : new double[0];
            PartScores single = new PartScores(model, parts, reference, spreads, plan.neighbours(), plan.draws());
            this.calibrated = parts.stream()
                    .map(part ->
                            new Detection.Part(part, ascending(each(held, (row, index) -> single.of(part, row, -1)))))
                    .toList();
            this.score = new WholeScore(single, plan.score().orElse(AnomalyScore.COMBINED), calibrated);
        }

        /** Reference rows, drawn from the training examples and in their order. */
        private Matrix reference() {
            int rows = Math.min(
                    plan.reference(),
                    Math.min(train.size(), MOST_REFERENCE_VALUES / train.input().size()));
            Permutation order = new Permutation(train.size(), Seeds.mix(trainer.seed(), REFERENCE));
            int[] chosen =
                    IntStream.range(0, Math.max(1, rows)).map(order).sorted().toArray();
            for (int r = 0; r < chosen.length; r++) {
                referenceRows[chosen[r]] = r;
            }
            return train.read(chosen);
        }

        /** The mean squared error of each feature of held-out rows when its cell is missing. */
        private double[] spreads(InputContract.Table table) {
            double[] spreads = new double[table.size()];
            Surprise surprise = new Surprise(model, spreads);
            int[] starts = table.starts();
            Matrix examples = held.read(0, Math.min(held.size(), MOST_ROWS_FOR_SPREADS));
            List<double[]> squares = IntStream.range(0, examples.rows())
                    .parallel()
                    .mapToObj(r -> squares(examples.row(r), surprise.expectations(examples.row(r)), starts))
                    .toList();
            for (int f = 0; f < spreads.length; f++) {
                int feature = f;
                spreads[f] = Math.max(
                        LEAST_SPREAD,
                        squares.stream()
                                .mapToDouble(row -> row[feature])
                                .filter(square -> !Double.isNaN(square))
                                .average()
                                .orElse(1));
            }
            return spreads;
        }

        /** The squared error of each feature when its cell is missing; NaN for a cell that is missing anyhow. */
        private static double[] squares(float[] row, Matrix expectations, int[] starts) {
            double[] squares = new double[row.length];
            for (int c = 0; c + 1 < starts.length; c++) {
                for (int f = starts[c]; f < starts[c + 1]; f++) {
                    double error = row[f] - expectations.get(c, f);
                    squares[f] = error * error;
                }
            }
            return squares;
        }

        /** Scores of examples, in their order; of training examples each without itself among the reference rows. */
        double[] scores(Examples examples, boolean training) {
            return each(examples, (row, index) -> score.of(row, training ? referenceRows[index] : -1));
        }

        private double[] each(Examples examples, RowScore of) {
            double[] scores = new double[examples.size()];
            for (int from = 0; from < scores.length; from += BLOCK) {
                int start = from;
                Matrix rows = examples.read(from, Math.min(scores.length, from + BLOCK));
                IntStream.range(0, rows.rows())
                        .parallel()
                        .forEach(r -> scores[start + r] = of.score(rows.row(r), start + r));
            }
            return scores;
        }
    }

    /** A score of a row and its number. */
    private interface RowScore {
        double score(float[] row, int index);
    }
}
