package io.github.latent4j.training;

import java.util.Locale;

/**
 * What training minimises, beyond what the model's specification says.
 *
 * <p>A VAE: −E_q[ln p(x|z)] + w β Σ_j max(λ, KL_j), with w from the warm-up, KL_j of latent dimension j a mean over the batch,
 * and the expectation a mean over the samples. With the importance-weighted bound: −ln (1/k) Σ_i p(x|z_i) (p(z_i) / q(z_i|x))^{wβ}.
 *
 * <p>An autoencoder: mean squared error plus the sparsity's penalty.
 *
 * @param beta the weight β of the KL term, at least 0 (Higgins et al. 2017, β-VAE); 1 gives the evidence lower bound
 * @param warmUp how the KL weight comes to its full size
 * @param freeBits λ, the nats of a latent dimension's KL that cost nothing, at least 0 (Kingma et al. 2016, arXiv 1606.04934)
 * @param bound what is made of the samples
 * @param samples draws of the posterior for each example, at least 1
 * @param sparsity of an autoencoder's code
 */
public record Objective(double beta, WarmUp warmUp, double freeBits, Bound bound, int samples, Sparsity sparsity) {
    /** What is made of several draws of the posterior. */
    public enum Bound {
        /** The evidence lower bound: the mean of their log likelihoods (Kingma and Welling 2014, arXiv 1312.6114). */
        ELBO,
        /** The importance-weighted bound, closer to ln p(x) the more draws there are (Burda et al. 2016, arXiv 1509.00519). */
        IWAE;

        /**
         * The name as plans and the command line write it.
         *
         * @return the constant's name in lower case
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The bound of a name.
         *
         * @param text a name as {@link #text()} gives it, in any case
         * @return the bound
         * @throws PlanException if there is none of that name; the message lists the known ones
         */
        public static Bound parse(String text) {
            return PlanText.constant(Bound.class, "bound", text);
        }
    }

    /**
     * Keeps the units of an autoencoder's code mostly off: weight · Σ_j KL(ρ ‖ ρ̂_j) is added to the loss, where ρ̂_j is the
     * mean activation of unit j over the batch, and the divergence that of two Bernoulli variables (Ng 2011, CS294A lecture
     * notes, "Sparse autoencoder").
     *
     * @param target ρ, above 0 and below 1
     * @param weight at least 0; 0 for no penalty
     */
    public record Sparsity(double target, double weight) {
        /** No penalty. */
        public static final Sparsity NONE = new Sparsity(0.05, 0);

        /**
         * Makes a sparsity.
         *
         * @throws PlanException if a value is out of range
         */
        public Sparsity {
            PlanException.require(target > 0 && target < 1, "sparsityTarget", target, "above 0 and below 1");
            PlanException.require(
                    weight >= 0 && Double.isFinite(weight), "sparsityWeight", weight, "a number of at least 0");
        }

        /**
         * The penalty.
         *
         * @param activations the mean ρ̂_j of each unit, taken as at least 1e-6 away from 0 and 1
         * @return weight · Σ_j KL(ρ ‖ ρ̂_j), at least 0
         */
        public double penalty(double[] activations) {
            double sum = 0;
            for (double found : activations) {
                double mean = within(found);
                sum += target * Math.log(target / mean) + (1 - target) * Math.log((1 - target) / (1 - mean));
            }
            return weight * sum;
        }

        /**
         * The penalty's derivative with respect to a unit's mean activation.
         *
         * @param activation ρ̂_j, taken as at least 1e-6 away from 0 and 1
         * @return weight · ((1 − ρ) / (1 − ρ̂_j) − ρ / ρ̂_j)
         */
        public double slope(double activation) {
            double mean = within(activation);
            return weight * ((1 - target) / (1 - mean) - target / mean);
        }

        private static double within(double activation) {
            return Math.min(1 - 1e-6, Math.max(1e-6, activation));
        }
    }

    /**
     * Makes an objective.
     *
     * @throws PlanException if a value is out of range or values contradict each other
     */
    public Objective {
        PlanException.require(beta >= 0 && Double.isFinite(beta), "beta", beta, "a number of at least 0");
        PlanException.require(
                freeBits >= 0 && Double.isFinite(freeBits), "freeBits", freeBits, "a number of at least 0");
        PlanException.require(samples >= 1, "samples", samples, "at least 1");
        PlanException.require(
                bound == Bound.ELBO || freeBits == 0,
                "freeBits",
                freeBits,
                "0 with bound iwae, which has no KL of a single dimension");
    }

    /**
     * The evidence lower bound with one draw; for an autoencoder mean squared error.
     *
     * @return the objective
     */
    public static Objective defaults() {
        return new Objective(1, WarmUp.NONE, 0, Bound.ELBO, 1, Sparsity.NONE);
    }

    /**
     * The same with another KL weight.
     *
     * @param value β, at least 0
     * @return a new objective
     */
    public Objective withBeta(double value) {
        return new Objective(value, warmUp, freeBits, bound, samples, sparsity);
    }

    /**
     * The same with another warm-up.
     *
     * @param value how the KL weight comes to its full size
     * @return a new objective
     */
    public Objective withWarmUp(WarmUp value) {
        return new Objective(beta, value, freeBits, bound, samples, sparsity);
    }

    /**
     * The same with other free bits.
     *
     * @param value λ in nats a dimension, at least 0
     * @return a new objective
     */
    public Objective withFreeBits(double value) {
        return new Objective(beta, warmUp, value, bound, samples, sparsity);
    }

    /**
     * The same with other samples.
     *
     * @param value what is made of them
     * @param count how many, at least 1
     * @return a new objective
     */
    public Objective withSamples(Bound value, int count) {
        return new Objective(beta, warmUp, freeBits, value, count, sparsity);
    }

    /**
     * The same with another sparsity.
     *
     * @param value of an autoencoder's code
     * @return a new objective
     */
    public Objective withSparsity(Sparsity value) {
        return new Objective(beta, warmUp, freeBits, bound, samples, value);
    }
}
