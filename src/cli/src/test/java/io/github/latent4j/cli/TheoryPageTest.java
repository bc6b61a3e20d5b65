package io.github.latent4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.training.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every name that docs/theory.md gives to a symbol is one: of the API, of a plan, or of the command line. */
class TheoryPageTest {
    private static final List<String> PACKAGES =
            List.of("runtime", "domain", "data", "training", "evaluation", "evaluation.latent", "evaluation.sampling");
    private static final Pattern ROW = Pattern.compile("^\\|(.*)\\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void itsNamesExist() throws IOException {
        String page = Files.readString(Path.of("../../docs/theory.md"));
        List<String> unknown = new ArrayList<>();
        int known = 0;
        for (MatchResult row : ROW.matcher(page).results().toList()) {
            List<String> cells = Arrays.asList(row.group(1).split("(?<!\\\\)\\|"));
            assertThat(cells).as(row.group()).hasSize(3);
            String names = cells.get(2);
            if (names.isBlank() || names.contains("---") || names.strip().equals("in the code")) {
                continue;
            }
            List<MatchResult> found = NAME.matcher(names).results().toList();
            assertThat(found).as(row.group()).isNotEmpty();
            for (MatchResult name : found) {
                if (exists(name.group(1))) {
                    known++;
                } else {
                    unknown.add(name.group(1));
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(known).isGreaterThan(100);
    }

    private static boolean exists(String name) {
        if (name.startsWith("--")) {
            return isOption(name);
        }
        if (name.contains(": ")) {
            String[] field = name.split(": ", 2);
            return TrainingPlan.defaults()
                    .with(Map.of(field[0], field[1]))
                    .fields()
                    .containsKey(field[0]);
        }
        return Character.isLowerCase(name.charAt(0))
                ? TrainingPlan.defaults().fields().containsKey(name)
                : isOfTheApi(name);
    }

    private static boolean isOption(String name) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        return Main.commandLine(nowhere, nowhere).getSubcommands().values().stream()
                .anyMatch(command -> command.getCommandSpec().findOption(name) != null);
    }

    private static boolean isOfTheApi(String name) {
        if (type(name).isPresent()) {
            return true;
        }
        int dot = name.lastIndexOf('.');
        return dot > 0
                && type(name.substring(0, dot))
                        .map(type -> hasMember(type, name.substring(dot + 1)))
                        .orElse(false);
    }

    private static Optional<Class<?>> type(String name) {
        for (String where : PACKAGES) {
            try {
                return Optional.of(Class.forName("io.github.latent4j." + where + "." + name.replace('.', '$')));
            } catch (ClassNotFoundException e) {
                // In another package, or no class.
            }
        }
        return Optional.empty();
    }

    private static boolean hasMember(Class<?> type, String member) {
        return Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getFields()))
                .anyMatch(found -> found.getName().equals(member));
    }
}
