package io.github.latent4j.examples.notebook;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.evaluation.report.HtmlReport;
import io.github.latent4j.evaluation.report.Picture;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The page of a lesson: its text and code as they stand in the source file, and after each step what it printed and drew. A
 * step is a comment of the method {@code run} and the code up to the next one; what a line of the step hands to this notebook
 * stands after it. Not thread-safe: the thread that runs the lesson uses it.
 */
public final class Notebook {
    private final Class<?> lesson;
    private final Path folder;
    private final LessonSource source;
    private final List<Output> outputs = new ArrayList<>();

    /** What a line of the source file handed over. */
    private sealed interface Output {
        int line();
    }

    private record Printed(int line, String text) implements Output {}

    private record Shown(int line, UnaryOperator<HtmlReport> addition) implements Output {}

    private Notebook(Class<?> lesson, Path folder, LessonSource source) {
        this.lesson = lesson;
        this.folder = folder;
        this.source = source;
    }

    /**
     * Runs a lesson in full for a reader and writes its page into {@code out/NAME} of the examples' folder, wherever it was started.
     *
     * @param lesson the class whose source tells the lesson
     * @param run its method {@code run}
     * @throws Exception if a step cannot be done, or the page cannot be written
     */
    public static void open(Class<?> lesson, Lesson<?> run) throws Exception {
        Path folder = folder(lesson);
        long start = System.nanoTime();
        run(lesson, run, Size.FULL, folder);
        System.out.printf(
                Locale.ROOT,
                "%nThe page of this lesson, after %.0f s: %s%n",
                (System.nanoTime() - start) / 1e9,
                folder.resolve("index.html"));
    }

    /**
     * Where an example puts its files.
     *
     * @param example its class, built into {@code target/classes}
     * @return {@code out/NAME} of the examples' folder; it need not be there
     */
    public static Path folder(Class<?> example) {
        return module(example).resolve("out").resolve(example.getSimpleName());
    }

    private static Path module(Class<?> example) {
        try {
            return Path.of(example.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve("../..")
                    .normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of a class is an address", e);
        }
    }

    /**
     * Runs a lesson and writes its page {@code index.html}, up to the step that failed if one did.
     *
     * @param lesson the class whose source tells the lesson
     * @param run its method {@code run}
     * @param size how much to do
     * @param folder where the page and the lesson's files go; made if need be
     * @param <R> what the lesson finds out
     * @return what it found out
     * @throws Exception if a step cannot be done, or the page cannot be written
     */
    public static <R> R run(Class<?> lesson, Lesson<R> run, Size size, Path folder) throws Exception {
        LessonSource source = LessonSource.of(module(lesson), lesson);
        Notebook page = new Notebook(lesson, Files.createDirectories(folder), source);
        try {
            R found = run.run(size, page);
            page.report(source.cells()).write(folder.resolve("index.html"));
            return found;
        } catch (Exception e) {
            page.report(source.cellsUpTo(page.lineOf(e)))
                    .withHeading("It ended here")
                    .withOutput(e.toString())
                    .write(folder.resolve("index.html"));
            throw e;
        }
    }

    /**
     * A place for a file of the lesson, beside the page.
     *
     * @param name of the file or folder
     * @return where it goes
     */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Prints a line or more, and puts it on the page.
     *
     * @param format as of {@link String#format}, numbers in English
     * @param values for its places
     */
    public void say(String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values);
        System.out.println(text);
        outputs.add(new Printed(line(), text));
    }

    /**
     * Shows a picture.
     *
     * @param picture what to show
     * @param caption what is to be seen, in whole sentences
     */
    public void show(Picture picture, String caption) {
        add(report -> report.withPicture(picture, caption));
    }

    /**
     * Shows a chart.
     *
     * @param chart what to draw
     */
    public void show(Chart chart) {
        add(report -> report.withChart(chart));
    }

    /**
     * Shows a table, and prints it.
     *
     * @param columns the heads, at least one
     * @param rows one cell a column
     */
    public void show(List<String> columns, List<List<String>> rows) {
        System.out.println(TextTable.of(columns, rows));
        add(report -> report.withTable(columns, rows));
    }

    /**
     * Shows what was measured, and prints the figures.
     *
     * @param measurement what was found out
     */
    public void show(Measurement measurement) {
        measurement
                .figures()
                .forEach(figure -> System.out.printf("%s: %s %s%n", figure.name(), figure.text(), figure.unit()));
        add(report -> report.withMeasurement(measurement));
    }

    private void add(UnaryOperator<HtmlReport> addition) {
        outputs.add(new Shown(line(), addition));
    }

    /** The line of the lesson that is being run. */
    private int line() {
        return StackWalker.getInstance()
                .walk(frames -> line(frames.map(StackWalker.StackFrame::toStackTraceElement)))
                .orElseThrow(
                        () -> new IllegalStateException("%s: found an output from outside of run, expected it within"
                                .formatted(lesson.getSimpleName())));
    }

    /** The line that threw; the first one if that is not of the lesson. */
    private int lineOf(Exception failure) {
        return line(Stream.of(failure.getStackTrace())).orElse(source.firstLine());
    }

    private Optional<Integer> line(Stream<StackTraceElement> frames) {
        return frames.filter(frame -> frame.getClassName().equals(lesson.getName()))
                .map(StackTraceElement::getLineNumber)
                .filter(source::isOfRun)
                .findFirst();
    }

    private HtmlReport report(List<Cell> cells) {
        HtmlReport report = HtmlReport.of(source.title());
        for (String paragraph : source.introduction()) {
            report = report.withText(paragraph);
        }
        int from = 0;
        for (Cell cell : cells) {
            if (!cell.heading().isEmpty()) {
                report = report.withHeading(cell.heading());
            }
            for (String paragraph : cell.paragraphs()) {
                report = report.withText(paragraph);
            }
            if (!cell.code().isEmpty()) {
                report = report.withCode(cell.code());
            }
            report = with(outputs(from, cell.lastLine()), report.atLevel(3)).atLevel(2);
            from = cell.lastLine();
        }
        if (!source.rest().isEmpty() && cells.size() == source.cells().size()) {
            report = report.withHeading("The rest of the class").withCode(source.rest());
        }
        return report;
    }

    /** What the lines behind one and up to another one handed over. */
    private List<Output> outputs(int from, int to) {
        return outputs.stream()
                .filter(output -> output.line() > from && output.line() <= to)
                .toList();
    }

    /** What was printed without anything shown in between stands in one box. */
    private static HtmlReport with(List<Output> outputs, HtmlReport page) {
        HtmlReport report = page;
        List<String> printed = new ArrayList<>();
        for (Output output : outputs) {
            if (output instanceof Printed text) {
                printed.add(text.text());
            } else if (output instanceof Shown shown) {
                report = shown.addition().apply(flush(printed, report));
            }
        }
        return flush(printed, report);
    }

    private static HtmlReport flush(List<String> printed, HtmlReport report) {
        if (printed.isEmpty()) {
            return report;
        }
        String text = String.join("\n", printed);
        printed.clear();
        return report.withOutput(text);
    }
}
