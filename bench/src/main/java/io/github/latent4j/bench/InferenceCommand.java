package io.github.latent4j.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast each peer encodes, how soon, and what it takes. */
@Command(
        name = "inference",
        description =
                "Encodes with the same VAE in one thread with each peer in turn; tells latency, batches per second, time to the first code, memory and ratios.",
        mixinStandardHelpOptions = true)
final class InferenceCommand implements Callable<Integer> {
    @Mixin
    private ContestOptions options;

    @Mixin
    private WriteOption document;

    @Option(
            names = "--peers",
            paramLabel = "NAME",
            split = ",",
            description = "Peers to measure. Default: all: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Names.class)
    private List<String> peers = InferencePeer.labels();

    /** What {@code --peers} takes. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names() {
            super(InferencePeer.labels());
        }
    }

    @Override
    public Integer call() throws IOException {
        Turns turns = options.turns();
        document.check();
        Selection selected = options.selected(
                peers, InferencePeer.labels(), label -> InferencePeer.of(label).missing());
        InferenceMeasurement measurement = InferenceContest.run(
                options.app(),
                turns,
                selected.present().stream().map(InferencePeer::of).toList());
        InferenceReport report =
                new InferenceReport(options.typed(), Machine.describe(), selected.skipped(), measurement);
        document.write(report.markdown());
        options.print(System.out, report.json(), report.text());
        return 0;
    }
}
