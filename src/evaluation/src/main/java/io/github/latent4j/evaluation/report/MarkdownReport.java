package io.github.latent4j.evaluation.report;

import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page in Markdown (GitHub's, with tables) that tells what was trained and how good it is, such as the README of a model's folder.
 * What is added stands on the page in the order in which it was added. Pictures are files of their own. Immutable and thread-safe.
 *
 * <pre>{@code
 * MarkdownReport.of("Ten digits in two numbers")
 *         .withPicture("pictures/manifold.png", "The latent plane", "What the decoder makes of the latent plane.")
 *         .withHeading("Figures")
 *         .withFigures(Evaluator.of(vae).evaluate(digits.test()).figures())
 *         .write(Path.of("README.md"));
 * }</pre>
 */
public final class MarkdownReport {
    private static final int DEEPEST = 6;
    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})([ \t].*)?");
    private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(=+|-+)[ \t]*");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})(.*)");
    private static final Pattern BACKTICKS = Pattern.compile("`+");
    private static final Pattern BLOCK = Pattern.compile("(#{1,6}(?= |$)|[-+>=]|\\d+(?=[.)]))(.*)");

    private final String title;
    private final List<String> sections;

    private MarkdownReport(String title, List<String> sections) {
        this.title = title;
        this.sections = sections;
    }

    /**
     * A page with a title alone.
     *
     * @param title plain text
     * @return the page
     */
    public static MarkdownReport of(String title) {
        return new MarkdownReport(title, List.of());
    }

    /**
     * Adds a comment, which is not shown.
     *
     * @param text plain text without {@code --}
     * @return a new page
     * @throws IllegalArgumentException if the text would end the comment
     */
    public MarkdownReport withComment(String text) {
        if (text.contains("--") || text.endsWith("-") || text.startsWith(">") || text.startsWith("->")) {
            throw new IllegalArgumentException("comment: found '%s', expected no -- in it".formatted(text));
        }
        return with("<!-- " + text + " -->");
    }

    /**
     * Adds a heading.
     *
     * @param text plain text
     * @return a new page
     */
    public MarkdownReport withHeading(String text) {
        return with("## " + heading(text));
    }

    /**
     * Adds a paragraph.
     *
     * @param text plain text
     * @return a new page
     */
    public MarkdownReport withText(String text) {
        return with(paragraph(text));
    }

    /**
     * Adds sentences, one an item.
     *
     * @param items plain text
     * @return a new page
     */
    public MarkdownReport withList(List<String> items) {
        return items.isEmpty()
                ? this
                : with(items.stream().map(item -> "- " + paragraph(item)).collect(Collectors.joining("\n")));
    }

    /**
     * Adds what somebody wrote in Markdown. Its headings become those below the page's: the highest ones of the third level, the
     * others as much lower as they are below these.
     *
     * @param markdown any text
     * @return a new page
     * @throws IllegalArgumentException if fenced code or a comment is not closed; the message says on which line it begins
     */
    public MarkdownReport withMarkdown(String markdown) {
        requireClosed(markdown.lines().toList());
        List<String> lines = plainHeadings(markdown.strip().lines().toList());
        int highest = headings(lines).mapToInt(Integer::intValue).min().orElse(1);
        List<String> demoted = new ArrayList<>();
        Verbatim verbatim = new Verbatim();
        for (String line : lines) {
            Matcher heading = HEADING.matcher(line);
            if (!verbatim.covers(line) && heading.matches()) {
                int level = Math.min(DEEPEST, heading.group(1).length() - highest + 3);
                demoted.add("#".repeat(level) + (heading.group(2) == null ? "" : heading.group(2)));
            } else {
                demoted.add(line);
            }
        }
        return demoted.isEmpty() ? this : with(String.join("\n", demoted));
    }

    /** The levels of the headings outside of code. */
    private static Stream<Integer> headings(List<String> lines) {
        Verbatim verbatim = new Verbatim();
        return lines.stream()
                .filter(line -> !verbatim.covers(line))
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(heading -> heading.group(1).length());
    }

    /** Headings of one line that are underlined become those with number signs. */
    private static List<String> plainHeadings(List<String> lines) {
        List<String> plain = new ArrayList<>();
        Verbatim verbatim = new Verbatim();
        boolean paragraph = false; // whether the line before is the only one of a paragraph so far
        boolean blank = true;
        for (String line : lines) {
            boolean code = verbatim.covers(line);
            Matcher underline = UNDERLINE.matcher(line);
            if (!code && paragraph && underline.matches()) {
                String text = plain.remove(plain.size() - 1);
                plain.add((underline.group(1).startsWith("=") ? "# " : "## ") + text.strip());
                paragraph = false;
                blank = true;
                continue;
            }
            paragraph = !code && blank && !line.isBlank() && !line.strip().matches("(#|>|[-*+] |\\d+[.)] |\\||<).*");
            blank = !code && (line.isBlank() || HEADING.matcher(line).matches());
            plain.add(line);
        }
        return plain;
    }

    /** Finds the lines of fenced code and of comments, told one after the other. */
    private static final class Verbatim {
        private static final String COMMENT = "<!--";
        private static final String COMMENT_END = "-->";

        private String open = "";

        boolean covers(String line) {
            if (open.isEmpty()) {
                opens(line);
                return !open.isEmpty() || isComment(line);
            }
            Matcher fence = FENCE.matcher(line);
            boolean closes = open.equals(COMMENT)
                    ? line.contains(COMMENT_END)
                    : fence.matches()
                            && fence.group(1).startsWith(open)
                            && fence.group(2).isBlank();
            if (closes) {
                open = "";
            }
            return true;
        }

        private void opens(String line) {
            Matcher fence = FENCE.matcher(line);
            if (isComment(line)) {
                open = line.contains(COMMENT_END) ? "" : COMMENT;
            } else if (fence.matches()
                    && !(fence.group(1).startsWith("`") && fence.group(2).contains("`"))) {
                open = fence.group(1);
            }
        }

        private static boolean isComment(String line) {
            return line.stripLeading().startsWith(COMMENT) && !line.startsWith("    ");
        }

        /** What the lines so far have opened and not closed; empty if there is none. */
        String open() {
            return open;
        }
    }

    /** Refuses what would make code or a comment of all that stands below it. */
    private static void requireClosed(List<String> lines) {
        Verbatim verbatim = new Verbatim();
        int opened = 0;
        for (int i = 0; i < lines.size(); i++) {
            boolean before = verbatim.open().isEmpty();
            verbatim.covers(lines.get(i));
            if (before && !verbatim.open().isEmpty()) {
                opened = i + 1;
            }
        }
        if (!verbatim.open().isEmpty()) {
            throw new IllegalArgumentException(
                    "Markdown: found %s on line %d that nothing closes, expected its end below it"
                            .formatted(verbatim.open(), opened));
        }
    }

    /**
     * Adds code.
     *
     * @param language its name for those who colour it, such as {@code java}; empty if it has none
     * @param code as it is, without a line end at the end
     * @return a new page
     */
    public MarkdownReport withCode(String language, String code) {
        int longest = BACKTICKS
                .matcher(code)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
        String fence = "`".repeat(Math.max(3, longest + 1));
        return with(fence + language + "\n" + code + "\n" + fence);
    }

    /**
     * Adds a picture.
     *
     * @param file its place, relative to the page, with {@code /} between folders
     * @param what it shows, in a few words; plain text
     * @param caption says what is to be seen; plain text
     * @return a new page
     */
    public MarkdownReport withPicture(String file, String what, String caption) {
        return with("![%s](%s)".formatted(escape(what), destination(file))).withText(caption);
    }

    /** A place as it stands behind a picture's words: in angle brackets where a character might end it. */
    private static String destination(String file) {
        return file.matches("[\\p{L}\\p{N}_./:@%+~-]+")
                ? file
                : "<" + file.replaceAll("[\\\\<>]", "\\\\$0").replaceAll("\\R", " ") + ">";
    }

    /**
     * Adds a table.
     *
     * @param columns their names; plain text
     * @param rows a cell for each column; plain text
     * @return a new page
     * @throws IllegalArgumentException if a row has more or fewer cells
     */
    public MarkdownReport withTable(List<String> columns, List<List<String>> rows) {
        requireCells(columns, rows);
        return with(table(
                columns.stream().map(MarkdownReport::escape).toList(),
                rows.stream()
                        .map(row -> row.stream().map(MarkdownReport::escape).toList())
                        .toList()));
    }

    /**
     * Adds figures, each with its standard error, its unit and what it says.
     *
     * @param figures what was measured
     * @return a new page
     */
    public MarkdownReport withFigures(List<Figure> figures) {
        return withTable(
                List.of("Figure", "Value", "Unit", "What it says"),
                figures.stream()
                        .map(f -> List.of(f.name(), Html.minus(f.text()), f.unit(), f.meaning()))
                        .toList());
    }

    /**
     * Adds what was measured: remarks, and figures under a heading of the third level.
     *
     * @param measurement what was found out
     * @return a new page
     */
    public MarkdownReport withMeasurement(Measurement measurement) {
        MarkdownReport page = with("### " + heading(measurement.title()));
        for (String remark : measurement.remarks()) {
            page = page.withText(remark);
        }
        return page.withFigures(measurement.figures());
    }

    /**
     * Adds a table of what the model is.
     *
     * @param model the model
     * @param more facts by name, behind the others; plain text
     * @return a new page
     */
    public MarkdownReport withSpecification(LatentModel model, Map<String, String> more) {
        Map<String, String> facts = new LinkedHashMap<>(ModelFacts.specification(model));
        facts.putAll(more);
        return withFacts(facts);
    }

    /**
     * Adds a table of how the model was trained, from the provenance of its card.
     *
     * @param model the model
     * @return a new page
     */
    public MarkdownReport withTraining(LatentModel model) {
        return model.card()
                .provenance()
                .map(provenance -> withFacts(ModelFacts.training(model.spec(), provenance)))
                .orElseGet(() -> withText("Its card does not say how the model was trained."));
    }

    private MarkdownReport withFacts(Map<String, String> facts) {
        return withTable(
                List.of("What", "Value"),
                facts.entrySet().stream()
                        .map(fact -> List.of(fact.getKey(), fact.getValue()))
                        .toList());
    }

    /** Refuses a table with a row that has more or fewer cells than there are columns. */
    static void requireCells(List<String> columns, List<List<String>> rows) {
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("table: found a row of %d cells, expected %d, one a column"
                        .formatted(row.size(), columns.size()));
            }
        }
    }

    private static String table(List<String> columns, List<List<String>> rows) {
        return Stream.of(List.of(columns, columns.stream().map(c -> "---").toList()), rows)
                .flatMap(List::stream)
                .map(cells -> "| " + String.join(" | ", cells) + " |")
                .collect(Collectors.joining("\n"));
    }

    /** Text on one line that does not begin as a heading, a list or a quotation does. */
    private static String paragraph(String text) {
        String line = escape(text);
        Matcher block = BLOCK.matcher(line);
        if (!block.matches()) {
            return line;
        }
        String start = block.group(1);
        return Character.isDigit(start.charAt(0)) ? start + "\\" + block.group(2) : "\\" + line;
    }

    /** Text on one line whose last number signs are no end of a heading. */
    private static String heading(String text) {
        return escape(text).replaceFirst("(?<=^| )(#+)$", "\\\\$1");
    }

    /** Text on one line in which no character means something to Markdown. */
    private static String escape(String text) {
        return text.strip()
                .replaceAll("\\s+", " ")
                .replaceAll("[\\\\`*\\[\\]<>|~$]", "\\\\$0")
                .replaceAll("(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])", "\\\\_")
                .replaceAll("&(?=#?\\w+;)", "&amp;");
    }

    /**
     * The page.
     *
     * @return Markdown with a line end at the end
     */
    public String markdown() {
        return Stream.concat(Stream.of("# " + heading(title)), sections.stream())
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    /**
     * Writes the page: beside the given file first, then moved into its place.
     *
     * @param file where to; its folder exists
     * @throws IOException if the file cannot be written; the message names it and says why
     */
    public void write(Path file) throws IOException {
        StagedFile.write(file, markdown().getBytes(StandardCharsets.UTF_8));
    }

    private MarkdownReport with(String section) {
        List<String> more = new ArrayList<>(sections);
        more.add(section);
        return new MarkdownReport(title, List.copyOf(more));
    }
}
