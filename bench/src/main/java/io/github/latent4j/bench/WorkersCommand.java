package io.github.latent4j.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a second worker brings. */
@Command(
        name = "workers",
        description = "Trains with one worker and with two in turn; tells what the second brings.",
        mixinStandardHelpOptions = true)
final class WorkersCommand implements Callable<Integer> {
    private static final String HEAP = "4g";

    @Mixin
    private ContestOptions options;

    @Mixin
    private DataOption data;

    @Mixin
    private EngineOption engine;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "512",
            description = "Examples of a step. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Override
    public Integer call() throws IOException {
        options.atLeast(2, "--batch", batch);
        if (engine.name().equals(Peers.DL4J)) {
            throw options.wrong("--engine: found dl4j, which has no workers, expected " + Peers.FUSED);
        }
        Measurement measurement =
                options.contest().run(List.of(contestant("one worker", 1), contestant("two workers", 2)));
        PairReport report = new PairReport("twoWorkersOverOne", "two workers", "one worker", measurement);
        options.print(System.out, report.json(), report.text());
        return 0;
    }

    private Contestant contestant(String label, int threads) {
        Task task = new Task(data.source(), batch, threads, Optional.of(Integer.MAX_VALUE));
        return new Contestant(label, engine.name(), task, HEAP);
    }
}
