package io.github.latent4j.bench;

import java.io.IOException;

/** Something that trains the VAE of a {@link Task}, in a process of its own. */
interface Peer {
    /**
     * Prepares, says that it is ready and trains, counting each step, until the rounds throw.
     *
     * @param task what to train
     * @param rounds whom to tell
     * @throws IOException if the data cannot be read
     */
    void train(Task task, Rounds rounds) throws IOException;
}
