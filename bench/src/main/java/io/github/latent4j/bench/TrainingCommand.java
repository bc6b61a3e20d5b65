package io.github.latent4j.bench;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.Sources;
import java.io.IOException;
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
    private static final String HEAP = "4g";

    @Mixin
    private ContestOptions options;

    @Mixin
    private DataOption data;

    @Mixin
    private WriteOption document;

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
        document.check();
        Selection selected = options.selected(peers, Peers.names(), peer -> Peers.missing(peer, options.app()));
        int inputs = inputs();
        Map<Integer, Measurement> measured = new LinkedHashMap<>();
        for (int batch : new LinkedHashSet<>(batches)) {
            System.err.println("batch " + batch);
            Task task = new Task(data.source(), batch, threads, Optional.of(Integer.MAX_VALUE));
            measured.put(
                    batch,
                    contest.run(selected.present().stream()
                            .map(peer -> new Contestant(peer, peer, task, HEAP))
                            .toList()));
        }
        TrainingReport report = new TrainingReport(
                options.typed(),
                Task.architecture(inputs),
                data.source(),
                threads,
                Machine.describe(),
                selected.skipped(),
                measured);
        document.write(report.markdown());
        options.print(System.out, report.json(), report.text());
        return 0;
    }

    private int inputs() throws IOException {
        try (Examples examples = Sources.open(data.source(), Part.TRAIN, SourceOptions.defaults())) {
            return examples.input().size();
        } catch (IllegalArgumentException e) {
            throw options.wrong(String.valueOf(e.getMessage()));
        }
    }
}
