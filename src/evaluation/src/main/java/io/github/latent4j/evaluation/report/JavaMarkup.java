package io.github.latent4j.evaluation.report;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java code as HTML. */
final class JavaMarkup {
    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>//[^\\n]*|/\\*.*?\\*/)"
                    + "|(?<text>\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+')"
                    + "|(?<number>\\b\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?[fFdDlL]?\\b)"
                    // Words that are names everywhere else.
                    + "|(?<placed>\\brecord(?=\\s+\\w+\\s*[(<])|(?<![.\\w])(?:non-)?sealed(?=\\s+\\w)"
                    + "|\\bpermits(?=\\s+\\w)|(?<![.\\w])yield(?=\\s+[^\\s=]))"
                    + "|(?<word>\\b[a-z]+\\b)",
            Pattern.DOTALL);

    private static final Set<String> WORDS = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "false",
            "final",
            "finally",
            "float",
            "for",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "new",
            "null",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "true",
            "try",
            "var",
            "void",
            "while");

    private JavaMarkup() {}

    /** The code with a span around each comment, text, number and word of the language, of a class of that name. */
    static String html(String code) {
        StringBuilder html = new StringBuilder();
        Matcher token = TOKEN.matcher(code);
        int at = 0;
        while (token.find()) {
            html.append(Html.escape(code.substring(at, token.start())));
            String text = Html.escape(token.group());
            String kind = kind(token);
            html.append(kind.isEmpty() ? text : "<span class=\"%s\">%s</span>".formatted(kind, text));
            at = token.end();
        }
        return html.append(Html.escape(code.substring(at))).toString();
    }

    private static String kind(Matcher token) {
        for (String kind : new String[] {"comment", "text", "number"}) {
            if (token.group(kind) != null) {
                return kind;
            }
        }
        return token.group("placed") != null || WORDS.contains(token.group()) ? "word" : "";
    }
}
