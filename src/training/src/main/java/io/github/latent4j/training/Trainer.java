package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.PcaFit;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.domain.Backend;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Elbo;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Provenance;
import io.github.latent4j.runtime.Reconstructor;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingEngine.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Trains a model on examples as a plan says: splits off the validation part, goes through the training part in an order
 * drawn anew for each epoch, measures after each, and keeps the best model.
 *
 * <p>The same plan, specification, examples and engine give the same model, bit for bit, on the same kind of processor and
 * with the same number of BLAS threads.
 *
 * <p>A trainer is immutable and may train several models in several threads at once, which does not change what each gives.
 */
public final class Trainer {
    private static final int BLOCK = 512;

    // What a seed drawn from the plan's is for.
    private static final long ORDER = 1;
    private static final long SPLIT = 2;
    private static final long VALIDATION = 3;

    private final TrainingPlan plan;
    private final TrainingEngine engine;
    private final TrainingListener listener;

    private Trainer(TrainingPlan plan, TrainingEngine engine, TrainingListener listener) {
        this.plan = plan;
        this.engine = engine;
        this.listener = listener;
    }

    /**
     * A trainer with the default engine that says nothing.
     *
     * @param plan how to train
     * @return the trainer
     */
    public static Trainer with(TrainingPlan plan) {
        return new Trainer(plan, TrainingEngine.dl4j(), TrainingListener.SILENT);
    }

    /**
     * The same with another engine.
     *
     * @param other computes the steps
     * @return a new trainer
     */
    public Trainer using(TrainingEngine other) {
        return new Trainer(plan, other, listener);
    }

    /**
     * The same with another listener.
     *
     * @param other is told how the training goes on
     * @return a new trainer
     */
    public Trainer reportingTo(TrainingListener other) {
        return new Trainer(plan, engine, other);
    }

    /**
     * Trains a VAE.
     *
     * @param spec what to train
     * @param examples to train on and to hold out from
     * @return the model after the best epoch, with its history
     * @throws IllegalArgumentException if the examples are of another size than the specification says, lie outside the
     *     likelihood's support, or the engine cannot train this
     * @throws TrainingDivergedException if a loss is no finite number
     * @throws java.io.UncheckedIOException if the examples cannot be read
     */
    public TrainingResult<Vae> fit(VaeSpec spec, Examples examples) {
        TrainingResult<LatentModel> result = fit((ModelSpec) spec, examples);
        return new TrainingResult<>((Vae) result.model(), result.history());
    }

    /**
     * Trains an autoencoder.
     *
     * @param spec what to train
     * @param examples to train on and to hold out from
     * @return the model after the best epoch, with its history
     * @throws IllegalArgumentException if the examples are of another size than the specification says, or the engine
     *     cannot train this
     * @throws TrainingDivergedException if a loss is no finite number
     * @throws java.io.UncheckedIOException if the examples cannot be read
     */
    public TrainingResult<Autoencoder> fit(AutoencoderSpec spec, Examples examples) {
        TrainingResult<LatentModel> result = fit((ModelSpec) spec, examples);
        return new TrainingResult<>((Autoencoder) result.model(), result.history());
    }

    /**
     * Trains a model of either kind.
     *
     * @param spec what to train
     * @param examples to train on and to hold out from
     * @return the model after the best epoch, with its history
     * @throws IllegalArgumentException if the examples are of another size than the specification says, lie outside the
     *     likelihood's support, or the engine cannot train this
     * @throws TrainingDivergedException if a loss is no finite number
     * @throws java.io.UncheckedIOException if the examples cannot be read
     */
    public TrainingResult<LatentModel> fit(ModelSpec spec, Examples examples) {
        if (examples.input().size() != spec.inputs()) {
            throw new IllegalArgumentException("%s: found examples of %d values, expected %d as in the specification"
                    .formatted(examples.name(), examples.input().size(), spec.inputs()));
        }
        return new Run(spec, examples).result();
    }

    /** One training. */
    private final class Run {
        private final ModelSpec spec;
        private final Examples examples;
        private final Examples train;
        private final Optional<Examples> validation;
        private final Training training;
        private final List<EpochReport> history = new ArrayList<>();

        Run(ModelSpec spec, Examples examples) {
            this.spec = spec;
            this.examples = examples;
            this.training = engine.start(spec, plan);
            if (plan.validationShare() > 0) {
                Examples.Split split = examples.split(plan.validationShare(), Seeds.mix(plan.seed(), SPLIT));
                this.train = split.train();
                this.validation = Optional.of(split.validation());
            } else {
                this.train = examples;
                this.validation = Optional.empty();
            }
        }

        TrainingResult<LatentModel> result() {
            checkSupport();
            listener.started(spec, train.size(), validation.map(Examples::size).orElse(0));
            int last = training.phases().size() - 1;
            for (int phase = 0; phase < last; phase++) {
                for (int epoch = 0; epoch < training.phases().get(phase).epochs(); epoch++) {
                    long start = System.nanoTime();
                    Losses losses = epoch(phase, epoch);
                    sound(phase, epoch);
                    report(phase, epoch, losses, Optional.empty(), false, start);
                }
            }
            LatentModel best = wholeModel(last);
            return new TrainingResult<>(best.withCard(card(best)), history);
        }

        private LatentModel wholeModel(int phase) {
            LatentModel best = training.model();
            double bestLoss = Double.POSITIVE_INFINITY;
            int since = 0;
            for (int epoch = 0; epoch < training.phases().get(phase).epochs(); epoch++) {
                long start = System.nanoTime();
                Losses losses = epoch(phase, epoch);
                LatentModel model = sound(phase, epoch);
                Optional<Losses> measured = validation.map(v -> measure(model, v));
                if (measured.isPresent() && !Double.isFinite(measured.get().loss())) {
                    throw diverged(
                            phase,
                            epoch,
                            "found a validation loss of " + measured.get().loss());
                }
                // Without validation the last model is kept.
                boolean better = measured.isEmpty() || measured.get().loss() < bestLoss;
                if (better) {
                    best = model;
                    bestLoss = measured.map(Losses::loss).orElse(bestLoss);
                }
                since = better ? 0 : since + 1;
                report(phase, epoch, losses, measured, better, start);
                if (plan.patience() > 0 && since >= plan.patience()) {
                    break;
                }
            }
            return best;
        }

        private void report(int phase, int epoch, Losses losses, Optional<Losses> measured, boolean best, long start) {
            EpochReport report = new EpochReport(
                    training.phases().get(phase),
                    epoch + 1,
                    losses,
                    measured,
                    best,
                    (System.nanoTime() - start) * 1e-9);
            history.add(report);
            listener.epochDone(report);
        }

        private Losses epoch(int phase, int epoch) {
            Phase described = training.phases().get(phase);
            Permutation order = new Permutation(train.size(), Seeds.mix(plan.seed(), ORDER, phase, epoch));
            int steps = (train.size() - 1) / plan.batchSize() + 1;
            Losses.Mean mean = new Losses.Mean();
            for (int step = 0; step < steps; step++) {
                int from = step * plan.batchSize();
                int[] indices = IntStream.range(from, Math.min(from + plan.batchSize(), train.size()))
                        .map(order)
                        .toArray();
                Matrix batch = train.read(indices);
                Losses losses = training.step(phase, batch, epoch, step);
                if (!Double.isFinite(losses.loss())) {
                    throw diverged(phase, epoch, "step %d: found a loss of %s".formatted(step + 1, losses.loss()));
                }
                mean.add(losses, indices.length);
                listener.stepped(described, epoch + 1, step + 1, steps, losses);
            }
            return mean.value();
        }

        /** The model after an epoch; its last step may have ruined it. */
        private LatentModel sound(int phase, int epoch) {
            try {
                return training.model();
            } catch (IllegalArgumentException e) {
                throw diverged(phase, epoch, "after the last step: " + e.getMessage());
            }
        }

        private TrainingDivergedException diverged(int phase, int epoch, String what) {
            return new TrainingDivergedException(
                    "%s, epoch %d, %s, expected finite numbers; inputs scaled to a range of about -3 to 3 or a learning rate below %s may help"
                            .formatted(training.phases().get(phase).name(), epoch + 1, what, plan.learningRate()));
        }

        /** Some models take values in [0, 1] alone. */
        private void checkSupport() {
            Optional<String> reason = unitInterval(spec);
            if (reason.isEmpty()) {
                return;
            }
            int[] example = {0};
            forBlocks(examples, block -> {
                for (int i = 0; i < block.data().length; i++) {
                    float value = block.data()[i];
                    if (value < 0 || value > 1) {
                        throw new IllegalArgumentException(
                                "%s: found %s in example %d at index %d, expected 0 to 1 for %s"
                                        .formatted(
                                                examples.name(),
                                                value,
                                                example[0] + i / block.columns(),
                                                i % block.columns(),
                                                reason.get()));
                    }
                }
                example[0] += block.rows();
            });
        }

        private Losses measure(LatentModel trained, Examples held) {
            LatentModel model = trained.using(MultiplicationProvider.forBatches());
            SplittableRandom random = new SplittableRandom(Seeds.mix(plan.seed(), VALIDATION));
            Losses.Mean mean = new Losses.Mean();
            forBlocks(held, block -> {
                if (model instanceof Vae vae) {
                    for (Elbo bound : vae.elbo(block, random)) {
                        mean.add(Losses.ofBound(-bound.logLikelihood(), bound.kl()), 1);
                    }
                } else {
                    for (double error : model.reconstructionErrors(block)) {
                        mean.add(Losses.ofError(error), 1);
                    }
                }
            });
            return mean.value();
        }

        private ModelCard card(LatentModel model) {
            EpochReport best = history.stream()
                    .filter(EpochReport::best)
                    .reduce((first, second) -> second)
                    .orElseThrow();
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put("bestEpoch", (double) best.epoch());
            put(metrics, "training", best.training());
            best.validation().ifPresent(v -> put(metrics, "validation", v));
            Pca pca = PcaFit.fit(train, spec.latent(), plan.seed());
            validation.ifPresent(v -> {
                metrics.put(
                        "validationReconstructionError",
                        meanError(model.using(MultiplicationProvider.forBatches()), v));
                metrics.put("validationPcaReconstructionError", meanError(pca, v));
            });
            Provenance provenance = new Provenance(
                    examples.name(),
                    examples.sha256(),
                    train.size(),
                    engine.name(),
                    plan.fields(),
                    Backend.environment());
            return new ModelCard(examples.input(), Optional.of(provenance), metrics, Optional.of(pca));
        }

        private void put(Map<String, Double> metrics, String part, Losses losses) {
            if (spec instanceof VaeSpec) {
                metrics.put(part + "Elbo", -losses.loss());
                metrics.put(part + "Kl", losses.kl());
            } else {
                metrics.put(part + "Loss", losses.loss());
            }
        }
    }

    /** Why a model takes values in [0, 1] alone; empty if it takes any. */
    private static Optional<String> unitInterval(ModelSpec spec) {
        if (spec instanceof VaeSpec vae) {
            return vae.likelihood() instanceof Likelihood.Bernoulli
                    ? Optional.of("a Bernoulli likelihood; a Gaussian one takes any number")
                    : Optional.empty();
        }
        Activation output = ((AutoencoderSpec) spec).outputActivation();
        return output == Activation.SIGMOID || output == Activation.HARDSIGMOID
                ? Optional.of("an output activation %s; identity gives any number".formatted(output.text()))
                : Optional.empty();
    }

    private static double meanError(Reconstructor reconstructor, Examples examples) {
        Losses.Mean mean = new Losses.Mean();
        forBlocks(examples, block -> {
            for (double error : reconstructor.reconstructionErrors(block)) {
                mean.add(Losses.ofError(error), 1);
            }
        });
        return mean.value().loss();
    }

    private static void forBlocks(Examples examples, Consumer<Matrix> action) {
        for (int from = 0; from < examples.size(); from += BLOCK) {
            action.accept(examples.read(from, Math.min(examples.size(), from + BLOCK)));
        }
    }
}
