package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.domain.Backend;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.BatchReader.Batch;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingEngine.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/** One training: goes through phases, epochs and steps, and keeps the best model. For use by one thread, once. */
final class TrainingRun {
    private final ModelSpec spec;
    private final TrainingPlan plan;
    private final TrainingData data;
    private final Training training;
    private final List<Phase> phases;
    private final TrainingListener listener;
    private final BooleanSupplier stopping;
    private final Optional<Recording> recording;
    private final Validation validation;
    private final int steps;

    private Progress progress = Progress.START;
    private Optional<LatentModel> best = Optional.empty();

    /**
     * What goes into every checkpoint, and where checkpoints go.
     *
     * @param recorder keeps the run folder
     * @param identity of the training
     */
    record Recording(Recorder recorder, Identity identity) {}

    TrainingRun(
            ModelSpec spec,
            TrainingPlan plan,
            TrainingData data,
            Training training,
            TrainingListener listener,
            BooleanSupplier stopping,
            Optional<Recording> recording) {
        this.spec = spec;
        this.plan = plan;
        this.data = data;
        this.training = training;
        this.phases = training.phases();
        this.listener = listener;
        this.stopping = stopping;
        this.recording = recording;
        this.validation = new Validation(plan);
        this.steps = data.stepsPerEpoch();
    }

    /**
     * Goes on from a checkpoint.
     *
     * @throws IllegalArgumentException if its arrays are of other sizes than this training's
     */
    void restore(Recorder.Saved saved) {
        Checkpoint checkpoint = saved.content();
        try {
            training.restore(checkpoint.state());
            best = checkpoint.best().map(parameters -> LatentModel.of(spec, parameters));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s: %s".formatted(saved.file(), e.getMessage()), e);
        }
        if (!checkpoint.progress().isWithin(phases, steps)) {
            throw new IllegalArgumentException(
                    "%s: found a place that the training does not have, expected one of it".formatted(saved.file()));
        }
        progress = checkpoint.progress();
        recording.ifPresent(this::writeMetrics);
        listener.noted("resumed at %s, from %s".formatted(progress.place(phases), saved.file()));
        noteOtherEnvironment(checkpoint.environment());
    }

    private void noteOtherEnvironment(Map<String, String> before) {
        Backend.environment().forEach((name, now) -> {
            if (!now.equals(before.get(name))) {
                listener.noted("found %s %s in the checkpoint, and %s now: the last bits of the result may differ"
                        .formatted(name, before.get(name), now));
            }
        });
    }

    /** Trains to the end and gives the best model, without a card. */
    LatentModel train() {
        listener.started(
                spec, data.train().size(), data.validation().map(v -> v.size()).orElse(0));
        for (; progress.phase() < phases.size() - 1; progress = progress.nextPhase()) {
            while (progress.epoch() < phase().epochs()) {
                epoch();
            }
        }
        while (progress.epoch() < phase().epochs() && !progress.standing().exhausts(plan.patience())) {
            epoch();
        }
        Standing standing = progress.standing();
        if (standing.exhausts(plan.patience())) {
            listener.noted("stopped early after %d epochs without a better validation loss, the best was epoch %d"
                    .formatted(standing.since(), standing.bestEpoch()));
        }
        progress = progress.asFinished();
        recording.ifPresent(r -> r.recorder().save(checkpoint(r.identity())));
        return best.orElseThrow();
    }

    /** The history of the training so far. */
    List<EpochReport> history() {
        return progress.history();
    }

    private Phase phase() {
        return phases.get(progress.phase());
    }

    private void epoch() {
        try (BatchReader batches = data.batches(progress.phase(), progress.epoch(), progress.step())) {
            while (progress.step() < steps) {
                stopOrSave();
                step(batches);
            }
        }
        endEpoch();
        recording.ifPresent(r -> {
            writeMetrics(r);
            if (r.recorder().isDueAfter(progress.history().size())) {
                r.recorder().save(checkpoint(r.identity()));
            }
        });
    }

    private void step(BatchReader batches) {
        long start = System.nanoTime();
        Batch batch = batches.next();
        int size = batch.indices().length;
        Losses losses = training.step(place(progress.step(), batch.indices()), batch.examples());
        if (!Double.isFinite(losses.loss())) {
            throw diverged("step %d: found a loss of %s".formatted(progress.step() + 1, losses.loss()));
        }
        progress = progress.afterStep(losses, size, secondsSince(start));
        listener.stepped(phase(), progress.epoch() + 1, progress.step(), steps, losses);
    }

    private Step place(int step, int[] indices) {
        long taken = (long) progress.epoch() * steps + step;
        Optimisation optimisation = plan.optimisation();
        double rate = optimisation.learningRate()
                * optimisation.schedule().factor(taken, steps, phase().epochs())
                * progress.standing().rateFactor();
        double kl = plan.objective().beta() * plan.objective().warmUp().share(taken, steps);
        return new Step(progress.phase(), progress.epoch(), step, taken, rate, kl, indices);
    }

    private void endEpoch() {
        long start = System.nanoTime();
        LatentModel model = sound();
        int epoch = progress.epoch() + 1;
        boolean whole = progress.phase() == phases.size() - 1;
        Optional<Losses> measured = whole ? data.validation().map(v -> measured(model, v)) : Optional.empty();
        if (measured.isPresent() && !Double.isFinite(measured.get().loss())) {
            throw diverged("found a validation loss of " + measured.get().loss());
        }
        Standing standing = progress.standing();
        if (whole) {
            boolean warmingUp = (long) epoch * steps < plan.objective().warmUp().steps(steps);
            standing = standing.after(
                    epoch,
                    measured.map(v -> OptionalDouble.of(v.loss())).orElse(OptionalDouble.empty()),
                    warmingUp,
                    plan.optimisation().schedule());
            best = standing.bestEpoch() == epoch ? Optional.of(model) : best;
        }
        Step last = place(steps - 1, new int[0]);
        EpochReport report = new EpochReport(
                phase(),
                epoch,
                progress.sum().mean(),
                measured,
                last.learningRate(),
                last.klWeight(),
                whole && standing.bestEpoch() == epoch,
                progress.seconds() + secondsSince(start),
                data.train().size() / Math.max(progress.seconds(), 1e-9));
        progress = progress.afterEpoch(report, standing);
        listener.epochDone(report);
    }

    private Losses measured(LatentModel model, Examples held) {
        try {
            return validation.losses(model, held);
        } catch (IllegalArgumentException e) {
            // The parameters are finite, and what they make of the examples is not.
            throw diverged("validation: found a reconstruction that is no finite number");
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    private void stopOrSave() {
        if (stopping.getAsBoolean()) {
            recording.ifPresent(r -> r.recorder().save(checkpoint(r.identity())));
            throw new TrainingStoppedException("stopped at %s; %s"
                    .formatted(
                            progress.place(phases),
                            lastGood().map(file -> "the checkpoint is " + file).orElse("there is no checkpoint")));
        }
        recording.filter(r -> r.recorder().isDue()).ifPresent(r -> r.recorder().save(checkpoint(r.identity())));
    }

    private Checkpoint checkpoint(Identity identity) {
        sound(); // lest a ruined model takes the place of a good one
        return new Checkpoint(
                identity, Backend.environment(), progress, training.state(), best.map(LatentModel::parameters));
    }

    private void writeMetrics(Recording r) {
        r.recorder().write(progress.history(), spec instanceof VaeSpec);
    }

    /** The model as it stands; the step before may have ruined it. */
    private LatentModel sound() {
        try {
            return training.model();
        } catch (IllegalArgumentException e) {
            throw diverged("after step %d: found a parameter that is no finite number".formatted(progress.step()));
        }
    }

    private Optional<Path> lastGood() {
        return recording.flatMap(r -> r.recorder().lastGood());
    }

    private TrainingDivergedException diverged(String what) {
        return new TrainingDivergedException(
                "%s, epoch %d, %s, expected finite numbers; inputs scaled to a range of about -3 to 3, a learning rate below %s or clipping of the gradient (clipping) may help%s"
                        .formatted(
                                phase().name(),
                                progress.epoch() + 1,
                                what,
                                plan.optimisation().learningRate(),
                                lastGood()
                                        .map(
                                                file -> "; the last good checkpoint is " + file
                                                        + ", and a training with another plan wants another run folder or this one deleted")
                                        .orElse("")));
    }
}
