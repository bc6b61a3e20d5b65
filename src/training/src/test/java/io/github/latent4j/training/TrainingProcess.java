package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A training in a process of its own, which goes on where the last one in its folder stopped. */
public final class TrainingProcess {
    static final Examples BLOBS = Blobs.examples(300, 1);
    // 270 to train on: five steps an epoch.
    static final TrainingPlan PLAN =
            TrainingPlan.defaults().withEpochs(100).withBatchSize(60).withOptimiser(Optimiser.ADAM, 0.002);

    private TrainingProcess() {}

    static ModelSpec spec(int hidden) {
        return VaeSpec.of(36, 2).withHidden(hidden);
    }

    /** What a shell needs to run {@link #main}, as this JVM was started. */
    static List<String> command(Path run, Path model, int hidden, int epochs) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-javaagent") && !flag.startsWith("-agentlib"))
                .forEach(command::add);
        command.add("-XX:+UseSerialGC");
        command.add("-XX:-UsePerfData");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(TrainingProcess.class.getName());
        command.addAll(List.of(run.toString(), model.toString(), "" + hidden, "" + epochs));
        return command;
    }

    static ProcessBuilder builder(List<String> command, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(new File(log.toString()));
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("LC_ALL", "C"); // for what the system says of a full disk
        return builder;
    }

    /**
     * Trains.
     *
     * @param arguments run folder, model file, hidden units, epochs
     */
    public static void main(String[] arguments) throws IOException {
        RunFolder run =
                RunFolder.at(Path.of(arguments[0])).withCheckpointEvery(1).resuming();
        TrainingListener talking = new TrainingListener() {
            @Override
            public void epochDone(EpochReport report) {
                System.out.println("epoch " + report.epoch());
            }

            @Override
            public void noted(String message) {
                System.out.println(message);
            }
        };
        LatentModel model = Trainer.with(PLAN.withEpochs(Integer.parseInt(arguments[3])))
                .recordingIn(run)
                .reportingTo(talking)
                .fit(spec(Integer.parseInt(arguments[2])), BLOBS)
                .model();
        ModelFile.write(model, Path.of(arguments[1]));
    }
}
