package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.Quoted;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table: what its cells mean, and how a cell becomes features and comes back. Immutable and thread-safe.
 *
 * <p>A cell is a text, as a file has it, or an object of the kind that the column is of. A cell is missing if it is null, a NaN,
 * or one of the texts that {@link #isMissing} knows; its features are NaN. Where cells were missing in the training data, the
 * column's last feature tells of it: 1 for a missing cell, 0 for one that is there.
 */
public sealed interface Column {
    /** What a cell is when a model says that it is none of the category's known values. */
    String OTHER = "(other)";

    /**
     * The name.
     *
     * @return as in the header of the file
     */
    String name();

    /**
     * Whether the last feature tells of missing cells.
     *
     * @return true if cells were missing in the training data
     */
    boolean indicator();

    /**
     * The number of features without the one for missing cells.
     *
     * @return at least 1
     */
    int values();

    /**
     * The names of the features.
     *
     * @return {@code features()} names, each starting with that of the column
     */
    List<String> featureNames();

    /**
     * What the features are, in a word.
     *
     * @return such as {@code number}
     */
    String kind();

    /**
     * The number of features.
     *
     * @return at least 1
     */
    default int features() {
        return values() + (indicator() ? 1 : 0);
    }

    /**
     * Turns a cell into features.
     *
     * @param cell a text or an object of the column's kind, or null
     * @param features receives the features
     * @param from where they start
     * @throws IllegalArgumentException if the cell is of another kind; the message names the column
     */
    default void encode(@Nullable Object cell, float[] features, int from) {
        boolean missing = cell == null || isMissing(cell);
        if (cell == null || missing) {
            Arrays.fill(features, from, from + values(), Float.NaN);
        } else {
            write(cell instanceof CharSequence text ? text.toString().strip() : cell, features, from);
        }
        if (indicator()) {
            features[from + values()] = missing ? 1 : 0;
        }
    }

    /** Turns a cell that is there into its values. */
    void write(Object cell, float[] features, int from);

    /**
     * Turns features into a cell, in the column's own units.
     *
     * @param features holds the features, such as a reconstruction's
     * @param from where they start
     * @return the cell; null where a feature is NaN
     */
    @Nullable
    Object decode(float[] features, int from);

    /**
     * Whether a cell is missing: null, NaN, or one of the texts {@code NA}, {@code N/A}, {@code NaN}, {@code null} in any
     * case, {@code ?} and blanks alone.
     *
     * @param cell any object
     * @return true if it says nothing
     */
    static boolean isMissing(@Nullable Object cell) {
        if (cell == null) {
            return true;
        }
        if (cell instanceof Number number) {
            return Double.isNaN(number.doubleValue());
        }
        return cell instanceof CharSequence text && Texts.MISSING.matcher(text).matches();
    }

    /**
     * Reads a number as files write it: an optional sign, digits with an optional decimal point, an optional power of ten.
     *
     * @param field the text, without blanks around it
     * @return the number; null if the text is another, or beyond what {@code double} holds
     */
    static @Nullable Double number(String field) {
        if (!Texts.NUMBER.matcher(field).matches()) {
            return null;
        }
        double value = Double.parseDouble(field);
        return Double.isFinite(value) ? value : null;
    }

    /** Patterns of texts. */
    final class Texts {
        private static final Pattern MISSING = Pattern.compile("\\s*(?:(?i:na|n/a|nan|null)|\\?)?\\s*");
        private static final Pattern NUMBER =
                Pattern.compile("[-+]?(?:[0-9]{1,400}(?:\\.[0-9]{0,400})?|\\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,4})?");

        private Texts() {}
    }

    private static IllegalArgumentException wrong(Column column, Object found, String expected) {
        return new IllegalArgumentException("column %s: found %s, expected %s"
                .formatted(Quoted.cut(column.name()), Quoted.of(String.valueOf(found)), expected));
    }

    private static List<String> named(Column column, List<String> values) {
        List<String> names = new ArrayList<>(values);
        if (column.indicator()) {
            names.add(column.name() + " is missing");
        }
        return Collections.unmodifiableList(names);
    }

    /**
     * Numbers.
     *
     * @param name of the column
     * @param scaling how a number becomes a feature
     * @param indicator whether the last feature tells of missing cells
     */
    record Numeric(String name, Scaling scaling, boolean indicator) implements Column {
        @Override
        public int values() {
            return 1;
        }

        @Override
        public String kind() {
            return "number";
        }

        @Override
        public List<String> featureNames() {
            return named(this, List.of(name));
        }

        @Override
        public void write(Object cell, float[] features, int from) {
            Double value = cell instanceof Number number
                    ? (Double) number.doubleValue()
                    : cell instanceof String text ? number(text) : null;
            float feature = value == null ? Float.NaN : (float) scaling.apply(value);
            if (!Float.isFinite(feature)) {
                throw wrong(this, cell, "a finite number");
            }
            features[from] = feature;
        }

        @Override
        public @Nullable Double decode(float[] features, int from) {
            return Float.isNaN(features[from]) ? null : (Double) scaling.undo(features[from]);
        }
    }

    /**
     * Texts of which few differ. The features are one for each known value and a last one for all others, of which one is 1
     * and the rest are 0.
     *
     * @param name of the column
     * @param known at least one value, each once
     * @param indicator whether the last feature tells of missing cells
     */
    record Category(String name, List<String> known, boolean indicator) implements Column {
        /** The largest number of known values. */
        public static final int MOST_VALUES = 1024;

        /**
         * Makes a column.
         *
         * @throws IllegalArgumentException if there is no value, there are too many or one stands there twice
         */
        public Category {
            known = List.copyOf(known);
            if (known.isEmpty()
                    || known.size() > MOST_VALUES
                    || Set.copyOf(known).size() != known.size()) {
                throw new IllegalArgumentException(
                        "column %s: found %d values, %d of them different, expected 1 to %d different ones"
                                .formatted(
                                        Quoted.cut(name),
                                        known.size(),
                                        Set.copyOf(known).size(),
                                        MOST_VALUES));
            }
        }

        @Override
        public int values() {
            return known.size() + 1;
        }

        @Override
        public String kind() {
            return "category";
        }

        @Override
        public List<String> featureNames() {
            List<String> names = new ArrayList<>();
            known.forEach(value -> names.add(name + "=" + value));
            names.add(name + " is another");
            return named(this, names);
        }

        @Override
        public void write(Object cell, float[] features, int from) {
            int found = known.indexOf(text(cell));
            for (int i = 0; i <= known.size(); i++) {
                features[from + i] = i == (found < 0 ? known.size() : found) ? 1 : 0;
            }
        }

        /** Whole numbers without the point that Java gives those of floating type. */
        private static String text(Object cell) {
            return cell instanceof Number number && number.doubleValue() == number.longValue()
                    ? String.valueOf(number.longValue())
                    : cell.toString();
        }

        @Override
        public @Nullable String decode(float[] features, int from) {
            int best = 0;
            for (int i = 1; i <= known.size(); i++) {
                best = features[from + i] > features[from + best] ? i : best;
            }
            return Float.isNaN(features[from]) ? null : best == known.size() ? OTHER : known.get(best);
        }
    }

    /**
     * One of two texts. The feature is 1 for the one that says yes, else 0.
     *
     * @param name of the column
     * @param no the text for no
     * @param yes the text for yes
     * @param indicator whether the last feature tells of missing cells
     */
    record Flag(String name, String no, String yes, boolean indicator) implements Column {
        /**
         * Makes a column.
         *
         * @throws IllegalArgumentException if both texts are the same
         */
        public Flag {
            if (no.equals(yes)) {
                throw new IllegalArgumentException("column %s: found %s for both yes and no, expected two texts"
                        .formatted(Quoted.cut(name), Quoted.of(no)));
            }
        }

        @Override
        public int values() {
            return 1;
        }

        @Override
        public String kind() {
            return "yes or no";
        }

        @Override
        public List<String> featureNames() {
            return named(this, List.of(name));
        }

        @Override
        public void write(Object cell, float[] features, int from) {
            String text = cell.toString();
            boolean said = cell instanceof Boolean is ? is : text.equalsIgnoreCase(yes) || isNumber(cell, yes);
            if (!said && !(cell instanceof Boolean) && !text.equalsIgnoreCase(no) && !isNumber(cell, no)) {
                throw wrong(this, cell, "%s or %s".formatted(Quoted.cut(no), Quoted.cut(yes)));
            }
            features[from] = said ? 1 : 0;
        }

        /** Whether a cell is the number that a text is: 1, 1.0 and "1.0" are "1". */
        private static boolean isNumber(Object cell, String text) {
            Double wanted = number(text);
            Double found =
                    cell instanceof Number n ? (Double) n.doubleValue() : cell instanceof String s ? number(s) : null;
            return wanted != null && wanted.equals(found);
        }

        @Override
        public @Nullable String decode(float[] features, int from) {
            return Float.isNaN(features[from]) ? null : features[from] > 0.5f ? yes : no;
        }
    }

    /** A period after which moments are alike. */
    enum Cycle {
        /** The time of day. */
        DAY,
        /** The day of the week, with the time. */
        WEEK,
        /** The day of the year, with the time. */
        YEAR;

        /**
         * The name as files write it.
         *
         * @return the constant's name in lower case
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** How much of the period has passed, from 0 to below 1. */
        double phase(LocalDateTime moment) {
            double day = moment.toLocalTime().toNanoOfDay() / 86_400e9;
            return switch (this) {
                case DAY -> day;
                case WEEK -> (moment.getDayOfWeek().getValue() - 1 + day) / 7;
                case YEAR ->
                    (moment.getDayOfYear() - 1 + day) / moment.toLocalDate().lengthOfYear();
            };
        }
    }

    /**
     * Dates, with or without times. The features are sine and cosine of the phase in each cycle: a moment behind the end of the
     * training data is no odder for that. What comes back is the moment between the first and the last of the training data
     * that fits the features best, to the second, and of several the earliest.
     *
     * @param name of the column
     * @param format how moments are written
     * @param withTime whether times are written back
     * @param first the earliest of the training data
     * @param last the latest of the training data, not before the first
     * @param cycles at least one
     * @param indicator whether the last feature tells of missing cells
     */
    record Moment(
            String name,
            MomentFormat format,
            boolean withTime,
            LocalDate first,
            LocalDate last,
            Set<Cycle> cycles,
            boolean indicator)
            implements Column {
        private static final long MOST_DAYS = 366 * 200;

        /**
         * Makes a column.
         *
         * @throws IllegalArgumentException if there is no cycle or the last date lies before the first
         */
        public Moment {
            cycles = Collections.unmodifiableSet(new TreeSet<>(cycles));
            if (cycles.isEmpty() || last.isBefore(first)) {
                throw new IllegalArgumentException(
                        "column %s: found dates from %s to %s and %d cycles, expected a first, a last and a cycle"
                                .formatted(Quoted.cut(name), first, last, cycles.size()));
            }
        }

        @Override
        public int values() {
            return 2 * cycles.size();
        }

        @Override
        public String kind() {
            return "date";
        }

        @Override
        public List<String> featureNames() {
            List<String> names = new ArrayList<>();
            for (Cycle cycle : cycles) {
                names.add("%s (%s, sine)".formatted(name, cycle.text()));
                names.add("%s (%s, cosine)".formatted(name, cycle.text()));
            }
            return named(this, names);
        }

        @Override
        public void write(Object cell, float[] features, int from) {
            LocalDateTime moment = cell instanceof LocalDateTime m
                    ? m
                    : cell instanceof LocalDate date ? date.atStartOfDay() : format.read(cell.toString());
            if (moment == null) {
                throw wrong(this, cell, "a date such as " + format.example());
            }
            int next = from;
            for (Cycle cycle : cycles) {
                double angle = 2 * Math.PI * cycle.phase(moment);
                features[next++] = (float) Math.sin(angle);
                features[next++] = (float) Math.cos(angle);
            }
        }

        @Override
        public @Nullable String decode(float[] features, int from) {
            if (Float.isNaN(features[from])) {
                return null;
            }
            long seconds = 0;
            int day = List.copyOf(cycles).indexOf(Cycle.DAY);
            if (day >= 0) {
                double angle = Math.atan2(features[from + 2 * day], features[from + 2 * day + 1]);
                seconds = Math.floorMod(Math.round(angle / (2 * Math.PI) * 86_400), 86_400L);
            }
            LocalDateTime best = first.atStartOfDay().plusSeconds(seconds);
            double nearest = Double.POSITIVE_INFINITY;
            long days = Math.min(MOST_DAYS, ChronoUnit.DAYS.between(first, last));
            for (long d = 0; d <= days; d++) {
                LocalDateTime moment = first.plusDays(d).atStartOfDay().plusSeconds(seconds);
                double distance = distance(moment, features, from);
                if (distance < nearest) {
                    nearest = distance;
                    best = moment;
                }
            }
            return format.write(best, withTime);
        }

        private double distance(LocalDateTime moment, float[] features, int from) {
            double sum = 0;
            int next = from;
            for (Cycle cycle : cycles) {
                double angle = 2 * Math.PI * cycle.phase(moment);
                sum += Math.pow(Math.sin(angle) - features[next++], 2)
                        + Math.pow(Math.cos(angle) - features[next++], 2);
            }
            return sum;
        }
    }
}
