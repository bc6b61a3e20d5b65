package io.github.latent4j.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM that is told and answers line by line, and sleeps meanwhile. */
final class ChildProcess implements Closeable {
    /** What libraries with native code want to be said to newer Javas. */
    static final List<String> NATIVE_CODE = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final long PATIENCE_SECONDS = 10;
    private static final String RESIDENT = "VmRSS:";

    private final String label;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream orders;

    /**
     * Starts a process, of the Java that runs here.
     *
     * @param label names it in messages
     * @param arguments of {@code java}
     * @param environment to add to the own
     * @param errors where its standard error goes
     * @throws IOException if it cannot be started
     */
    ChildProcess(String label, List<String> arguments, Map<String, String> environment, Redirect errors)
            throws IOException {
        this.label = label;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of(java), arguments.stream()).toList())
                .redirectError(errors);
        builder.environment().putAll(environment);
        this.process = builder.start();
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** What limits the threads of native libraries. */
    static Map<String, String> threads(int threads) {
        String number = Integer.toString(threads);
        return Map.of("OMP_NUM_THREADS", number, "OPENBLAS_NUM_THREADS", number, "MKL_NUM_THREADS", number);
    }

    String label() {
        return label;
    }

    /** Tells a line and waits for the answer. */
    String ask(String order) throws IOException {
        orders.println(order);
        return answer();
    }

    /** Waits for a line. */
    String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(
                    "peer %s: found its process ended, expected an answer; what it said stands above".formatted(label));
        }
        return line;
    }

    IOException unexpected(String found, String expected) {
        return new IOException("peer %s: found '%s', expected %s".formatted(label, found, expected));
    }

    /** Processor time used so far; zero where the system does not tell. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Bytes of memory that are resident; empty where the system does not tell as Linux does. */
    OptionalLong resident() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> 1024
                            * Long.parseLong(line.substring(RESIDENT.length())
                                    .replace("kB", "")
                                    .strip()))
                    .findFirst();
        }
    }

    /** Ends the process's input, upon which it ends, or is ended. */
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
