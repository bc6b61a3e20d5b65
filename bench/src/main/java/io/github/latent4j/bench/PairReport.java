package io.github.latent4j.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a comparison of two settings of one engine tells.
 *
 * @param ratioName names the ratio
 * @param over the label of the setting whose rate stands above the line
 * @param under the label of the other
 * @param measurement of both
 */
record PairReport(String ratioName, String over, String under, Measurement measurement) {
    /** For programs. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        Spread ratio = measurement.ratio(over, under);
        json.put(ratioName, ratio.median());
        json.put("ratio", ratio.json());
        Map<String, Object> rates = new LinkedHashMap<>();
        for (String label : List.of(over, under)) {
            rates.put(label, measurement.rate(label).json());
        }
        json.put("examplesPerSecond", rates);
        return json;
    }

    /** For people. */
    String text() {
        Spread ratio = measurement.ratio(over, under);
        return rates(over)
                + rates(under)
                + String.format(
                        Locale.ROOT, "ratio: %.2f (%.2f to %.2f)\n", ratio.median(), ratio.minimum(), ratio.maximum());
    }

    private String rates(String label) {
        Spread rate = measurement.rate(label);
        return String.format(
                Locale.ROOT,
                "%s: %,.0f examples/s (%,.0f to %,.0f)\n",
                label,
                rate.median(),
                rate.minimum(),
                rate.maximum());
    }
}
