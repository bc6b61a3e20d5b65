package io.github.latent4j.data;

import java.util.regex.Pattern;

/** Numbers that are written otherwise than with a decimal point alone. */
final class Numerals {
    private static final String SIGN = "[-+]?";
    private static final String POWER = "(?:[eE][-+]?[0-9]{1,4})?";
    private static final String BLANKS = " '\u2019\u00a0\u202f";
    private static final Pattern COMMA = Pattern.compile(SIGN + "[0-9]*,[0-9]+" + POWER);
    private static final Pattern POINTS_AND_COMMA =
            Pattern.compile(SIGN + "[0-9]{1,3}(?:[." + BLANKS + "][0-9]{3})+(?:,[0-9]*)?" + POWER);
    private static final Pattern COMMAS_AND_POINT =
            Pattern.compile(SIGN + "[0-9]{1,3}(?:[," + BLANKS + "][0-9]{3})+(?:\\.[0-9]*)?");
    private static final Pattern POINT = Pattern.compile(SIGN + "[0-9]*\\.[0-9]*" + POWER);
    private static final Pattern BETWEEN_THOUSANDS = Pattern.compile("[." + BLANKS + "]");

    private Numerals() {}

    /**
     * A number with a decimal comma as one with a point. What is no such number stays as it is, but for one with a decimal point,
     * which is none.
     */
    static String withPoint(String field) {
        if (POINTS_AND_COMMA.matcher(field).matches()) {
            return BETWEEN_THOUSANDS.matcher(field).replaceAll("").replace(',', '.');
        }
        if (COMMA.matcher(field).matches()) {
            return field.replace(',', '.');
        }
        return POINT.matcher(field).matches() ? field + " (with a decimal point)" : field;
    }

    /** Whether a field is a number as other notations have it. */
    static boolean isForeign(String field) {
        return COMMA.matcher(field).matches()
                || POINTS_AND_COMMA.matcher(field).matches()
                || COMMAS_AND_POINT.matcher(field).matches();
    }

    /** What to do about a field that is no number; empty if there is nothing to say. */
    static String advice(String field) {
        if (COMMA.matcher(field).matches() || POINTS_AND_COMMA.matcher(field).matches()) {
            return "; numbers with a decimal comma are read with --decimal-comma";
        }
        return COMMAS_AND_POINT.matcher(field).matches() ? "; marks between thousands are read in none" : "";
    }
}
