package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import java.util.SplittableRandom;

/** Examples that a model made, to be judged by {@link SampleEvaluator}. */
public sealed interface Samples {
    /**
     * What they are, or where their codes are from.
     *
     * @return a word of lower-case letters such as {@code prior}
     */
    String name();

    /**
     * The number of samples.
     *
     * @return at least 0
     */
    int count();

    /**
     * Some of the samples, decoded.
     *
     * @param model what they are from
     * @param from the first
     * @param to behind the last
     * @return one sample a row
     */
    Matrix read(LatentModel model, int from, int to);

    /**
     * Codes, which the model decodes block by block: for a VAE, samples are the means of p(x|z).
     *
     * @param name a word of lower-case letters
     * @param codes one a row, as wide as the model's
     */
    record Codes(String name, Matrix codes) implements Samples {
        /**
         * Makes samples of codes.
         *
         * @throws IllegalArgumentException if the name is not one of lower-case letters
         */
        public Codes {
            checkName(name);
        }

        @Override
        public int count() {
            return codes.rows();
        }

        @Override
        public Matrix read(LatentModel model, int from, int to) {
            return model.decode(codes.slice(from, to));
        }
    }

    /**
     * Decoded examples, as the model gives them.
     *
     * @param name a word of lower-case letters
     * @param values one example a row, as wide as what the model takes
     */
    record Values(String name, Matrix values) implements Samples {
        /**
         * Makes samples of decoded examples.
         *
         * @throws IllegalArgumentException if the name is not one of lower-case letters
         */
        public Values {
            checkName(name);
        }

        @Override
        public int count() {
            return values.rows();
        }

        @Override
        public Matrix read(LatentModel model, int from, int to) {
            return values.slice(from, to);
        }
    }

    /**
     * Samples from a VAE's prior, named {@code prior}.
     *
     * @param vae the model
     * @param count how many, at least 0
     * @param seed any number; the first codes of more samples are those of fewer
     * @return the samples
     * @throws IllegalArgumentException if the count is negative
     */
    static Samples prior(Vae vae, int count, long seed) {
        long tag = 0x9a;
        return new Codes("prior", Prior.of(vae).codes(count, new SplittableRandom(Seeds.mix(seed, tag))));
    }

    private static void checkName(String name) {
        if (!name.matches("[a-z]+") || name.equals("pca")) {
            throw new IllegalArgumentException(
                    "samples: found the name '%s', expected a word of lower-case letters other than pca"
                            .formatted(name));
        }
    }
}
