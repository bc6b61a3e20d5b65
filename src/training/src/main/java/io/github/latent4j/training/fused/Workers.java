package io.github.latent4j.training.fused;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A team of threads, the caller among them, that does numbered pieces of work. Which worker does which piece is chance, so
 * pieces must not depend on it. For one caller at a time.
 */
final class Workers implements AutoCloseable {
    /** A kind of work that comes in pieces. */
    interface Work {
        /**
         * Does a piece.
         *
         * @param piece its number
         */
        void run(int piece);
    }

    private final Phaser gate;
    private final AtomicInteger next = new AtomicInteger();
    private int pieces;
    private Work work = piece -> {};
    private volatile @Nullable Throwable failure;

    Workers(int count) {
        this.gate = new Phaser(count);
        for (int worker = 1; worker < count; worker++) {
            Thread thread = new Thread(this::serve, "latent4j-worker-" + worker);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void serve() {
        while (gate.arriveAndAwaitAdvance() >= 0) {
            takePieces();
            gate.arriveAndAwaitAdvance();
        }
    }

    /** Does all pieces and waits for them. What a piece throws is thrown here. */
    void run(int pieceCount, Work kind) {
        work = kind;
        pieces = pieceCount;
        next.set(0);
        gate.arriveAndAwaitAdvance();
        takePieces();
        gate.arriveAndAwaitAdvance();
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw new IllegalStateException("a worker failed: " + thrown.getMessage(), thrown);
        }
    }

    private void takePieces() {
        try {
            for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                work.run(piece);
            }
        } catch (Throwable e) { // whatever it is, the others must not wait for ever
            failure = e;
        }
    }

    @Override
    public void close() {
        gate.forceTermination();
    }
}
