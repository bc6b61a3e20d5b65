package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.Detection;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Provenance;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.runtime.internal.Neighbours;
import io.github.latent4j.runtime.internal.PartScores;
import io.github.latent4j.runtime.internal.Surprise;
import io.github.latent4j.runtime.internal.WholeScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Trains a model and fits an anomaly detector on it: holds out examples that neither the model nor the reference rows see,
 * trains on the others, and takes from the held-out ones how large scores are where nothing is wrong: one half of them shapes
 * the score, the other half is what its p-values and threshold come from. Immutable.
 *
 * <p>The preprocessing of a table was fitted on all of its rows, held-out ones included, before they come here.
 *
 * <p>The robust fit, for training data that hold anomalies themselves, first looks for rows that may be such, several times as
 * many as are expected, and keeps them from the model and from its reference rows. The held-out examples stay, but for as many of
 * the oddest as are expected to be anomalies.
 */
public final class AnomalyTrainer {
    /** Of the examples that are held out. */
    private static final double HELD_SHARE = 0.2;

    private static final int MOST_HELD = 2000;

    /** The smallest number of examples. */
    public static final int FEWEST = 20;

    /** With more columns, a row is not reconstructed once for each. */
    private static final int MOST_SURPRISED_COLUMNS = 256;

    /** Training examples that a robust fit looks at; others go with the nearest of them. */
    private static final int MOST_SUSPECTED = 10_000;

    private static final double LEAST_SPREAD = 1e-4;
    private static final int MOST_ROWS_FOR_SPREADS = 1000;
    private static final int MOST_REFERENCE_VALUES = 1 << 22;
    private static final int BLOCK = 1024;

    // What a seed drawn from the plan's is for; the trainer, the engines and the validation have other numbers.
    private static final long HOLD_OUT = 11;
    private static final long REFERENCE = 12;
    private static final long SUSPECTS = 13;

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
    public AnomalyTrainer withPlan(DetectionPlan other) {
        return new AnomalyTrainer(trainer, other);
    }

    /**
     * Trains a model and fits a detector, which is then part of its card and file.
     *
     * @param spec what to train
     * @param examples normal ones, or with contamination mostly such
     * @return the model with its history
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
        Examples.Split normal = plan.contamination() == 0 ? split : withoutSuspects(split);
        TrainingResult<LatentModel> result = trainer.fit(spec, normal.train());
        // What shapes the score must not be what its p-values are ranked among.
        Examples shaping = half(normal.validation(), 0);
        Examples calibrating = half(split.validation(), 1);
        return detecting(result, new Fit(result.model(), parts, normal.train(), shaping), calibrating, examples);
    }

    /** Every other example. */
    private static Examples half(Examples examples, int first) {
        return examples.select(
                Math.max(1, (examples.size() + 1 - first) / 2),
                i -> Math.min(2 * i + first, examples.size() - 1),
                examples.name());
    }

    /** Both parts without the examples that may be anomalies. */
    private Examples.Split withoutSuspects(Examples.Split split) {
        Examples train = split.train();
        Examples held = split.validation();
        Permutation order = new Permutation(train.size(), Seeds.mix(trainer.seed(), SUSPECTS));
        int[] looked = IntStream.range(0, Math.min(train.size(), MOST_SUSPECTED))
                .map(order)
                .sorted()
                .toArray();
        Matrix rows = train.read(looked);
        boolean[] suspect =
                new SuspectRows(joined(rows, held.read(0, held.size())), plan.contamination(), trainer.seed()).find();
        boolean[] kept = new boolean[train.size()];
        for (int i = 0; i < looked.length; i++) {
            kept[looked[i]] = !suspect[i];
        }
        if (looked.length < train.size()) {
            likeTheNearest(train, kept, looked, new Neighbours(rows));
        }
        return new Examples.Split(selected(train, i -> kept[i]), selected(held, i -> !suspect[looked.length + i]));
    }

    /** Judges examples that were not looked at as the nearest of those that were. */
    private static void likeTheNearest(Examples train, boolean[] kept, int[] looked, Neighbours neighbours) {
        boolean[] judged = new boolean[kept.length];
        for (int index : looked) {
            judged[index] = true;
        }
        for (int from = 0; from < kept.length; from += BLOCK) {
            int start = from;
            Matrix rows = train.read(from, Math.min(kept.length, from + BLOCK));
            IntStream.range(0, rows.rows())
                    .parallel()
                    .filter(r -> !judged[start + r])
                    .forEach(r -> kept[start + r] = kept[looked[neighbours.nearest(rows.row(r))]]);
        }
    }

    private static Examples selected(Examples examples, IntPredicate kept) {
        int[] indices = IntStream.range(0, examples.size()).filter(kept).toArray();
        return examples.select(indices.length, i -> indices[i], examples.name());
    }

    private static Matrix joined(Matrix a, Matrix b) {
        Matrix both = Matrix.zeros(a.rows() + b.rows(), a.columns());
        System.arraycopy(a.data(), 0, both.data(), 0, a.data().length);
        System.arraycopy(b.data(), 0, both.data(), a.data().length, b.data().length);
        return both;
    }

    /** Whether rows are reconstructed once for each of their cells. */
    private static boolean explains(InputContract input) {
        return input instanceof InputContract.Table table
                && table.columns().size() <= MOST_SURPRISED_COLUMNS
                && (long) table.columns().size() * table.size() <= Detection.MOST_EXPECTATIONS;
    }

    /**
     * Says whether a detector can be fitted. {@code fit} does the same.
     *
     * @param spec what is to be trained
     * @param input what the examples mean
     * @throws IllegalArgumentException if the model or the examples lack the score
     */
    public void requireFittable(ModelSpec spec, InputContract input) {
        parts(spec, input);
    }

    /** The single scores that the detector goes by. */
    private List<AnomalyScore> parts(ModelSpec spec, InputContract input) {
        AnomalyScore wanted = plan.score().orElse(AnomalyScore.COMBINED);
        boolean bound = wanted == AnomalyScore.ELBO || wanted == AnomalyScore.LOG_LIKELIHOOD;
        if (bound && !(spec instanceof VaeSpec)) {
            throw new IllegalArgumentException(
                    "score %s: found an autoencoder, expected a VAE, which alone has it".formatted(wanted.text()));
        }
        if (wanted == AnomalyScore.SURPRISE && !explains(input)) {
            throw new IllegalArgumentException(
                    "score surprise: found examples of %s, expected a table of at most %d columns"
                            .formatted(input.text(), MOST_SURPRISED_COLUMNS));
        }
        if (wanted != AnomalyScore.COMBINED) {
            return List.of(wanted);
        }
        List<AnomalyScore> parts = new ArrayList<>();
        parts.add(explains(input) ? AnomalyScore.SURPRISE : AnomalyScore.RECONSTRUCTION);
        if (plan.reference() > 0) {
            parts.add(AnomalyScore.CODES);
            if (input instanceof InputContract.Table) {
                parts.add(AnomalyScore.NEIGHBOURS);
            }
        }
        return parts;
    }

    /** The result with a detector, calibrated on held-out examples. */
    private TrainingResult<LatentModel> detecting(
            TrainingResult<LatentModel> result, Fit fit, Examples held, Examples all) {
        double[] scores = ascending(fit.scores(held));
        // As many of the oddest as are expected to be anomalies are no normal examples.
        int normal = Math.max(1, (int) Math.ceil((1 - plan.contamination()) * scores.length));
        double[] calibration = Arrays.copyOf(scores, normal);
        double threshold = calibration[normal - 1];
        String rule = String.format(Locale.ROOT, "an expected share of anomalies of %s", plan.contamination());
        if (plan.contamination() == 0 || plan.falseAlarms().isPresent()) {
            double rate = plan.falseAlarms().orElse(DetectionPlan.FALSE_ALARMS);
            int rank = (int) Math.ceil((1 - rate) * (normal + 1));
            threshold = calibration[Math.min(normal, rank) - 1];
            rule = rank <= normal
                    ? String.format(Locale.ROOT, "a rate of false alarms of %s", rate)
                    : String.format(
                            Locale.ROOT,
                            "a rate of false alarms of %.2g, the least that %d held-out examples can tell, for %s",
                            1.0 / (normal + 1),
                            normal,
                            rate);
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
        ModelCard card = model.card().withDetection(detection);
        Provenance origin = card.provenance().orElseThrow();
        Provenance ofAll = new Provenance(
                all.name(), all.sha256(), origin.examples(), origin.engine(), origin.plan(), origin.environment());
        ModelCard told =
                new ModelCard(card.input(), Optional.of(ofAll), card.metrics(), card.baseline(), card.detection());
        return new TrainingResult<>(model.withCard(told), result.history());
    }

    private static double[] ascending(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** A detector on its way: what its scores are made of, and their values on held-out examples. */
    private final class Fit {
        private final Examples train;
        private final Examples shaping;
        private final LatentModel model;
        private final Optional<Matrix> reference;
        private final double[] spreads;
        private final List<Detection.Part> calibrated;
        private final WholeScore score;

        Fit(LatentModel trained, List<AnomalyScore> parts, Examples train, Examples shaping) {
            this.model = trained.using(MultiplicationProvider.plain());
            this.train = train;
            this.shaping = shaping;
            boolean needed = parts.stream().anyMatch(AnomalyScore::needsReference);
            this.reference = needed ? Optional.of(reference()) : Optional.empty();
            this.spreads = explains(model.card().input()) ? spreads(model.card().table()) : new double[0];
            PartScores single = new PartScores(model, parts, reference, spreads, plan.neighbours(), plan.draws());
            this.calibrated = parts.stream()
                    .map(part -> new Detection.Part(part, ascending(each(shaping, row -> single.of(part, row)))))
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
            return train.read(chosen);
        }

        /** The mean squared error of each feature when its cell is missing. */
        private double[] spreads(InputContract.Table table) {
            double[] spreads = new double[table.size()];
            Surprise surprise = new Surprise(model, spreads);
            int[] starts = table.starts();
            Matrix examples = shaping.read(0, Math.min(shaping.size(), MOST_ROWS_FOR_SPREADS));
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

        /** Scores of examples, in their order. */
        double[] scores(Examples examples) {
            return each(examples, score::of);
        }

        private static double[] each(Examples examples, ToDoubleFunction<float[]> score) {
            double[] scores = new double[examples.size()];
            for (int from = 0; from < scores.length; from += BLOCK) {
                int start = from;
                Matrix rows = examples.read(from, Math.min(scores.length, from + BLOCK));
                IntStream.range(0, rows.rows())
                        .parallel()
                        .forEach(r -> scores[start + r] = score.applyAsDouble(rows.row(r)));
            }
            return scores;
        }
    }
}
