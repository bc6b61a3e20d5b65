package io.github.latent4j.evaluation.latent;

import io.github.latent4j.evaluation.EvidenceBound;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One latent dimension over the examples. An autoencoder has neither posteriors nor a prior: their figures are NaN.
 *
 * @param kl the mean of KL(q(z|x) ‖ p(z)) in this dimension, at least 0, in nats
 * @param mean of the codes, which for a VAE are posterior means; it is the mean of the aggregated posterior q(z) = E[q(z|x)]
 * @param codeVariance the variance of the codes (divisor n), by which a dimension of a VAE is active or not
 * @param posteriorVariance the mean of the posteriors' variances σ²
 */
public record Dimension(double kl, double mean, double codeVariance, double posteriorVariance) {
    /**
     * The variance of the aggregated posterior, by the law of total variance that of the codes and the mean of the posteriors'
     * own. The prior's is 1.
     *
     * @return at least 0; NaN for an autoencoder
     */
    public double aggregatedVariance() {
        return codeVariance + posteriorVariance;
    }

    /**
     * Whether the codes tell anything through this dimension: their variance is above {@link EvidenceBound#ACTIVE_VARIANCE}
     * (Burda, Grosse and Salakhutdinov 2016, arXiv 1509.00519).
     *
     * @return true if they do; of use for a VAE alone, whose prior sets the scale
     */
    public boolean isActive() {
        return codeVariance > EvidenceBound.ACTIVE_VARIANCE;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        Fields.put(fields, "kl", kl);
        Fields.put(fields, "mean", mean);
        Fields.put(fields, "codeVariance", codeVariance);
        Fields.put(fields, "posteriorVariance", posteriorVariance);
        Fields.put(fields, "aggregatedVariance", aggregatedVariance());
        return fields;
    }
}
