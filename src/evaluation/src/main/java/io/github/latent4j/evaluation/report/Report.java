package io.github.latent4j.evaluation.report;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.evaluation.NumberTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A folder about one model, or several side by side: {@code index.html}, which needs none of the other files, {@code figures.json} with
 * everything that was measured, {@code figures.csv} with the figures, for each chart {@code NAME.svg} and {@code NAME.csv}, for each table
 * {@code NAME.csv} and for each picture {@code NAME.png}. Of several models, the names begin with that of the model. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Assessment found = Assessor.of(vae).withSeed(1).assess(digits.test());
 * Report.of("Ten digits")
 *         .with(ModelSection.of("vae", vae).with(found))
 *         .write(Path.of("report"));
 * }</pre>
 */
public final class Report {
    private final String title;
    private final List<String> texts;
    private final List<ModelSection> models;

    private Report(String title, List<String> texts, List<ModelSection> models) {
        this.title = title;
        this.texts = texts;
        this.models = models;
    }

    /**
     * A report with a title alone.
     *
     * @param title plain text
     * @return the report
     */
    public static Report of(String title) {
        return new Report(title, List.of(), List.of());
    }

    /**
     * Adds a paragraph under the title.
     *
     * @param text plain text
     * @return a new report
     */
    public Report withText(String text) {
        List<String> more = new ArrayList<>(texts);
        more.add(text);
        return new Report(title, List.copyOf(more), models);
    }

    /**
     * Adds a model. Several are to be measured on the same data, since their figures stand side by side.
     *
     * @param model what is told of it, with a name of its own
     * @return a new report
     * @throws IllegalArgumentException if another model has the name
     */
    public Report with(ModelSection model) {
        if (models.stream().anyMatch(m -> m.name().equals(model.name()))) {
            throw new IllegalArgumentException(
                    "%s: found a second model of this name, expected another name".formatted(model.name()));
        }
        List<ModelSection> more = new ArrayList<>(models);
        more.add(model);
        return new Report(title, texts, List.copyOf(more));
    }

    /**
     * The page.
     *
     * @return a whole HTML document
     */
    public String html() {
        HtmlReport page = HtmlReport.of(title);
        for (String text : texts) {
            page = page.withText(text);
        }
        if (models.size() == 1) {
            return page.withSection(models.get(0)).html();
        }
        if (!models.isEmpty()) {
            page = page.withComparison(Comparison.of(models));
        }
        for (ModelSection model : models) {
            page = page.atLevel(2).withHeading(model.name()).atLevel(3).withSection(model);
        }
        return page.html();
    }

    /**
     * Everything that was measured by name, ready for JSON: {@code title}, and {@code models}, each with its {@code name} and the
     * fields of its measurements.
     *
     * @return unmodifiable, always in the same order
     */
    public Map<String, Object> fields() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (ModelSection model : models) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", model.name());
            fields.putAll(model.fields());
            all.add(fields);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", title);
        fields.put("models", all);
        return Collections.unmodifiableMap(fields);
    }

    /**
     * The figures of all models as CSV: {@code model,figure,value,standardError,unit}, in full precision.
     *
     * @return the content of a CSV file (RFC 4180, UTF-8)
     */
    public String csv() {
        Csv csv = new Csv("model", "figure", "value", "standardError", "unit");
        for (ModelSection model : models) {
            for (Figure f : model.figures()) {
                csv.add(model.name(), f.key(), f.value(), f.standardError(), f.unit());
            }
        }
        return csv.text();
    }

    /**
     * Refuses a folder that {@link #write} would refuse, for those who want to know before they measure.
     *
     * @param folder where a report is to be written
     * @throws java.nio.file.FileAlreadyExistsException if there is something in the folder, into which {@link #replace} would write
     * @throws IOException if it is a file or cannot be read
     */
    public static void requireNew(Path folder) throws IOException {
        ReportWriter.requireNew(folder);
    }

    /**
     * Refuses a folder that {@link #replace} would refuse, for those who want to know before they measure.
     *
     * @param folder where a report is to be written
     * @throws IOException if it is a file, below one, or not to be written
     */
    public static void requireWritable(Path folder) throws IOException {
        ReportWriter.requireFolder(folder);
    }

    /**
     * Writes the report into a new folder. It is written beside its place and moved there when it is whole.
     *
     * @param folder where to; it may exist if it is empty, and its parents are made
     * @throws IOException if there is something in the folder, or it cannot be written; nothing is left there then
     */
    public void write(Path folder) throws IOException {
        ReportWriter.requireNew(folder);
        ReportWriter.write(folder, files());
    }

    /**
     * Writes the report into a folder that may hold files: those of the same names, and those of an older report, are replaced, all
     * others stay. Everything is written before the first file is moved into its place.
     *
     * @param folder where to; it and its parents are made if they are not there
     * @throws IOException if it cannot be written
     */
    public void replace(Path folder) throws IOException {
        ReportWriter.write(folder, files());
    }

    /** The content of every file by its name; the page is the last one. */
    private Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (models.size() > 1) {
            add(files, "comparison-", Comparison.of(models).charts());
        }
        Set<String> prefixes = new HashSet<>(Set.of("comparison-"));
        for (ModelSection model : models) {
            String prefix = models.size() == 1 ? "" : prefix(model.name(), prefixes);
            for (Measurement measurement : model.measurements()) {
                add(files, prefix, measurement.charts());
                for (NumberTable table : measurement.tables()) {
                    files.put(prefix + table.name() + ".csv", bytes(csv(table)));
                }
            }
            add(files, prefix, model.trainingCharts());
            for (NamedPicture picture : model.pictures()) {
                files.put(prefix + picture.name() + ".png", picture.picture().png());
            }
        }
        files.put("figures.csv", bytes(csv()));
        files.put("figures.json", ReportWriter.json(fields(), files.keySet()));
        files.put("index.html", bytes(html()));
        return files;
    }

    private static void add(Map<String, byte[]> files, String prefix, List<Chart> charts) {
        for (Chart chart : charts) {
            files.put(prefix + chart.name() + ".svg", bytes(Charts.svg(chart)));
            files.put(prefix + chart.name() + ".csv", bytes(Charts.csv(chart)));
        }
    }

    private static String csv(NumberTable table) {
        Csv csv = new Csv(table.columns());
        for (NumberTable.Row row : table.rows()) {
            List<Object> fields = new ArrayList<>();
            fields.add(row.name());
            fields.addAll(row.values());
            csv.add(fields);
        }
        return csv.text();
    }

    /** A model's name for files, with a number behind it if another one has it already. */
    private static String prefix(String name, Set<String> taken) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String base = plain.isEmpty() ? "model" : plain;
        String prefix = base + "-";
        for (int i = 2; !taken.add(prefix); i++) {
            prefix = base + "-" + i + "-";
        }
        return prefix;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
