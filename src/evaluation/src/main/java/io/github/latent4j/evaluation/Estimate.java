package io.github.latent4j.evaluation;

import java.util.Map;
import org.apache.commons.math3.stat.descriptive.StatisticalSummary;

/**
 * A mean over examples and how sure it is.
 *
 * @param mean the mean over the examples
 * @param standardError the sample standard deviation over the examples divided by the root of their number, in the unit of
 *     the mean; NaN for a single example
 */
public record Estimate(double mean, double standardError) {
    static Estimate of(StatisticalSummary values) {
        long n = values.getN();
        return new Estimate(values.getMean(), n > 1 ? Math.sqrt(values.getVariance() / n) : Double.NaN);
    }

    /** Puts the mean under a name, ready for JSON, and the standard error beside it if there is one. */
    void putInto(Map<String, Object> fields, String name) {
        fields.put(name, mean);
        if (Double.isFinite(standardError)) {
            fields.put(name + "StandardError", standardError);
        }
    }
}
