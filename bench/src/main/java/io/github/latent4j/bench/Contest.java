package io.github.latent4j.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets peers compute in turn, A B C … A B C …, one at a time, each in its own process that lives through all rounds. A
 * peer's rounds have all the same number of steps, found while it warms up such that a round takes about as long as asked.
 *
 * @param app the folder of the jars
 * @param rounds measured rounds of each peer, at least 1
 * @param seconds that a round shall take
 * @param err for progress
 */
record Contest(Path app, int rounds, double seconds, PrintStream err) {
    private static final int PROBE = 2;
    private static final long GROWTH = 4;
    private static final double PROBED = 0.5;
    private static final int FULL = 2;
    private static final double IDLE = 0.05;

    /** After a product OpenBLAS's threads look out for the next one for about 0.1 s before they sleep. */
    private static final long PAUSE_NANOS = 300_000_000;

    /** Measures. */
    Measurement run(List<Contestant> contestants) throws IOException {
        List<PeerProcess> peers = new ArrayList<>();
        try {
            List<Integer> steps = new ArrayList<>();
            Map<String, String> what = new LinkedHashMap<>();
            for (Contestant contestant : contestants) {
                PeerProcess peer = new PeerProcess(contestant, app);
                peers.add(peer);
                what.put(peer.label(), peer.what());
                steps.add(warmUp(peer));
                say("%s: %s; rounds of %d steps", peer.label(), peer.what(), steps.get(steps.size() - 1));
            }
            Map<String, List<Round>> measured = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < peers.size(); i++) {
                    PeerProcess peer = peers.get(i);
                    LockSupport.parkNanos(PAUSE_NANOS);
                    long before = idleNanos(peers, peer);
                    Round result = peer.round(steps.get(i));
                    double idle = (double) (idleNanos(peers, peer) - before) / result.nanos();
                    measured.computeIfAbsent(peer.label(), l -> new ArrayList<>())
                            .add(result);
                    say(
                            "round %d of %d, %s: %,.0f examples/s in %.1f s%s",
                            round + 1,
                            rounds,
                            peer.label(),
                            result.rate(),
                            result.seconds(),
                            idle > IDLE ? "; the waiting peers took %.2f of a processor".formatted(idle) : "");
                }
            }
            return new Measurement(measured, what);
        } finally {
            peers.forEach(PeerProcess::close);
        }
    }

    /** Rounds that do not count, the last two of full length; gives the steps of those that do. */
    private int warmUp(PeerProcess peer) throws IOException {
        int steps = PROBE;
        double best = 0;
        for (int full = 0; full < FULL; ) {
            Round round = peer.round(steps);
            best = Math.max(best, steps / round.seconds());
            full += round.seconds() < PROBED * seconds ? 0 : 1;
            // The first steps are slow: from a short round on, grow but little by little.
            steps = (int) Math.max(1, Math.min(GROWTH * steps, Math.round(best * seconds)));
        }
        return steps;
    }

    private static long idleNanos(List<PeerProcess> peers, PeerProcess busy) {
        return peers.stream()
                .filter(peer -> peer != busy)
                .mapToLong(peer -> peer.processorTime().toNanos())
                .sum();
    }

    private void say(String format, Object... values) {
        err.println(String.format(Locale.ROOT, format, values));
    }
}
