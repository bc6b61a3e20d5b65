package io.github.latent4j.evaluation.report;

import static io.github.latent4j.evaluation.report.Html.count;
import static io.github.latent4j.evaluation.report.Html.escape;
import static io.github.latent4j.evaluation.report.Html.number;

import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
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
 *         .withEvaluation(Evaluator.of(vae).evaluate(digits.test()))
 *         .withPicture(Images.manifold(vae, 20), "What the decoder makes of the latent plane.")
 *         .write(Path.of("report.html"));
 * }</pre>
 */
public final class HtmlReport {
    private final String title;
    private final List<String> sections;

    private HtmlReport(String title, List<String> sections) {
        this.title = title;
        this.sections = sections;
    }

    /**
     * A value an epoch, for a chart.
     *
     * @param name what it is, such as {@code validation}
     * @param values one an epoch, from the first epoch on; at least one, all finite
     */
    public record Curve(String name, List<Double> values) {
        /**
         * Makes a curve with a copy of the values.
         *
         * @throws IllegalArgumentException if there is no value or one is not finite
         */
        public Curve {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("curve '%s': found no value, expected one an epoch".formatted(name));
            }
            for (int i = 0; i < values.size(); i++) {
                if (!Double.isFinite(values.get(i))) {
                    throw new IllegalArgumentException("curve '%s': found %s at epoch %d, expected a finite number"
                            .formatted(name, values.get(i), i + 1));
                }
            }
        }
    }

    /**
     * A page with a title alone.
     *
     * @param title plain text
     * @return the page
     */
    public static HtmlReport of(String title) {
        return new HtmlReport(title, List.of());
    }

    /**
     * Adds a heading.
     *
     * @param text plain text
     * @return a new page
     */
    public HtmlReport withHeading(String text) {
        return with("<h2>" + escape(text) + "</h2>");
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
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Input", escape(model.card().input().text()));
        if (spec instanceof VaeSpec vae) {
            facts.put("Kind", "variational autoencoder");
            facts.put("Sizes", sizes(vae.inputs(), vae.encoder(), vae.latent(), vae.decoder()));
            facts.put("Activation", escape(vae.activation().text()));
            facts.put("Likelihood", escape(vae.likelihood().text()));
        } else if (spec instanceof AutoencoderSpec ae) {
            facts.put(
                    "Kind",
                    "autoencoder with %s weights"
                            .formatted(ae.weights() == AutoencoderSpec.Weights.TIED ? "tied" : "untied"));
            facts.put("Sizes", sizes(ae.inputs(), ae.hidden(), ae.latent(), reversed(ae.hidden())));
            facts.put(
                    "Activations",
                    escape("%s (hidden), %s (code), %s (output)"
                            .formatted(
                                    ae.activation().text(),
                                    ae.codeActivation().text(),
                                    ae.outputActivation().text())));
            facts.put("Corruption", escape(ae.corruption().text()));
        }
        facts.put("Parameters", count(spec.layout().length()));
        HtmlReport page = withHeading("Model").with(factTable(facts));
        return model.card()
                .provenance()
                .map(p -> {
                    Map<String, String> training = new LinkedHashMap<>();
                    training.put("Data", escape(p.data()));
                    training.put("Examples", count(p.examples()));
                    training.put("SHA-256", "<code>" + escape(p.dataSha256()) + "</code>");
                    training.put("Engine", escape(p.engine()));
                    p.plan().forEach((name, value) -> training.put(escape(name), escape(value)));
                    p.environment().forEach((name, value) -> training.put(escape(name), escape(value)));
                    return page.withHeading("Training").with(factTable(training));
                })
                .orElse(page.withText("Its card does not say how the model was trained."));
    }

    private static List<Integer> reversed(List<Integer> sizes) {
        return IntStream.range(0, sizes.size())
                .mapToObj(i -> sizes.get(sizes.size() - 1 - i))
                .toList();
    }

    /** The code stands out. */
    private static String sizes(int inputs, List<Integer> encoder, int latent, List<Integer> decoder) {
        return Stream.of(
                        Stream.of(inputs),
                        encoder.stream(),
                        Stream.of("<strong>" + latent + "</strong>"),
                        decoder.stream(),
                        Stream.of(inputs))
                .flatMap(s -> s)
                .map(String::valueOf)
                .collect(Collectors.joining(" → "));
    }

    private static String factTable(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(f -> "<tr><th scope=\"row\">%s</th><td>%s</td></tr>".formatted(f.getKey(), f.getValue()))
                .collect(Collectors.joining("\n", "<table class=\"facts\">\n", "\n</table>"));
    }

    /**
     * Adds a chart and a table of what was measured while training.
     *
     * @param caption what the values are and their unit, such as {@code Loss in nats per example; lower is better.}; plain text
     * @param curves at least one, with a value for each epoch
     * @return a new page
     * @throws IllegalArgumentException if there is no curve or their lengths differ
     */
    public HtmlReport withHistory(String caption, List<Curve> curves) {
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("found no curve, expected at least one");
        }
        int epochs = curves.get(0).values().size();
        for (Curve curve : curves) {
            if (curve.values().size() != epochs) {
                throw new IllegalArgumentException("curve '%s': found %d values, expected %d as in curve '%s'"
                        .formatted(
                                curve.name(),
                                curve.values().size(),
                                epochs,
                                curves.get(0).name()));
            }
        }
        String legend = IntStream.range(0, curves.size())
                .mapToObj(i -> "<span class=\"key c%s\">%s</span>"
                        .formatted(i, escape(curves.get(i).name())))
                .collect(Collectors.joining(" "));
        String head = curves.stream()
                .map(c -> "<th scope=\"col\">" + escape(c.name()) + "</th>")
                .collect(Collectors.joining("", "<tr><th scope=\"col\">epoch</th>", "</tr>\n"));
        String rows = IntStream.range(0, epochs)
                .mapToObj(e -> curves.stream()
                        .map(c -> "<td>" + number(c.values().get(e)) + "</td>")
                        .collect(Collectors.joining("", "<tr><td>" + (e + 1) + "</td>", "</tr>")))
                .collect(Collectors.joining("\n"));
        return withHeading("Learning curve")
                .with("<figure>\n%s\n<figcaption>%s %s</figcaption></figure>"
                        .formatted(new LineChart(curves).svg(), legend, escape(caption)))
                .with(details("Every epoch", head + rows));
    }

    private static String details(String summary, String rows) {
        return "<details><summary>%s</summary>\n<table class=\"numbers\">\n%s\n</table></details>"
                .formatted(summary, rows);
    }

    /**
     * Adds the figures of a model, each with its unit and what it says.
     *
     * @param evaluation the figures
     * @return a new page
     */
    public HtmlReport withEvaluation(Evaluation evaluation) {
        HtmlReport page = withHeading("Figures")
                .with(
                        "<p>Measured on <strong>%s</strong>, %s %s; seed %s. SHA-256 of the data: <code>%s</code>. ± is the standard error of a mean over the examples.</p>"
                                .formatted(
                                        escape(evaluation.data()),
                                        count(evaluation.examples()),
                                        evaluation.examples() == 1 ? "example" : "examples",
                                        evaluation.seed(),
                                        escape(evaluation.dataSha256())))
                .with(Figures.table(evaluation));
        if (evaluation.bound().isPresent()) {
            page = page.with(details(
                    "Every latent dimension",
                    Figures.latentRows(evaluation.bound().get())));
        }
        if (evaluation.input() instanceof InputContract.Table) {
            page = page.with(details("Every column", Figures.columnRows(evaluation.errorPerColumn())));
        }
        return page;
    }

    /**
     * Adds how a detector of anomalies does, each figure with what it says.
     *
     * @param evaluation the figures
     * @return a new page
     */
    public HtmlReport withAnomalies(AnomalyEvaluation evaluation) {
        String labels = evaluation
                .labelled()
                .map(l -> "of which the labels call %s anomalies".formatted(count(l.anomalies())))
                .orElse("without labels that tell what is an anomaly");
        return withHeading("Anomalies")
                .withText("Measured on %s examples, %s.".formatted(count(evaluation.examples()), labels))
                .with(Figures.table(evaluation));
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
                """.formatted(escape(title), STYLE, escape(title), String.join("\n", sections));
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
        return new HtmlReport(title, List.copyOf(more));
    }

    private static final String STYLE = """
            :root { color-scheme: light; --ink: #1c2430; --soft: #5b6675; --line: #dfe3e8; --first: #1f5fae; --second: #c2571a; --third: #2f7d4f; }
            * { box-sizing: border-box; }
            body { margin: 0; background: #fff; color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
            main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
            main { padding-top: 2rem; }
            footer { padding-top: 1rem; padding-bottom: 2rem; color: var(--soft); font-size: .875rem; }
            h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
            h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; padding-top: .8rem; border-top: 1px solid var(--line); break-after: avoid; }
            p { margin: .6rem 0; max-width: 44rem; }
            code { font: .85em ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
            pre { background: #f5f7f9; border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem; overflow-x: auto; }
            pre code { overflow-wrap: normal; }
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
            .chart { display: block; width: 100%; max-width: 40rem; height: auto; font-size: 12px; }
            .chart text { fill: var(--soft); }
            .chart .end { text-anchor: end; }
            .chart .middle { text-anchor: middle; }
            .chart .rule { stroke: var(--line); }
            .chart .curve { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
            .c0 { color: var(--first); } .c1 { color: var(--second); } .c2 { color: var(--third); }
            .chart .c1 { stroke-dasharray: 6 4; } .chart .c2 { stroke-dasharray: 1 5; }
            .key { font-weight: 600; margin-right: .6rem; }
            @media (max-width: 640px) {
              .figures thead { display: none; }
              .figures tr, .figures td { display: block; }
              .figures tr { padding: .6rem 0; border-bottom: 1px solid var(--line); }
              .figures th, .figures td { display: block; border: 0; padding: .05rem 0; }
              .facts th { width: 7rem; }
              .chart { font-size: 14px; }
            }
            @media print {
              body { font-size: 10.5pt; }
              main, footer { max-width: none; padding: 0; }
              details:not([open]) { display: none; }
            }
            """;
}
