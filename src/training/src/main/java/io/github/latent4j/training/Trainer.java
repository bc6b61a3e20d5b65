package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Recorder.Saved;
import io.github.latent4j.training.TrainingEngine.Training;
import io.github.latent4j.training.TrainingRun.Recording;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains a model on examples as a plan says: splits off the validation part, goes through the training part in an order
 * drawn anew for each epoch, measures after each, and keeps the best model.
 *
 * <p>The same plan, specification, examples and engine give the same model, bit for bit, on the same kind of processor; with
 * the engine {@code dl4j} also with the same number of BLAS threads.
 *
 * <p>A trainer is immutable and may train several models in several threads at once, which does not change what each gives;
 * but for the engine {@code dl4j} beside {@code fused}, which has the whole process's OpenBLAS use one thread a caller.
 */
public final class Trainer {
    private final TrainingPlan plan;
    private final TrainingEngine engine;
    private final TrainingListener listener;
    private final Optional<RunFolder> folder;
    private final BooleanSupplier stopping;

    private Trainer(
            TrainingPlan plan,
            TrainingEngine engine,
            TrainingListener listener,
            Optional<RunFolder> folder,
            BooleanSupplier stopping) {
        this.plan = plan;
        this.engine = engine;
        this.listener = listener;
        this.folder = folder;
        this.stopping = stopping;
    }

    /**
     * A trainer with the default engine that says nothing.
     *
     * @param plan how to train
     * @return the trainer
     */
    public static Trainer with(TrainingPlan plan) {
        return new Trainer(plan, TrainingEngine.fused(), TrainingListener.SILENT, Optional.empty(), () -> false);
    }

    /**
     * The same with another engine.
     *
     * @param other computes the steps
     * @return a new trainer
     */
    public Trainer using(TrainingEngine other) {
        return new Trainer(plan, other, listener, folder, stopping);
    }

    /**
     * The same with another listener.
     *
     * @param other is told how the training goes on
     * @return a new trainer
     */
    public Trainer reportingTo(TrainingListener other) {
        return new Trainer(plan, engine, other, folder, stopping);
    }

    /**
     * The same with a folder for its records, from which an interrupted training can go on.
     *
     * @param where the folder, and how often to save
     * @return a new trainer
     */
    public Trainer recordingIn(RunFolder where) {
        return new Trainer(plan, engine, listener, Optional.of(where), stopping);
    }

    /**
     * The same with a way to stop it: asked before every step, and once it says true {@code fit} writes a checkpoint, if
     * there is a run folder, and throws a {@link TrainingStoppedException}.
     *
     * @param condition asked in the thread that trains
     * @return a new trainer
     */
    public Trainer stoppingWhen(BooleanSupplier condition) {
        return new Trainer(plan, engine, listener, folder, condition);
    }

    /** The plan's seed. */
    long seed() {
        return plan.seed();
    }

    /**
     * Says whether plan and engine can train a model. {@code fit} does the same.
     *
     * @param spec what is to be trained
     * @throws PlanException if a field of the plan means nothing for the model
     * @throws IllegalArgumentException if the engine cannot train it so; the message says what it cannot
     */
    public void requireTrainable(ModelSpec spec) {
        plan.requireFor(spec);
        engine.requireSupported(spec, plan);
    }

    /**
     * Trains a VAE.
     *
     * @param spec what to train
     * @param examples to train on and to hold out from
     * @return the model after the best epoch, with its history
     * @throws IllegalArgumentException if the examples are of another size than the specification says, lie outside the
     *     likelihood's support, plan or engine cannot train this, or the run folder holds another training
     * @throws TrainingDivergedException if a loss is no finite number
     * @throws TrainingStoppedException if it was stopped
     * @throws java.io.UncheckedIOException if the examples cannot be read, or the run folder cannot be used
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
     * @throws IllegalArgumentException if the examples are of another size than the specification says, lie outside
     *     [0, 1] where the output does not, plan or engine cannot train this, or the run folder holds another training
     * @throws TrainingDivergedException if a loss is no finite number
     * @throws TrainingStoppedException if it was stopped
     * @throws java.io.UncheckedIOException if the examples cannot be read, or the run folder cannot be used
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
     *     likelihood's support, plan or engine cannot train this, or the run folder holds another training
     * @throws TrainingDivergedException if a loss is no finite number
     * @throws TrainingStoppedException if it was stopped
     * @throws java.io.UncheckedIOException if the examples cannot be read, or the run folder cannot be used
     */
    public TrainingResult<LatentModel> fit(ModelSpec spec, Examples examples) {
        if (examples.input().size() != spec.inputs()) {
            throw new IllegalArgumentException("%s: found examples of %d values, expected %d as in the specification"
                    .formatted(examples.name(), examples.input().size(), spec.inputs()));
        }
        requireTrainable(spec);
        TrainingData data = new TrainingData(plan, examples);
        data.requireSuitable(spec, engine);
        if (folder.isEmpty()) {
            return fit(spec, data, Optional.empty());
        }
        try (Recorder recorder = new Recorder(folder.get(), listener)) {
            return fit(spec, data, Optional.of(new Recording(recorder, Identity.of(spec, plan, engine, data))));
        }
    }

    private TrainingResult<LatentModel> fit(ModelSpec spec, TrainingData data, Optional<Recording> recording) {
        Optional<Saved> saved = recording.flatMap(r -> r.recorder().open(r.identity(), plan));
        try (Training training = engine.start(spec, plan, data.examples().input())) {
            TrainingRun run = new TrainingRun(spec, plan, data, training, listener, stopping, recording);
            saved.ifPresent(run::restore);
            LatentModel model = run.train();
            return new TrainingResult<>(ModelCards.carded(model, plan, engine, data, run.history()), run.history());
        }
    }
}
