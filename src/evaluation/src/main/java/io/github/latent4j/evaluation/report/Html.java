package io.github.latent4j.evaluation.report;

import java.util.Locale;

/** Text and numbers as HTML, the same under every default locale. */
final class Html {
    private Html() {}

    /** Text with every character that means something to HTML written as an entity, in content and in attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A number with four significant digits. */
    static String number(double value) {
        return number(value, 4);
    }

    /** A number with so many significant digits. */
    static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "g", value).replace('-', '\u2212');
    }

    /** Text with a minus sign for each hyphen before a digit. */
    static String minus(String text) {
        return text.replaceAll("-(?=[\\dI])", "\u2212");
    }

    /** A whole number in groups of three digits. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value).replace('-', '\u2212');
    }
}
