package io.github.latent4j.runtime;

/**
 * The evidence lower bound of one example, E_q[ln p(x|z)] − KL(q(z|x) ‖ p(z)), in its two parts, in nats. Higher is better.
 *
 * @param logLikelihood an estimate of E_q[ln p(x|z)] from draws of the posterior
 * @param kl KL(q(z|x) ‖ p(z)), in closed form, at least 0
 */
public record Elbo(double logLikelihood, double kl) {
    /**
     * The bound.
     *
     * @return {@code logLikelihood - kl}
     */
    public double value() {
        return logLikelihood - kl;
    }
}
