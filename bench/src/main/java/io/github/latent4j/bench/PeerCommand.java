package io.github.latent4j.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the process of a peer runs. */
@Command(name = PeerCommand.NAME, hidden = true, description = "Trains in rounds told on standard input.")
final class PeerCommand implements Callable<Integer> {
    static final String NAME = "peer";

    @Parameters(paramLabel = "NAME", description = "The peer.")
    private String peer;

    @Option(names = "--data", required = true, description = "The data.")
    private String source;

    @Option(names = "--batch", required = true, description = "Examples of a step.")
    private int batch;

    @Option(names = "--threads", required = true, description = "Threads that may compute.")
    private int threads;

    @Option(names = "--first", description = "Examples to hold in memory.")
    private Optional<Integer> first;

    @Override
    public Integer call() throws IOException {
        // Standard output belongs to the rounds; what libraries print goes elsewhere.
        PrintStream out = System.out;
        System.setOut(System.err);
        Rounds rounds = new Rounds(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
        try {
            Peers.make(peer).train(new Task(source, batch, threads, first), rounds);
        } catch (Rounds.OverException e) {
            // All rounds are done.
        }
        return 0;
    }
}
