package io.github.latent4j.evaluation.report;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Progress;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.AnomalyLabels;
import io.github.latent4j.evaluation.AnomalyScoring;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.LikelihoodEvaluator;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.evaluation.latent.DisentanglementEvaluator;
import io.github.latent4j.evaluation.latent.LatentEvaluator;
import io.github.latent4j.evaluation.sampling.GaussianMixtureFitter;
import io.github.latent4j.evaluation.sampling.LatentSampler;
import io.github.latent4j.evaluation.sampling.Prior;
import io.github.latent4j.evaluation.sampling.SampleEvaluator;
import io.github.latent4j.evaluation.sampling.Samples;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Vae;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Measures what a model and data allow. Immutable and thread-safe.
 *
 * <pre>{@code
 * Assessment found = Assessor.of(vae).withSeed(1).withDraws(5_000).inDepth().assess(digits.test());
 * }</pre>
 *
 * <p>Reconstruction errors, the evidence lower bound and a detector's figures are always among it. In depth there are, besides, the
 * latent space, the factors that the data tell, and the quality of samples: from the prior, of a VAE, and from a mixture of
 * Gaussians fitted to codes. What the data do not allow is left out, with a sentence that says why.
 *
 * <p>Scores of a detector are computed with the model as it is given; all else is done in batches, with {@link
 * MultiplicationProvider#forBatches()}.
 */
public final class Assessor {
    /** With fewer, covariances of features say nothing. */
    private static final int LEAST_SAMPLES = 50;

    private static final int MIXTURE_CODES = 5_000;
    private static final int PRIOR = 1;
    private static final int MIXTURE = 2;

    private final LatentModel model;
    private final long seed;
    private final OptionalInt draws;
    private final Optional<AnomalyLabels> anomalies;
    private final boolean deep;
    private final Optional<Examples> reference;
    private final Optional<SampleEvaluator> samples;
    private final Progress progress;

    private Assessor(
            LatentModel model,
            long seed,
            OptionalInt draws,
            Optional<AnomalyLabels> anomalies,
            boolean deep,
            Optional<Examples> reference,
            Optional<SampleEvaluator> samples,
            Progress progress) {
        this.model = model;
        this.seed = seed;
        this.draws = draws;
        this.anomalies = anomalies;
        this.deep = deep;
        this.reference = reference;
        this.samples = samples;
        this.progress = progress;
    }

    /**
     * An assessor with seed 0.
     *
     * @param model what to measure
     * @return the assessor
     */
    public static Assessor of(LatentModel model) {
        return new Assessor(
                model,
                0,
                OptionalInt.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Progress.NONE);
    }

    /**
     * The same with another seed, on which everything that is drawn depends.
     *
     * @param other any number
     * @return a new assessor
     */
    public Assessor withSeed(long other) {
        return new Assessor(model, other, draws, anomalies, deep, reference, samples, progress);
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
        return new Assessor(model, seed, OptionalInt.of(count), anomalies, deep, reference, samples, progress);
    }

    /**
     * The same with what tells which examples are anomalies, for a model with a detector.
     *
     * @param labels one an example
     * @return a new assessor
     */
    public Assessor withAnomalyLabels(AnomalyLabels labels) {
        return new Assessor(model, seed, draws, Optional.of(labels), deep, reference, samples, progress);
    }

    /**
     * The same with the latent space, known factors and the quality of samples.
     *
     * @return a new assessor
     */
    public Assessor inDepth() {
        return new Assessor(model, seed, draws, anomalies, true, reference, samples, progress);
    }

    /**
     * The same with other examples that probes of the code, the classifier behind the figures of samples, and the mixture are fitted
     * on, such as those of the training. Without, they are fitted on a part of the examples that are measured.
     *
     * @param other what the model takes
     * @return a new assessor
     */
    public Assessor withReference(Examples other) {
        return new Assessor(model, seed, draws, anomalies, deep, Optional.of(other), samples, progress);
    }

    /**
     * The same with an evaluator of samples that other models on the same data share, so that its classifier is trained once and
     * their figures compare.
     *
     * @param shared for examples of the same content
     * @return a new assessor
     */
    public Assessor withSampleEvaluator(SampleEvaluator shared) {
        return new Assessor(model, seed, draws, anomalies, deep, reference, Optional.of(shared), progress);
    }

    /**
     * The same with somebody who is told how far it is.
     *
     * @param listener is told in the calling thread
     * @return a new assessor
     */
    public Assessor reportingTo(Progress listener) {
        return new Assessor(model, seed, draws, anomalies, deep, reference, samples, listener);
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
        if (deep) {
            measurements.add(latent(batches, examples));
            if (!examples.factors().isEmpty()) {
                factors(batches, examples, measurements, remarks);
            }
            samples(batches, examples, measurements, remarks);
        }
        if (model.card().detection().isPresent()) {
            measurements.add(detector(examples));
        }
        return new Assessment(measurements, remarks);
    }

    private Measurement latent(LatentModel batches, Examples examples) {
        LatentEvaluator evaluator = LatentEvaluator.of(batches).withSeed(seed);
        Optional<Examples> labelled = reference.filter(r -> !r.labelNames().isEmpty());
        return (labelled.isPresent() ? evaluator.withReference(labelled.get()) : evaluator).evaluate(examples);
    }

    private void factors(LatentModel batches, Examples examples, List<Measurement> measurements, List<String> remarks) {
        if (examples.size() < DisentanglementEvaluator.LEAST_EXAMPLES) {
            remarks.add("MIG and DCI are left out: found %d examples, expected at least %d."
                    .formatted(examples.size(), DisentanglementEvaluator.LEAST_EXAMPLES));
        } else {
            measurements.add(DisentanglementEvaluator.of(batches).withSeed(seed).evaluate(examples));
        }
    }

    private void samples(LatentModel batches, Examples examples, List<Measurement> measurements, List<String> remarks) {
        Examples labelled = reference.orElse(examples);
        if (labelled.labelNames().isEmpty()) {
            remarks.add(
                    "Figures of samples are left out: %s has no labels, and samples are compared by the features of a classifier."
                            .formatted(labelled.name()));
            return;
        }
        SampleEvaluator evaluator = samples.orElseGet(() -> sampleEvaluator(examples, reference, seed));
        if (evaluator.count() < LEAST_SAMPLES) {
            remarks.add("Figures of samples are left out: found %d examples to compare with, expected at least %d."
                    .formatted(evaluator.count(), LEAST_SAMPLES));
            return;
        }
        List<Samples> sets = new ArrayList<>();
        if (batches instanceof Vae vae) {
            sets.add(drawn("prior", Prior.of(vae), evaluator.count(), PRIOR));
        }
        LatentSampler mixture = GaussianMixtureFitter.defaults()
                .withSeed(seed)
                .withMostCodes(MIXTURE_CODES)
                .fit(batches, labelled)
                .mixture();
        sets.add(drawn("mixture", mixture, evaluator.count(), MIXTURE));
        measurements.add(evaluator.evaluate(batches, sets));
    }

    private Samples drawn(String name, LatentSampler sampler, int count, int tag) {
        return new Samples.Codes(name, sampler.codes(count, new SplittableRandom(Seeds.mix(seed, tag))));
    }

    /**
     * The evaluator of samples that an assessment in depth uses unless it is given one.
     *
     * @param examples what models are measured on
     * @param reference what is fitted on; without, a part of the examples is
     * @param seed any number
     * @return the evaluator
     * @throws IllegalArgumentException if what is fitted on has no labels
     */
    public static SampleEvaluator sampleEvaluator(Examples examples, Optional<Examples> reference, long seed) {
        return reference
                .map(r -> SampleEvaluator.of(r, examples).withSeed(seed))
                .orElseGet(() -> SampleEvaluator.of(examples, seed));
    }

    private AnomalyEvaluation detector(Examples examples) {
        AnomalyDetector detector = AnomalyDetector.of(model);
        double[] scores = AnomalyScoring.with(detector).reportingTo(progress).scores(examples);
        return anomalies
                .map(labels -> AnomalyEvaluation.of(scores, detector.threshold(), labels))
                .orElseGet(() -> AnomalyEvaluation.of(scores, detector.threshold()));
    }
}
