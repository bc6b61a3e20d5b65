package io.github.latent4j.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or another signal that ends the JVM: it is given at once, and the JVM's end waits, for 30 seconds at most, until
 * this is closed. So work can be saved, and what was saved be told.
 */
final class StopSignal implements AutoCloseable {
    private static final int SECONDS = 30;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::await, "stop-signal");
    private volatile boolean given;

    private final Console console;

    private StopSignal(Console console) {
        this.console = console;
    }

    /** Listens from now on. */
    static StopSignal listening(Console console) {
        StopSignal signal = new StopSignal(console);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    boolean isGiven() {
        return given;
    }

    private void await() {
        given = true;
        try {
            if (!closed.await(SECONDS, TimeUnit.SECONDS)) {
                console.note("ended before the work at hand was done, which went on for %d s; go on with --resume"
                        .formatted(SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (!given) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM ends just now, and the hook finds the latch open.
            }
        }
    }
}
