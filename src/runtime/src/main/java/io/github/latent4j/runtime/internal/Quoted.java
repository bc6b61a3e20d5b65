package io.github.latent4j.runtime.internal;

/** What comes from a file as messages show it: on one line, visible, and not longer than a sentence can bear. */
public final class Quoted {
    private static final int MOST = 60;

    private Quoted() {}

    /**
     * A text in quotes: its first {@value #MOST} characters, what cannot be seen as {@code \}{@code uXXXX}.
     *
     * @param text any text
     * @return one line
     */
    public static String of(String text) {
        return "'" + cut(text) + "'";
    }

    /**
     * The same without quotes.
     *
     * @param text any text
     * @return one line
     */
    public static String cut(String text) {
        if (text.length() <= MOST) {
            return line(text);
        }
        int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return line(text.substring(0, end)) + "…";
    }

    /**
     * A text of any length on one line, what cannot be seen as {@code \}{@code uXXXX}.
     *
     * @param text any text
     * @return one line
     */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> line.append("\\u%04x".formatted(c));
                default -> line.appendCodePoint(c);
            }
        });
        return line.toString();
    }
}
