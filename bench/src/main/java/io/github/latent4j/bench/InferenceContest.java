package io.github.latent4j.bench;

import io.github.latent4j.bench.inference.EncodingProcess;
import io.github.latent4j.bench.inference.Inputs;
import io.github.latent4j.bench.inference.Latencies;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lets peers encode in turn, A B C … A B C …, one at a time, each in its own process that lives through all rounds; of starts, each in
 * one that is over with its first code.
 */
final class InferenceContest {
    /** latent4j decides within five seconds of its start whether vectors take over. */
    private static final long WARM_NANOS = 8_000_000_000L;

    private static final double TOLERANCE = 1e-5;

    private final Path app;
    private final EncoderFiles files;
    private final Turns turns;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<Measure, Map<String, List<Double>>> values = new EnumMap<>(Measure.class);

    /** A process that is warm, with the calls of its turns. */
    private record Running(InferencePeer peer, ChildProcess process, float[] code, int single, int batches) {}

    private InferenceContest(Path app, EncoderFiles files, Turns turns) {
        this.app = app;
        this.files = files;
        this.turns = turns;
    }

    /**
     * Measures.
     *
     * @param app the folder of the jars
     * @param turns how many and how long
     * @param peers at least one
     * @throws IOException if a process fails, or gives another code than the first
     */
    static InferenceMeasurement run(Path app, Turns turns, List<InferencePeer> peers) throws IOException {
        InferenceContest contest = new InferenceContest(app, EncoderFiles.write(app), turns);
        try {
            return contest.measure(peers);
        } finally {
            contest.running.values().forEach(peer -> peer.process().close());
        }
    }

    private InferenceMeasurement measure(List<InferencePeer> peers) throws IOException {
        Map<String, String> what = new LinkedHashMap<>();
        for (InferencePeer peer : peers) {
            what.put(peer.label(), start(peer));
        }
        for (int round = 1; round <= turns.rounds(); round++) {
            turns.say("round %d of %d", round, turns.rounds());
            for (Running peer : running.values()) {
                if (!peer.peer().batchesAlone()) {
                    single(peer);
                }
            }
            for (Running peer : running.values()) {
                batches(peer);
            }
            for (Running peer : running.values()) {
                if (!peer.peer().batchesAlone()) {
                    firstCode(peer.peer());
                    memory(peer);
                }
            }
        }
        for (InferencePeer peer : peers) {
            if (!peer.batchesAlone()) {
                add(Measure.CLASS_PATH, peer, peer.classPathBytes(app));
            }
        }
        Map<Measure, Series> series = new EnumMap<>(Measure.class);
        values.forEach((measure, of) -> series.put(measure, new Series(of)));
        return new InferenceMeasurement(series, what);
    }

    /** Starts and warms up; gives what computes. */
    private String start(InferencePeer peer) throws IOException {
        long start = System.nanoTime();
        ChildProcess process = child(peer, Redirect.INHERIT);
        try {
            float[] code = code(process, process.answer());
            Optional<Running> first = running.values().stream().findFirst();
            if (first.isPresent()) {
                requireSame(first.get(), process, code);
            }
            int single;
            int batches;
            do {
                single = turns.warmUp(n -> seconds(latencies(process, n).all()));
                batches = turns.warmUp(n -> seconds(batchNanos(process, n)));
            } while (System.nanoTime() - start < WARM_NANOS);
            String what = process.ask(EncodingProcess.WHAT);
            turns.say("%s: %s; turns of 2 x %d calls and of %d batches", peer.label(), what, single, batches);
            running.put(peer.label(), new Running(peer, process, code, single, batches));
            return what;
        } finally {
            if (!running.containsKey(peer.label())) {
                process.close();
            }
        }
    }

    private ChildProcess child(InferencePeer peer, Redirect errors) throws IOException {
        return new ChildProcess(peer.label(), peer.arguments(app, files), ChildProcess.threads(1), errors);
    }

    private static float[] code(ChildProcess process, String line) throws IOException {
        String[] words = line.split(" ");
        if (words.length != Inputs.LATENT) {
            throw process.unexpected(line, "a code of %d values".formatted(Inputs.LATENT));
        }
        float[] code = new float[words.length];
        for (int i = 0; i < code.length; i++) {
            code[i] = Float.parseFloat(words[i]);
        }
        return code;
    }

    private static void requireSame(Running first, ChildProcess process, float[] code) throws IOException {
        for (int i = 0; i < code.length; i++) {
            if (!(Math.abs(code[i] - first.code()[i]) <= TOLERANCE)) {
                throw new IOException("peer %s: found %s as value %d of the code, expected %s as of %s"
                        .formatted(
                                process.label(),
                                code[i],
                                i,
                                first.code()[i],
                                first.peer().label()));
            }
        }
    }

    private void single(Running peer) throws IOException {
        Latencies latencies = take(peer.peer(), () -> latencies(peer.process(), peer.single()));
        add(Measure.ENCODE_P50, peer.peer(), latencies.denseP50());
        add(Measure.ENCODE_P99, peer.peer(), latencies.denseP99());
        add(Measure.HALF_ZERO_P50, peer.peer(), latencies.halfZeroP50());
        add(Measure.HALF_ZERO_P99, peer.peer(), latencies.halfZeroP99());
        add(Measure.HALF_ZERO_OVER_DENSE, peer.peer(), (double) latencies.halfZeroP50() / latencies.denseP50());
    }

    private void batches(Running peer) throws IOException {
        long nanos = take(peer.peer(), () -> batchNanos(peer.process(), peer.batches()));
        add(Measure.BATCHES, peer.peer(), (double) peer.batches() * Inputs.BATCH / seconds(nanos));
    }

    private void firstCode(InferencePeer peer) throws IOException {
        long nanos = take(peer, () -> {
            long start = System.nanoTime();
            // What it says on standard error, the process that lives has said already.
            try (ChildProcess process = child(peer, Redirect.DISCARD)) {
                code(process, process.answer());
                return System.nanoTime() - start;
            }
        });
        add(Measure.FIRST_CODE, peer, nanos);
    }

    private void memory(Running peer) throws IOException {
        String heap = peer.process().ask(EncodingProcess.HEAP);
        add(Measure.HEAP, peer.peer(), Long.parseLong(heap));
        OptionalLong resident = peer.process().resident();
        if (resident.isPresent()) {
            add(Measure.RESIDENT, peer.peer(), resident.getAsLong());
        }
    }

    private static Latencies latencies(ChildProcess process, int calls) throws IOException {
        return Latencies.parse(process.ask(EncodingProcess.SINGLE + calls));
    }

    private static long batchNanos(ChildProcess process, int calls) throws IOException {
        return Long.parseLong(process.ask(EncodingProcess.BATCHES + calls));
    }

    private static double seconds(long nanos) {
        return nanos * 1e-9;
    }

    private <T> T take(InferencePeer peer, Turns.Turn<T> turn) throws IOException {
        Collection<ChildProcess> processes =
                running.values().stream().map(Running::process).toList();
        return turns.take(processes, peer.label(), turn);
    }

    private void add(Measure measure, InferencePeer peer, double value) {
        double scaled = measure.scaled(value);
        turns.say("%s, %s: %,.2f", peer.label(), measure.title(), scaled);
        values.computeIfAbsent(measure, m -> new LinkedHashMap<>())
                .computeIfAbsent(peer.label(), l -> new ArrayList<>())
                .add(scaled);
    }
}
