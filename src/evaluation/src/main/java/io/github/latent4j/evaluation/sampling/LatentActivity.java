package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Posterior;
import io.github.latent4j.runtime.Vae;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.Variance;

/**
 * How much each latent dimension says about examples.
 *
 * @param values one a dimension, at least 0: of a VAE the mean of KL(q(z|x) ‖ p(z)) over the examples, in nats; of an
 *     autoencoder, which has no posterior, the variance of the code over the examples
 */
public record LatentActivity(List<Double> values) {
    /** Makes an activity with a copy of the list. */
    public LatentActivity {
        values = List.copyOf(values);
    }

    /**
     * Measures a model's dimensions on examples, which are read once, in blocks.
     *
     * @param model the model
     * @param examples what it takes
     * @return the activity of each dimension
     * @throws IllegalArgumentException if the examples are not what the model takes
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public static LatentActivity of(LatentModel model, Examples examples) {
        int latent = model.spec().latent();
        List<Mean> divergences = Stream.generate(Mean::new).limit(latent).toList();
        List<Variance> variances =
                Stream.generate(() -> new Variance(false)).limit(latent).toList();
        int block = Codes.blockSize(model);
        for (int from = 0; from < examples.size(); from += block) {
            Matrix some = examples.read(from, Math.min(examples.size() - from, block) + from);
            if (model instanceof Vae vae) {
                Posterior posterior = vae.posterior(some);
                for (int r = 0; r < some.rows(); r++) {
                    for (int d = 0; d < latent; d++) {
                        divergences.get(d).increment(posterior.kl(r, d));
                    }
                }
            } else {
                Matrix codes = model.encode(some);
                for (int r = 0; r < some.rows(); r++) {
                    for (int d = 0; d < latent; d++) {
                        variances.get(d).increment(codes.get(r, d));
                    }
                }
            }
        }
        return new LatentActivity(
                model instanceof Vae
                        ? divergences.stream().map(Mean::getResult).toList()
                        : variances.stream().map(Variance::getResult).toList());
    }

    /**
     * The dimensions by their activity.
     *
     * @return all of them, the most active one first
     */
    public List<Integer> order() {
        return IntStream.range(0, values.size())
                .boxed()
                .sorted(Comparator.comparing((Integer d) -> values.get(d)).reversed())
                .toList();
    }
}
