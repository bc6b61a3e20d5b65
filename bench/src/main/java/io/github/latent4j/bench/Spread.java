package io.github.latent4j.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What is told of repeated measurements. */
record Spread(double median, double minimum, double maximum) {
    /** Sums up at least one value; of an even number the median is the mean of the two in the middle. */
    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("found no value, expected at least one");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Sums up the ratios of values that were measured in pairs, so that what slows both of a pair cancels out. */
    static Spread ofRatios(List<Double> over, List<Double> under) {
        if (over.size() != under.size()) {
            throw new IllegalArgumentException(
                    "found %d and %d values, expected pairs".formatted(over.size(), under.size()));
        }
        return of(IntStream.range(0, over.size())
                .mapToObj(i -> over.get(i) / under.get(i))
                .toList());
    }

    /** For programs. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("median", median);
        json.put("minimum", minimum);
        json.put("maximum", maximum);
        return json;
    }
}
