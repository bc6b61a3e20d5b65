package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.DenseLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A trained variational autoencoder. Immutable and thread-safe; made by {@link LatentModel#of} or {@link LatentModel#load}.
 * Random generators are the caller's, and are not shared between threads by anything here.
 */
public final class Vae extends LatentModel {
    private final VaeSpec spec;

    Vae(VaeSpec spec, float[] parameters, ModelCard card, MultiplicationProvider provider) {
        this(
                spec,
                parameters,
                card,
                provider,
                layers(spec, parameters, provider.forBatchesAlone() ? MultiplicationProvider.standard() : provider));
    }

    private Vae(VaeSpec spec, float[] parameters, ModelCard card, MultiplicationProvider provider, ForwardPass ofOne) {
        super(
                spec,
                parameters,
                card,
                provider,
                ofOne,
                provider.forBatchesAlone() ? layers(spec, parameters, provider) : ofOne);
        this.spec = spec;
    }

    /** The same with another card. */
    private Vae(Vae same, ModelCard card) {
        super(same, card);
        this.spec = same.spec;
    }

    private static ForwardPass layers(VaeSpec spec, float[] parameters, MultiplicationProvider provider) {
        ParameterLayout layout = spec.layout();
        List<DenseLayer> decoder = new ArrayList<>(hidden(spec, "d", spec.decoder(), parameters, provider));
        decoder.add(head(layout, "pXZ", parameters, provider));
        return new ForwardPass(
                hidden(spec, "e", spec.encoder(), parameters, provider),
                head(layout, "pZXMean", parameters, provider),
                Optional.of(head(layout, "pZXLogStd2", parameters, provider)),
                List.copyOf(decoder));
    }

    private static List<DenseLayer> hidden(
            VaeSpec spec, String prefix, List<Integer> sizes, float[] parameters, MultiplicationProvider provider) {
        ParameterLayout layout = spec.layout();
        List<DenseLayer> layers = new ArrayList<>();
        for (int k = 0; k < sizes.size(); k++) {
            layers.add(DenseLayer.of(
                    provider,
                    parameters,
                    layout.block(prefix + k + "W"),
                    layout.block(prefix + k + "b"),
                    spec.activation()));
        }
        return List.copyOf(layers);
    }

    private static DenseLayer head(
            ParameterLayout layout, String name, float[] parameters, MultiplicationProvider provider) {
        return DenseLayer.of(
                provider, parameters, layout.block(name + "W"), layout.block(name + "b"), Activation.IDENTITY);
    }

    @Override
    public VaeSpec spec() {
        return spec;
    }

    @Override
    public Vae withCard(ModelCard other) {
        return new Vae(this, other);
    }

    @Override
    public Vae using(MultiplicationProvider other) {
        boolean sameForOne = other.forBatchesAlone() && provider() == MultiplicationProvider.standard();
        return sameForOne
                ? new Vae(spec, ownParameters(), card(), other, alone().pass())
                : new Vae(spec, ownParameters(), card(), other);
    }

    @Override
    void toMean(float[] raw) {
        spec.likelihood().toMean(raw, 0, spec.inputs());
    }

    /**
     * The approximate posterior q(z|x) of one example.
     *
     * @param example {@code spec().inputs()} values
     * @return mean and log variance, one row each
     * @throws IllegalArgumentException if the length is another or a value is not finite
     */
    public Posterior posterior(float[] example) {
        Matrix mean = Matrix.zeros(1, spec.latent());
        Matrix logVariance = Matrix.zeros(1, spec.latent());
        posterior(example, mean.data(), logVariance.data());
        return new Posterior(mean, logVariance);
    }

    /**
     * The approximate posterior q(z|x) of one example, into arrays.
     *
     * @param example {@code spec().inputs()} values
     * @param mean receives {@code spec().latent()} values
     * @param logVariance receives as many natural logarithms of variances; another array than {@code mean}
     * @throws IllegalArgumentException if a length is another or a value is not finite
     */
    public void posterior(float[] example, float[] mean, float[] logVariance) {
        int latent = spec.latent();
        checkInput(example);
        Checks.room("mean", mean, latent);
        Checks.room("log variance", logVariance, latent);
        Workspace w = alone().workspaces().borrow();
        readInput(example, w.x[0]);
        alone().pass().posterior(w, 1);
        System.arraycopy(w.code[0], 0, mean, 0, latent);
        System.arraycopy(w.logVariance[0], 0, logVariance, 0, latent);
        alone().workspaces().giveBack(w);
    }

    /**
     * The approximate posteriors q(z|x) of a batch.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @return means and log variances, n rows each
     * @throws IllegalArgumentException if there is no row, the width is another or a value is not finite
     */
    public Posterior posterior(Matrix examples) {
        Posterior posterior = new Posterior(
                Matrix.zeros(examples.rows(), spec.latent()), Matrix.zeros(examples.rows(), spec.latent()));
        posterior(examples, posterior);
        return posterior;
    }

    /**
     * The approximate posteriors q(z|x) of a batch, into matrices.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @param posterior its matrices, two different ones of n rows and {@code spec().latent()} columns, receive means and log
     *     variances
     * @throws IllegalArgumentException if there is no row, a shape is another or a value is not finite
     */
    public void posterior(Matrix examples, Posterior posterior) {
        checkInput(examples);
        Checks.room("posterior", posterior.mean(), examples.rows(), spec.latent());
        Workspace w = batches().workspaces().borrow();
        for (int from = 0; from < examples.rows(); from += w.rows()) {
            int rows = readInput(examples, from, w.x);
            batches().pass().posterior(w, rows);
            write(w.code, rows, posterior.mean(), from);
            write(w.logVariance, rows, posterior.logVariance(), from);
        }
        batches().workspaces().giveBack(w);
    }

    /**
     * Draws from the prior and decodes: the means of p(x|z) for standard normal z.
     *
     * @param count how many, at least 0
     * @param random the source of z, asked for example by example and dimension by dimension
     * @return {@code count} rows of {@code spec().inputs()} values
     * @throws IllegalArgumentException if the count is negative
     */
    public Matrix sample(int count, RandomGenerator random) {
        Matrix samples = Matrix.zeros(count, spec.inputs());
        sample(random, samples);
        return samples;
    }

    /**
     * Draws from the prior and decodes, into a matrix.
     *
     * @param random the source of z, asked for example by example and dimension by dimension
     * @param samples receives a mean of p(x|z) in each of its rows of {@code spec().inputs()} values
     * @throws IllegalArgumentException if the matrix has another width
     */
    public void sample(RandomGenerator random, Matrix samples) {
        Checks.room("samples", samples, samples.rows(), spec.inputs());
        Workspace w = batches().workspaces().borrow();
        for (int from = 0; from < samples.rows(); from += w.rows()) {
            int rows = Math.min(w.rows(), samples.rows() - from);
            for (int r = 0; r < rows; r++) {
                for (int d = 0; d < spec.latent(); d++) {
                    w.code[r][d] = (float) random.nextGaussian();
                }
            }
            float[][] raw = batches().pass().decode(w, rows);
            for (int r = 0; r < rows; r++) {
                toMean(raw[r]);
            }
            write(raw, rows, samples, from);
        }
        batches().workspaces().giveBack(w);
    }

    /**
     * The log likelihood of each example given a code.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @param codes n rows of {@code spec().latent()} finite values
     * @return n values ln p(x|z), in nats
     * @throws IllegalArgumentException if there is no row, a width is another, a value is not finite, the numbers of rows
     *     differ, or a value is one that the likelihood does not give
     */
    public double[] logLikelihoodGiven(Matrix examples, Matrix codes) {
        checkLikelihoodInput(examples);
        if (examples.rows() != codes.rows()) {
            throw new IllegalArgumentException(
                    "found %d codes, expected %d, one an example".formatted(codes.rows(), examples.rows()));
        }
        Checks.batch("code", codes, spec.latent());
        int features = spec.inputs();
        double[] result = new double[examples.rows()];
        Workspace w = batches().workspaces().borrow();
        for (int from = 0; from < result.length; from += w.rows()) {
            int rows = read(codes, from, w.code);
            float[][] raw = batches().pass().decode(w, rows);
            for (int r = 0; r < rows; r++) {
                result[from + r] = w.densities()
                        .of(spec.likelihood(), examples.data(), (from + r) * features, raw[r], 0, features);
            }
        }
        batches().workspaces().giveBack(w);
        return result;
    }

    private void checkLikelihoodInput(Matrix examples) {
        checkInput(examples);
        if (!(spec.likelihood() instanceof Likelihood.Gaussian)) {
            Checks.support(spec.likelihood(), examples);
        }
    }

    /**
     * The evidence lower bound of one example, with one draw of the posterior.
     *
     * @param example {@code spec().inputs()} values
     * @param random the source of the draw, asked for dimension by dimension
     * @return the bound
     * @throws IllegalArgumentException if the length is another, a value is not finite, or one that the likelihood does not give
     */
    public Elbo elbo(float[] example, RandomGenerator random) {
        return elbo(Matrix.wrap(1, example.length, example), random)[0];
    }

    /**
     * The evidence lower bound of each example, with one draw of the posterior each.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @param random the source of the draws, asked for example by example and dimension by dimension
     * @return n bounds
     * @throws IllegalArgumentException if there is no row, the width is another, a value is not finite, or one that the likelihood does not give
     */
    public Elbo[] elbo(Matrix examples, RandomGenerator random) {
        checkLikelihoodInput(examples);
        Posterior posterior = posterior(examples);
        double[] logLikelihood = logLikelihoodGiven(examples, posterior.sample(random));
        Elbo[] bounds = new Elbo[logLikelihood.length];
        for (int r = 0; r < bounds.length; r++) {
            bounds[r] = new Elbo(logLikelihood[r], posterior.kl(r));
        }
        return bounds;
    }

    /**
     * The log likelihood ln p(x) of one example, estimated by importance sampling; see {@link #logLikelihood(Matrix, int,
     * RandomGenerator)}.
     *
     * @param example {@code spec().inputs()} values
     * @param draws S, at least 1
     * @param random the source of the draws
     * @return nats; higher is better
     * @throws IllegalArgumentException if the length is another, a value is not finite, or one that the likelihood does not give, or there is no draw
     */
    public double logLikelihood(float[] example, int draws, RandomGenerator random) {
        return logLikelihood(Matrix.wrap(1, example.length, example), draws, random)[0];
    }

    /**
     * The log likelihood ln p(x) of each example, estimated by importance sampling: ln (1/S) Σ_s p(x|z_s) p(z_s) / q(z_s|x)
     * with S draws z_s of the posterior q(z|x) (Burda et al. 2016, arXiv 1509.00519, section 3). In expectation it is a lower
     * bound of ln p(x) that grows with S towards it; with one draw it is that of {@link #elbo}. Sums are in double precision.
     * {@link #importanceEstimates} tells how sure it is, too.
     *
     * <p>The draws are decoded in blocks, so memory does not grow with S. They are asked for example by example, draw by draw
     * and dimension by dimension.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @param draws S, at least 1
     * @param random the source of the draws
     * @return n values in nats; higher is better
     * @throws IllegalArgumentException if there is no row, the width is another, a value is not finite, one that the likelihood does not give, or there is no draw
     */
    public double[] logLikelihood(Matrix examples, int draws, RandomGenerator random) {
        return Arrays.stream(importanceEstimates(examples, draws, random))
                .mapToDouble(ImportanceEstimate::logLikelihood)
                .toArray();
    }

    /**
     * The log likelihood of one example, estimated by importance sampling, with what tells how sure it is; see {@link
     * #importanceEstimates}.
     *
     * @param example {@code spec().inputs()} values
     * @param draws S, at least 1
     * @param random the source of the draws
     * @return the estimate
     * @throws IllegalArgumentException if the length is another, a value is not finite, or one that the likelihood does not give, or there is no draw
     */
    public ImportanceEstimate importanceEstimate(float[] example, int draws, RandomGenerator random) {
        return importanceEstimates(Matrix.wrap(1, example.length, example), draws, random)[0];
    }

    /**
     * The log likelihood of each example, estimated by importance sampling, with its standard error, the effective number of
     * draws, and the evidence lower bound of the same draws, of which each example gets exactly S.
     *
     * <p>The draws are decoded in blocks, so memory does not grow with S. They are asked for example by example, draw by draw
     * and dimension by dimension: {@link #logLikelihood(Matrix, int, RandomGenerator)} with a generator in the same state
     * gives the same.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @param draws S, at least 1
     * @param random the source of the draws
     * @return n estimates
     * @throws IllegalArgumentException if there is no row, the width is another, a value is not finite, one that the likelihood does not give, or there is no draw
     */
    public ImportanceEstimate[] importanceEstimates(Matrix examples, int draws, RandomGenerator random) {
        Checks.size("draws", draws);
        checkLikelihoodInput(examples);
        Posterior posterior = posterior(examples);
        int features = spec.inputs();
        ImportanceEstimate.Sums[] sums = new ImportanceEstimate.Sums[examples.rows()];
        Arrays.setAll(sums, r -> new ImportanceEstimate.Sums());
        Posterior.Draws source = posterior.draws(draws, random);
        long pairs = (long) examples.rows() * draws;
        Workspace w = batches().workspaces().borrow();
        double[] ratios = new double[w.rows()];
        for (long from = 0; from < pairs; from += w.rows()) {
            int rows = (int) Math.min(w.rows(), pairs - from);
            for (int r = 0; r < rows; r++) {
                ratios[r] = source.next(w.code[r]);
            }
            float[][] raw = batches().pass().decode(w, rows);
            for (int r = 0; r < rows; r++) {
                int example = (int) ((from + r) / draws);
                sums[example].add(ratios[r]
                        + w.densities()
                                .of(spec.likelihood(), examples.data(), example * features, raw[r], 0, features));
            }
        }
        batches().workspaces().giveBack(w);
        return Arrays.stream(sums).map(ImportanceEstimate.Sums::result).toArray(ImportanceEstimate[]::new);
    }
}
