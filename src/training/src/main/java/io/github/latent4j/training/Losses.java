package io.github.latent4j.training;

/**
 * A loss, lower is better, in its parts; each is a mean over examples.
 *
 * @param loss for a VAE the negative ELBO in nats, for an autoencoder the mean squared error, which is what is minimised but
 *     for the pretraining of a tied stack, whose layers minimise cross-entropy
 * @param reconstruction for a VAE −E_q[ln p(x|z)] in nats, for an autoencoder the mean squared error
 * @param kl KL(q(z|x) ‖ p(z)) in nats; 0 for an autoencoder
 */
public record Losses(double loss, double reconstruction, double kl) {
    /**
     * The loss of an autoencoder.
     *
     * @param error mean squared error
     * @return the loss
     */
    public static Losses ofError(double error) {
        return new Losses(error, error, 0);
    }

    /**
     * The loss of a VAE.
     *
     * @param reconstruction −E_q[ln p(x|z)]
     * @param kl KL(q(z|x) ‖ p(z))
     * @return the loss
     */
    public static Losses ofBound(double reconstruction, double kl) {
        return new Losses(reconstruction + kl, reconstruction, kl);
    }

    /** Adds up losses of batches to a mean over examples. */
    static final class Mean {
        private double loss;
        private double reconstruction;
        private double kl;
        private long examples;

        void add(Losses batch, int size) {
            loss += batch.loss * size;
            reconstruction += batch.reconstruction * size;
            kl += batch.kl * size;
            examples += size;
        }

        Losses value() {
            return new Losses(loss / examples, reconstruction / examples, kl / examples);
        }
    }
}
