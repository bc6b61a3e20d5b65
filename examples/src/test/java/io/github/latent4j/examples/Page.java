package io.github.latent4j.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documents and the Java code in it. The blocks of a page are one program, in their order. Comments that a reader
 * of the page does not see help it: {@code <!-- test: import a.B, c.D -->} and {@code <!-- test: given STATEMENTS -->} stand anywhere
 * before the code that needs them, {@code <!-- test: alone -->} before a block that begins a program of its own.
 *
 * @param path where it lies
 * @param text all of it
 */
record Page(Path path, String text) {
    /** The root of the checkout. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern PIECE = Pattern.compile(
            "<!-- test: (?<directive>.*?)-->|^```java\\n(?<block>.*?)^```|<pre>\\{@code\\n(?<html>.*?)\\}</pre>",
            Pattern.DOTALL | Pattern.MULTILINE);

    /**
     * What is compiled and run as one.
     *
     * @param imports names of classes, besides those that every page has
     * @param statements in their order
     */
    record Program(List<String> imports, List<String> statements) {}

    static Page of(String path) throws IOException {
        Path file = ROOT.resolve(path);
        return new Page(file, Files.readString(file));
    }

    /** README.md, docs, the models' cards and the first page of the Javadoc. */
    static List<Page> all() throws IOException {
        List<Path> paths = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("src/overview.html")));
        for (Path folder : List.of(ROOT.resolve("docs"), ROOT.resolve("models"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> found = Files.walk(folder, 2)) {
                    found.filter(path -> path.toString().endsWith(".md"))
                            .sorted()
                            .forEach(paths::add);
                }
            }
        }
        return paths.stream().map(Page::read).toList();
    }

    private static Page read(Path path) {
        try {
            return new Page(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the page, as it is seen from the root. */
    String name() {
        return ROOT.relativize(path).toString().replace('\\', '/');
    }

    /** All programs, each of at least one block. */
    List<Program> programs() {
        List<Program> programs = new ArrayList<>();
        List<String> imports = new ArrayList<>();
        List<String> statements = new ArrayList<>();
        boolean blocks = false;
        for (var piece : PIECE.matcher(text).results().toList()) {
            String directive = piece.group(1);
            if (directive == null) {
                statements.add(piece.group(2) != null ? piece.group(2) : piece.group(3));
                blocks = true;
            } else if (directive.startsWith("import ")) {
                for (String name : directive.substring("import ".length()).split(",")) {
                    imports.add(name.strip());
                }
            } else if (directive.startsWith("given")) {
                statements.add(directive.substring("given".length()));
            } else if (directive.strip().equals("alone")) {
                if (blocks) {
                    programs.add(new Program(List.copyOf(imports), List.copyOf(statements)));
                }
                statements.clear();
                blocks = false;
            } else {
                throw new IllegalArgumentException(
                        "%s: found the comment '%s', expected import, given or alone".formatted(name(), directive));
            }
        }
        if (blocks) {
            programs.add(new Program(List.copyOf(imports), List.copyOf(statements)));
        }
        return programs;
    }

    /** The number of blocks of Java code, counted by their first lines. */
    long blocks() {
        return text.lines().filter(line -> line.strip().startsWith("```java")).count()
                + (path.toString().endsWith(".html")
                        ? text.lines().filter(line -> line.contains("<pre>")).count()
                        : 0);
    }
}
