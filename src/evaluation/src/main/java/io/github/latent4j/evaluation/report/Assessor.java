package io.github.latent4j.evaluation.report;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Progress;
import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.AnomalyLabels;
import io.github.latent4j.evaluation.AnomalyScoring;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.LikelihoodEvaluator;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Vae;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Measures everything that a model and data allow. Immutable and thread-safe.
 *
 * <p>Scores of a detector are computed with the model as it is given; all else is done in batches, with {@link
 * MultiplicationProvider#forBatches()}.
 */
public final class Assessor {
    private final LatentModel model;
    private final long seed;
    private final OptionalInt draws;
    private final Optional<AnomalyLabels> anomalies;
    private final Progress progress;

    private Assessor(
            LatentModel model, long seed, OptionalInt draws, Optional<AnomalyLabels> anomalies, Progress progress) {
        this.model = model;
        this.seed = seed;
        this.draws = draws;
        this.anomalies = anomalies;
        this.progress = progress;
    }

    /**
     * An assessor with seed 0.
     *
     * @param model what to measure
     * @return the assessor
     */
    public static Assessor of(LatentModel model) {
        return new Assessor(model, 0, OptionalInt.empty(), Optional.empty(), Progress.NONE);
    }

    /**
     * The same with another seed, on which everything that is drawn depends.
     *
     * @param other any number
     * @return a new assessor
     */
    public Assessor withSeed(long other) {
        return new Assessor(model, other, draws, anomalies, progress);
    }

    /**
     * The same with an estimate of the log likelihood by importance sampling, which takes a while.
     *
     * @param count draws of the posterior for each example, at least 1
     * @return a new assessor
     * @throws IllegalArgumentException if it is below 1, or the model is no VAE
     */
    public Assessor withDraws(int count) {
        if (!(model instanceof Vae)) {
            throw new IllegalArgumentException("found an autoencoder, expected a VAE, which alone has a likelihood");
        }
        if (count < 1) {
            throw new IllegalArgumentException("draws: found %d, expected at least 1".formatted(count));
        }
        return new Assessor(model, seed, OptionalInt.of(count), anomalies, progress);
    }

    /**
     * The same with what tells which examples are anomalies, for a model with a detector.
     *
     * @param labels one an example
     * @return a new assessor
     */
    public Assessor withAnomalyLabels(AnomalyLabels labels) {
        return new Assessor(model, seed, draws, Optional.of(labels), progress);
    }

    /**
     * The same with somebody who is told how far it is.
     *
     * @param listener is told in the calling thread
     * @return a new assessor
     */
    public Assessor reportingTo(Progress listener) {
        return new Assessor(model, seed, draws, anomalies, listener);
    }

    /**
     * Measures the model.
     *
     * @param examples what the model takes
     * @return what was found
     * @throws IllegalArgumentException if the examples are not what the model takes, there are more or fewer labels than examples,
     *     or the model's parameters give figures that are not finite
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public Assessment assess(Examples examples) {
        LatentModel batches = model.using(MultiplicationProvider.forBatches());
        List<Measurement> measurements = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        measurements.add(Evaluator.of(batches).withSeed(seed).evaluate(examples));
        if (draws.isPresent()) {
            measurements.add(LikelihoodEvaluator.of((Vae) batches)
                    .withDraws(draws.getAsInt())
                    .withSeed(seed)
                    .reportingTo(progress)
                    .evaluate(examples));
        }
        if (model.card().detection().isPresent()) {
            measurements.add(detector(examples));
        }
        return new Assessment(measurements, remarks);
    }

    private AnomalyEvaluation detector(Examples examples) {
        AnomalyDetector detector = AnomalyDetector.of(model);
        double[] scores = AnomalyScoring.with(detector).reportingTo(progress).scores(examples);
        return anomalies
                .map(labels -> AnomalyEvaluation.of(scores, detector.threshold(), labels))
                .orElseGet(() -> AnomalyEvaluation.of(scores, detector.threshold()));
    }
}
