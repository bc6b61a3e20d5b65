package io.github.latent4j.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * How values are spread. Quartiles between two values are interpolated linearly (type 7 of Hyndman and Fan 1996, "Sample
 * quantiles in statistical packages", as in R and NumPy).
 *
 * @param min the least value
 * @param lower a quarter of the values are below
 * @param median half of the values are below
 * @param upper three quarters of the values are below
 * @param max the greatest value
 */
public record Quartiles(double min, double lower, double median, double upper, double max) {
    /**
     * The quartiles of values.
     *
     * @param values at least one, none of them NaN; not changed
     * @return their quartiles
     * @throws IllegalArgumentException if there is no value or one is NaN
     */
    public static Quartiles of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("found no value, expected at least one");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        // NaN sorts behind everything else.
        if (Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("found NaN among the values, expected numbers");
        }
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        percentile.setData(sorted);
        return new Quartiles(
                sorted[0],
                percentile.evaluate(25),
                percentile.evaluate(50),
                percentile.evaluate(75),
                sorted[sorted.length - 1]);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("min", min);
        fields.put("lowerQuartile", lower);
        fields.put("median", median);
        fields.put("upperQuartile", upper);
        fields.put("max", max);
        return fields;
    }
}
