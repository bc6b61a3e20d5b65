package io.github.latent4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well combinations of scores do on sets, and how well the best would do on a set that had no say in choosing it.
 *
 * @param standard the name of the combination that the defaults take
 * @param aurocs for each set the AUROC, from 0 to 1, of each combination by its name; the same names in each
 */
record Combinations(String standard, List<Map<String, Double>> aurocs) {
    /**
     * A mean over the sets, times 100.
     *
     * @param name of the combination
     * @param auroc its mean
     */
    record Best(String name, double auroc) {}

    /** All choices of at least one name, each joined by plus signs, in the order of the names. */
    static List<List<String>> subsets(List<String> names) {
        List<List<String>> subsets = new ArrayList<>();
        for (int bits = 1; bits < 1 << names.size(); bits++) {
            List<String> subset = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    subset.add(names.get(i));
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }

    static String name(List<String> subset) {
        return String.join("+", subset);
    }

    private double mean(String name, List<Map<String, Double>> sets) {
        return 100
                * sets.stream()
                        .mapToDouble(set -> set.getOrDefault(name, Double.NaN))
                        .average()
                        .orElse(Double.NaN);
    }

    /** The first of those with the greatest mean over some sets. */
    private Best best(List<Map<String, Double>> sets) {
        Best best = new Best(standard, mean(standard, sets));
        for (String name : sets.get(0).keySet()) {
            double mean = mean(name, sets);
            best = mean > best.auroc() ? new Best(name, mean) : best;
        }
        return best;
    }

    /** The mean of the default combination, times 100. */
    double ofStandard() {
        return mean(standard, aurocs);
    }

    /** The combination with the greatest mean over all sets. */
    Best inSample() {
        return best(aurocs);
    }

    /** The mean over the sets, each measured with the combination that is best on the others, times 100; NaN for one set. */
    double leavingOneOut() {
        double sum = 0;
        for (int s = 0; s < aurocs.size(); s++) {
            List<Map<String, Double>> others = new ArrayList<>(aurocs);
            Map<String, Double> left = others.remove(s);
            sum += others.isEmpty() ? Double.NaN : mean(best(others).name(), List.of(left));
        }
        return sum / aurocs.size();
    }

    /** A line each. */
    String text() {
        Best best = inSample();
        String lines = String.format(
                Locale.ROOT,
                "default combination %s: %.1f%nbest combination in sample %s: %.1f%n",
                standard,
                ofStandard(),
                best.name(),
                best.auroc());
        return aurocs.size() < 2
                ? lines
                : lines
                        + String.format(
                                Locale.ROOT,
                                "best combination on the others, leaving one set out: %.1f%n",
                                leavingOneOut());
    }

    Map<String, Object> json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("default", Map.of("name", standard, "auroc", ofStandard()));
        fields.put(
                "bestInSample",
                Map.of("name", inSample().name(), "auroc", inSample().auroc()));
        if (aurocs.size() > 1) {
            fields.put("leavingOneSetOut", leavingOneOut());
        }
        return fields;
    }
}
