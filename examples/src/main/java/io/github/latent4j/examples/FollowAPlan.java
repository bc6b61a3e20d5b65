package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.EpochReport;
import io.github.latent4j.training.Objective;
import io.github.latent4j.training.Optimisation;
import io.github.latent4j.training.PlanFile;
import io.github.latent4j.training.RunFolder;
import io.github.latent4j.training.Schedule;
import io.github.latent4j.training.Span;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import io.github.latent4j.training.TrainingStoppedException;
import io.github.latent4j.training.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trains a β-VAE by a plan of many fields, stops it halfway and goes on from its checkpoint. Run {@code main}; it takes a few
 * seconds and writes into {@code examples/out}.
 */
public final class FollowAPlan {
    private FollowAPlan() {}

    /**
     * Runs the example in full.
     *
     * @param arguments none
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        run(10_000, 12, Files.createDirectories(Path.of("examples/out/FollowAPlan")));
    }

    /**
     * Runs the example.
     *
     * @param examples digits to train on
     * @param epochs passes over them, at least 4
     * @param folder where files go
     * @return the training, of which each epoch was done once
     * @throws IOException if a file cannot be written
     */
    static TrainingResult<Vae> run(int examples, int epochs, Path folder) throws IOException {
        Dataset digits = Datasets.strokes(examples, 1);
        VaeSpec spec = VaeSpec.of(784, 10).withHidden(128);

        // A plan says how to train: here the KL term counts double once it has warmed up, Adam's rate rises for half an
        // epoch and then falls along a cosine, and training stops when it has not got better for five epochs.
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(epochs)
                .withObjective(Objective.defaults().withBeta(2).withWarmUp(new WarmUp.Linear(Span.epochs(3))))
                .withOptimisation(Optimisation.defaults()
                        .withSchedule(new Schedule.Cosine(Span.steps(40)))
                        .withClipping(100))
                .withPatience(5);

        // It can be kept as a file, the same that the command line takes: latent4j train --plan plan.yaml
        Path file = folder.resolve("plan.yaml");
        PlanFile.write(plan, file);

        // A run folder holds metrics of every epoch and checkpoints. Here the training stops after two epochs, as a
        // service would that is shut down ...
        int[] done = {0};
        RunFolder run = RunFolder.at(folder.resolve("run")).resuming();
        Trainer trainer = Trainer.with(PlanFile.read(file)).reportingTo(new TrainingListener() {
            @Override
            public void epochDone(EpochReport report) {
                done[0]++;
                System.out.printf(
                        "%s, rate %.5f, KL weight %.2f%n",
                        TrainingListener.describe(report), report.learningRate(), report.klWeight());
            }

            @Override
            public void noted(String message) {
                System.out.println(message);
            }
        });
        try {
            trainer.recordingIn(run).stoppingWhen(() -> done[0] == 2).fit(spec, digits.train());
        } catch (TrainingStoppedException e) {
            System.out.println(e.getMessage());
        }

        // ... and goes on where it stopped, which gives the very bytes of a training that was never stopped.
        return trainer.recordingIn(run).fit(spec, digits.train());
    }
}
