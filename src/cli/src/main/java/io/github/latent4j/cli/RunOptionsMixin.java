package io.github.latent4j.cli;

import io.github.latent4j.training.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that say where and how often a training records itself. */
final class RunOptionsMixin {
    private static final Pattern INTERVAL = Pattern.compile("([1-9][0-9]{0,5})(m?)");

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description =
                    "The folder for checkpoints, metrics.csv and plan.yaml (default: that of --out, with .run in the"
                            + " place of .zip).")
    private Optional<Path> folder;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "5m",
            paramLabel = "N",
            description = "Epochs, or minutes with an m behind, between checkpoints (default: 5m).")
    private String every;

    @Option(
            names = "--keep",
            defaultValue = "3",
            paramLabel = "N",
            description = "Checkpoints to keep, the newest ones (default: 3).")
    private int kept;

    @Option(
            names = "--resume",
            description = "Go on from the newest checkpoint of the run folder, or start if there is none.")
    private boolean resume;

    /**
     * Where and how often a training records itself.
     *
     * @param out the model file that it will write
     * @throws IllegalArgumentException if an option is wrong
     */
    RunFolder of(Path out) {
        Matcher interval = INTERVAL.matcher(every);
        if (!interval.matches()) {
            throw new IllegalArgumentException(
                    "--checkpoint-every: found '%s', expected epochs such as 5 or minutes such as 10m"
                            .formatted(every));
        }
        if (kept < 1) {
            throw new IllegalArgumentException("--keep: found %d, expected at least 1".formatted(kept));
        }
        Path path = folder(out);
        if (path.toString().isEmpty()
                || path.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException(
                    "--run: found '%s', expected the name of a folder other than the model file".formatted(path));
        }
        RunFolder run = RunFolder.at(path).withKept(kept);
        int count = Integer.parseInt(interval.group(1));
        run = interval.group(2).isEmpty()
                ? run.withCheckpointEvery(count)
                : run.withCheckpointEvery(Duration.ofMinutes(count));
        return resume ? run.resuming() : run;
    }

    /** Where a training records itself. */
    Path folder(Path out) {
        return folder.orElseGet(() -> {
            String name = String.valueOf(out.getFileName());
            return out.resolveSibling((name.endsWith(".zip") ? name.substring(0, name.length() - 4) : name) + ".run");
        });
    }
}
