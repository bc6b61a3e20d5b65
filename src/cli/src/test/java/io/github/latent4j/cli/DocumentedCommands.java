package io.github.latent4j.cli;

import io.github.latent4j.data.Datasets;
import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.report.Images;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs the commands of documents in the folder that it is started in, each page's in their order and on fixtures of its own. Its
 * input are lines: {@code page NAME}, or {@code run PAGE:LINE} and the arguments, with tabs between. It writes a line for each
 * command that did not end with 0 into a file.
 */
final class DocumentedCommands {
    private static final Set<String> OF_CATALOGUE = Set.copyOf(Datasets.names());
    private static final Set<String> TAKE_A_SOURCE = Set.of("--data", "--reference");

    /** Small values in the place of those that take long. */
    private static final Map<String, String> SMALL = Map.of("--epochs", "1", "--draws", "5", "--examples", "300");

    /** A limit of the examples for commands that take data. */
    private static final String LIMIT = "200";

    private final Path folder;
    private final Path fixtures;

    private final PrintStream wrong;

    private DocumentedCommands(Path folder, Path fixtures, PrintStream wrong) {
        this.folder = folder;
        this.fixtures = fixtures;
        this.wrong = wrong;
    }

    /** Where fixtures are kept; a folder with some; the script; and the file for what went wrong. */
    public static void main(String[] arguments) throws IOException {
        try (PrintStream wrong =
                new PrintStream(Files.newOutputStream(Path.of(arguments[3])), true, StandardCharsets.UTF_8)) {
            DocumentedCommands commands =
                    new DocumentedCommands(Path.of("").toAbsolutePath(), Path.of(arguments[0]), wrong);
            commands.makeFixtures(Path.of(arguments[1]));
            for (String line : Files.readAllLines(Path.of(arguments[2]))) {
                List<String> words = List.of(line.split("\t"));
                if (words.get(0).equals("page")) {
                    commands.beginPage();
                } else {
                    commands.run(words.get(1), words.subList(2, words.size()));
                }
            }
        }
        System.exit(0);
    }

    /**
     * The same command with a small budget: MNIST and Fashion-MNIST become strokes, of data of the catalogue the first examples
     * are taken, trainings have one epoch (and so the warm-up that is asked for has; that and the schedule of a plan's file are
     * left out), likelihoods five draws, and reports nothing that classifiers are trained for.
     */
    static List<String> small(List<String> command) {
        List<String> words = new ArrayList<>();
        boolean ofCatalogue = false;
        String before = "";
        for (String word : command) {
            if (TAKE_A_SOURCE.contains(before) && OF_CATALOGUE.contains(word.split(":")[0])) {
                word = word.replaceFirst("^[a-z-]+", "strokes");
                ofCatalogue |= before.equals("--data");
            }
            word = SMALL.getOrDefault(before, word).replaceFirst("^linear:\\d+epochs$", "linear:1epochs");
            words.add(word);
            before = word;
        }
        if (ofCatalogue && !words.contains("--limit")) {
            words.addAll(List.of("--limit", LIMIT));
        }
        if (words.get(0).equals("train")) {
            addUnlessGiven(words, "--epochs", "1");
            if (words.contains("--plan")) {
                addUnlessGiven(words, "--warm-up", "none");
                addUnlessGiven(words, "--schedule", "constant");
            }
        }
        if (words.contains("--report") && !words.contains("--quick")) {
            words.add("--quick");
        }
        if (words.get(0).equals("demo")) {
            addUnlessGiven(words, "--epochs", "1");
            addUnlessGiven(words, "--examples", "300");
        }
        return List.copyOf(words);
    }

    private static void addUnlessGiven(List<String> words, String option, String value) {
        if (!words.contains(option)) {
            words.addAll(List.of(option, value));
        }
    }

    private void run(String place, List<String> command) throws IOException {
        List<String> words = small(command);
        // A page names the same folder twice where it shows two ways to fill it.
        int report = words.indexOf("--report");
        if (report > 0) {
            delete(folder.resolve(words.get(report + 1)));
        }
        int out = words.indexOf("--out");
        if (words.get(0).equals("train") && out > 0 && !words.contains("--resume")) {
            delete(folder.resolve(words.get(out + 1).replaceFirst("\\.zip$", ".run")));
        }
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int code = Main.run(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(told, true, StandardCharsets.UTF_8),
                words.toArray(new String[0]));
        if (code != 0) {
            wrong.printf(
                    "%s: %s%nran as: %s%nended with %d: %s%n",
                    place,
                    String.join(" ", command),
                    String.join(" ", words),
                    code,
                    told.toString(StandardCharsets.UTF_8).strip());
        }
    }

    private void beginPage() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                delete(file);
            }
        }
        copy(fixtures, folder);
    }

    private void makeFixtures(Path given) throws IOException {
        copy(given, fixtures);
        Examples strokes = Datasets.strokes(40, 1).train();
        for (int i = 0; i < strokes.size(); i++) {
            Path photo = fixtures.resolve("photos/" + strokes.labelNames().get(strokes.label(i)) + "/" + i + ".png");
            Files.createDirectories(photo.getParent());
            Images.grid(strokes.read(i, i + 1), strokes.input(), 1).write(photo);
        }
        train("m.zip", "20");
        train("plane.zip", "2");
        for (String name : List.of("n.zip", "a.zip", "b.zip", "c.zip")) {
            Files.copy(fixtures.resolve("m.zip"), fixtures.resolve(name));
        }
        Path named = fixtures.resolve("models/fashion-mnist-vae/model.zip");
        if (Files.notExists(named)) {
            Files.createDirectories(named.getParent());
            Files.copy(fixtures.resolve("m.zip"), named);
        }
    }

    private void train(String name, String latent) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int code = Main.run(
                new PrintStream(told),
                new PrintStream(told),
                ("train --data strokes --limit %s --epochs 1 --hidden 32 --latent %s --out %s --run %s"
                                .formatted(LIMIT, latent, fixtures.resolve(name), folder.resolve(name + ".run")))
                        .split(" "));
        if (code != 0) {
            throw new IllegalStateException(told.toString(StandardCharsets.UTF_8));
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> {
                    try {
                        Files.delete(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }
}
