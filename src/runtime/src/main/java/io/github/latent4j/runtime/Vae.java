package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.DenseStack;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A trained variational autoencoder. Immutable and thread-safe; made by {@link LatentModel#of} or {@link LatentModel#load}.
 * Random generators are the caller's, and are not shared between threads by anything here.
 */
public final class Vae implements LatentModel {
    /** How many codes are decoded at once, and how many values they may become. */
    private static final int MOST_CODES = 1024;

    private static final int MOST_VALUES = 1 << 20;

    private final VaeSpec spec;
    private final float[] parameters;
    private final ModelCard card;
    private final MultiplicationProvider provider;
    private final DenseStack encoder;
    private final DenseStack meanHead;
    private final DenseStack logVarianceHead;
    private final DenseStack decoder;

    Vae(VaeSpec spec, float[] parameters, ModelCard card, MultiplicationProvider provider) {
        this.spec = spec;
        this.parameters = parameters;
        this.card = card.checkedFor(spec);
        this.provider = provider;
        this.encoder = hidden("e", spec.encoder()).build();
        this.meanHead = head(stack(), "pZXMean").build();
        this.logVarianceHead = head(stack(), "pZXLogStd2").build();
        this.decoder = head(hidden("d", spec.decoder()), "pXZ").build();
    }

    /** The same with another card. */
    private Vae(Vae same, ModelCard card) {
        this.spec = same.spec;
        this.parameters = same.parameters;
        this.card = card.checkedFor(spec);
        this.provider = same.provider;
        this.encoder = same.encoder;
        this.meanHead = same.meanHead;
        this.logVarianceHead = same.logVarianceHead;
        this.decoder = same.decoder;
    }

    private DenseStack.Builder stack() {
        return new DenseStack.Builder(provider, parameters);
    }

    private DenseStack.Builder hidden(String prefix, List<Integer> sizes) {
        DenseStack.Builder stack = stack();
        ParameterLayout layout = spec.layout();
        for (int k = 0; k < sizes.size(); k++) {
            stack.add(layout.block(prefix + k + "W"), layout.block(prefix + k + "b"), spec.activation());
        }
        return stack;
    }

    private DenseStack.Builder head(DenseStack.Builder stack, String name) {
        ParameterLayout layout = spec.layout();
        return stack.add(layout.block(name + "W"), layout.block(name + "b"), Activation.IDENTITY);
    }

    @Override
    public VaeSpec spec() {
        return spec;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public float[] parameters() {
        return parameters.clone();
    }

    @Override
    public MultiplicationProvider provider() {
        return provider;
    }

    @Override
    public Vae withCard(ModelCard other) {
        return new Vae(this, other);
    }

    @Override
    public Vae using(MultiplicationProvider other) {
        return new Vae(spec, parameters, card, other);
    }

    @Override
    public Matrix encode(Matrix examples) {
        Checks.batch("input", examples, spec.inputs());
        float[] trunk = encoder.apply(examples.data(), examples.rows());
        return Matrix.wrap(examples.rows(), spec.latent(), meanHead.apply(trunk, examples.rows()));
    }

    /**
     * The approximate posteriors q(z|x) of a batch.
     *
     * @param examples n rows of {@code spec().inputs()} finite values
     * @return means and log variances, n rows each
     * @throws IllegalArgumentException if the width is another or a value is not finite
     */
    public Posterior posterior(Matrix examples) {
        Checks.batch("input", examples, spec.inputs());
        int rows = examples.rows();
        float[] trunk = encoder.apply(examples.data(), rows);
        return new Posterior(
                Matrix.wrap(rows, spec.latent(), meanHead.apply(trunk, rows)),
                Matrix.wrap(rows, spec.latent(), logVarianceHead.apply(trunk, rows)));
    }

    @Override
    public Matrix decode(Matrix codes) {
        float[] raw = rawOutputs(codes);
        int features = spec.inputs();
        int width = features * spec.likelihood().parametersPerFeature();
        Matrix means = Matrix.zeros(codes.rows(), features);
        for (int r = 0; r < codes.rows(); r++) {
            spec.likelihood().toMean(raw, r * width, features);
            System.arraycopy(raw, r * width, means.data(), r * features, features);
        }
        return means;
    }

    private float[] rawOutputs(Matrix codes) {
        Checks.batch("code", codes, spec.latent());
        return decoder.apply(codes.data(), codes.rows());
    }

    /**
     * Draws from the prior and decodes: the means of p(x|z) for standard normal z.
     *
     * @param count how many, at least 0
     * @param random the source of z
     * @return {@code count} rows of {@code spec().inputs()} values
     */
    public Matrix sample(int count, RandomGenerator random) {
        Matrix codes = Matrix.zeros(count, spec.latent());
        for (int i = 0; i < codes.data().length; i++) {
            codes.data()[i] = (float) random.nextGaussian();
        }
        return decode(codes);
    }

    /**
     * The log likelihood of each example given a code.
     *
     * @param examples n rows of {@code spec().inputs()} finite values
     * @param codes n rows of {@code spec().latent()} finite values
     * @return n values ln p(x|z), in nats
     * @throws IllegalArgumentException if a width is another, a value is not finite, the numbers of rows differ, or a value is
     *     outside [0, 1] where the likelihood is Bernoulli
     */
    public double[] logLikelihoodGiven(Matrix examples, Matrix codes) {
        Checks.batch("input", examples, spec.inputs());
        if (examples.rows() != codes.rows()) {
            throw new IllegalArgumentException(
                    "found %d codes, expected %d, one an example".formatted(codes.rows(), examples.rows()));
        }
        if (spec.likelihood() instanceof Likelihood.Bernoulli) {
            Checks.unitInterval(examples);
        }
        float[] raw = rawOutputs(codes);
        int features = spec.inputs();
        int width = features * spec.likelihood().parametersPerFeature();
        double[] result = new double[examples.rows()];
        for (int r = 0; r < result.length; r++) {
            result[r] = spec.likelihood().logProbability(examples.data(), r * features, raw, r * width, features);
        }
        return result;
    }

    /**
     * The evidence lower bound of each example, with one draw of the posterior each.
     *
     * @param examples n rows of {@code spec().inputs()} finite values
     * @param random the source of the draws
     * @return n bounds
     * @throws IllegalArgumentException if the width is another or a value is not finite
     */
    public Elbo[] elbo(Matrix examples, RandomGenerator random) {
        Posterior posterior = posterior(examples);
        double[] logLikelihood = logLikelihoodGiven(examples, posterior.sample(random));
        Elbo[] bounds = new Elbo[logLikelihood.length];
        for (int r = 0; r < bounds.length; r++) {
            bounds[r] = new Elbo(logLikelihood[r], posterior.kl(r));
        }
        return bounds;
    }

    /**
     * The log likelihood ln p(x) of each example, estimated by importance sampling: ln (1/S) Σ_s p(x|z_s) p(z_s) / q(z_s|x)
     * with S draws z_s of the posterior q(z|x) (Burda et al. 2016, arXiv 1509.00519, section 3). In expectation it is a lower
     * bound of ln p(x) that grows with S towards it; with one draw it is that of {@link #elbo}. Sums are in double precision.
     *
     * <p>The draws are decoded in blocks, so memory does not grow with S. They are asked for example by example, draw by draw
     * and dimension by dimension.
     *
     * @param examples n rows of {@code spec().inputs()} finite values
     * @param draws S, at least 1
     * @param random the source of the draws
     * @return n values in nats; higher is better
     * @throws IllegalArgumentException if the width is another, a value is not finite, a value is outside [0, 1] where the
     *     likelihood is Bernoulli, or there is no draw
     */
    public double[] logLikelihood(Matrix examples, int draws, RandomGenerator random) {
        Checks.size("draws", draws);
        Posterior posterior = posterior(examples);
        if (spec.likelihood() instanceof Likelihood.Bernoulli) {
            Checks.unitInterval(examples);
        }
        int features = spec.inputs();
        int width = features * spec.likelihood().parametersPerFeature();
        int block = Math.max(1, Math.min(MOST_CODES, MOST_VALUES / width));
        long pairs = (long) examples.rows() * draws;
        LogSum[] sums = new LogSum[examples.rows()];
        Arrays.setAll(sums, r -> new LogSum());
        for (long from = 0; from < pairs; from += block) {
            int count = (int) Math.min(block, pairs - from);
            Matrix codes = Matrix.zeros(count, spec.latent());
            double[] ratios = new double[count];
            for (int i = 0; i < count; i++) {
                ratios[i] = posterior.draw((int) ((from + i) / draws), codes.data(), i * spec.latent(), random);
            }
            float[] raw = decoder.apply(codes.data(), count);
            for (int i = 0; i < count; i++) {
                int row = (int) ((from + i) / draws);
                sums[row].add(ratios[i]
                        + spec.likelihood().logProbability(examples.data(), row * features, raw, i * width, features));
            }
        }
        return Arrays.stream(sums)
                .mapToDouble(sum -> sum.value() - Math.log(draws))
                .toArray();
    }

    /** ln Σ exp of values added one by one, none of which overflows. */
    private static final class LogSum {
        private double greatest = Double.NEGATIVE_INFINITY;
        private double sum;

        void add(double value) {
            if (value > greatest) {
                sum = sum * Math.exp(greatest - value) + 1;
                greatest = value;
            } else if (value > Double.NEGATIVE_INFINITY || Double.isNaN(value)) {
                sum += Math.exp(value - greatest);
            }
        }

        double value() {
            return greatest + Math.log(sum);
        }
    }
}
