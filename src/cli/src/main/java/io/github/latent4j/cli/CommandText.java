package io.github.latent4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Command lines as somebody would type them. */
final class CommandText {
    private static final String LAUNCHER = "./latent4j";

    private CommandText() {}

    /** A command line, its words quoted where a shell needs it. */
    static String of(String... words) {
        return of(Arrays.asList(words));
    }

    /** A command line, its words quoted where a shell needs it. */
    static String of(List<String> words) {
        return Stream.concat(Stream.of(LAUNCHER), words.stream())
                .map(CommandText::quoted)
                .collect(Collectors.joining(" "));
    }

    /** The options that were given, with their values as they were given, in their order, without some. */
    static List<String> options(ParseResult given, Set<String> without) {
        List<String> words = new ArrayList<>();
        for (OptionSpec option : given.matchedOptions().stream().distinct().toList()) {
            if (without.contains(option.longestName())) {
                continue;
            }
            if (option.arity().max() == 0) {
                words.add(option.longestName());
            } else {
                for (String value : option.originalStringValues()) {
                    words.add(option.longestName());
                    words.add(value);
                }
            }
        }
        return words;
    }

    private static String quoted(String word) {
        return word.matches("[\\p{L}\\p{N}_./:=,@%+~-]+") && !word.startsWith("~")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
