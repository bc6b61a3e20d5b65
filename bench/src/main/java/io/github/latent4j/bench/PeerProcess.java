package io.github.latent4j.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The other end of {@link Rounds}: a peer in a JVM of its own, which sleeps between its rounds. */
final class PeerProcess implements Closeable {
    private static final long PATIENCE_SECONDS = 10;

    private final String label;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream orders;
    private final String what;

    /**
     * Starts a peer and waits until it is ready.
     *
     * @param contestant the peer and its task
     * @param app the folder of the jars
     * @throws IOException if it does not come to be ready; what it says stands on standard error
     */
    PeerProcess(Contestant contestant, Path app) throws IOException {
        this.label = contestant.label();
        ProcessBuilder builder = new ProcessBuilder(command(contestant, app)).redirectError(Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        String threads = Integer.toString(
                Peers.blasThreads(contestant.peer(), contestant.task().threads()));
        environment.put("OMP_NUM_THREADS", threads);
        environment.put("OPENBLAS_NUM_THREADS", threads);
        environment.put("MKL_NUM_THREADS", threads);
        environment.put("DJL_CACHE_DIR", app.resolveSibling("djl").toString());
        environment.put("OPT_OUT_TRACKING", "true");
        this.process = builder.start();
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        try {
            String line = answer();
            if (!line.startsWith(Rounds.READY)) {
                throw unexpected(line, Rounds.READY + "…");
            }
            this.what = line.substring(Rounds.READY.length());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static List<String> command(Contestant contestant, Path app) {
        Task task = contestant.task();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + contestant.heap(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
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
        task.first().ifPresent(first -> command.add("--first=" + first));
        return command;
    }

    String label() {
        return label;
    }

    /** What computes there: versions, kernels. */
    String what() {
        return what;
    }

    /** Processor time used so far; zero where the system does not tell. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Has the peer make some steps and waits for them. */
    Round round(int steps) throws IOException {
        orders.println(Rounds.ROUND + steps);
        String line = answer();
        return Round.parse(line).orElseThrow(() -> unexpected(line, "the result of a round"));
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(
                    "peer %s: found its process ended, expected an answer; what it said stands above".formatted(label));
        }
        return line;
    }

    private IOException unexpected(String found, String expected) {
        return new IOException("peer %s: found '%s', expected %s".formatted(label, found, expected));
    }

    /** Ends the peer's input, upon which it ends, or is ended. */
    @Override
    public void close() {
        orders.close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
