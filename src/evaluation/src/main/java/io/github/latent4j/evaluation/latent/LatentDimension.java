package io.github.latent4j.evaluation.latent;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.EvidenceBound;
import io.github.latent4j.evaluation.internal.ModelData;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Posterior;
import io.github.latent4j.runtime.Vae;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.Variance;

/**
 * One latent dimension over the examples. An autoencoder has neither posteriors nor a prior: their figures are NaN.
 *
 * @param kl the mean of KL(q(z|x) ‖ p(z)) in this dimension, at least 0, in nats
 * @param mean of the codes, which for a VAE are posterior means; it is the mean of the aggregated posterior q(z) = E[q(z|x)]
 * @param codeVariance the variance of the codes (divisor n), by which a dimension of a VAE is active or not
 * @param posteriorVariance the mean of the posteriors' variances σ²
 */
public record LatentDimension(double kl, double mean, double codeVariance, double posteriorVariance) {
    /**
     * Measures a model's dimensions on examples, which are read once, in blocks.
     *
     * @param model the model
     * @param examples what it takes
     * @return the dimensions in their order
     * @throws IllegalArgumentException if the examples are not what the model takes, or its codes are not finite
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public static List<LatentDimension> of(LatentModel model, Examples examples) {
        ModelData.common(model, examples);
        List<Sums> sums =
                Stream.generate(Sums::new).limit(model.spec().latent()).toList();
        int block = ModelData.blockSize(model);
        for (int from = 0, to; from < examples.size(); from = to) {
            to = Math.min(examples.size() - from, block) + from;
            Posterior posterior = ModelData.posterior(model, examples, from, to);
            for (int d = 0; d < sums.size(); d++) {
                for (int r = 0; r < to - from; r++) {
                    sums.get(d).add(posterior, r, d);
                }
            }
        }
        return sums.stream().map(s -> s.result(model instanceof Vae)).toList();
    }

    /**
     * The places of dimensions by their {@linkplain #activity() activity}.
     *
     * @param dimensions in their order
     * @return all of them, the most active first; of equal ones the earlier
     */
    public static List<Integer> byActivity(List<LatentDimension> dimensions) {
        return IntStream.range(0, dimensions.size())
                .boxed()
                .sorted(Comparator.comparing((Integer d) -> dimensions.get(d).activity())
                        .reversed())
                .toList();
    }

    /**
     * How much the dimension says about examples.
     *
     * @return at least 0: of a VAE the KL in nats; of an autoencoder, which has no posterior, the variance of the code
     */
    public double activity() {
        return Double.isNaN(kl) ? codeVariance : kl;
    }

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

    /** What is added up for one dimension. */
    private static final class Sums {
        private final Mean kl = new Mean();
        private final Mean mean = new Mean();
        private final Variance variance = new Variance(false);
        private final Mean posteriorVariance = new Mean();

        void add(Posterior posterior, int row, int dimension) {
            kl.increment(posterior.kl(row, dimension));
            mean.increment(posterior.mean().get(row, dimension));
            variance.increment(posterior.mean().get(row, dimension));
            posteriorVariance.increment(Math.exp(posterior.logVariance().get(row, dimension)));
        }

        LatentDimension result(boolean ofVae) {
            return new LatentDimension(
                    ofVae ? kl.getResult() : Double.NaN,
                    mean.getResult(),
                    variance.getResult(),
                    ofVae ? posteriorVariance.getResult() : Double.NaN);
        }
    }
}
