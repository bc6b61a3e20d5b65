package io.github.latent4j.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all measuring commands take. */
final class ContestOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "Measured rounds of each peer. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2.5",
            description = "About how long a peer computes at a time. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** Refuses a number that is too small. */
    int atLeast(int least, String option, int found) {
        if (found < least) {
            throw wrong("%s: found %d, expected at least %d".formatted(option, found, least));
        }
        return found;
    }

    ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    Path app() {
        String app = System.getProperty("latent4j.bench.app");
        if (app == null) {
            throw wrong("found no property latent4j.bench.app, expected to be started by bench/run");
        }
        return Path.of(app);
    }

    /** The peers that were asked for, of those that there are. */
    Selection selected(List<String> peers, List<String> names, Selection.Missing missing) throws IOException {
        for (String peer : peers) {
            if (!names.contains(peer)) {
                throw wrong("--peers: found %s, expected some of %s".formatted(peer, String.join(", ", names)));
            }
        }
        return Selection.of(peers, missing);
    }

    Turns turns() {
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw wrong("--seconds: found %s, expected a number above 0".formatted(seconds));
        }
        return new Turns(atLeast(1, "--rounds", rounds), seconds, System.err);
    }

    Contest contest() {
        return new Contest(app(), turns());
    }

    /** The command as it was given. */
    String typed() {
        return Stream.concat(
                        Stream.of("bench/run"), command.root().commandLine().getParseResult().originalArgs().stream())
                .collect(Collectors.joining(" "));
    }

    void print(PrintStream out, Map<String, Object> fields, String text) throws IOException {
        out.print(json ? JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(fields) + "\n" : text);
    }
}
