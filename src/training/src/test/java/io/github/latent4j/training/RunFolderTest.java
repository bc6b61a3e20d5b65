package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final Examples BLOBS = Blobs.examples(100, 1);
    private static final VaeSpec VAE = VaeSpec.of(36, 2).withHidden(8);
    // 90 to train on: three steps an epoch.
    private static final TrainingPlan PLAN =
            TrainingPlan.defaults().withEpochs(5).withBatchSize(32).withOptimiser(Optimiser.ADAM, 0.005);

    @TempDir
    private Path folder;

    private List<Path> checkpoints() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            return files.sorted().toList();
        }
    }

    private List<String> names() throws IOException {
        return checkpoints().stream().map(file -> file.getFileName().toString()).toList();
    }

    private TrainingStoppedException stop(RunFolder run, int steps) {
        int[] asked = {0};
        try {
            Trainer.with(PLAN)
                    .recordingIn(run)
                    .stoppingWhen(() -> asked[0]++ == steps)
                    .fit(VAE, BLOBS);
        } catch (TrainingStoppedException e) {
            return e;
        }
        throw new AssertionError("the training was not stopped");
    }

    @Test
    void theLastCheckpointsAreKept() throws IOException {
        Trainer.with(PLAN)
                .recordingIn(RunFolder.at(folder).withCheckpointEvery(2).withKept(2))
                .fit(VAE, BLOBS);
        assertThat(names()).containsExactly("000-0000000004-0000000000.zip", "000-0000000005-0000000000.zip");
    }

    @Test
    void atTheEndThereIsAlwaysACheckpoint() throws IOException {
        Trainer.with(PLAN).recordingIn(RunFolder.at(folder)).fit(VAE, BLOBS);
        assertThat(names()).containsExactly("000-0000000005-0000000000.zip");
    }

    @Test
    void aStopSaysWhereItWasAndWhereTheCheckpointIs() {
        RunFolder run = RunFolder.at(folder);
        Path checkpoints = folder.resolve("checkpoints");
        assertThat(stop(run, 0))
                .hasMessage("stopped at training, start; the checkpoint is "
                        + checkpoints.resolve("000-0000000000-0000000000.zip"));
        assertThat(stop(run.resuming(), 5))
                .hasMessage("stopped at training, epoch 2, step 2; the checkpoint is "
                        + checkpoints.resolve("000-0000000001-0000000002.zip"));
        assertThat(stop(run.resuming(), 1))
                .hasMessage("stopped at training, end of epoch 2; the checkpoint is "
                        + checkpoints.resolve("000-0000000002-0000000000.zip"));
    }

    @Test
    void anUnfinishedTrainingIsNotOverwritten() throws IOException {
        stop(RunFolder.at(folder), 4);
        List<String> before = names();
        assertThatThrownBy(() ->
                        Trainer.with(PLAN).recordingIn(RunFolder.at(folder)).fit(VAE, BLOBS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        folder
                                + ": found checkpoints of an unfinished training, expected none; resume it (--resume), name another folder (--run) or delete this one");
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void aFinishedTrainingMakesPlaceForANewOne() throws IOException {
        Trainer.with(PLAN).recordingIn(RunFolder.at(folder)).fit(VAE, BLOBS);
        stop(RunFolder.at(folder), 1);
        assertThat(names()).containsExactly("000-0000000000-0000000001.zip");
    }

    @Test
    void resumingWhereThereIsNothingStartsAnew() {
        List<String> notes = new ArrayList<>();
        Trainer.with(PLAN.withEpochs(1))
                .recordingIn(RunFolder.at(folder).resuming())
                .reportingTo(TrainerTest.notes(notes))
                .fit(VAE, BLOBS);
        assertThat(notes).containsExactly(folder + ": found no checkpoint to go on from; the training starts anew");
    }

    private void refused(TrainingPlan plan, ModelSpec spec, Examples examples, String end) {
        assertThatThrownBy(() -> Trainer.with(plan)
                        .recordingIn(RunFolder.at(folder).resuming())
                        .fit(spec, examples))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("checkpoints").resolve("000-0000000001-0000000001.zip") + ": " + end);
    }

    @Test
    void anotherTrainingIsRefusedWithTheFieldThatDiffers() {
        stop(RunFolder.at(folder), 4);
        refused(
                PLAN.withOptimiser(Optimiser.ADAM, 0.01),
                VAE,
                BLOBS,
                "found learningRate 0.005, expected 0.01 as in the plan");
        refused(PLAN.withSeed(2), VAE, BLOBS, "found seed 1, expected 2 as in the plan");
        refused(PLAN, VAE.withHidden(9), BLOBS, "found encoder [8], expected [9] as in the specification");
        refused(
                PLAN,
                VAE.withActivation(Activation.TANH),
                BLOBS,
                "found activation relu, expected tanh as in the specification");
        refused(PLAN, AutoencoderSpec.of(36, 2), BLOBS, "found kind vae, expected ae as in the specification");
        Examples others = Blobs.examples(100, 2);
        refused(
                PLAN,
                VAE,
                others,
                "found sha256 %s, expected %s as in the data".formatted(BLOBS.sha256(), others.sha256()));
        refused(
                PLAN,
                VAE,
                Examples.of(Blobs.matrix(100, 1), BLOBS.input(), "spots"),
                "found name blobs, expected spots as in the data");
        refused(
                PLAN,
                VAE,
                Examples.of(Blobs.matrix(100, 1), new InputContract.Image(4, 9, 1), "blobs"),
                "found height 6, expected 4 as in the data");
    }

    @Test
    void anotherEngineIsRefused() {
        stop(RunFolder.at(folder), 4);
        TrainingEngine other = new TrainingEngine() {
            @Override
            public String name() {
                return "other";
            }

            @Override
            public void requireSupported(ModelSpec spec, TrainingPlan plan) {}

            @Override
            public Training start(ModelSpec spec, TrainingPlan plan, InputContract input) {
                throw new AssertionError("started");
            }
        };
        Path file = folder.resolve("checkpoints").resolve("000-0000000001-0000000001.zip");
        String engine = TrainingEngineName.of(Trainer.with(PLAN), VAE, BLOBS);
        assertThatThrownBy(() -> Trainer.with(PLAN)
                        .using(other)
                        .recordingIn(RunFolder.at(folder).resuming())
                        .fit(VAE, BLOBS))
                .hasMessage("%s: found engine %s, expected other as in the trainer".formatted(file, engine));
    }

    /** The name that provenance has for the engine of a trainer. */
    private static final class TrainingEngineName {
        static String of(Trainer trainer, ModelSpec spec, Examples examples) {
            return trainer.fit(spec, examples)
                    .model()
                    .card()
                    .provenance()
                    .orElseThrow()
                    .engine();
        }
    }

    private static void cut(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(content.length() / 2);
        }
    }

    @Test
    void whereTheNewestCheckpointIsDamagedTheOneBeforeIsTaken() throws IOException {
        LatentModel expected = Trainer.with(PLAN).fit((ModelSpec) VAE, BLOBS).model();
        stop(RunFolder.at(folder).withCheckpointEvery(1), 7);
        Path newest = checkpoints().get(2);
        cut(newest);
        List<String> notes = new ArrayList<>();
        LatentModel model = Trainer.with(PLAN)
                .recordingIn(RunFolder.at(folder).withKept(1).resuming())
                .reportingTo(TrainerTest.notes(notes))
                .fit((ModelSpec) VAE, BLOBS)
                .model();
        assertThat(notes)
                .hasSize(2)
                .last()
                .isEqualTo("resumed at training, end of epoch 2, from "
                        + folder.resolve("checkpoints").resolve("000-0000000002-0000000000.zip"));
        assertThat(notes.get(0))
                .startsWith(newest + ": found a damaged zip file, expected a whole checkpoint (")
                .endsWith("); the checkpoint before it is taken");
        assertThat(TrainerTest.bytes(model)).isEqualTo(TrainerTest.bytes(expected));
        assertThat(names()).containsExactly("000-0000000005-0000000000.zip");
    }

    @Test
    void aDamagedCheckpointThatSeemsNewerThanANewOneIsClearedAway() throws IOException {
        stop(RunFolder.at(folder).withCheckpointEvery(1), 8);
        cut(checkpoints().get(2));
        stop(RunFolder.at(folder).withKept(1).resuming(), 1);
        assertThat(names()).containsExactly("000-0000000002-0000000001.zip");
        stop(RunFolder.at(folder).resuming(), 1);
    }

    @Test
    void whereAllAreDamagedTheNewestIsNamed() throws IOException {
        stop(RunFolder.at(folder).withCheckpointEvery(1), 7);
        List<Path> files = checkpoints();
        for (Path file : files) {
            cut(file);
        }
        assertThatThrownBy(() -> Trainer.with(PLAN)
                        .recordingIn(RunFolder.at(folder).resuming())
                        .fit(VAE, BLOBS))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageStartingWith(files.get(2) + ": found a damaged zip file, expected a whole checkpoint (")
                .hasMessageEndingWith("); there is no other checkpoint to go on from");
        assertThat(checkpoints()).isEqualTo(files);
    }

    @Test
    void whatAKilledProcessLeftIsClearedAway() throws IOException {
        stop(RunFolder.at(folder), 1);
        Path part = folder.resolve("checkpoints").resolve(".000-0000000001-0000000000.zip.0011223344556677.part");
        Files.writeString(part, "half");
        Files.writeString(folder.resolve(".metrics.csv.0011223344556677.part"), "half");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        stop(RunFolder.at(folder).resuming(), 1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("checkpoints", "metrics.csv", "notes.txt")
                    .noneMatch(name -> name.endsWith(".part"));
        }
        assertThat(part).doesNotExist();
    }

    @Test
    void whereNoCheckpointCanBeWrittenTheTrainingGoesOn() throws IOException {
        List<String> notes = new ArrayList<>();
        Path checkpoints = folder.resolve("checkpoints");
        TrainingListener destructive = new TrainingListener() {
            @Override
            public void epochDone(EpochReport report) {
                if (report.epoch() == 2) {
                    move();
                }
            }

            private void move() {
                try {
                    Files.move(checkpoints, folder.resolve("moved"));
                    Files.writeString(checkpoints, "a file");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void noted(String message) {
                notes.add(message);
            }
        };
        LatentModel model = Trainer.with(PLAN.withEpochs(3))
                .recordingIn(RunFolder.at(folder).withCheckpointEvery(1))
                .reportingTo(destructive)
                .fit((ModelSpec) VAE, BLOBS)
                .model();
        assertThat(notes).hasSize(3); // after epochs 2 and 3, and at the end
        assertThat(notes.get(0))
                .isEqualTo(
                        "checkpoint not written because %s: found no folder to write into, expected one: training goes on, the last good one is %s"
                                .formatted(
                                        checkpoints.resolve("000-0000000002-0000000000.zip"),
                                        checkpoints.resolve("000-0000000001-0000000000.zip")));
        assertThat(TrainerTest.bytes(model))
                .isEqualTo(TrainerTest.bytes(
                        Trainer.with(PLAN.withEpochs(3)).fit(VAE, BLOBS).model()));
        assertThat(folder.resolve("moved").resolve("000-0000000001-0000000000.zip"))
                .exists();
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidBeforeTheTraining() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(
                        () -> Trainer.with(PLAN).recordingIn(RunFolder.at(file)).fit(VAE, BLOBS))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aFolderIsForOneTrainingAtATime() {
        RunFolder run = RunFolder.at(folder);
        Trainer.with(PLAN)
                .recordingIn(run)
                .reportingTo(new TrainingListener() {
                    @Override
                    public void epochDone(EpochReport report) {
                        assertThatThrownBy(() -> Trainer.with(PLAN)
                                        .recordingIn(run.resuming())
                                        .fit(VAE, BLOBS))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessage(folder
                                        + ": found another training at work, expected a folder of this one's own");
                    }
                })
                .fit(VAE, BLOBS);
        // It lets go at the end.
        Trainer.with(PLAN).recordingIn(run.resuming()).fit(VAE, BLOBS);
    }

    @Test
    void theRecordOfAFinishedTrainingStaysUntilTheNextHasOne() throws IOException {
        RunFolder run = RunFolder.at(folder);
        Trainer.with(PLAN).recordingIn(run).fit(VAE, BLOBS);
        List<Path> files = List.of(
                folder.resolve("plan.yaml"),
                folder.resolve("metrics.csv"),
                checkpoints().get(0));
        List<byte[]> before = new ArrayList<>();
        for (Path file : files) {
            before.add(Files.readAllBytes(file));
        }
        AutoencoderSpec spec =
                AutoencoderSpec.of(36, 2).withActivations(Activation.ELU, Activation.IDENTITY, Activation.IDENTITY);
        assertThatThrownBy(() -> Trainer.with(PLAN.withOptimiser(Optimiser.SGD, 1e30))
                        .recordingIn(run)
                        .fit(spec, BLOBS))
                .isInstanceOf(TrainingDivergedException.class);
        for (int i = 0; i < files.size(); i++) {
            assertThat(files.get(i)).hasBinaryContent(before.get(i));
        }
        Trainer.with(PLAN.withSeed(7)).recordingIn(run).fit(VAE, BLOBS);
        assertThat(PlanFile.read(folder.resolve("plan.yaml")).seed()).isEqualTo(7);
        assertThat(checkpoints()).hasSize(1);
    }

    /** Names and texts that are read again do not depend on where the user lives. */
    @Test
    void aTrainingGoesOnInAnotherLocale() {
        Locale before = Locale.getDefault();
        RunFolder run = RunFolder.at(folder);
        Trainer trainer =
                Trainer.with(PLAN.withOptimisation(PLAN.optimisation().withSchedule(Schedule.parse("step:1:0.5"))));
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            int[] asked = {0};
            assertThatThrownBy(() -> trainer.recordingIn(run)
                            .stoppingWhen(() -> asked[0]++ == 3)
                            .fit(VAE, BLOBS))
                    .isInstanceOf(TrainingStoppedException.class);
            Locale.setDefault(Locale.ROOT);
            List<String> notes = new ArrayList<>();
            trainer.recordingIn(run.resuming())
                    .reportingTo(new TrainingListener() {
                        @Override
                        public void noted(String message) {
                            notes.add(message);
                        }
                    })
                    .fit(VAE, BLOBS);
            assertThat(notes).first().asString().startsWith("resumed at training, end of epoch 1, from ");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void divergenceNamesTheLastGoodCheckpointAndLeavesIt() throws IOException {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 2)
                .withHidden(8)
                .withActivations(Activation.ELU, Activation.IDENTITY, Activation.IDENTITY);
        TrainingPlan wild = PLAN.withOptimiser(Optimiser.SGD, 1e30);
        assertThatThrownBy(() -> Trainer.with(wild)
                        .recordingIn(RunFolder.at(folder).withCheckpointEvery(Duration.ofNanos(1)))
                        .fit(spec, BLOBS))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageStartingWith("training, epoch 1, ")
                .hasMessageContaining("expected finite numbers")
                .hasMessageContaining("; the last good checkpoint is " + folder.resolve("checkpoints"));
        for (Path file : checkpoints()) {
            for (float[] values : CheckpointFile.read(file).state().values()) {
                for (float value : values) {
                    assertThat(value).isFinite();
                }
            }
        }
        assertThat(checkpoints()).isNotEmpty();
    }

    @Test
    void aCheckpointOfOtherSizesIsRefused() throws IOException {
        stop(RunFolder.at(folder), 4);
        Path file = checkpoints().get(0);
        Checkpoint found = CheckpointFile.read(file);
        Checkpoint other = new Checkpoint(
                found.identity(), found.environment(), found.progress(), found.state(), Optional.of(new float[] {1, 2, 3
                }));
        CheckpointFile.write(other, file);
        assertThatThrownBy(() -> Trainer.with(PLAN)
                        .recordingIn(RunFolder.at(folder).resuming())
                        .fit(VAE, BLOBS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("%s: found 3 parameters, expected %d for %s"
                        .formatted(file, VAE.layout().length(), VAE));
        CheckpointFile.write(
                new Checkpoint(found.identity(), found.environment(), found.progress(), Map.of(), Optional.empty()),
                file);
        assertThatThrownBy(() -> Trainer.with(PLAN)
                        .recordingIn(RunFolder.at(folder).resuming())
                        .fit(VAE, BLOBS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void anotherMachineIsNoted() throws IOException {
        stop(RunFolder.at(folder), 4);
        Path file = checkpoints().get(0);
        Checkpoint found = CheckpointFile.read(file);
        Map<String, String> environment = new HashMap<>(found.environment());
        String here = environment.put("processor", "abacus");
        CheckpointFile.write(
                new Checkpoint(found.identity(), environment, found.progress(), found.state(), found.best()), file);
        List<String> notes = new ArrayList<>();
        Trainer.with(PLAN)
                .recordingIn(RunFolder.at(folder).resuming())
                .reportingTo(TrainerTest.notes(notes))
                .fit(VAE, BLOBS);
        assertThat(notes)
                .containsExactly(
                        "resumed at training, epoch 2, step 1, from " + file,
                        "found processor abacus in the checkpoint, and %s now: the last bits of the result may differ"
                                .formatted(here));
    }

    @Test
    void numbersOutOfRangeAreNamed() {
        RunFolder run = RunFolder.at(folder);
        assertThatThrownBy(() -> run.withCheckpointEvery(0))
                .hasMessage("epochs between checkpoints: found 0, expected at least 1");
        assertThatThrownBy(() -> run.withCheckpointEvery(Duration.ZERO))
                .hasMessage("time between checkpoints: found PT0S, expected above 0");
        assertThatThrownBy(() -> run.withKept(0)).hasMessage("checkpoints kept: found 0, expected at least 1");
    }
}
