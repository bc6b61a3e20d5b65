package io.github.latent4j.evaluation.report;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.runtime.LatentModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a report tells of one model. Immutable and thread-safe. */
public final class ModelSection {
    private final String name;
    private final LatentModel model;
    private final List<Measurement> measurements;
    private final List<String> remarks;
    private final List<NamedPicture> pictures;
    private final List<Chart> charts;
    private final List<Figure> figures;

    private ModelSection(
            String name,
            LatentModel model,
            List<Measurement> measurements,
            List<String> remarks,
            List<NamedPicture> pictures,
            List<Chart> charts) {
        this.name = name;
        this.model = model;
        this.measurements = measurements;
        this.remarks = remarks;
        this.pictures = pictures;
        this.charts = charts;
        this.figures = measurements.stream().flatMap(m -> m.figures().stream()).toList();
    }

    /**
     * A section that says what the model is and how it was trained.
     *
     * @param name what tells the model from others, such as {@code mnist-vae}
     * @param model the model
     * @return the section
     */
    public static ModelSection of(String name, LatentModel model) {
        return new ModelSection(name, model, List.of(), List.of(), List.of(), List.of());
    }

    /**
     * Adds what was measured.
     *
     * @param measurement with keys of figures, and names of charts and tables, that no other one of this section has
     * @return a new section
     * @throws IllegalArgumentException if a key or a name is there already
     */
    public ModelSection with(Measurement measurement) {
        for (Figure figure : measurement.figures()) {
            if (figure(figure.key()).isPresent()) {
                throw new IllegalArgumentException(
                        "%s: found a second figure '%s', expected one".formatted(name, figure.key()));
            }
        }
        ModelSection more = new ModelSection(name, model, plus(measurements, measurement), remarks, pictures, charts);
        more.requireDistinctNames();
        return more;
    }

    /**
     * Adds a sentence, such as why a figure is left out.
     *
     * @param sentence plain text
     * @return a new section
     */
    public ModelSection withRemark(String sentence) {
        return new ModelSection(name, model, measurements, plus(remarks, sentence), pictures, charts);
    }

    /**
     * Adds all that was found out about the model.
     *
     * @param assessment measurements and remarks
     * @return a new section
     * @throws IllegalArgumentException if a figure's key, or a chart's or table's name, is there already
     */
    public ModelSection with(Assessment assessment) {
        ModelSection more = this;
        for (Measurement measurement : assessment.measurements()) {
            more = more.with(measurement);
        }
        for (String remark : assessment.remarks()) {
            more = more.withRemark(remark);
        }
        return more;
    }

    /**
     * Adds pictures.
     *
     * @param more with names that no other picture, chart or table of this section has
     * @return a new section
     * @throws IllegalArgumentException if a name is there already
     */
    public ModelSection withPictures(Collection<NamedPicture> more) {
        ModelSection section = new ModelSection(
                name,
                model,
                measurements,
                remarks,
                Stream.concat(pictures.stream(), more.stream()).toList(),
                charts);
        section.requireDistinctNames();
        return section;
    }

    /**
     * Adds charts of the training.
     *
     * @param more with names that no other picture, chart or table of this section has
     * @return a new section
     * @throws IllegalArgumentException if a name is there already
     */
    public ModelSection withTrainingCharts(Collection<Chart> more) {
        ModelSection section = new ModelSection(
                name,
                model,
                measurements,
                remarks,
                pictures,
                Stream.concat(charts.stream(), more.stream()).toList());
        section.requireDistinctNames();
        return section;
    }

    private static <T> List<T> plus(List<T> some, T one) {
        List<T> more = new ArrayList<>(some);
        more.add(one);
        return List.copyOf(more);
    }

    private void requireDistinctNames() {
        List<String> names = Stream.of(
                        measurements.stream()
                                .flatMap(m -> Stream.concat(
                                        m.charts().stream().map(Chart::name),
                                        m.tables().stream().map(t -> t.name()))),
                        charts.stream().map(Chart::name),
                        pictures.stream().map(NamedPicture::name))
                .flatMap(s -> s)
                .sorted()
                .toList();
        for (int i = 1; i < names.size(); i++) {
            if (names.get(i).equals(names.get(i - 1))) {
                throw new IllegalArgumentException(
                        "%s: found a second chart, table or picture '%s', expected one".formatted(name, names.get(i)));
            }
        }
    }

    /**
     * What tells the model from others.
     *
     * @return plain text
     */
    public String name() {
        return name;
    }

    /**
     * A figure, whichever measurement it is of.
     *
     * @param key its name in files
     * @return the figure, if it was measured
     */
    public Optional<Figure> figure(String key) {
        return figures.stream().filter(f -> f.key().equals(key)).findFirst();
    }

    /**
     * All figures.
     *
     * @return in the order of their measurements
     */
    public List<Figure> figures() {
        return figures;
    }

    /**
     * Everything that was measured by name, ready for JSON: the fields of all measurements, and {@code remarks} if there are any.
     *
     * @return unmodifiable, always in the same order
     */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        measurements.forEach(m -> fields.putAll(m.fields()));
        List<String> all = allRemarks();
        if (!all.isEmpty()) {
            fields.put("remarks", all);
        }
        return Collections.unmodifiableMap(fields);
    }

    private List<String> allRemarks() {
        return Stream.concat(measurements.stream().flatMap(m -> m.remarks().stream()), remarks.stream())
                .toList();
    }

    LatentModel model() {
        return model;
    }

    List<Measurement> measurements() {
        return measurements;
    }

    List<String> remarks() {
        return remarks;
    }

    List<NamedPicture> pictures() {
        return pictures;
    }

    List<Chart> trainingCharts() {
        return charts;
    }
}
