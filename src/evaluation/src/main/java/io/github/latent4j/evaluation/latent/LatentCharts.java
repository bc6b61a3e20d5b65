package io.github.latent4j.evaluation.latent;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.PcaFit;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Bars;
import io.github.latent4j.evaluation.Chart.Points;
import io.github.latent4j.evaluation.Chart.Series;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Pca;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/** The charts of a {@link LatentEvaluation}. */
final class LatentCharts {
    /** More labels than this cannot be told apart by colour. */
    private static final int MOST_LABELS = 12;

    private static final Axis DIMENSION = Axis.of("latent dimension");

    private LatentCharts() {}

    static Chart kl(List<LatentDimension> dimensions) {
        return new Chart(
                "kl-per-dimension",
                "How much each latent dimension tells of an example. Those near 0 are not used.",
                DIMENSION,
                Axis.of("KL divergence, nats"),
                List.of(Bars.byIndex("KL divergence", values(dimensions, LatentDimension::kl))));
    }

    static Chart variances(List<LatentDimension> dimensions) {
        return new Chart(
                "variance-per-dimension",
                "The variance of the codes and the mean variance of their posteriors in each latent dimension. Together they are the variance of all codes, which is 1 if these are spread like the prior. A dimension whose codes do not vary is not used.",
                DIMENSION,
                Axis.of("variance"),
                List.of(
                        points("codes", dimensions, LatentDimension::codeVariance),
                        points("posteriors", dimensions, LatentDimension::posteriorVariance),
                        points("together", dimensions, LatentDimension::aggregatedVariance)));
    }

    private static Points points(
            String name, List<LatentDimension> dimensions, ToDoubleFunction<LatentDimension> value) {
        return new Points(
                name,
                IntStream.range(0, dimensions.size()).mapToObj(d -> (double) d).toList(),
                values(dimensions, value));
    }

    private static List<Double> values(List<LatentDimension> dimensions, ToDoubleFunction<LatentDimension> value) {
        return dimensions.stream().mapToDouble(value).boxed().toList();
    }

    /** Codes in the plane, coloured by label; empty for a code of one number. */
    static Optional<Chart> codes(Examples examples, Matrix codes, long seed) {
        int latent = codes.columns();
        if (latent < 2) {
            return Optional.empty();
        }
        if (latent == 2) {
            return Optional.of(new Chart(
                    "codes",
                    "The codes of %d examples.".formatted(codes.rows()),
                    Axis.of("latent dimension 0"),
                    Axis.of("latent dimension 1"),
                    series(examples, codes)));
        }
        Pca pca = PcaFit.fit(Examples.of(codes, new InputContract.Vector(latent), "codes"), 2, seed);
        Matrix plane = pca.encode(codes);
        if (plane.columns() < 2) {
            return Optional.empty();
        }
        double all =
                IntStream.range(0, latent).mapToDouble(d -> variance(codes, d)).sum();
        return Optional.of(new Chart(
                "codes",
                "The codes of %d examples, seen from the side from which they differ most: their first two principal components."
                        .formatted(codes.rows()),
                Axis.of(component("first", variance(plane, 0), all)),
                Axis.of(component("second", variance(plane, 1), all)),
                series(examples, plane)));
    }

    private static String component(String which, double variance, double all) {
        String name = which + " principal component of the codes";
        return all > 0 ? "%s, %d %% of the variance".formatted(name, Math.round(100 * variance / all)) : name;
    }

    private static double variance(Matrix rows, int column) {
        return StatUtils.populationVariance(IntStream.range(0, rows.rows())
                .mapToDouble(r -> rows.get(r, column))
                .toArray());
    }

    private static List<Series> series(Examples examples, Matrix plane) {
        List<String> names = examples.labelNames();
        int[] all = IntStream.range(0, examples.size()).toArray();
        if (names.isEmpty()) {
            return List.of(points("examples", plane, all));
        }
        int[] present =
                IntStream.of(all).map(examples::label).distinct().sorted().toArray();
        if (present.length > MOST_LABELS) {
            return List.of(points("examples", plane, all));
        }
        return IntStream.of(present)
                .<Series>mapToObj(label -> points(
                        names.get(label),
                        plane,
                        IntStream.of(all)
                                .filter(i -> examples.label(i) == label)
                                .toArray()))
                .toList();
    }

    private static Points points(String name, Matrix plane, int[] rows) {
        return new Points(name, column(plane, rows, 0), column(plane, rows, 1));
    }

    private static List<Double> column(Matrix plane, int[] rows, int column) {
        return IntStream.of(rows).mapToObj(r -> (double) plane.get(r, column)).toList();
    }
}
