package io.github.latent4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of a shell in a document, as far as documents write such: words, quotes, comments, settings in front, pipes, loops over
 * words and {@code source <(…)}.
 *
 * @param words the program and its arguments
 */
record ShellLine(List<String> words) {
    private static final Pattern LOOP = Pattern.compile("for (\\w+) in (.*?); do (.*?); done");
    private static final Pattern INNER = Pattern.compile("source <\\((.*)\\)");
    private static final Pattern SETTING = Pattern.compile("[A-Z_0-9]+=.*");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"|;]|'[^']*'|\"[^\"]*\")+|[|;]");

    /** All commands of a line whose continuations have been joined. */
    static List<ShellLine> of(String line) {
        Matcher loop = LOOP.matcher(line);
        if (loop.find()) {
            return Arrays.stream(loop.group(2).split(" "))
                    .flatMap(value -> of(loop.group(3).replace("$" + loop.group(1), value)).stream())
                    .toList();
        }
        Matcher inner = INNER.matcher(line);
        if (inner.find()) {
            return of(inner.group(1));
        }
        List<ShellLine> lines = new ArrayList<>();
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            String word = matcher.group();
            if (word.startsWith("#")) {
                break;
            }
            if (word.equals("|") || word.equals(";") || word.equals("&&")) {
                lines.add(new ShellLine(List.copyOf(words)));
                words.clear();
            } else if (word.startsWith(">")) {
                matcher.find();
            } else if (!words.isEmpty() || !SETTING.matcher(word).matches()) {
                words.add(word.replaceAll("['\"]", ""));
            }
        }
        if (!words.isEmpty()) {
            lines.add(new ShellLine(List.copyOf(words)));
        }
        return lines;
    }

    String program() {
        return words.isEmpty() ? "" : words.get(0);
    }

    boolean isLatent4j() {
        return program().equals("./latent4j") || program().equals("latent4j");
    }

    List<String> arguments() {
        return words.subList(1, words.size());
    }
}
