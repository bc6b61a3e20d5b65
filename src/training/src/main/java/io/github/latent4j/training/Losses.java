package io.github.latent4j.training;

/**
 * A loss, lower is better, in its parts; each is a mean over examples.
 *
 * @param loss what is minimised, in the plan's objective: for a VAE in nats; for an autoencoder the mean squared error and the
 *     sparsity's penalty. The pretraining of a tied stack of sigmoids minimises cross-entropy and shows squared error
 * @param reconstruction for a VAE −E_q[ln p(x|z)] in nats, for an autoencoder the mean squared error
 * @param kl KL(q(z|x) ‖ p(z)) in nats, of full weight; 0 for an autoencoder
 */
public record Losses(double loss, double reconstruction, double kl) {
    /**
     * The loss of an autoencoder without a penalty.
     *
     * @param error mean squared error
     * @return the loss
     */
    public static Losses ofError(double error) {
        return new Losses(error, error, 0);
    }

    /**
     * The loss of a VAE whose KL weight is 1.
     *
     * @param reconstruction −E_q[ln p(x|z)]
     * @param kl KL(q(z|x) ‖ p(z))
     * @return the loss
     */
    public static Losses ofBound(double reconstruction, double kl) {
        return new Losses(reconstruction + kl, reconstruction, kl);
    }

    /**
     * The evidence lower bound of a VAE.
     *
     * @return E_q[ln p(x|z)] − KL(q(z|x) ‖ p(z)) in nats; higher is better
     */
    public double elbo() {
        return -(reconstruction + kl);
    }

    /**
     * Losses of batches, added up to a mean over examples.
     *
     * @param loss sum over the examples
     * @param reconstruction sum over the examples
     * @param kl sum over the examples
     * @param examples how many
     */
    record Sum(double loss, double reconstruction, double kl, long examples) {
        static final Sum EMPTY = new Sum(0, 0, 0, 0);

        Sum plus(Losses batch, int size) {
            return new Sum(
                    loss + batch.loss * size,
                    reconstruction + batch.reconstruction * size,
                    kl + batch.kl * size,
                    examples + size);
        }

        Losses mean() {
            return new Losses(loss / examples, reconstruction / examples, kl / examples);
        }
    }
}
