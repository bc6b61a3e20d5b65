package io.github.latent4j.bench;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The other end of {@link Rounds}: a peer in a JVM of its own, which sleeps between its rounds. */
final class PeerProcess implements Closeable {
    private final ChildProcess process;
    private final String what;

    /**
     * Starts a peer and waits until it is ready.
     *
     * @param contestant the peer and its task
     * @param app the folder of the jars
     * @throws IOException if it does not come to be ready; what it says stands on standard error
     */
    PeerProcess(Contestant contestant, Path app) throws IOException {
        Map<String, String> environment = new HashMap<>(ChildProcess.threads(
                Peers.blasThreads(contestant.peer(), contestant.task().threads())));
        environment.put("DJL_CACHE_DIR", app.resolveSibling("djl").toString());
        environment.put("OPT_OUT_TRACKING", "true");
        this.process = new ChildProcess(contestant.label(), arguments(contestant, app), environment, Redirect.INHERIT);
        try {
            String line = process.answer();
            if (!line.startsWith(Rounds.READY)) {
                throw process.unexpected(line, Rounds.READY + "…");
            }
            this.what = line.substring(Rounds.READY.length());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static List<String> arguments(Contestant contestant, Path app) {
        Task task = contestant.task();
        List<String> arguments = new ArrayList<>(ChildProcess.NATIVE_CODE);
        arguments.addAll(List.of(
                "-Xmx" + contestant.heap(),
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=" + task.threads(),
                "-cp",
                Peers.classPath(contestant.peer(), app).stream()
                        .map(folder -> folder + File.separator + "*")
                        .collect(Collectors.joining(File.pathSeparator)),
                Main.class.getName(),
                PeerCommand.NAME,
                contestant.peer(),
                "--data=" + task.source(),
                "--batch=" + task.batch(),
                "--threads=" + task.threads()));
        task.first().ifPresent(first -> arguments.add("--first=" + first));
        return arguments;
    }

    ChildProcess process() {
        return process;
    }

    String label() {
        return process.label();
    }

    /** What computes there: versions, kernels. */
    String what() {
        return what;
    }

    /** Has the peer make some steps and waits for them. */
    Round round(int steps) throws IOException {
        String line = process.ask(Rounds.ROUND + steps);
        return Round.parse(line).orElseThrow(() -> process.unexpected(line, "the result of a round"));
    }

    @Override
    public void close() {
        process.close();
    }
}
