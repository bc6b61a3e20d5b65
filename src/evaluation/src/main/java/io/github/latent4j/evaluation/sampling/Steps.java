package io.github.latent4j.evaluation.sampling;

/** The number of codes on a way. */
final class Steps {
    private Steps() {}

    static void check(int steps) {
        if (steps < 2) {
            throw new IllegalArgumentException("steps: found %d, expected at least 2".formatted(steps));
        }
    }
}
