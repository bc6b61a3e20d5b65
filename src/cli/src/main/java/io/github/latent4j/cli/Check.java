package io.github.latent4j.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the doctor found in one place.
 *
 * @param area what was looked at, in a word or two
 * @param mark how good it is
 * @param text what was found and, where it is not good, what to do
 */
record Check(String area, Mark mark, String text) {
    /** How good it is. */
    enum Mark {
        /** As it should be. */
        OK,
        /** Good to know. */
        NOTE,
        /** Something that is needed is missing. */
        PROBLEM;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Check ok(String area, String text) {
        return new Check(area, Mark.OK, text);
    }

    static Check note(String area, String text) {
        return new Check(area, Mark.NOTE, text);
    }

    static Check problem(String area, String text) {
        return new Check(area, Mark.PROBLEM, text);
    }

    String line() {
        return "%-8s %-14s %s".formatted(mark.text(), area, text);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("area", area);
        fields.put("mark", mark.text());
        fields.put("text", text);
        return fields;
    }
}
