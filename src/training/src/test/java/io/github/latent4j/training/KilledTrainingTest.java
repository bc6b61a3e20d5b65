package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are ended in the way that leaves them no word, and a disk that is really full. */
class KilledTrainingTest {
    private static final int KILLS = 20;
    private static final int EPOCHS = TrainingProcess.PLAN.epochs();
    private static final int HIDDEN = 8;

    @TempDir
    private Path folder;

    private Process start(Path run, Path model) throws IOException {
        return TrainingProcess.builder(
                        TrainingProcess.command(run, model, HIDDEN, EPOCHS), folder.resolve("errors.txt"))
                .start();
    }

    private void requireSuccess(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(() -> {
                    try {
                        return Files.readString(folder.resolve("errors.txt"));
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .isZero();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aTrainingKilledTwentyTimesGivesTheSameModel() throws Exception {
        Path expected = folder.resolve("unbroken.zip");
        Process unbroken = start(folder.resolve("unbroken"), expected);
        unbroken.getInputStream().transferTo(OutputStream.nullOutputStream());
        requireSuccess(unbroken);

        long seed = System.nanoTime();
        Random random = new Random(seed);
        String moments = "random moments of seed " + seed;
        Path run = folder.resolve("killed0");
        Path model = folder.resolve("killed.zip");
        int finished = 0;
        int resumed = 0;
        for (int kills = 0; kills < KILLS; ) {
            Process process = start(run, model);
            boolean ended;
            try (BufferedReader lines = process.inputReader()) {
                // One in five is killed while it starts, the others after some more epochs.
                boolean early = random.nextInt(5) == 0;
                int epochs = early ? 0 : 1 + random.nextInt(8);
                while (epochs > 0) {
                    String line = lines.readLine();
                    resumed += line != null && line.startsWith("resumed at ") ? 1 : 0;
                    epochs = line == null ? 0 : epochs - (line.startsWith("epoch ") ? 1 : 0);
                }
                ended = process.waitFor(random.nextInt(early ? 1500 : 60), TimeUnit.MILLISECONDS);
            } finally {
                process.destroyForcibly().waitFor();
            }
            if (ended) {
                requireSuccess(process);
                assertThat(model).as(moments).hasSameBinaryContentAs(expected);
                Files.delete(model);
                finished++;
                run = folder.resolve("killed" + finished);
            } else {
                kills++;
            }
        }
        // Four in five are killed after an epoch at least, which has a checkpoint.
        assertThat(resumed).as(moments).isPositive();
        Process last = start(run, model);
        last.getInputStream().transferTo(OutputStream.nullOutputStream());
        requireSuccess(last);
        assertThat(model).as(moments).hasSameBinaryContentAs(expected);
        assertThat(ResumeTest.metrics(RunFolder.at(run)))
                .as(moments)
                .isEqualTo(ResumeTest.metrics(RunFolder.at(folder.resolve("unbroken"))));
    }

    /** A limit on the size of files stops a write halfway, as a full disk does. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aDiskWithoutRoomLeavesTheCheckpointThatIsThere() throws Exception {
        int hidden = 400;
        TrainingPlan plan = TrainingProcess.PLAN.withEpochs(3);
        RunFolder run = RunFolder.at(folder.resolve("run"));
        int[] asked = {0};
        try {
            Trainer.with(plan)
                    .recordingIn(run)
                    .stoppingWhen(() -> asked[0]++ == 7)
                    .fit(TrainingProcess.spec(hidden), TrainingProcess.BLOBS);
        } catch (TrainingStoppedException e) {
            asked[0] = -1;
        }
        assertThat(asked[0]).isEqualTo(-1);
        Path good = run.checkpoints().resolve("000-0000000001-0000000002.zip");
        byte[] before = Files.readAllBytes(good);
        assertThat(before.length).isGreaterThan(400_000);

        // 300 blocks are 150 or 300 kB.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 300; exec \"$@\"", "sh"));
        command.addAll(TrainingProcess.command(run.path(), folder.resolve("model.zip"), hidden, 3));
        Process process =
                TrainingProcess.builder(command, folder.resolve("errors.txt")).start();
        List<String> lines;
        try (BufferedReader reader = process.inputReader()) {
            lines = reader.lines().toList();
        }
        requireSuccess(process);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("checkpoint not written"))
                .hasSize(3);
        assertThat(lines)
                .contains("checkpoint not written because %s: File too large: training goes on, the last good one is %s"
                        .formatted(run.checkpoints().resolve("000-0000000002-0000000000.zip"), good));
        assertThat(Files.readAllBytes(good)).isEqualTo(before);
        try (var files = Files.list(run.checkpoints())) {
            assertThat(files).containsExactly(good);
        }
    }
}
