package io.github.latent4j.bench;

/**
 * A peer with its task.
 *
 * @param label names it in what is reported
 * @param peer the name of the peer
 * @param task what it trains
 * @param heap the most that its heap may take, such as {@code 4g}
 */
record Contestant(String label, String peer, Task task, String heap) {}
