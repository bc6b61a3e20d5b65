package io.github.latent4j.evaluation;

import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The figures of a model on data, with what is needed to get them again. Made by {@link Evaluator}; immutable and
 * thread-safe.
 *
 * @param model what the model is
 * @param data the name of the data, without a folder
 * @param dataSha256 a digest of the data's content, in hexadecimal
 * @param examples the number of examples
 * @param input what the values of an example mean
 * @param seed of the draws of the posterior
 * @param reconstruction the errors of the model's reconstructions
 * @param pca the error of the linear baseline
 * @param bound the evidence lower bound; empty for an autoencoder, which has none
 */
public record Evaluation(
        ModelSpec model,
        String data,
        String dataSha256,
        int examples,
        InputContract input,
        long seed,
        ReconstructionErrors reconstruction,
        PcaBaseline pca,
        Optional<EvidenceBound> bound)
        implements Measurement {
    private static final int WORST = 20;
    private static final String SQUARED = "squared units of the input";
    private static final String NATS = "nats per example";

    /**
     * The mean squared error over features and examples.
     *
     * @return at least 0, in squared units of the input; lower is better
     */
    public double reconstructionError() {
        return reconstruction.overall().mean();
    }

    /**
     * The same of the linear baseline.
     *
     * @return at least 0, in squared units of the input
     */
    public double pcaReconstructionError() {
        return pca.reconstructionError();
    }

    /**
     * The reconstruction error of each column of a table: the mean over its features, of which a category has one for each value.
     *
     * @return errors by the names of the columns, in their order, without columns whose cells are all missing; empty if the
     *     examples are no rows of a table
     */
    public Map<String, Double> errorPerColumn() {
        Map<String, Double> errors = new LinkedHashMap<>();
        if (input instanceof InputContract.Table table) {
            double[] perFeature = reconstruction.perFeature();
            int[] starts = table.starts();
            for (int c = 0; c < table.columns().size(); c++) {
                Column column = table.columns().get(c);
                Arrays.stream(perFeature, starts[c], starts[c] + column.values())
                        .filter(error -> !Double.isNaN(error))
                        .average()
                        .ifPresent(error -> errors.put(column.name(), error));
            }
        }
        return Collections.unmodifiableMap(errors);
    }

    @Override
    public String title() {
        return bound.isPresent() ? "Reconstruction and evidence lower bound" : "Reconstruction";
    }

    @Override
    public List<Figure> figures() {
        double error = reconstructionError();
        Quartiles spread = reconstruction.exampleQuartiles();
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.mean(
                        "reconstructionError",
                        "Reconstruction error",
                        reconstruction.overall(),
                        SQUARED,
                        "The squared difference between an example and its reconstruction, averaged over features and examples. Lower is better; 0 is a perfect copy.")
                .lowerIsBetter());
        if (!pcaLosesNothing()) {
            figures.add(Figure.number(
                    "pcaReconstructionError",
                    "The same of PCA",
                    pca.reconstructionError(),
                    SQUARED,
                    "The best that a linear model does with as many numbers an example. " + pca.text()));
        }
        if (hasRatioToPca()) {
            figures.add(Figure.number(
                            "reconstructionErrorToPca",
                            "Model to PCA",
                            error / pca.reconstructionError(),
                            "ratio",
                            "Below 1 the model reconstructs better than PCA.")
                    .lowerIsBetter());
        }
        figures.add(Figure.number(
                        "medianReconstructionError",
                        "Median over the examples",
                        spread.median(),
                        SQUARED,
                        String.format(
                                Locale.ROOT,
                                "Half of the examples have a lower reconstruction error. A half has one from %.4g to %.4g; the best has %.4g, the worst %.4g.",
                                spread.lower(),
                                spread.upper(),
                                spread.min(),
                                spread.max()))
                .lowerIsBetter());
        bound.ifPresent(b -> figures.addAll(figures(b, (VaeSpec) model)));
        return List.copyOf(figures);
    }

    /** Whether PCA has a number for each feature, so that its error is that of rounding. */
    private boolean pcaLosesNothing() {
        return pca.dimensions() >= input.size();
    }

    private boolean hasRatioToPca() {
        return !pcaLosesNothing() && pca.reconstructionError() > 0;
    }

    private static List<Figure> figures(EvidenceBound bound, VaeSpec spec) {
        return List.of(
                Figure.mean(
                                "elbo",
                                "ELBO",
                                bound.elbo(),
                                NATS,
                                "The evidence lower bound: at most the logarithm of how likely the model finds an example, on the values as the network takes them. Higher is better. "
                                        + caution(spec.likelihood()))
                        .higherIsBetter(),
                Figure.mean(
                        "expectedLogLikelihood",
                        "Expected log likelihood",
                        bound.expectedLogLikelihood(),
                        NATS,
                        "The ELBO's first part: how likely an example is, given a code drawn from its posterior. One draw an example. Higher is better, at the same KL divergence."),
                Figure.mean(
                        "kl",
                        "KL divergence",
                        bound.kl(),
                        NATS,
                        "The ELBO's second part, subtracted: how far posteriors are from the prior, so how much a code tells of its example. Exact. Near 0 the code is ignored."),
                Figure.count(
                        "activeUnits",
                        "Active units",
                        bound.activeUnits(),
                        "of %s latent dimensions".formatted(spec.latent()),
                        "Dimensions in use: the posterior mean varies over the examples by a variance of more than %s."
                                .formatted(EvidenceBound.ACTIVE_VARIANCE)));
    }

    private static String caution(Likelihood likelihood) {
        if (likelihood.has(Likelihood.Gaussian.class)) {
            return "A density of the input's values: it depends on their units and may be above 0.";
        }
        return likelihood.has(Likelihood.Bernoulli.class)
                ? "If values lie between 0 and 1, and are not ones and zeros alone, a Bernoulli likelihood of them is no normalised density: compare then only with figures got in the same way."
                : "The likelihood of categories is a probability, so it is at most 0.";
    }

    @Override
    public List<String> remarks() {
        String measured =
                "Measured on %s, %s, with seed %s; SHA-256 of the data: %s. ± is the standard error of a mean over the examples."
                        .formatted(
                                data,
                                examples == 1 ? "1 example" : String.format(Locale.ROOT, "%,d examples", examples),
                                seed,
                                dataSha256);
        return pcaLosesNothing()
                ? List.of(
                        measured,
                        "PCA is left out: with as many dimensions as an example has features it loses nothing.")
                : List.of(measured);
    }

    @Override
    public List<Chart> charts() {
        return List.of(Chart.histogram(
                "reconstruction-errors",
                "How the reconstruction errors of the examples are spread.",
                "error of an example, " + SQUARED,
                Map.of("examples", reconstruction.perExample())));
    }

    /** The latent dimensions of a VAE, the columns of a table, and the examples with the greatest errors. */
    @Override
    public List<NumberTable> tables() {
        List<NumberTable> tables = new ArrayList<>();
        bound.ifPresent(b -> tables.add(new NumberTable(
                "latent-dimensions",
                "Every latent dimension",
                List.of("dimension", "KL, nats", "variance of the posterior mean"),
                IntStream.range(0, b.klPerDimension().size())
                        .mapToObj(d -> new NumberTable.Row(
                                Integer.toString(d),
                                List.of(
                                        b.klPerDimension().get(d),
                                        b.codeVariances().get(d))))
                        .toList())));
        if (input instanceof InputContract.Table) {
            tables.add(new NumberTable(
                    "errors-by-column",
                    "Every column",
                    List.of("column", "reconstruction error, squared units"),
                    errorPerColumn().entrySet().stream()
                            .map(e -> new NumberTable.Row(e.getKey(), List.of(e.getValue())))
                            .toList()));
        }
        double[] errors = reconstruction.perExample();
        tables.add(new NumberTable(
                "worst-examples",
                "The worst reconstructed examples",
                List.of("example", "reconstruction error, " + SQUARED),
                reconstruction.worst(WORST).stream()
                        .map(i -> new NumberTable.Row(Integer.toString(i), List.of(errors[i])))
                        .toList()));
        return List.copyOf(tables);
    }

    /**
     * The figures by name, ready for JSON: texts, numbers, lists and maps. Every figure is a mean over the examples. A
     * standard error stands beside its mean; it is left out for a single example, which has none. What only a VAE has is
     * left out for an autoencoder.
     *
     * @return unmodifiable, always in the same order
     */
    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", model.kind());
        fields.put("data", data);
        fields.put("dataSha256", dataSha256);
        fields.put("examples", examples);
        fields.put("seed", seed);
        reconstruction.overall().putInto(fields, "reconstructionError");
        fields.put(
                "medianReconstructionError", reconstruction.exampleQuartiles().median());
        fields.put(
                "reconstructionErrorPerExample",
                reconstruction.exampleQuartiles().fields());
        fields.put(
                "reconstructionErrorPerFeature",
                reconstruction.featureQuartiles().fields());
        if (input instanceof InputContract.Table) {
            fields.put("reconstructionErrorPerColumn", errorPerColumn());
        }
        fields.put("pcaReconstructionError", pca.reconstructionError());
        if (hasRatioToPca()) {
            fields.put("reconstructionErrorToPca", reconstructionError() / pca.reconstructionError());
        }
        fields.put("pcaDimensions", pca.dimensions());
        fields.put("pcaFittedOn", pca.fittedOn().text());
        bound.ifPresent(b -> {
            b.elbo().putInto(fields, "elbo");
            b.expectedLogLikelihood().putInto(fields, "expectedLogLikelihood");
            b.kl().putInto(fields, "kl");
            fields.put("klPerDimension", b.klPerDimension());
            fields.put("activeUnits", b.activeUnits());
        });
        return Collections.unmodifiableMap(fields);
    }
}
