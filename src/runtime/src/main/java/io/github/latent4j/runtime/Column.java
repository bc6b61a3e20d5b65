package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.Quoted;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.stream.IntStream;
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

    /** The largest number of characters of a number. */
    int MOST_DIGITS = 400;

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
        Object said = cell instanceof CharSequence text ? text.toString().strip() : cell;
        boolean missing = said == null || isMissing(said);
        if (said == null || missing) {
            Arrays.fill(features, from, from + values(), Float.NaN);
        } else {
            write(said, features, from);
        }
        if (indicator()) {
            features[from + values()] = missing ? 1 : 0;
        }
    }

    /**
     * Turns a cell that is not missing into its values; {@link #encode} is for any cell.
     *
     * @param cell a text without blanks around it, or an object of the column's kind
     * @param features receives {@code values()} features
     * @param from where they start
     * @throws IllegalArgumentException if the cell is of another kind; the message names the column
     */
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
        if (cell instanceof CharSequence text) {
            String said = text.toString().strip();
            return switch (said.length()) {
                case 0 -> true;
                case 1 -> said.equals("?");
                case 2 -> said.equalsIgnoreCase("na");
                case 3 -> said.equalsIgnoreCase("n/a") || said.equalsIgnoreCase("nan");
                case 4 -> said.equalsIgnoreCase("null");
                default -> false;
            };
        }
        return cell == null || (cell instanceof Number number && Double.isNaN(number.doubleValue()));
    }

    /**
     * Reads a number as files write it: an optional sign, digits with an optional decimal point, an optional power of ten; at
     * most {@value #MOST_DIGITS} characters.
     *
     * @param field the text, without blanks around it
     * @return the number; null if the text is another, or beyond what {@code double} holds
     */
    static @Nullable Double number(String field) {
        double value = isNumber(field) ? Double.parseDouble(field) : Double.NaN;
        return Double.isFinite(value) ? (Double) value : null;
    }

    private static boolean isNumber(String field) {
        if (field.length() > MOST_DIGITS) {
            return false;
        }
        int at = afterSign(field, 0);
        int point = afterDigits(field, at);
        int digits = point - at;
        at = point;
        if (at < field.length() && field.charAt(at) == '.') {
            at = afterDigits(field, point + 1);
            digits += at - point - 1;
        }
        if (digits > 0 && at < field.length() && (field.charAt(at) | 0x20) == 'e') {
            int power = afterSign(field, at + 1);
            at = afterDigits(field, power);
            digits = at - power;
        }
        return digits > 0 && at == field.length();
    }

    private static int afterSign(String field, int at) {
        return at < field.length() && (field.charAt(at) == '-' || field.charAt(at) == '+') ? at + 1 : at;
    }

    private static int afterDigits(String field, int at) {
        int end = at;
        while (end < field.length() && field.charAt(end) >= '0' && field.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /** Whether a cell is the number that a text is: 1, 1.0 and "1.0" are "1". */
    private static boolean isNumber(Object cell, String text) {
        Double wanted = number(text);
        Double found =
                cell instanceof Number n ? (Double) n.doubleValue() : cell instanceof String s ? number(s) : null;
        return wanted != null && wanted.equals(found);
    }

    private static boolean anyIsMissing(float[] features, int from, int values) {
        for (int i = from; i < from + values; i++) {
            if (Float.isNaN(features[i])) {
                return true;
            }
        }
        return false;
    }

    /** A text that no cell can say would be waited for in vain. */
    private static void requireCells(String name, List<String> texts) {
        for (String text : texts) {
            if (isMissing(text) || !text.equals(text.strip())) {
                throw new IllegalArgumentException(
                        "column %s: found the value %s, expected a text that is no missing cell, without blanks around it"
                                .formatted(Quoted.cut(name), Quoted.of(text)));
            }
        }
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
        private static final int MORE_PLACES = 2;

        /** Of the distance to the next number that has another feature: up to here the feature is surely the same. */
        private static final double NEARER = 0.49;

        /** Beyond it not every whole number is a double. */
        private static final double EXACT = 1L << 52;

        /** The powers of ten that are doubles. */
        private static final double[] POWERS = IntStream.rangeClosed(0, 22)
                .mapToDouble(i -> Double.parseDouble("1e" + i))
                .toArray();

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
            if (value == null || value.isInfinite()) {
                throw wrong(this, cell, "a finite number");
            }
            float feature = (float) scaling.apply(value);
            if (!Float.isFinite(feature)) {
                throw wrong(this, cell, "a number that single precision holds when it is scaled");
            }
            features[from] = feature;
        }

        /** The number that has this feature; of those that have it the one with the fewest decimals. */
        @Override
        public @Nullable Double decode(float[] features, int from) {
            float feature = features[from];
            if (Float.isNaN(feature)) {
                return null;
            }
            double value = scaling.undo(feature);
            double step =
                    Math.min(scaling.undo(Math.nextUp(feature)) - value, value - scaling.undo(Math.nextDown(feature)));
            int places = (int) Math.max(-POWERS.length, Math.min(POWERS.length, Math.floor(-Math.log10(step))));
            double number = rounded(value, places);
            for (int more = 1; more <= MORE_PLACES && !isNear(number, value, step, feature); more++) {
                number = rounded(value, places + more);
            }
            return number;
        }

        /** Whether a number has the feature, or would have it if there were no clip. */
        private boolean isNear(double number, double value, double step, float feature) {
            return (float) scaling.apply(number) == feature || Math.abs(number - value) < NEARER * step;
        }

        /** A number with so many decimals, as near as double precision comes. */
        private static double rounded(double value, int places) {
            if (Math.abs(places) >= POWERS.length) {
                return value;
            }
            double power = POWERS[Math.abs(places)];
            double digits = places < 0 ? value / power : value * power;
            return Math.abs(digits) > EXACT
                    ? value
                    : places < 0 ? Math.rint(digits) * power : Math.rint(digits) / power;
        }
    }

    /**
     * Texts of which few differ. The features are one for each known value and a last one for all others, of which one is 1
     * and the rest are 0. Texts are compared as they are; a number is the known value that is the same number.
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
         * @throws IllegalArgumentException if there is no value, there are too many, one stands there twice, means a missing
         *     cell or has blanks around it
         */
        public Category {
            Values values = new Values(known);
            known = values;
            if (values.isEmpty() || values.size() > MOST_VALUES || values.places.size() != values.size()) {
                throw new IllegalArgumentException(
                        "column %s: found %d values, %d of them different, expected 1 to %d different ones"
                                .formatted(Quoted.cut(name), values.size(), values.places.size(), MOST_VALUES));
            }
            requireCells(name, values);
        }

        /** A list that knows where its elements are. */
        private static final class Values extends AbstractList<String> implements RandomAccess {
            private final String[] texts;
            private final Map<String, Integer> places = new HashMap<>();

            private Values(List<String> texts) {
                this.texts = texts.toArray(String[]::new);
                for (int i = 0; i < this.texts.length; i++) {
                    places.putIfAbsent(this.texts[i], i);
                }
            }

            @Override
            public String get(int index) {
                return texts[index];
            }

            @Override
            public int size() {
                return texts.length;
            }

            @Override
            public int indexOf(@Nullable Object text) {
                return places.getOrDefault(text, -1);
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
            int place = place(cell);
            Arrays.fill(features, from, from + values(), 0);
            features[from + (place < 0 ? known.size() : place)] = 1;
        }

        /** Where a value stands, -1 for another. A number is the text that it is written as, or that is the same number. */
        private int place(Object cell) {
            int place = known.indexOf(cell.toString());
            if (place < 0 && cell instanceof Number) {
                place = known.indexOf(text((Number) cell));
                for (int i = 0; place < 0 && i < known.size(); i++) {
                    place = isNumber(cell, known.get(i)) ? i : -1;
                }
            }
            return place;
        }

        /** Whole numbers without the point that Java gives those of floating type. */
        private static String text(Number number) {
            return number.doubleValue() == number.longValue() ? String.valueOf(number.longValue()) : number.toString();
        }

        @Override
        public @Nullable String decode(float[] features, int from) {
            if (anyIsMissing(features, from, values())) {
                return null;
            }
            int best = 0;
            for (int i = 1; i <= known.size(); i++) {
                best = features[from + i] > features[from + best] ? i : best;
            }
            return best == known.size() ? OTHER : known.get(best);
        }
    }

    /**
     * One of two texts, in any case, or the numbers that they are; a {@code Boolean} will do, too. The feature is 1 for the one
     * that says yes, else 0.
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
         * @throws IllegalArgumentException if both texts are the same, but for case, or the same number
         */
        public Flag {
            requireCells(name, List.of(no, yes));
            if (no.equalsIgnoreCase(yes) || isNumber(no, yes)) {
                throw new IllegalArgumentException(
                        "column %s: found %s for no and %s for yes, expected two texts that differ"
                                .formatted(Quoted.cut(name), Quoted.of(no), Quoted.of(yes)));
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
            features[from] = isYes(cell) ? 1 : 0;
        }

        private boolean isYes(Object cell) {
            String text = cell.toString();
            if (text.equalsIgnoreCase(yes)) {
                return true;
            }
            if (text.equalsIgnoreCase(no)) {
                return false;
            }
            if (cell instanceof Boolean said) {
                return said;
            }
            boolean said = isNumber(cell, yes);
            if (!said && !isNumber(cell, no)) {
                throw wrong(this, cell, "%s or %s".formatted(Quoted.of(no), Quoted.of(yes)));
            }
            return said;
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
     * training data is no odder for that. What comes back is the date between the first and the last of the training data
     * that fits the features best, and of several the earliest; with the time to the second, which is that of the cycle
     * {@link Cycle#DAY} and without it midnight.
     *
     * <p>A cell is a text in the column's format, an object of {@code java.time} that has a date, taken as it says (without its
     * offset), or an {@code Instant}, taken in UTC; in the format {@link MomentFormat#EPOCH_MILLIS} a whole number, too.
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
        private static final int SECONDS = 86_400;

        /** Milliseconds since 1970 are a {@code long} for years up to some 292 million. */
        private static final int MOST_YEARS = 200_000_000;

        /**
         * Makes a column.
         *
         * @throws IllegalArgumentException if there is no cycle or the last date lies before the first
         */
        public Moment {
            if (cycles.isEmpty()
                    || last.isBefore(first)
                    || first.getYear() < -MOST_YEARS
                    || last.getYear() > MOST_YEARS) {
                throw new IllegalArgumentException(
                        "column %s: found dates from %s to %s and %d cycles, expected years of at most nine digits, a last not before the first and a cycle"
                                .formatted(Quoted.cut(name), first, last, cycles.size()));
            }
            cycles = Collections.unmodifiableSet(EnumSet.copyOf(cycles));
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
            LocalDateTime moment = cell instanceof TemporalAccessor time
                    ? MomentFormat.moment(time)
                    : cell instanceof Number number ? format.read(number) : format.read(cell.toString());
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
            if (anyIsMissing(features, from, values())) {
                return null;
            }
            long seconds = 0;
            NearestDate nearest = new NearestDate();
            int next = from;
            for (Cycle cycle : cycles) {
                double sine = features[next++];
                double cosine = features[next++];
                double phase = Math.atan2(sine, cosine) / (2 * Math.PI);
                double weight = Math.hypot(sine, cosine);
                switch (cycle) {
                    case DAY -> {
                        seconds = Math.floorMod(Math.round(phase * SECONDS), SECONDS);
                        nearest = nearest.withTime((double) seconds / SECONDS);
                    }
                    case WEEK -> nearest = nearest.withWeek(phase, weight);
                    case YEAR -> nearest = nearest.withYear(phase, weight);
                }
            }
            return format.write(nearest.between(first, last).atStartOfDay().plusSeconds(seconds), withTime);
        }
    }
}
