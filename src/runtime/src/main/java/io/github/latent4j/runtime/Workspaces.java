package io.github.latent4j.runtime;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Room to compute in, lent to one thread at a time without locks. What is given back is kept for the next call, up to a number
 * that bounds the memory; so as long as no more threads than that compute at once, nothing is allocated.
 *
 * @param <W> what is lent
 */
final class Workspaces<W> {
    /** Places tried before new room is made. */
    private static final int TRIALS = 4;

    private final AtomicReferenceArray<@Nullable W> kept;
    private final Supplier<W> maker;

    /**
     * Makes an empty store.
     *
     * @param most how many it keeps, a power of two
     * @param maker makes new room
     */
    Workspaces(int most, Supplier<W> maker) {
        this.kept = new AtomicReferenceArray<>(most);
        this.maker = maker;
    }

    W borrow() {
        int first = first();
        for (int k = 0; k < TRIALS; k++) {
            W found = kept.getAndSet(first + k & kept.length() - 1, null);
            if (found != null) {
                return found;
            }
        }
        return maker.get();
    }

    void giveBack(W workspace) {
        int first = first();
        for (int k = 0; k < TRIALS; k++) {
            if (kept.compareAndSet(first + k & kept.length() - 1, null, workspace)) {
                return;
            }
        }
    }

    /** Threads begin at places of their own. */
    private int first() {
        return (int) Thread.currentThread().getId();
    }
}
