package io.github.latent4j.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * A peer's end of the talk with the process that measures. The peer says {@code ready WHAT}; told {@code round STEPS}, it
 * makes so many steps and answers as {@link Round#line()} says. It is over at the end of its input.
 *
 * <p>While no round is under way, the thread that trains waits here.
 */
final class Rounds {
    static final String READY = "ready ";
    static final String ROUND = "round ";

    private final BufferedReader in;
    private final PrintStream out;
    private int left;
    private long examples;
    private double losses;
    private long start;

    Rounds(BufferedReader in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** Ends a training from within. */
    @SuppressWarnings("serial")
    static final class OverException extends RuntimeException {
        OverException() {
            super("no further round", null, false, false);
        }
    }

    /**
     * Says that all is prepared and waits for the first round.
     *
     * @param what computes, in a line: versions, kernels
     */
    void ready(String what) {
        say(READY + what);
        await();
    }

    /** Steps still to make in this round, at least 1. */
    int left() {
        return left;
    }

    /**
     * Counts steps; after the last one of a round, waits for the next round.
     *
     * @param steps made, at most {@link #left()}
     * @param count examples that they were made with
     * @param loss mean negative ELBO of these examples
     * @throws OverException if there is no next round
     */
    void stepped(int steps, int count, double loss) {
        left -= steps;
        examples += count;
        losses += loss * count;
        if (left == 0) {
            say(new Round(examples, System.nanoTime() - start, losses / examples).line());
            await();
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private void await() {
        try {
            String line = in.readLine();
            if (line == null) {
                throw new OverException();
            }
            left = Integer.parseInt(line.substring(ROUND.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        examples = 0;
        losses = 0;
        start = System.nanoTime();
    }
}
