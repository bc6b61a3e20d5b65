package io.github.latent4j.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets processes compute in turn, one at a time, while the others sleep.
 *
 * @param rounds measured rounds of each peer, at least 1
 * @param seconds that a turn shall take
 * @param err for progress
 */
record Turns(int rounds, double seconds, PrintStream err) {
    private static final int PROBE = 2;
    private static final long GROWTH = 4;
    private static final double PROBED = 0.5;
    private static final int FULL = 2;
    private static final double IDLE = 0.05;

    /** After a product OpenBLAS's threads look out for the next one for about 0.1 s before they sleep. */
    private static final long PAUSE_NANOS = 300_000_000;

    /** Makes steps and gives the seconds that they took. */
    @FunctionalInterface
    interface Work {
        double seconds(int steps) throws IOException;
    }

    /** What is measured. */
    @FunctionalInterface
    interface Turn<T> {
        T take() throws IOException;
    }

    /** Turns that do not count, the last two of full length; gives the steps of those that do. */
    int warmUp(Work work) throws IOException {
        int steps = PROBE;
        double best = 0;
        for (int full = 0; full < FULL; ) {
            double taken = work.seconds(steps);
            best = Math.max(best, steps / taken);
            full += taken < PROBED * seconds ? 0 : 1;
            // The first steps are slow: from a short turn on, grow but little by little.
            steps = (int) Math.max(1, Math.min(GROWTH * steps, Math.round(best * seconds)));
        }
        return steps;
    }

    /**
     * Takes a turn and tells when those that should sleep do not.
     *
     * @param all processes that are there
     * @param busy whose turn it is, which need not be one of them
     * @param turn what it does
     */
    <T> T take(Collection<ChildProcess> all, String busy, Turn<T> turn) throws IOException {
        LockSupport.parkNanos(PAUSE_NANOS);
        long idleBefore = idleNanos(all, busy);
        long start = System.nanoTime();
        T result = turn.take();
        double idle = (double) (idleNanos(all, busy) - idleBefore) / (System.nanoTime() - start);
        if (idle > IDLE) {
            say("%s: the waiting peers took %.2f of a processor meanwhile", busy, idle);
        }
        return result;
    }

    private static long idleNanos(Collection<ChildProcess> all, String busy) {
        return all.stream()
                .filter(process -> !process.label().equals(busy))
                .mapToLong(process -> process.processorTime().toNanos())
                .sum();
    }

    void say(String format, Object... values) {
        err.println(String.format(Locale.ROOT, format, values));
    }
}
