package io.github.latent4j.cli;

import static io.github.latent4j.cli.MainTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.latent4j.cli.MainTest.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the help shows works. */
class HelpTest {
    private static final String LAUNCHER = "./latent4j ";

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static CommandLine commandLine() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return Main.commandLine(nowhere, nowhere);
    }

    private static List<String> examples(CommandLine command) {
        return Arrays.stream(command.getCommandSpec().usageMessage().footer())
                .map(String::strip)
                .filter(line -> line.startsWith(LAUNCHER))
                .map(line -> line.substring(LAUNCHER.length()))
                .toList();
    }

    static Stream<String> allExamples() {
        CommandLine line = commandLine();
        return Stream.concat(Stream.of(line), line.getSubcommands().values().stream())
                .flatMap(command -> examples(command).stream());
    }

    @Test
    void everyCommandHasAnExampleAndStandsInOneGroup() {
        CommandLine line = commandLine();
        assertThat(CommandGroups.names())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(line.getSubcommands().keySet());
        assertThat(line.getSubcommands().keySet())
                .as("in the order of the help")
                .containsExactlyElementsOf(CommandGroups.names());
        line.getSubcommands().forEach((name, command) -> {
            assertThat(command.getUsageMessage()).as(name).contains("%nExamples:%n  ".formatted());
            if (!name.equals("completion")) {
                assertThat(examples(command)).as(name).isNotEmpty().allMatch(example -> example.startsWith(name));
            }
            for (String example : examples(command)) {
                assertThat(command.getUsageMessage().lines()).as("whole").contains("  " + LAUNCHER + example);
            }
        });
        assertThat(examples(line)).hasSize(3);
    }

    @Test
    void theHelpListsTheCommandsInGroups() {
        assertThat(run("--help").out())
                .containsSubsequence(
                        "latent4j",
                        "COMMAND",
                        "First steps:",
                        "  demo",
                        "Train and measure:",
                        "  train",
                        "Use a model:",
                        "  sample",
                        "Around it:",
                        "  export",
                        "MODEL is ",
                        "SOURCE is ",
                        "Exit codes",
                        "Examples:",
                        "./latent4j demo");
        assertThat(run("score", "--help").out())
                .endsWith("%nExamples:%n  ./latent4j score table.zip --data csv:readings.csv --out scores.csv%n"
                        .formatted());
    }

    @ParameterizedTest
    @MethodSource("allExamples")
    void examplesAreUnderstood(String line) {
        assertThat(commandLine().parseArgs(line.split(" ")).subcommand()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("allExamples")
    void examplesRun(String line) throws IOException {
        String[] words = line.split(" ");
        for (int i = 0; i < words.length; i++) {
            boolean written = i > 0 && List.of("--out", "--report").contains(words[i - 1]);
            words[i] = written ? folder.resolve(words[i]).toString() : given(words[i]);
        }
        if (words[0].equals("train")) {
            words = with(words, "--limit", "200", "--epochs", "1");
        } else if (words[0].equals("demo")) {
            words = new String[] {"demo", "--examples", "100", "--epochs", "1", "--out", folder.toString()};
        } else if (words[0].equals("reconstruct") || words[0].equals("evaluate")) {
            words = with(words, "--limit", "100");
        }
        Answer answer = run((Object[]) words);
        assertThat(answer.code()).as(line + "\n" + answer.err()).isZero();
    }

    /** Options that shorten a run in place of those that an example has. */
    private static String[] with(String[] words, String... options) {
        List<String> all = new ArrayList<>(List.of(words));
        for (int i = 0; i < options.length; i += 2) {
            int there = all.indexOf(options[i]);
            if (there >= 0) {
                all.set(there + 1, options[i + 1]);
            } else {
                all.addAll(List.of(options[i], options[i + 1]));
            }
        }
        return all.toArray(String[]::new);
    }

    /** What stands for a word of an example: a model or a table, which is made first, or a model of the checkout. */
    private static String given(String word) throws IOException {
        if (word.equals("m.zip")) {
            return trained(word, "--data", "strokes", "--limit", 100, "--hidden", 8);
        }
        if (word.equals("table.zip")) {
            return trained(word, "--data", given("csv:readings.csv"), "--label", "state");
        }
        if (word.equals("csv:readings.csv")) {
            Path table = shared.resolve("readings.csv");
            if (!Files.exists(table)) {
                StringBuilder rows = new StringBuilder("flow,heat,state\n");
                for (int i = 0; i < 300; i++) {
                    rows.append(i % 7).append(',').append(i % 7 * 2.5 + i % 3).append(",normal\n");
                }
                Files.writeString(table, rows);
            }
            return "csv:" + table;
        }
        return word.startsWith("models/") ? Path.of("../..", word).toString() : word;
    }

    private static String trained(String name, Object... options) {
        Path model = shared.resolve(name);
        if (!Files.exists(model)) {
            List<Object> words = new ArrayList<>(List.of("train"));
            words.addAll(List.of(options));
            words.addAll(List.of("--epochs", 1, "--out", model));
            Answer answer = run(words.toArray());
            assertThat(answer.code()).as(answer.err()).isZero();
        }
        return model.toString();
    }

    private static String bash(Path folder, String script) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script.sh"), script);
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder("bash", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(out)).isZero();
        return Files.readString(out).strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eval:evaluate",
                "docto:doctor",
                "evaluate --bin:--binarise",
                "sample --temp:--temperature",
                "sample --from pri:prior",
                "train --model a:ae",
                "train --weights u:untied",
                "completion z:zsh",
                "sample pom:pom.xml",
                "evaluate pom:pom.xml"
            })
    void bashCompletes(String typedAndCompleted) throws IOException, InterruptedException {
        assumeThat(Path.of("/bin/bash")).exists();
        String[] parts = typedAndCompleted.split(":");
        Path completion = Files.writeString(
                folder.resolve("completion.sh"), run("completion").out());
        assertThat(bash(folder, "bash -n '" + completion + "'")).isEmpty();
        assertThat(bash(folder, """
                        source '%s'
                        compopt() { :; } # works in an interactive shell alone
                        COMP_WORDS=(./latent4j %s)
                        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                        COMP_LINE="${COMP_WORDS[*]}"
                        COMP_POINT=${#COMP_LINE}
                        _complete_latent4j
                        echo "${COMPREPLY[@]}"
                        """.formatted(completion, parts[0]))).isEqualTo(parts[1]);
        assertThat(bash(folder, "source '%s'; complete -p latent4j".formatted(completion)))
                .contains("_complete_latent4j");
    }

    @Test
    void zshGetsItsCompletionFirst() {
        assertThat(run("completion", "zsh").out())
                .isEqualTo("autoload -U +X compinit && compinit -u%n%s"
                        .formatted(run("completion", "bash").out()));
        assertThat(run("completion", "fish").err())
                .contains("fish", "bash or zsh", "(see: latent4j completion --help)");
        assertThat(run("completion", "--help").out())
                .contains("Examples:%n  source <(./latent4j completion)%n".formatted());
    }
}
