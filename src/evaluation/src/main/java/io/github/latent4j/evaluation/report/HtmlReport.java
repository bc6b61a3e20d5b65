package io.github.latent4j.evaluation.report;

import static io.github.latent4j.evaluation.report.Html.count;
import static io.github.latent4j.evaluation.report.Html.escape;
import static io.github.latent4j.evaluation.report.Html.minus;
import static io.github.latent4j.evaluation.report.Html.number;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Bars;
import io.github.latent4j.evaluation.Chart.Points;
import io.github.latent4j.evaluation.Chart.Series;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.evaluation.NumberTable;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A page that tells what was trained and how good it is: one HTML file with everything in it, without scripts, that needs
 * no network. What is added stands on the page in the order in which it was added. Immutable and thread-safe.
 *
 * <pre>{@code
 * HtmlReport.of("Ten digits in two numbers")
 *         .withModel(vae)
 *         .withMeasurement(Evaluator.of(vae).evaluate(digits.test()))
 *         .withPicture(Images.manifold(vae, 20), "What the decoder makes of the latent plane.")
 *         .write(Path.of("report.html"));
 * }</pre>
 */
public final class HtmlReport {
    private static final int MOST_ROWS = 400;

    private final String title;
    private final List<String> sections;
    private final int level;

    private HtmlReport(String title, List<String> sections, int level) {
        this.title = title;
        this.sections = sections;
        this.level = level;
    }

    /**
     * A page with a title alone.
     *
     * @param title plain text
     * @return the page
     */
    public static HtmlReport of(String title) {
        return new HtmlReport(title, List.of(), 2);
    }

    /**
     * Adds a heading.
     *
     * @param text plain text
     * @return a new page
     */
    public HtmlReport withHeading(String text) {
        return with("<h%s>%s</h%s>".formatted(level, escape(text), level));
    }

    /**
     * Adds a paragraph.
     *
     * @param text plain text
     * @return a new page
     */
    public HtmlReport withText(String text) {
        return with("<p>" + escape(text) + "</p>");
    }

    /**
     * Adds Java code, in which comments, words of the language, texts and numbers are marked.
     *
     * @param code as it stands in a file; its lines are not broken
     * @return a new page
     */
    public HtmlReport withCode(String code) {
        return with("<pre class=\"java\" tabindex=\"0\"><code>" + JavaMarkup.html(code) + "</code></pre>");
    }

    /**
     * Adds what a program printed.
     *
     * @param text plain text, whose lines and spaces stay as they are
     * @return a new page
     */
    public HtmlReport withOutput(String text) {
        return with("<pre class=\"output\" tabindex=\"0\">" + escape(text) + "</pre>");
    }

    /**
     * Adds a table of texts.
     *
     * @param columns the heads, plain text
     * @param rows one plain text a column
     * @return a new page
     * @throws IllegalArgumentException if a row has not one cell a column
     */
    public HtmlReport withTable(List<String> columns, List<List<String>> rows) {
        MarkdownReport.requireCells(columns, rows);
        return with(
                "<div class=\"wide\" tabindex=\"0\"><table class=\"texts\">\n<thead>%s</thead>\n<tbody>\n%s\n</tbody>\n</table></div>"
                        .formatted(
                                columns.stream()
                                        .map(c -> "<th scope=\"col\">" + escape(c) + "</th>")
                                        .collect(Collectors.joining("", "<tr>", "</tr>")),
                                rows.stream()
                                        .map(row -> row.stream()
                                                .map(cell -> "<td>" + escape(cell) + "</td>")
                                                .collect(Collectors.joining("", "<tr>", "</tr>")))
                                        .collect(Collectors.joining("\n"))));
    }

    /**
     * Adds a picture.
     *
     * @param picture what to show
     * @param caption says what is to be seen; plain text
     * @return a new page
     */
    public HtmlReport withPicture(Picture picture, String caption) {
        return with(
                "<figure><img src=\"data:image/png;base64,%s\" width=\"%s\" height=\"%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>"
                        .formatted(
                                Base64.getEncoder().encodeToString(picture.png()),
                                picture.width(),
                                picture.height(),
                                escape(caption),
                                escape(caption)));
    }

    /**
     * Adds what the model is and, from the provenance of its card, how it was trained.
     *
     * @param model the model
     * @return a new page
     */
    public HtmlReport withModel(LatentModel model) {
        ModelSpec spec = model.spec();
        Map<String, String> facts = escaped(ModelFacts.specification(model));
        facts.put(ModelFacts.SIZES, ModelFacts.sizes(spec, "<strong>" + spec.latent() + "</strong>"));
        HtmlReport page = withHeading("Model").with(factTable(facts));
        return model.card()
                .provenance()
                .map(p -> {
                    Map<String, String> training = escaped(ModelFacts.training(spec, p));
                    training.computeIfPresent(ModelFacts.SHA_256, (name, digest) -> "<code>" + digest + "</code>");
                    return page.withHeading("Training").with(factTable(training));
                })
                .orElse(page.withText("Its card does not say how the model was trained."));
    }

    private static Map<String, String> escaped(Map<String, String> facts) {
        Map<String, String> escaped = new LinkedHashMap<>();
        facts.forEach((name, value) -> escaped.put(escape(name), escape(value)));
        return escaped;
    }

    private static String factTable(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(f -> "<tr><th scope=\"row\">%s</th><td>%s</td></tr>".formatted(f.getKey(), f.getValue()))
                .collect(Collectors.joining("\n", "<table class=\"facts\">\n", "\n</table>"));
    }

    /**
     * Adds a chart, and where its series have the same places on the horizontal axis, their numbers.
     *
     * @param chart what to draw
     * @return a new page
     */
    public HtmlReport withChart(Chart chart) {
        return withCharts(List.of(chart));
    }

    /**
     * Adds charts, two side by side where there is room.
     *
     * @param charts what to draw
     * @return a new page
     */
    public HtmlReport withCharts(List<Chart> charts) {
        return charts.isEmpty()
                ? this
                : with(charts.stream()
                        .map(chart -> "<figure>\n%s\n<figcaption>%s</figcaption>%s</figure>"
                                .formatted(new SvgChart(chart).element(), escape(chart.caption()), numbers(chart)))
                        .collect(Collectors.joining("\n", "<div class=\"charts\">\n", "\n</div>")));
    }

    /** The numbers of a chart as a table, if that is one of reasonable size. */
    private static String numbers(Chart chart) {
        List<Series> series = chart.series();
        List<Double> x = series.get(0).across();
        boolean bars = series.get(0) instanceof Bars;
        boolean common = x.size() <= MOST_ROWS
                && series.stream().allMatch(s -> s.across().equals(x) && s instanceof Bars == bars)
                && series.stream().noneMatch(Points.class::isInstance);
        if (!common) {
            return "";
        }
        List<String> columns = Stream.concat(
                        Stream.of(chart.x().label()), series.stream().map(Series::name))
                .toList();
        return "\n"
                + details(
                        "Numbers",
                        columns,
                        IntStream.range(0, bars ? x.size() - 1 : x.size())
                                .mapToObj(i -> new NumberTable.Row(
                                        bars ? bar(x.get(i), x.get(i + 1)) : place(x.get(i)),
                                        series.stream()
                                                .map(s -> s.upwards().get(i))
                                                .toList()))
                                .toList());
    }

    /** A bar's whole number, or where it begins and ends. */
    private static String bar(double from, double to) {
        double middle = (from + to) / 2;
        return to - from == 1 && middle == Math.rint(middle)
                ? count((long) middle)
                : "%s to %s".formatted(number(from), number(to));
    }

    private static String place(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? count((long) value) : number(value);
    }

    private static String details(String summary, List<String> columns, List<NumberTable.Row> rows) {
        String head = columns.stream()
                .map(c -> "<th scope=\"col\">" + escape(c) + "</th>")
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
        String body = rows.stream()
                .map(row -> row.values().stream()
                        .map(v -> "<td>" + (Double.isNaN(v) ? "" : number(v)) + "</td>")
                        .collect(Collectors.joining("", "<tr><td>" + escape(row.name()) + "</td>", "</tr>")))
                .collect(Collectors.joining("\n"));
        return "<details><summary>%s</summary>\n<div class=\"wide\"><table class=\"numbers\">\n%s\n</table></div></details>"
                .formatted(escape(summary), head + body);
    }

    /**
     * Adds what was measured: figures, each with its unit and what it says, remarks, charts, and tables that unfold.
     *
     * @param measurement what was found out
     * @return a new page
     */
    public HtmlReport withMeasurement(Measurement measurement) {
        String rows = measurement.figures().stream()
                .map(f -> "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(escape(f.name()), value(f), escape(f.unit()), escape(f.meaning())))
                .collect(Collectors.joining("\n"));
        HtmlReport page = withHeading(measurement.title());
        for (String remark : measurement.remarks()) {
            page = page.withText(remark);
        }
        page = page.with("""
                        <table class="figures">
                        <thead><tr><th scope="col">Figure</th><th scope="col">Value</th><th scope="col">Unit</th><th scope="col">What it says</th></tr></thead>
                        <tbody>
                        %s
                        </tbody>
                        </table>""".formatted(rows)).withCharts(measurement.charts());
        for (NumberTable table : measurement.tables()) {
            page = page.with(details(table.caption(), table.columns(), table.rows()));
        }
        return page;
    }

    private static String value(Figure figure) {
        return minus(escape(figure.valueText()))
                + figure.errorText()
                        .map(error -> " <small>± %s</small>".formatted(escape(error)))
                        .orElse("");
    }

    /**
     * Adds the figures of several models side by side, and the charts that they give together. The best of a row is marked, where
     * better is defined.
     *
     * @param comparison the models
     * @return a new page
     */
    public HtmlReport withComparison(Comparison comparison) {
        String head = comparison.names().stream()
                .map(n -> "<th scope=\"col\">" + escape(n) + "</th>")
                .collect(Collectors.joining(
                        "", "<tr><th scope=\"col\">Figure</th>", "<th scope=\"col\">Unit</th></tr>"));
        String rows = comparison.rows().stream().map(HtmlReport::row).collect(Collectors.joining("\n"));
        return withHeading("Side by side")
                .withText("The best of a row is marked with ●, where better is defined.")
                .with("""
                        <div class="wide" tabindex="0">
                        <table class="comparison">
                        <thead>%s</thead>
                        <tbody>
                        %s
                        </tbody>
                        </table>
                        </div>""".formatted(head, rows))
                .withCharts(comparison.charts());
    }

    private static String row(Comparison.Row row) {
        return IntStream.range(0, row.values().size())
                .mapToObj(i -> row.values()
                        .get(i)
                        .map(f -> row.best().contains(i)
                                ? "<td class=\"best\">● %s</td>".formatted(value(f))
                                : "<td>%s</td>"
                                        .formatted(row.sameUnit() ? value(f) : value(f) + " " + escape(f.unit())))
                        .orElse("<td></td>"))
                .collect(Collectors.joining(
                        "",
                        "<tr><th scope=\"row\">%s</th>"
                                .formatted(escape(row.figure().name())),
                        "<td>%s</td></tr>"
                                .formatted(row.sameUnit() ? escape(row.figure().unit()) : "")));
    }

    /** Adds all that a report tells of a model. */
    HtmlReport withSection(ModelSection section) {
        HtmlReport page = this;
        for (String remark : section.remarks()) {
            page = page.withText(remark);
        }
        for (Measurement measurement : section.measurements()) {
            page = page.withMeasurement(measurement);
        }
        for (NamedPicture picture : section.pictures()) {
            page = page.withHeading(picture.heading()).withPicture(picture.picture(), picture.caption());
        }
        if (!section.trainingCharts().isEmpty()) {
            page = page.withHeading("Learning curve").withCharts(section.trainingCharts());
        }
        return page.withModel(section.model());
    }

    /**
     * Sets the level of the headings that are added from here on, those of measurements and models too.
     *
     * @param other from 2, as at first, to 6
     * @return a new page
     * @throws IllegalArgumentException if there is no such level
     */
    public HtmlReport atLevel(int other) {
        if (other < 2 || other > 6) {
            throw new IllegalArgumentException("level of headings: found %d, expected 2 to 6".formatted(other));
        }
        return new HtmlReport(title, sections, other);
    }

    /**
     * The page.
     *
     * @return a whole HTML document
     */
    public String html() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                %s
                </main>
                <footer>Made by latent4j</footer>
                </body>
                </html>
                """.formatted(
                escape(title), STYLE + ChartStyle.css() + PHONE_AND_PAPER, escape(title), String.join("\n", sections));
    }

    /**
     * Writes the page: beside the given file first, then moved into its place.
     *
     * @param file where to; its folder exists
     * @throws IOException if the file cannot be written; the message names it and says why
     */
    public void write(Path file) throws IOException {
        StagedFile.write(file, html().getBytes(StandardCharsets.UTF_8));
    }

    private HtmlReport with(String section) {
        List<String> more = new ArrayList<>(sections);
        more.add(section);
        return new HtmlReport(title, List.copyOf(more), level);
    }

    private static final String STYLE = """
            :root { color-scheme: light; --ink: #1c2430; --soft: #5b6675; --line: #dfe3e8; --first: #1f5fae; }
            * { box-sizing: border-box; }
            body { margin: 0; background: #fff; color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
            main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
            main { padding-top: 2rem; }
            footer { padding-top: 1rem; padding-bottom: 2rem; color: var(--soft); font-size: .875rem; }
            h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
            h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; padding-top: .8rem; border-top: 1px solid var(--line); break-after: avoid; }
            p { margin: .6rem 0; max-width: 44rem; overflow-wrap: anywhere; }
            code { font: .85em ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
            pre { background: #f5f7f9; border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem; overflow-x: auto; }
            pre code { overflow-wrap: normal; }
            pre.java { font-size: .94rem; line-height: 1.5; }
            pre.java .comment { color: #5b6675; }
            pre.java .word { color: #8a2be2; }
            pre.java .text { color: #1c6b3a; }
            pre.java .number { color: #9a4b00; }
            pre.output { white-space: pre-wrap; overflow-wrap: anywhere; background: none; border: 0; border-left: 3px solid var(--line); border-radius: 0; font: .85em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
            .texts { width: auto; }
            .texts td { font-size: .9rem; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: left; vertical-align: top; padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line); }
            tr { break-inside: avoid; }
            th { font-weight: 600; }
            .facts th { width: 11rem; font-weight: 400; color: var(--soft); }
            .facts td { overflow-wrap: anywhere; }
            .figures td:nth-child(2) { white-space: nowrap; font-weight: 600; }
            .figures td:nth-child(3), .figures td:nth-child(4) { color: var(--soft); font-size: .9rem; }
            .figures small { font-weight: 400; color: var(--soft); }
            .numbers { width: auto; font-size: .9rem; }
            .numbers th, .numbers td { text-align: right; padding: .2rem 1.2rem .2rem 0; }
            .numbers th:first-child, .numbers td:first-child { text-align: left; }
            details { margin: .8rem 0; }
            summary { cursor: pointer; color: var(--first); }
            figure { margin: 1.2rem 0; break-inside: avoid; }
            img { display: block; max-width: 100%; height: auto; }
            figcaption { color: var(--soft); font-size: .9rem; margin-top: .5rem; max-width: 44rem; }
            .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 0 2rem; }
            .charts figure { min-width: 0; }
            .charts > figure:only-child { grid-column: 1 / -1; max-width: 38rem; }
            .chart { display: block; width: 100%; height: auto; }
            .wide { overflow-x: auto; }
            h3 { font-size: 1.05rem; margin: 1.8rem 0 .5rem; break-after: avoid; }
            .comparison { font-size: .9rem; border-collapse: separate; border-spacing: 0; }
            .comparison th, .comparison td { white-space: nowrap; }
            .comparison th:first-child { position: sticky; left: 0; background: #fff; }
            .comparison .best { font-weight: 600; }
            .comparison td:last-child { color: var(--soft); }
            .comparison small { font-weight: 400; color: var(--soft); }
            """;

    /** What is otherwise on a phone and on paper; stands behind all other rules. */
    private static final String PHONE_AND_PAPER = """
            @media (max-width: 640px) {
              .figures thead { display: none; }
              .figures tr, .figures td { display: block; }
              .figures tr { padding: .6rem 0; border-bottom: 1px solid var(--line); }
              .figures th, .figures td { display: block; border: 0; padding: .05rem 0; }
              .facts th { width: 7rem; }
              .comparison th { white-space: normal; min-width: 7rem; }
              .chart { font-size: 14px; }
            }
            @media print {
              body { font-size: 10.5pt; }
              .charts { grid-template-columns: 1fr 1fr; }
              .chart { font-size: 13px; }
              .wide { overflow: visible; }
              .comparison th, .comparison td { white-space: normal; }
              main, footer { max-width: none; padding: 0; }
              details:not([open]) { display: none; }
            }
            """;
}
