package io.github.latent4j.evaluation;

import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.ModelSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
        Optional<EvidenceBound> bound) {

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

    /**
     * The figures by name, ready for JSON: texts, numbers, lists and maps. Every figure is a mean over the examples. A
     * standard error stands beside its mean; it is left out for a single example, which has none. What only a VAE has is
     * left out for an autoencoder.
     *
     * @return unmodifiable, always in the same order
     */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", model.kind());
        fields.put("data", data);
        fields.put("dataSha256", dataSha256);
        fields.put("examples", examples);
        fields.put("seed", seed);
        put(fields, "reconstructionError", reconstruction.overall());
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
        fields.put("pcaDimensions", pca.dimensions());
        fields.put("pcaFittedOn", pca.fittedOn().text());
        bound.ifPresent(b -> {
            put(fields, "elbo", b.elbo());
            put(fields, "expectedLogLikelihood", b.expectedLogLikelihood());
            put(fields, "kl", b.kl());
            fields.put("klPerDimension", b.klPerDimension());
            fields.put("activeUnits", b.activeUnits());
        });
        return Collections.unmodifiableMap(fields);
    }

    private static void put(Map<String, Object> fields, String name, Estimate estimate) {
        fields.put(name, estimate.mean());
        if (Double.isFinite(estimate.standardError())) {
            fields.put(name + "StandardError", estimate.standardError());
        }
    }
}
