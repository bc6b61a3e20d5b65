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
import io.github.latent4j.evaluation.sampling.SampleEvaluator;
import io.github.latent4j.evaluation.sampling.Samples;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Vae;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Supplier;

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
    private static final long TAG = 0x617373657373L;

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
     * @param other what the model takes, with labels, and not what is measured
     * @return a new assessor
     * @throws IllegalArgumentException if they have no labels
     */
    public Assessor withReference(Examples other) {
        if (other.labelNames().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: found a reference without labels, expected one with labels, on which probes and a classifier are fitted"
                            .formatted(other.name()));
        }
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
     * @throws IllegalArgumentException if the examples are not what the model takes, or have the content of the reference, there are more or fewer labels than examples,
     *     or the model's parameters give figures that are not finite
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public Assessment assess(Examples examples) {
        if (reference.isPresent() && reference.get().sha256().equals(examples.sha256())) {
            throw new IllegalArgumentException(
                    "%s: found the examples that are measured as the reference, too, expected others, such as those of the training"
                            .formatted(examples.name()));
        }
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
            reference.ifPresent(r -> remarks.add(String.format(
                    Locale.ROOT,
                    "What is fitted to measure was fitted on the reference %s, %,d examples; SHA-256 of its data: %s.",
                    r.name(),
                    r.size(),
                    r.sha256())));
            measurements.add(reported("latent space on " + examples.name(), () -> latent(batches, examples)));
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

    /** Says that something begins that may take a while, and when it is done. */
    private <T> T reported(String task, Supplier<T> work) {
        progress.report(task, 0, 1);
        T done = work.get();
        progress.report(task, 1, 1);
        return done;
    }

    private Measurement latent(LatentModel batches, Examples examples) {
        LatentEvaluator evaluator = LatentEvaluator.of(batches).withSeed(seed);
        return reference.map(evaluator::withReference).orElse(evaluator).evaluate(examples);
    }

    private void factors(LatentModel batches, Examples examples, List<Measurement> measurements, List<String> remarks) {
        Optional<String> obstacle = DisentanglementEvaluator.obstacle(examples);
        if (obstacle.isPresent()) {
            remarks.add(obstacle.get());
        } else {
            measurements.add(reported(
                    "known factors of " + examples.name(),
                    () -> DisentanglementEvaluator.of(batches).withSeed(seed).evaluate(examples)));
        }
    }

    private void samples(LatentModel batches, Examples examples, List<Measurement> measurements, List<String> remarks) {
        Optional<String> few = few(examples, reference);
        if (few.isPresent()) {
            remarks.add("Figures of samples are left out: %s.".formatted(few.get()));
            return;
        }
        SampleEvaluator evaluator =
                samples.or(() -> sampleEvaluator(examples, reference, seed)).orElseThrow();
        Optional<String> obstacle = evaluator.obstacle();
        if (obstacle.isPresent()) {
            remarks.add(obstacle.get());
            return;
        }
        measurements.add(reported("samples beside " + examples.name(), () -> samples(batches, evaluator)));
    }

    private Measurement samples(LatentModel batches, SampleEvaluator evaluator) {
        List<Samples> sets = new ArrayList<>();
        if (batches instanceof Vae vae) {
            sets.add(Samples.prior(vae, evaluator.count(), seed));
        }
        LatentSampler mixture = GaussianMixtureFitter.defaults()
                .withSeed(seed)
                .withMostCodes(MIXTURE_CODES)
                .fit(batches, evaluator.fitted())
                .mixture();
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, TAG));
        sets.add(new Samples.Codes("mixture", mixture.codes(evaluator.count(), random)));
        return evaluator.evaluate(batches, sets);
    }

    /** Why there is no evaluator of samples for examples; empty if there is one. */
    private static Optional<String> few(Examples examples, Optional<Examples> reference) {
        Examples labelled = reference.orElse(examples);
        if (labelled.labelNames().isEmpty()) {
            return Optional.of("%s has no labels, and samples are compared by the features of a classifier"
                    .formatted(labelled.name()));
        }
        if (reference.isEmpty()) {
            return examples.size() >= 3 * LEAST_SAMPLES
                    ? Optional.empty()
                    : Optional.of(
                            "found %d examples of %s, of which a third is fitted on, a third compared with and a third held out, expected at least %d"
                                    .formatted(examples.size(), examples.name(), 3 * LEAST_SAMPLES));
        }
        if (labelled.size() < 2 * LEAST_SAMPLES) {
            return Optional.of(
                    "found %d examples of the reference %s, of which a half is fitted on and a half compared with, expected at least %d"
                            .formatted(labelled.size(), labelled.name(), 2 * LEAST_SAMPLES));
        }
        return examples.size() >= LEAST_SAMPLES
                ? Optional.empty()
                : Optional.of("found %d examples of %s, expected at least %d"
                        .formatted(examples.size(), examples.name(), LEAST_SAMPLES));
    }

    /**
     * The evaluator of samples that an assessment in depth uses unless it is given one.
     *
     * @param examples what models are measured on
     * @param reference what is fitted on; without, a part of the examples is
     * @param seed any number
     * @return the evaluator; empty if what is fitted on has no labels, or there are too few examples
     * @throws IllegalArgumentException if the reference is the same as the examples, or its values are of another kind
     */
    public static Optional<SampleEvaluator> sampleEvaluator(
            Examples examples, Optional<Examples> reference, long seed) {
        if (few(examples, reference).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(reference
                .map(r -> SampleEvaluator.of(r, examples).withSeed(seed))
                .orElseGet(() -> SampleEvaluator.of(examples, seed)));
    }

    private AnomalyEvaluation detector(Examples examples) {
        AnomalyDetector detector = AnomalyDetector.of(model);
        double[] scores = AnomalyScoring.with(detector).reportingTo(progress).scores(examples);
        return anomalies
                .map(labels -> AnomalyEvaluation.of(scores, detector.threshold(), labels))
                .orElseGet(() -> AnomalyEvaluation.of(scores, detector.threshold()));
    }
}
