package io.github.latent4j.evaluation.latent;

import io.github.latent4j.data.Factor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the code represents one factor. Lists have one value a latent dimension.
 *
 * @param factor which it is
 * @param entropy of its values, of a continuous one's in 20 bins, in nats
 * @param mutualInformation between the bins of each dimension and those of the factor, in nats
 * @param gap the greatest mutual information less the next, divided by the entropy: from 0 to 1
 * @param importances of each dimension for predicting it, at least 0, with the sum 1, or less if some trees of the forest found
 *     nothing to split by (0 if none did)
 * @param completeness from 0, where all dimensions are equally important, to 1, where one alone is; NaN for a single dimension
 * @param error of its prediction from the code on other examples, as a share of the error of always predicting the same: 0 is
 *     perfect, 1 says nothing
 */
public record FactorScore(
        Factor factor,
        double entropy,
        List<Double> mutualInformation,
        double gap,
        List<Double> importances,
        double completeness,
        double error) {
    /** Makes a score with copies of the lists. */
    public FactorScore {
        mutualInformation = List.copyOf(mutualInformation);
        importances = List.copyOf(importances);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("factor", factor.name());
        fields.put("values", factor.values());
        fields.put("entropy", entropy);
        fields.put("mutualInformation", mutualInformation);
        fields.put("gap", gap);
        fields.put("importances", importances);
        Fields.put(fields, "completeness", completeness);
        Fields.put(fields, "error", error);
        return fields;
    }
}
