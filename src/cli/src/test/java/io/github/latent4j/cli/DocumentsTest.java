package io.github.latent4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** The command lines of README.md, docs and the models' cards: all are understood, and those without a placeholder run. */
class DocumentsTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path LESSONS = ROOT.resolve("examples/src/main/java/io/github/latent4j/examples");
    private static final Pattern FENCED = Pattern.compile("^```(\\w*)\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SPAN = Pattern.compile("`((?:\\./)?latent4j [^`]+|(?:bench|examples)/run [^`]+)`");
    private static final Set<String> SHELL = Set.of("", "sh", "bash", "shell", "console");

    /** What a fenced line may begin with besides latent4j's own programs. */
    private static final Set<String> OTHERS = Set.of("mvn", "java", "jfr", "git");

    /** A word that a reader replaces, or that stands for what was said before. */
    private static final Pattern PLACEHOLDER = Pattern.compile("…|[A-Z]{2,}(\\[.*)?|[A-Z]");

    /**
     * A command of a page.
     *
     * @param place page and line
     * @param line what stands there
     * @param fenced whether it stands in a block of its own
     */
    private record Found(String place, ShellLine line, boolean fenced) {
        boolean hasPlaceholder() {
            return line.words().stream()
                    .flatMap(word -> Stream.of(word.split(":")))
                    .anyMatch(word -> PLACEHOLDER.matcher(word).matches());
        }
    }

    @TempDir
    Path folder;

    private static List<Path> pages() throws IOException {
        List<Path> pages =
                new ArrayList<>(Stream.of("README.md", "CONTRIBUTING.md", "bench/README.md", "examples/README.md")
                        .map(ROOT::resolve)
                        .toList());
        for (Path where : List.of(ROOT.resolve("docs"), ROOT.resolve("models"))) {
            try (Stream<Path> files = Files.walk(where, 2)) {
                files.filter(file -> file.toString().endsWith(".md") && !isPartOfACard(file))
                        .sorted()
                        .forEach(pages::add);
            }
        }
        return pages;
    }

    /** Whether it stands on the card beside it. */
    private static boolean isPartOfACard(Path page) {
        return page.endsWith("notes.md") && Files.exists(page.resolveSibling("README.md"));
    }

    private static List<Found> commands(Path page) throws IOException {
        String text = Files.readString(page);
        String name = ROOT.relativize(page).toString();
        List<Found> found = new ArrayList<>();
        for (MatchResult block : FENCED.matcher(text).results().toList()) {
            if (!SHELL.contains(block.group(1))) {
                continue;
            }
            int number = lineOf(text, block.start(2));
            String joined = block.group(2).replace("\\\n", " ");
            for (String line : joined.split("\n")) {
                for (ShellLine command : ShellLine.of(line)) {
                    found.add(new Found(name + ":" + number, command, true));
                }
                number++;
            }
        }
        String prose = FENCED.matcher(text).replaceAll(block -> "\n"
                .repeat((int) block.group().chars().filter(c -> c == '\n').count()));
        for (MatchResult span : SPAN.matcher(prose).results().toList()) {
            for (ShellLine command : ShellLine.of(span.group(1))) {
                found.add(new Found(name + ":" + lineOf(prose, span.start()), command, false));
            }
        }
        return found;
    }

    private static int lineOf(String text, int position) {
        return 1
                + (int) text.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    @Test
    void commandsAreUnderstood() throws IOException {
        Set<String> measurements = measurements();
        List<String> wrong = new ArrayList<>();
        int understood = 0;
        for (Path page : pages()) {
            for (Found found : commands(page)) {
                ShellLine line = found.line();
                boolean ours = line.isLatent4j();
                if (ours) {
                    mistake(found).ifPresent(text -> wrong.add(found.place() + ": " + text));
                    understood++;
                } else if (line.program().equals("bench/run")) {
                    String measurement =
                            line.arguments().isEmpty() ? "" : line.arguments().get(0);
                    if (!measurements.contains(measurement) && !measurement.equals("…")) {
                        wrong.add("%s: found bench/run %s, expected one of %s"
                                .formatted(found.place(), measurement, measurements));
                    }
                } else if (line.program().equals("examples/run")) {
                    String lesson =
                            line.arguments().isEmpty() ? "" : line.arguments().get(0);
                    if (!found.hasPlaceholder() && Files.notExists(LESSONS.resolve(lesson + ".java"))) {
                        wrong.add("%s: found examples/run %s, expected a class of %s"
                                .formatted(found.place(), lesson, LESSONS));
                    }
                } else if (line.words().stream().anyMatch("./latent4j"::equals)) {
                    wrong.add("%s: found %s, expected a command that begins with ./latent4j or a word of %s"
                            .formatted(found.place(), line.words(), OTHERS));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(understood).isGreaterThan(40);
    }

    private static Optional<String> mistake(Found found) {
        if (found.line().arguments().get(0).equals("…")) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        for (String word : found.line().arguments()) {
            if (word.equals("…")) {
                words.addAll(List.of("--data", "strokes"));
            } else {
                words.add(word.matches("[NS]") ? "1" : word);
            }
        }
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        try {
            Main.commandLine(nowhere, nowhere).parseArgs(words.toArray(new String[0]));
            return Optional.empty();
        } catch (MissingParameterException e) {
            // A sentence may name what it speaks of alone.
            return found.fenced() ? Optional.of(String.valueOf(e.getMessage())) : Optional.empty();
        } catch (ParameterException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The names that bench/run knows, as its sources have them: it is not part of this build. */
    private static Set<String> measurements() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(ROOT.resolve("bench/src/main/java"))) {
            for (Path source : sources.filter(file -> file.toString().endsWith("Command.java"))
                    .toList()) {
                Pattern.compile("@Command\\(\\s*name = \"([a-z-]+)\"")
                        .matcher(Files.readString(source))
                        .results()
                        .forEach(name -> names.add(name.group(1)));
            }
        }
        assertThat(names).contains("training", "inference");
        return names;
    }

    @Test
    void commandsRun() throws IOException, InterruptedException {
        List<String> script = new ArrayList<>();
        for (Path page : pages()) {
            script.add("page\t" + ROOT.relativize(page));
            for (Found found : commands(page)) {
                if (found.fenced() && found.line().isLatent4j() && !found.hasPlaceholder()) {
                    script.add("run\t" + found.place() + "\t"
                            + String.join("\t", found.line().arguments()));
                }
            }
        }
        assertThat(script).hasSizeGreaterThan(30);
        Path lines = Files.write(folder.resolve("script.txt"), script);
        Path wrong = folder.resolve("wrong.txt");
        Path log = folder.resolve("log.txt"); // of the JVM, too, which tells of JAVA_TOOL_OPTIONS
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dlatent4j.home=" + ROOT,
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DocumentedCommands.class.getName(),
                        folder.resolve("fixtures").toString(),
                        given().toString(),
                        lines.toString(),
                        wrong.toString())
                .directory(Files.createDirectory(folder.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(8, TimeUnit.MINUTES))
                    .as(Files.readString(log))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(wrong).content().isEmpty();
    }

    /** Files of the checkout and tables that pages speak of. */
    private Path given() throws IOException {
        Path given = Files.createDirectory(folder.resolve("given"));
        DocumentedCommands.copy(Path.of("src/test/resources/documents"), given);
        DocumentedCommands.copy(ROOT.resolve("docs/reproduction"), given.resolve("docs/reproduction"));
        DocumentedCommands.copy(ROOT.resolve("models"), given.resolve("models"));
        // The plan that docs/plan.md shows.
        MatchResult plan = FENCED.matcher(Files.readString(ROOT.resolve("docs/plan.md")))
                .results()
                .filter(block -> block.group(1).equals("yaml"))
                .findFirst()
                .orElseThrow();
        Files.writeString(given.resolve("plan.yaml"), plan.group(2));
        return given;
    }
}
