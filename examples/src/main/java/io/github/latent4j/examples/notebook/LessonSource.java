package io.github.latent4j.examples.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the source file of a lesson says: the title and the introduction in the comment of the class, the steps in its method
 * {@code run}, and the members beside it. It is written for files as this project formats them.
 *
 * <p>A comment of {@code run} that follows an empty line, at the outermost level of the method, is text, and the code after it is its
 * cell. Its first line may be a heading, {@code // # Heading}; empty comment lines part paragraphs. Every other comment belongs to the
 * code. What {@code run} returns at its end is for tests, and left out.
 *
 * @param title the first sentence of the comment of the class, without its full stop
 * @param introduction the rest of that comment, by paragraphs
 * @param firstLine the number of the first line of {@code run}'s body in the file, from 1
 * @param cells the steps
 * @param rest the members but {@code main}, {@code run} and the constructor; empty if there are none
 */
record LessonSource(String title, List<String> introduction, int firstLine, List<Cell> cells, String rest) {
    private static final Pattern CLASS = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@[^\\n]*\\s+)*public final class [^\\n]*\\n", Pattern.DOTALL);
    private static final Pattern MAIN = Pattern.compile(
            " {4}/\\*\\*(?:(?!\\*/).)*\\*/\\s*public static void main\\(.*?\\n {4}}\\n", Pattern.DOTALL);
    private static final Pattern CONSTRUCTOR = Pattern.compile(" {4}private \\w+\\(\\) \\{}\\n");
    private static final Pattern RUN = Pattern.compile(" {4}static .* run\\(Size size, Notebook page\\).*");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s+#?([^}]*)}");
    private static final String INDENT = " ".repeat(8);

    /**
     * Reads the source file of a class that Maven or an IDE has built into {@code target/classes}.
     *
     * @throws IOException if it is not there, or is not that of a lesson; the message says what is missing
     */
    static LessonSource of(Path module, Class<?> lesson) throws IOException {
        Path file = module.resolve("src/main/java").resolve(lesson.getName().replace('.', '/') + ".java");
        try {
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": found no such file, expected the source of the lesson", e);
        }
    }

    static LessonSource parse(String name, String source) throws IOException {
        Matcher type = CLASS.matcher(source);
        if (!type.find()) {
            throw new IOException(name + ": found no comment before the class, expected the lesson's title there");
        }
        List<String> paragraphs = paragraphs(type.group(1));
        if (paragraphs.isEmpty()) {
            throw new IOException(
                    name + ": found an empty comment before the class, expected the lesson's title there");
        }
        String first = paragraphs.get(0);
        int end = first.indexOf(". ");
        List<String> introduction = new ArrayList<>();
        if (end >= 0) {
            introduction.add(first.substring(end + 2));
        }
        introduction.addAll(paragraphs.subList(1, paragraphs.size()));

        List<String> lines = source.lines().toList();
        int run = line(name, lines, 0, RUN, "found no method run(Size size, Notebook page), expected the lesson there");
        int from = line(name, lines, run, Pattern.compile(".*\\{"), "found no body of run, expected the lesson there");
        int to =
                line(name, lines, from, Pattern.compile(" {4}}"), "found no end of run, expected a brace of its depth");
        int begin = (int) source.substring(0, type.end()).lines().count();
        String rest = String.join("\n", lines.subList(begin, run)) + "\n"
                + String.join("\n", lines.subList(to + 1, lines.size() - 1));
        return new LessonSource(
                (end < 0 ? first : first.substring(0, end)).replaceFirst("\\.$", ""),
                List.copyOf(introduction),
                from + 2,
                cells(name, lines, from + 1, to),
                dedented(List.of(CONSTRUCTOR
                                .matcher(MAIN.matcher(rest).replaceAll(""))
                                .replaceAll("")
                                .replaceAll("\\n{3,}", "\n\n")))
                        .strip());
    }

    /** Whether a line of the file is one of {@code run}. */
    boolean isOfRun(int line) {
        return line >= firstLine && line <= cells.get(cells.size() - 1).lastLine();
    }

    /** The steps up to the one that a line belongs to. */
    List<Cell> cellsUpTo(int line) {
        int count = 1;
        while (count < cells.size() && cells.get(count - 1).lastLine() < line) {
            count++;
        }
        return cells.subList(0, count);
    }

    private static int line(String name, List<String> lines, int from, Pattern pattern, String missing)
            throws IOException {
        for (int i = from; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        throw new IOException(name + ": " + missing);
    }

    private static List<Cell> cells(String name, List<String> lines, int from, int to) throws IOException {
        List<Cell> cells = new ArrayList<>();
        int at = from;
        while (at < to) {
            List<String> text = new ArrayList<>();
            while (at < to && isText(lines.get(at))) {
                text.add(lines.get(at).strip().substring(2).strip());
                at++;
            }
            int code = at;
            while (at < to && !(isText(lines.get(at)) && lines.get(at - 1).isBlank())) {
                if (lines.get(at).strip().startsWith("// # ")) {
                    throw new IOException(
                            "%s: line %d: found a heading within code, expected an empty line before it, at the outermost level of run"
                                    .formatted(name, at + 1));
                }
                at++;
            }
            String heading = "";
            if (!text.isEmpty() && text.get(0).startsWith("# ")) {
                heading = text.remove(0).substring(2);
            }
            int end = at == to ? withoutReturn(lines, code, at) : at;
            cells.add(new Cell(heading, joined(text), dedented(lines.subList(code, end)), at));
        }
        return List.copyOf(cells);
    }

    /** Where the last statement begins if it returns something, else the end. */
    private static int withoutReturn(List<String> lines, int from, int to) {
        int last = to;
        for (int i = from; i < to; i++) {
            if (lines.get(i).startsWith(INDENT + "return ")) {
                last = i;
            } else if (lines.get(i).matches(INDENT + "[^ ].*")) {
                last = to;
            }
        }
        return last;
    }

    private static boolean isText(String line) {
        return line.startsWith(INDENT + "//");
    }

    private static List<String> paragraphs(String comment) {
        String text = comment.lines()
                .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
                .collect(Collectors.joining("\n"))
                .replaceAll("</?p>", "\n\n")
                .replaceAll("</?(em|i|b|strong|code)>", "")
                .strip();
        return joined(INLINE_TAG.matcher(text).replaceAll("$1").lines().toList());
    }

    /** Lines as paragraphs, which empty lines part. */
    private static List<String> joined(List<String> lines) {
        List<String> paragraphs = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        for (String line : lines) {
            if (line.isBlank()) {
                add(paragraphs, paragraph);
            } else {
                paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
            }
        }
        add(paragraphs, paragraph);
        return List.copyOf(paragraphs);
    }

    private static void add(List<String> paragraphs, StringBuilder paragraph) {
        if (!paragraph.isEmpty()) {
            paragraphs.add(paragraph.toString());
            paragraph.setLength(0);
        }
    }

    private static String dedented(List<String> lines) {
        return String.join("\n", lines).stripTrailing().stripIndent().replaceAll("^\\s*\\n", "");
    }
}
