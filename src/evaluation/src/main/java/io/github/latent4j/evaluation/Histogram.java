package io.github.latent4j.evaluation;

import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Bars;
import io.github.latent4j.evaluation.Chart.Scale;
import io.github.latent4j.evaluation.Chart.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How values are spread, as bars. */
final class Histogram {
    private static final int FEWEST = 5;
    private static final int MOST = 40;
    private static final double SKEWED = 100;

    /** Values whose difference is a smaller part of the greatest are put into one bar. */
    private static final double ALIKE = 1e-9;

    private Histogram() {}

    static Chart chart(String name, String caption, String label, Map<String, double[]> values) {
        double[] all = values.values().stream()
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (all.length == 0) {
            throw new IllegalArgumentException(
                    "histogram %s: found no finite value, expected at least one".formatted(name));
        }
        // Then the least and the greatest value are apart, and there is more than one bar.
        boolean skewed = all[0] >= Double.MIN_NORMAL && all[all.length - 1] > SKEWED * all[all.length / 2];
        List<Double> edges = skewed ? edges(all, Math::log, Math::exp) : edges(all, v -> v, v -> v);
        List<Series> series = new ArrayList<>();
        values.forEach((of, some) -> series.add(new Bars(of, edges, shares(of, some, edges))));
        long infinite = values.values().stream()
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isInfinite)
                .count();
        return new Chart(
                name,
                infinite == 0 ? caption : "%s Left out: %s infinite values.".formatted(caption, infinite),
                new Axis(label, skewed ? Scale.LOGARITHMIC : Scale.LINEAR),
                Axis.of("share of the examples"),
                series);
    }

    /** Bars of one width, as many as the root of the number of values within bounds; of values in ascending order. */
    private static List<Double> edges(double[] sorted, DoubleUnaryOperator to, DoubleUnaryOperator from) {
        int bars = (int) Math.max(FEWEST, Math.min(MOST, Math.ceil(Math.sqrt(sorted.length))));
        double least = sorted[0];
        double most = sorted[sorted.length - 1];
        double greatest = Math.max(Math.abs(least), Math.abs(most));
        // Halves, since the difference of two finite numbers may be infinite.
        if (most / 2 - least / 2 < Math.max(Double.MIN_NORMAL, ALIKE / 2 * greatest)) {
            double side = greatest < Double.MIN_NORMAL ? 0.5 : greatest / 20;
            return List.of(Math.max(-Double.MAX_VALUE, least - side), Math.min(Double.MAX_VALUE, most + side));
        }
        double low = to.applyAsDouble(least);
        double high = to.applyAsDouble(most);
        return IntStream.rangeClosed(0, bars)
                .mapToDouble(i -> i == 0
                        ? least
                        : i == bars
                                ? most
                                : from.applyAsDouble(low * (1 - (double) i / bars) + high * ((double) i / bars)))
                .boxed()
                .toList();
    }

    private static List<Double> shares(String of, double[] values, List<Double> edges) {
        double[] inner = edges.stream()
                .skip(1)
                .limit(edges.size() - 2L)
                .mapToDouble(v -> v)
                .toArray();
        double[] counts = new double[edges.size() - 1];
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        if (finite.length == 0) {
            throw new IllegalArgumentException(
                    "series '%s': found no finite value, expected at least one".formatted(of));
        }
        for (double value : finite) {
            int at = Arrays.binarySearch(inner, value);
            counts[at >= 0 ? at + 1 : -at - 1]++;
        }
        return DoubleStream.of(counts).map(c -> c / values.length).boxed().toList();
    }
}
