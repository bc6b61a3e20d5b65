package io.github.latent4j.runtime;

/**
 * What S draws z_s of the posterior q(z|x) say of one example, by their importance weights w_s = p(x|z_s) p(z_s) / q(z_s|x),
 * whose mean is p(x) in expectation (Burda et al. 2016, arXiv 1509.00519, section 3). In nats; higher is better.
 *
 * @param draws S, at least 1
 * @param logLikelihood ln (1/S) Σ w_s; in expectation a lower bound of ln p(x) that grows with S towards it. With one draw
 *     it is the same as {@code elbo}
 * @param standardError how far {@code logLikelihood} varies from draws to draws: sd(w) / (mean(w) √S), by the delta method. NaN
 *     for a single draw. It is an estimate from the same weights, and tells too little where {@code effectiveDraws} is small
 * @param effectiveDraws (Σ w_s)² / Σ w_s², from 1 to S: how many draws from the true posterior would say as much (Kong 1992, "A
 *     note on importance sampling using standardized weights"). S where q(z|x) is the true posterior; near 1 where a single
 *     draw outweighs all others, and {@code logLikelihood} is a loose bound
 * @param elbo (1/S) Σ ln w_s, the evidence lower bound of the same draws; at most {@code logLikelihood}, by Jensen's inequality
 */
public record ImportanceEstimate(
        int draws, double logLikelihood, double standardError, double effectiveDraws, double elbo) {

    /** Adds up the weights of draws one by one, by their logarithms. None overflows, since all are divided by the greatest. */
    static final class Sums {
        private int draws;
        private double greatest = Double.NEGATIVE_INFINITY;
        private double weights;
        private double squares;
        private double logWeights;

        void add(double logWeight) {
            draws++;
            logWeights += logWeight;
            if (logWeight > greatest) {
                double shrunk = Math.exp(greatest - logWeight);
                weights = weights * shrunk + 1;
                squares = squares * shrunk * shrunk + 1;
                greatest = logWeight;
            } else if (logWeight > Double.NEGATIVE_INFINITY || Double.isNaN(logWeight)) {
                double weight = Math.exp(logWeight - greatest);
                weights += weight;
                squares += weight * weight;
            }
        }

        ImportanceEstimate result() {
            double logLikelihood = greatest + Math.log(weights / draws);
            // From 1 on, whatever the rounding: so are draws by effective draws, by the inequality of Cauchy and
            // Schwarz.
            double spread = Math.max(1, draws * (squares / weights / weights));
            double standardError = draws == 1 ? Double.NaN : Math.sqrt((spread - 1) / (draws - 1));
            // Rounding must not put the mean of logarithms above the logarithm of the mean.
            double elbo = Math.min(logWeights / draws, logLikelihood);
            return new ImportanceEstimate(draws, logLikelihood, standardError, draws / spread, elbo);
        }
    }
}
