package io.github.latent4j.evaluation.report;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Points;
import io.github.latent4j.evaluation.Chart.Series;
import io.github.latent4j.evaluation.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The figures of several models on the same data, side by side. Immutable and thread-safe. */
public final class Comparison {
    private static final String ERROR = "reconstructionError";
    private static final String PCA = "pcaReconstructionError";
    private static final String MIG = "mig";

    private final List<ModelSection> models;

    private Comparison(List<ModelSection> models) {
        this.models = models;
    }

    /**
     * A figure of all models.
     *
     * @param figure that of the first model that has it
     * @param values one a model, empty where it was not measured
     * @param best the indices of the best values; empty where better is not defined, one model alone has the figure, or all have the same
     */
    public record Row(Figure figure, List<Optional<Figure>> values, List<Integer> best) {
        /** Makes a row with copies of the lists. */
        public Row {
            values = List.copyOf(values);
            best = List.copyOf(best);
        }

        /**
         * Whether all models have the unit of the figure, so that it can be told once.
         *
         * @return false if it differs, as with {@code of 20 latent dimensions}
         */
        public boolean sameUnit() {
            return values.stream().flatMap(Optional::stream).allMatch(f -> f.unit()
                    .equals(figure.unit()));
        }
    }

    /**
     * Compares models.
     *
     * @param models at least one, measured on the same data
     * @return the comparison
     * @throws IllegalArgumentException if there is no model
     */
    public static Comparison of(List<ModelSection> models) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("found no model, expected at least one");
        }
        return new Comparison(List.copyOf(models));
    }

    /**
     * The names of the models.
     *
     * @return in the order of the values
     */
    public List<String> names() {
        return models.stream().map(ModelSection::name).toList();
    }

    /**
     * The figures.
     *
     * @return a row for each key, in the order in which the models have them
     */
    public List<Row> rows() {
        Map<String, Figure> keys = new LinkedHashMap<>();
        models.forEach(model -> model.figures().forEach(f -> keys.putIfAbsent(f.key(), f)));
        return keys.values().stream().map(this::row).toList();
    }

    private Row row(Figure figure) {
        List<Optional<Figure>> values =
                models.stream().map(model -> model.figure(figure.key())).toList();
        double[] defined = values.stream()
                .flatMap(Optional::stream)
                .mapToDouble(Figure::value)
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
        boolean told = figure.better() != Figure.Better.NEITHER
                && defined.length > 1
                && defined[0] < defined[defined.length - 1];
        if (!told) {
            return new Row(figure, values, List.of());
        }
        double best = figure.better() == Figure.Better.HIGHER ? defined[defined.length - 1] : defined[0];
        return new Row(
                figure,
                values,
                IntStream.range(0, values.size())
                        .filter(i -> values.get(i)
                                .map(Figure::value)
                                .filter(v -> v == best)
                                .isPresent())
                        .boxed()
                        .toList());
    }

    /**
     * Charts that several models give together: the reconstruction error by the number of latent dimensions, if they differ in it, and
     * MIG against the reconstruction error, if both were measured.
     *
     * @return may be empty
     */
    public List<Chart> charts() {
        List<Chart> charts = new ArrayList<>();
        byDimensions().ifPresent(charts::add);
        migAgainstError().ifPresent(charts::add);
        return List.copyOf(charts);
    }

    private Optional<Chart> byDimensions() {
        if (models.stream().map(m -> m.model().spec().latent()).distinct().count() < 2) {
            return Optional.empty();
        }
        Map<String, List<ModelSection>> kinds = new LinkedHashMap<>();
        models.stream()
                .filter(m -> m.figure(ERROR).isPresent())
                .sorted(Comparator.comparingInt(m -> m.model().spec().latent()))
                .forEach(m ->
                        kinds.computeIfAbsent(kind(m), k -> new ArrayList<>()).add(m));
        List<Series> series = new ArrayList<>();
        TreeMap<Integer, Double> pca = new TreeMap<>();
        kinds.forEach((kind, some) -> {
            List<Double> x =
                    some.stream().map(m -> (double) m.model().spec().latent()).toList();
            List<Double> y = some.stream()
                    .map(m -> m.figure(ERROR).orElseThrow().value())
                    .toList();
            boolean function = x.stream().distinct().count() == x.size();
            series.add(function ? new Line(kind, x, y) : new Points(kind, x, y));
            some.forEach(
                    m -> m.figure(PCA).ifPresent(f -> pca.put(m.model().spec().latent(), f.value())));
        });
        if (series.isEmpty()) {
            return Optional.empty();
        }
        if (!pca.isEmpty()) {
            series.add(
                    new Line("PCA", pca.keySet().stream().map(d -> (double) d).toList(), List.copyOf(pca.values())));
        }
        Chart.Scale scale = Chart.Scale.LOGARITHMIC;
        return Optional.of(new Chart(
                "errors-by-dimensions",
                "The reconstruction error by the number of latent dimensions; lower is better. PCA has as many dimensions.",
                new Axis("latent dimensions", scale),
                Axis.of("reconstruction error"),
                series));
    }

    private static String kind(ModelSection model) {
        return model.model().spec().kind().equals("vae") ? "VAE" : "autoencoder";
    }

    private Optional<Chart> migAgainstError() {
        List<Series> series = new ArrayList<>();
        for (ModelSection model : models) {
            Optional<Figure> mig = model.figure(MIG).filter(f -> Double.isFinite(f.value()));
            Optional<Figure> error = model.figure(ERROR);
            if (mig.isPresent() && error.isPresent()) {
                series.add(new Points(
                        model.name(),
                        List.of(error.get().value()),
                        List.of(mig.get().value())));
            }
        }
        return series.size() < 2
                ? Optional.empty()
                : Optional.of(new Chart(
                        "mig-by-error",
                        "How well single latent dimensions stand for single factors (MIG, higher is better), against the reconstruction error (lower is better): the upper left is best.",
                        Axis.of("reconstruction error"),
                        Axis.of("MIG"),
                        series));
    }
}
