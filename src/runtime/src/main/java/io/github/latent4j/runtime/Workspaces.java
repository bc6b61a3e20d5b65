package io.github.latent4j.runtime;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Room to compute in, lent to one thread at a time without locks. What is given back is kept for the next call, up to a number
 * that bounds the memory; so as long as no more threads than that compute at once, nothing is allocated.
 */
final class Workspaces {
    private final AtomicReferenceArray<@Nullable Workspace> kept;
    private final int rows;
    private final int inputs;
    private final int latent;
    private final int widest;

    /**
     * Makes an empty store.
     *
     * @param most how many it keeps, a power of two
     * @param rows examples that each has room for
     * @param inputs values of an example
     * @param latent values of a code
     * @param widest values of the widest layer
     */
    Workspaces(int most, int rows, int inputs, int latent, int widest) {
        this.kept = new AtomicReferenceArray<>(most);
        this.rows = rows;
        this.inputs = inputs;
        this.latent = latent;
        this.widest = widest;
    }

    Workspace borrow() {
        int first = first();
        for (int k = 0; k < kept.length(); k++) {
            int place = first + k & kept.length() - 1;
            Workspace found = kept.get(place) == null ? null : kept.getAndSet(place, null);
            if (found != null) {
                return found;
            }
        }
        return new Workspace(rows, inputs, latent, widest);
    }

    void giveBack(Workspace workspace) {
        int first = first();
        for (int k = 0; k < kept.length(); k++) {
            int place = first + k & kept.length() - 1;
            if (kept.get(place) == null && kept.compareAndSet(place, null, workspace)) {
                return;
            }
        }
    }

    /** Threads begin at places of their own. */
    private int first() {
        return (int) Thread.currentThread().getId();
    }
}
