package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.TrainingPlan.Pretraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that is stopped anywhere and goes on gives what one gives that was never stopped. */
class ResumeTest {
    private static final Examples BLOBS = Blobs.examples(200, 1);
    private static final VaeSpec VAE = VaeSpec.of(36, 2).withHidden(8);
    // 180 to train on: five steps an epoch.
    private static final TrainingPlan PLAN =
            TrainingPlan.defaults().withEpochs(4).withBatchSize(40).withOptimiser(Optimiser.ADAM, 0.005);

    @TempDir
    private Path folder;

    static Stream<Arguments> trainings() {
        return Stream.of(
                // Before the first step, within an epoch, between epochs, twice at one place, before the last step.
                Arguments.of(VAE, PLAN, new int[] {0, 3, 5, 5, 6, 19}),
                Arguments.of(VAE.withLikelihood(Likelihood.GAUSSIAN), PLAN.withValidationShare(0), new int[] {7, 10}),
                Arguments.of(VAE, PLAN.withBinarisation(Binarisation.DYNAMIC), new int[] {7, 16}),
                Arguments.of(
                        AutoencoderSpec.of(36, 2).withHidden(8),
                        PLAN.withOptimisation(PLAN.optimisation()
                                .withOptimiser(Optimiser.NESTEROV, 0.1)
                                .withSchedule(Schedule.parse("cosine:3steps"))),
                        new int[] {2, 11}),
                // In the pretraining of the first layer, at the border to the second, in it, in the fine-tuning.
                Arguments.of(
                        AutoencoderSpec.of(36, 4).withHidden(12).withTiedWeights(Activation.SIGMOID),
                        PLAN.withEpochs(2).withPretraining(new Pretraining(2, 0.2)),
                        new int[] {3, 10, 14, 20, 26}),
                // So high a rate that the loss jumps about: after the best epoch, within a plateau, close to the end.
                Arguments.of(
                        AutoencoderSpec.of(36, 2).withHidden(8),
                        PLAN.withEpochs(12)
                                .withPatience(5)
                                .withOptimisation(PLAN.optimisation()
                                        .withOptimiser(Optimiser.ADAM, 0.3)
                                        .withSchedule(Schedule.parse("plateau:1:0.7"))),
                        new int[] {4, 12, 17, 25, 33, 38}));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void theModelAndTheMetricsAreThoseOfAnUnbrokenTraining(ModelSpec spec, TrainingPlan plan, int[] stops)
            throws IOException {
        goesOn(spec, BLOBS, stops, Trainer.with(plan));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void soWithDl4jsLayers(ModelSpec spec, TrainingPlan plan, int[] stops) throws IOException {
        goesOn(spec, BLOBS, stops, Trainer.with(plan).using(TrainingEngine.dl4j()));
    }

    @Test
    void soWithATablesMaskedCells() throws IOException {
        Examples table = Examples.of(Blobs.matrix(200, 1), Blobs.columns(), "table");
        goesOn(VAE.withCorruption(new Corruption.Masking(0.3)), table, new int[] {3, 11}, Trainer.with(PLAN));
    }

    private void goesOn(ModelSpec spec, Examples examples, int[] stops, Trainer trainer) throws IOException {
        RunFolder unbroken = RunFolder.at(folder.resolve("unbroken"));
        LatentModel expected = trainer.recordingIn(unbroken).fit(spec, examples).model();
        RunFolder broken = RunFolder.at(folder.resolve("broken")).resuming();
        int stopped = 0;
        for (int i = 0; i < stops.length; i++) {
            int from = i == 0 ? 0 : stops[i - 1];
            if (!stopsAfter(stops[i] - from, spec, examples, trainer, broken)) {
                break; // stopped early by itself
            }
            stopped++;
        }
        assertThat(stopped).isGreaterThanOrEqualTo(Math.min(2, stops.length));
        TrainingResult<LatentModel> result = trainer.recordingIn(broken).fit(spec, examples);
        assertThat(TrainerTest.bytes(result.model())).isEqualTo(TrainerTest.bytes(expected));
        assertThat(metrics(broken)).isEqualTo(metrics(unbroken));
    }

    private static boolean stopsAfter(int steps, ModelSpec spec, Examples examples, Trainer trainer, RunFolder folder) {
        int[] asked = {0};
        try {
            trainer.recordingIn(folder).stoppingWhen(() -> asked[0]++ == steps).fit(spec, examples);
            return false;
        } catch (TrainingStoppedException e) {
            return true;
        }
    }

    /** All but the times. */
    static List<String> metrics(RunFolder folder) throws IOException {
        return Files.readAllLines(folder.path().resolve("metrics.csv")).stream()
                .map(line -> line.replaceFirst(",[^,]+,[^,]+$", ""))
                .toList();
    }

    @Test
    void metricsHaveARowForEachEpoch() throws IOException {
        RunFolder run = RunFolder.at(folder);
        List<EpochReport> history = Trainer.with(PLAN.withEpochs(2))
                .recordingIn(run)
                .fit(VAE, BLOBS)
                .history();
        String text = Files.readString(folder.resolve("metrics.csv"));
        assertThat(text).endsWith("\r\n");
        List<String> lines = text.lines().toList();
        assertThat(lines)
                .hasSize(3)
                .first()
                .isEqualTo(
                        "phase,epoch,loss,reconstruction,kl,elbo,validationLoss,validationReconstruction,validationKl,"
                                + "validationElbo,learningRate,klWeight,best,seconds,examplesPerSecond");
        for (int i = 0; i < 2; i++) {
            EpochReport report = history.get(i);
            Losses training = report.training();
            Losses held = report.validation().orElseThrow();
            assertThat(report.examplesPerSecond()).isPositive();
            assertThat(lines.get(i + 1))
                    .isEqualTo(String.join(
                            ",",
                            "\"training\"",
                            "" + (i + 1),
                            "" + training.loss(),
                            "" + training.reconstruction(),
                            "" + training.kl(),
                            "" + training.elbo(),
                            "" + held.loss(),
                            "" + held.reconstruction(),
                            "" + held.kl(),
                            "" + held.elbo(),
                            "0.005",
                            "1.0",
                            "" + report.best(),
                            "" + report.seconds(),
                            "" + report.examplesPerSecond()));
        }
    }

    @Test
    void anAutoencoderHasNoBoundAndPretrainingNoValidation() throws IOException {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 4).withTiedWeights(Activation.SIGMOID);
        RunFolder run = RunFolder.at(folder);
        Trainer.with(PLAN.withEpochs(1).withPretraining(new Pretraining(1, 0.2)))
                .recordingIn(run)
                .fit(spec, BLOBS);
        List<String> rows = metrics(run);
        assertThat(rows.get(1)).matches("\"pretraining layer 1 of 1\",1,[0-9.]+,[0-9.]+,,,,,,,0.005,,false");
        assertThat(rows.get(2)).matches("\"fine-tuning\",1,[0-9.]+,[0-9.]+,,,[0-9.]+,[0-9.]+,,,0.005,,true");
    }

    @Test
    void aPlateauShowsInTheRate() throws IOException {
        TrainingPlan plan = PLAN.withEpochs(12)
                .withOptimisation(PLAN.optimisation()
                        .withOptimiser(Optimiser.ADAM, 0.3)
                        .withSchedule(Schedule.parse("plateau:1:0.5")));
        List<EpochReport> history = Trainer.with(plan)
                .recordingIn(RunFolder.at(folder))
                .fit(AutoencoderSpec.of(36, 2).withHidden(8), BLOBS)
                .history();
        double rate = 0.3;
        List<String> rows = metrics(RunFolder.at(folder));
        for (int i = 0; i < history.size(); i++) {
            assertThat(rows.get(i + 1).split(",", -1)[10]).isEqualTo(Double.toString(rate));
            rate *= history.get(i).best() ? 1 : 0.5;
        }
        assertThat(rate).isLessThan(0.3);
    }

    @Test
    void aCrashLosesNoMoreThanWhatCameAfterTheLastCheckpoint() throws IOException {
        LatentModel expected = Trainer.with(PLAN).fit((ModelSpec) VAE, BLOBS).model();
        RunFolder eachStep =
                RunFolder.at(folder).withCheckpointEvery(Duration.ofNanos(1)).resuming();
        List<String> notes = new ArrayList<>();
        TrainingListener crashing = new TrainingListener() {
            @Override
            public void stepped(TrainingEngine.Phase phase, int epoch, int step, int steps, Losses losses) {
                if (epoch == 3 && step == 2) {
                    throw new IllegalStateException("crash");
                }
            }
        };
        assertThatThrownBy(() -> Trainer.with(PLAN)
                        .recordingIn(eachStep)
                        .reportingTo(crashing)
                        .fit(VAE, BLOBS))
                .hasMessage("crash");
        LatentModel model = Trainer.with(PLAN)
                .recordingIn(eachStep)
                .reportingTo(TrainerTest.notes(notes))
                .fit((ModelSpec) VAE, BLOBS)
                .model();
        assertThat(notes)
                .containsExactly("resumed at training, epoch 3, step 1, from "
                        + folder.resolve("checkpoints").resolve("000-0000000002-0000000001.zip"));
        assertThat(TrainerTest.bytes(model)).isEqualTo(TrainerTest.bytes(expected));
    }

    @Test
    void aFinishedTrainingGivesItsModelAgainWithoutAStep() throws IOException {
        RunFolder run = RunFolder.at(folder).resuming();
        LatentModel model =
                Trainer.with(PLAN).recordingIn(run).fit((ModelSpec) VAE, BLOBS).model();
        TrainingListener noSteps = new TrainingListener() {
            @Override
            public void stepped(TrainingEngine.Phase phase, int epoch, int step, int steps, Losses losses) {
                throw new AssertionError("a step");
            }
        };
        TrainingResult<LatentModel> again =
                Trainer.with(PLAN).recordingIn(run).reportingTo(noSteps).fit((ModelSpec) VAE, BLOBS);
        assertThat(TrainerTest.bytes(again.model())).isEqualTo(TrainerTest.bytes(model));
        assertThat(again.history()).hasSize(4);
    }
}
