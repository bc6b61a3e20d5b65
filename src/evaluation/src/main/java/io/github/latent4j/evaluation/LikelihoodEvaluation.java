package io.github.latent4j.evaluation;

import io.github.latent4j.runtime.ImportanceEstimate;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.VaeSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The log likelihood that a VAE gives to examples, estimated by importance sampling, and how sure it is. Of the values as the
 * network takes them. Made by {@link LikelihoodEvaluator}; immutable and thread-safe.
 *
 * @param model what the model is
 * @param data the name of the data, without a folder
 * @param examples the number of examples
 * @param draws of the posterior, for each example
 * @param seed of the draws
 * @param logLikelihood ln p(x), in nats per example; its standard error says how far another sample of examples may give something else
 * @param monteCarloError how far other draws may give another mean for the same examples: the standard error that comes from
 *     sampling alone, in nats; NaN for a single draw
 * @param elbo the evidence lower bound of the same draws, in nats per example; at most {@code logLikelihood}
 * @param bitsPerDimension −ln p(x) / (D ln 2) for D values an example; empty for a likelihood of several kinds and where values are missing
 * @param effectiveDraws how the effective numbers of draws of the examples are spread; see {@link ImportanceEstimate}
 * @param loose the number of examples with an effective number of draws below {@link #FEW_DRAWS}
 * @param binary whether all values are ones and zeros
 */
public record LikelihoodEvaluation(
        VaeSpec model,
        String data,
        int examples,
        int draws,
        long seed,
        Estimate logLikelihood,
        double monteCarloError,
        Estimate elbo,
        Optional<Estimate> bitsPerDimension,
        Quartiles effectiveDraws,
        int loose,
        boolean binary)
        implements Measurement {
    /** With fewer effective draws an estimate is a loose lower bound. */
    public static final int FEW_DRAWS = 5;

    /** If so many of the examples have few effective draws, it is said. */
    private static final double MANY = 0.1;

    private static final String NATS = "nats per example";

    /**
     * Sums up estimates.
     *
     * @param estimates one an example, of the same number of draws
     * @param binary whether all values are ones and zeros
     * @param complete whether no value is missing
     */
    static LikelihoodEvaluation of(
            VaeSpec model,
            String data,
            long seed,
            List<ImportanceEstimate> estimates,
            boolean binary,
            boolean complete) {
        int n = estimates.size();
        SummaryStatistics logLikelihood = new SummaryStatistics();
        SummaryStatistics elbo = new SummaryStatistics();
        SummaryStatistics bits = new SummaryStatistics();
        double[] effective = new double[n];
        double squares = 0;
        int loose = 0;
        for (int i = 0; i < n; i++) {
            ImportanceEstimate estimate = estimates.get(i);
            logLikelihood.addValue(estimate.logLikelihood());
            elbo.addValue(estimate.elbo());
            bits.addValue(-estimate.logLikelihood() / (model.inputs() * Math.log(2)));
            effective[i] = estimate.effectiveDraws();
            squares += estimate.standardError() * estimate.standardError();
            loose += estimate.effectiveDraws() < FEW_DRAWS ? 1 : 0;
        }
        boolean ofOneKind = !(model.likelihood() instanceof Likelihood.Mixed);
        return new LikelihoodEvaluation(
                model,
                data,
                n,
                estimates.get(0).draws(),
                seed,
                Estimate.of(logLikelihood),
                Math.sqrt(squares) / n,
                Estimate.of(elbo),
                ofOneKind && complete ? Optional.of(Estimate.of(bits)) : Optional.empty(),
                Quartiles.of(effective),
                loose,
                binary);
    }

    @Override
    public String title() {
        return "Likelihood";
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.mean(
                        "logLikelihood",
                        "Log likelihood",
                        logLikelihood,
                        NATS,
                        String.format(
                                Locale.ROOT,
                                "The logarithm of how likely the model finds an example, with its code averaged out by importance sampling over %,d draws. Higher is better; with more draws it rises towards the exact value.",
                                draws))
                .higherIsBetter());
        if (!Double.isNaN(monteCarloError)) {
            figures.add(
                    Figure.number(
                            "logLikelihoodMonteCarloError",
                            "Sampling error of the log likelihood",
                            monteCarloError,
                            NATS,
                            "How far the log likelihood of these examples would move with other draws, as a standard error. More draws make it smaller."));
        }
        figures.add(Figure.mean(
                        "elboOfDraws",
                        "ELBO of the same draws",
                        elbo,
                        NATS,
                        "The evidence lower bound, always at most the log likelihood. A wide gap says that the encoder's posteriors are not the true ones.")
                .higherIsBetter());
        bitsPerDimension.ifPresent(bits -> figures.add(
                Figure.mean("bitsPerDimension", "Bits per dimension", bits, "bits per value", meaningOfBits())
                        .lowerIsBetter()));
        figures.add(Figure.number(
                        "effectiveDraws",
                        "Effective draws",
                        effectiveDraws.median(),
                        String.format(Locale.ROOT, "of %,d draws", draws),
                        "How many draws from the true posterior would say as much as these do; the median over the examples. Higher is better: near 1 a single draw outweighs all others.")
                .higherIsBetter());
        return List.copyOf(figures);
    }

    private String meaningOfBits() {
        if (!(model.likelihood() instanceof Likelihood.Bernoulli)) {
            return "The negative log likelihood in bits, divided by the number of values. Lower is better. It is that of a density, so it depends on the unit of the values and may be below 0.";
        }
        return binary
                ? "How many bits a perfect code built on the model needs for one of the ones and zeros. Lower is better; guessing without a model needs 1."
                : "The negative log likelihood in bits, divided by the number of values. Lower is better. Grey values make it no normalised density, so it is no length of a code.";
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        remarks.add(remarkOnValues());
        if (draws == 1) {
            remarks.add(
                    "With a single draw the log likelihood is the ELBO, and its sampling error is not known: take more draws.");
        } else if (loose >= MANY * examples) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "For %,d of %,d examples the draws are worth fewer than %d: their log likelihood is a loose lower bound and its sampling error is understated. More draws tighten it.",
                    loose,
                    examples,
                    FEW_DRAWS));
        }
        return List.copyOf(remarks);
    }

    private String remarkOnValues() {
        if (model.likelihood() instanceof Likelihood.Bernoulli) {
            return binary
                    ? "All values are ones and zeros, so the log likelihood is that of a probability. It compares with figures for data that were binarised in the same way."
                    : "The values are grey means between 0 and 1, and not ones and zeros: under a Bernoulli likelihood that is no normalised density. Compare only with figures got in the same way, or binarise the data.";
        }
        if (!model.likelihood().has(Likelihood.Gaussian.class)) {
            return binary || !model.likelihood().has(Likelihood.Bernoulli.class)
                    ? "The log likelihood is that of a probability of categories, so it is at most 0."
                    : "The log likelihood adds up those of categories and of values between 0 and 1; if these are not ones and zeros alone, that is no normalised density. Compare then only with figures got in the same way.";
        }
        return model.likelihood() instanceof Likelihood.Gaussian
                ? "The log likelihood is that of a density of the values as the network takes them: it depends on their units and may be above 0."
                : "The log likelihood adds up densities of numbers and probabilities of categories: it depends on the units of the numbers and may be above 0.";
    }

    /**
     * {@inheritDoc} In nats per example. A standard error stands beside its mean; it is left out for a single example, and the
     * sampling error for a single draw.
     */
    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("data", data);
        fields.put("examples", examples);
        fields.put("draws", draws);
        fields.put("seed", seed);
        fields.put("binary", binary);
        logLikelihood.putInto(fields, "logLikelihood");
        if (!Double.isNaN(monteCarloError)) {
            fields.put("logLikelihoodMonteCarloError", monteCarloError);
        }
        elbo.putInto(fields, "elboOfDraws");
        bitsPerDimension.ifPresent(bits -> bits.putInto(fields, "bitsPerDimension"));
        fields.put("effectiveDraws", effectiveDraws.fields());
        fields.put("examplesWithFewEffectiveDraws", loose);
        return Collections.unmodifiableMap(fields);
    }
}
