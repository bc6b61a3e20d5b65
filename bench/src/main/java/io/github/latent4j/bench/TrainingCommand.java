package io.github.latent4j.bench;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast each peer trains. */
@Command(
        name = "training",
        description =
                "Trains the same VAE on the same data with each peer in turn; tells examples per second and ratios.",
        mixinStandardHelpOptions = true)
final class TrainingCommand implements Callable<Integer> {
    private static final MarkedSection SECTION = new MarkedSection("bench:training");
    private static final String HEAP = "4g";

    @Mixin
    private ContestOptions options;

    @Option(
            names = "--peers",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Peers to measure, the first of which the others are compared with. Default: all: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Names.class)
    private List<String> peers = Peers.names();

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            defaultValue = "128,512",
            description = "Examples of a step, one measurement each. Default: ${DEFAULT-VALUE}.")
    private List<Integer> batches;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads of each peer. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description =
                    "Put the result into this Markdown file, between <!-- bench:training --> and <!-- /bench:training -->.")
    private Optional<Path> file;

    /** What {@code --peers} takes. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names() {
            super(Peers.names());
        }
    }

    @Override
    public Integer call() throws IOException {
        options.atLeast(1, "--threads", threads);
        batches.forEach(batch -> options.atLeast(1, "--batch", batch));
        Contest contest = options.contest();
        if (file.isPresent()) {
            SECTION.check(file.get());
        }
        Map<String, String> skipped = new LinkedHashMap<>();
        List<String> present = new ArrayList<>();
        for (String peer : new LinkedHashSet<>(peers)) {
            if (!Peers.names().contains(peer)) {
                throw options.wrong(
                        "--peers: found %s, expected some of %s".formatted(peer, String.join(", ", Peers.names())));
            }
            Optional<String> missing = Peers.missing(peer, options.app());
            missing.ifPresentOrElse(reason -> skipped.put(peer, reason), () -> present.add(peer));
        }
        if (present.isEmpty()) {
            throw new IOException("found no peer that runs on this machine, expected at least one: " + skipped);
        }
        int inputs = inputs();
        Map<Integer, Measurement> measured = new LinkedHashMap<>();
        for (int batch : new LinkedHashSet<>(batches)) {
            System.err.println("batch " + batch);
            Task task = new Task(options.source(), batch, threads, Optional.of(Integer.MAX_VALUE));
            measured.put(
                    batch,
                    contest.run(present.stream()
                            .map(peer -> new Contestant(peer, peer, task, HEAP))
                            .toList()));
        }
        TrainingReport report = new TrainingReport(
                options.typed(),
                Task.architecture(inputs),
                options.source(),
                threads,
                Machine.describe(),
                skipped,
                measured);
        if (file.isPresent()) {
            SECTION.write(file.get(), report.markdown());
        }
        options.print(System.out, report.json(), report.text());
        return 0;
    }

    private int inputs() throws IOException {
        try (Examples examples = Sources.open(options.source(), Part.TRAIN, SourceOptions.defaults())) {
            return examples.input().size();
        } catch (IllegalArgumentException e) {
            throw options.wrong(String.valueOf(e.getMessage()));
        }
    }
}
