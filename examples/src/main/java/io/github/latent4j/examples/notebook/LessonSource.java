package io.github.latent4j.examples.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the source file of a lesson says: the title and the introduction in the comment of the class, the steps in its method
 * {@code run}, and the code that stands behind it.
 *
 * <p>A comment of {@code run} that follows an empty line, at the outermost level of the method, is text, and the code after it is its
 * cell. Its first line may be a heading, {@code // # Heading}; empty comment lines part paragraphs. Every other comment belongs to the
 * code.
 *
 * @param title the first sentence of the comment of the class, without its full stop
 * @param introduction the rest of that comment, by paragraphs
 * @param firstLine the number of the first line of {@code run}'s body in the file, from 1
 * @param cells the steps
 * @param rest the members behind {@code run}, empty if there are none
 */
record LessonSource(String title, List<String> introduction, int firstLine, List<Cell> cells, String rest) {
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/\\s*public final class", Pattern.DOTALL);
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s+#?([^}]*)}");
    private static final String INDENT = " ".repeat(8);

    /**
     * Reads the source file that the build put beside the class.
     *
     * @throws IOException if it is not there, or is not that of a lesson; the message says what is missing
     */
    static LessonSource of(Class<?> lesson) throws IOException {
        String name = lesson.getSimpleName() + ".java";
        try (InputStream in = lesson.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(
                        "%s: found no source beside the class, expected the one that the build of Maven puts there"
                                .formatted(name));
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static LessonSource parse(String name, String source) throws IOException {
        Matcher comment = COMMENT.matcher(source);
        if (!comment.find()) {
            throw new IOException(name + ": found no comment before the class, expected the lesson's title there");
        }
        List<String> paragraphs = paragraphs(comment.group(1));
        String first = paragraphs.get(0);
        int end = first.indexOf(". ");
        String title = end < 0 ? first : first.substring(0, end);
        List<String> introduction = new ArrayList<>();
        if (end >= 0) {
            introduction.add(first.substring(end + 2));
        }
        introduction.addAll(paragraphs.subList(1, paragraphs.size()));

        List<String> lines = source.lines().toList();
        int run = signature(name, lines);
        int from = run;
        while (!lines.get(from).endsWith("{")) {
            from++;
        }
        int to = from;
        while (!lines.get(to).equals("    }")) {
            to++;
        }
        String rest = dedented(lines.subList(to + 1, lines.size() - 1));
        return new LessonSource(
                title.replaceFirst("\\.$", ""),
                List.copyOf(introduction),
                from + 2,
                cells(lines, from + 1, to),
                rest.strip());
    }

    /** Whether a line of the file is one of {@code run}. */
    boolean isOfRun(int line) {
        return line >= firstLine && line <= cells.get(cells.size() - 1).lastLine();
    }

    private static int signature(String name, List<String> lines) throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches(" {4}static .* run\\(Size size, Notebook page\\).*")) {
                return i;
            }
        }
        throw new IOException(name + ": found no method run(Size size, Notebook page), expected the lesson there");
    }

    private static List<Cell> cells(List<String> lines, int from, int to) {
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
                at++;
            }
            String heading = "";
            if (!text.isEmpty() && text.get(0).startsWith("# ")) {
                heading = text.remove(0).substring(2);
            }
            // What a lesson returns is for tests.
            int end = at == to && lines.get(at - 1).startsWith(INDENT + "return ") ? at - 1 : at;
            cells.add(new Cell(heading, joined(text), dedented(lines.subList(code, Math.max(code, end))), at));
        }
        return List.copyOf(cells);
    }

    private static boolean isText(String line) {
        return line.startsWith(INDENT + "//");
    }

    private static List<String> paragraphs(String comment) {
        String text = comment.lines()
                .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
                .collect(Collectors.joining("\n"))
                .replaceAll("</?(p|em|i|b)>", "\n\n")
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
