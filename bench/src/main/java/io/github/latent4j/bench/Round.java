package io.github.latent4j.bench;

import java.util.Optional;

/**
 * What a peer did in one round.
 *
 * @param examples trained on
 * @param nanos time spent, above 0
 * @param loss mean negative ELBO of the examples, in nats; NaN of a peer that computes none
 */
record Round(long examples, long nanos, double loss) {
    private static final String DONE = "done";

    double seconds() {
        return nanos * 1e-9;
    }

    /** Examples per second. */
    double rate() {
        return examples / seconds();
    }

    /** The line that tells of it. */
    String line() {
        return "%s %d %d %s".formatted(DONE, examples, nanos, loss);
    }

    /** Reads a line as {@link #line()} gives it; empty if it is another. */
    static Optional<Round> parse(String line) {
        String[] words = line.split(" ");
        return words.length == 4 && words[0].equals(DONE)
                ? Optional.of(
                        new Round(Long.parseLong(words[1]), Long.parseLong(words[2]), Double.parseDouble(words[3])))
                : Optional.empty();
    }
}
