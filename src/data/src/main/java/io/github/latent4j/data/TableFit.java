package io.github.latent4j.data;

import io.github.latent4j.data.ColumnProfile.Place;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.MomentFormat;
import io.github.latent4j.runtime.internal.Quoted;
import io.github.latent4j.runtime.internal.TableFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides from what columns have shown of what kind they are, and fits how they become features. */
final class TableFit {
    /** The largest number of values that a category tells apart. */
    static final int MOST_VALUES = 200;

    /** A value that fewer rows have is another one: this share of them, and two at least. */
    private static final double RARE = 0.001;

    private static final int LEAST_COUNT = 2;

    /** Texts are categories if at most this share of them are different, and three always. */
    private static final double MOST_DIFFERENT = 0.2;

    private static final int FEW_VALUES = 3;

    /** Categories whose values are rarer than that in all say nothing. */
    private static final double LEAST_KNOWN = 0.5;

    /** In fewer rows, numbers that count up say nothing. */
    private static final int LEAST_ROWS_OF_IDENTIFIERS = 10;

    private static final int NAMES_SHOWN = 8;

    /** How many columns a model file holds is found out to one part in so many, since each guess is written and read. */
    private static final int NEAR_ENOUGH = 200;

    private static final List<List<String>> NO_AND_YES =
            List.of(List.of("false", "true"), List.of("no", "yes"), List.of("n", "y"), List.of("f", "t"));

    private final Path file;
    private final TableOptions options;
    private final ColumnKinds kinds;
    private final Scalings scalings;
    private final Set<String> asked;
    private final List<String> asides = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();

    private TableFit(Path file, TableOptions options, ColumnKinds kinds, int columns) {
        this.file = file;
        this.options = options;
        this.kinds = kinds;
        this.scalings = new Scalings(options, columns);
        this.asked = Set.copyOf(options.columns());
    }

    /**
     * The columns, and what was decided.
     *
     * @param table the columns that are used
     * @param notes sentences for people
     */
    record Fitted(Table table, List<String> notes) {}

    /**
     * Fits columns.
     *
     * @throws InvalidDataException if none is left, one that was asked for, or a schema's, is not what it should be, or there
     *     are more than a model file holds
     */
    static Fitted fit(Path file, List<ColumnProfile> profiles, TableOptions options, ColumnKinds kinds)
            throws InvalidDataException {
        return new TableFit(file, options, kinds, profiles.size()).fit(profiles);
    }

    private Fitted fit(List<ColumnProfile> profiles) throws InvalidDataException {
        List<Column> columns = new ArrayList<>();
        for (ColumnProfile profile : profiles) {
            Column column = fitted(profile);
            if (column != null) {
                columns.add(column);
            }
        }
        if (columns.isEmpty()) {
            throw new InvalidDataException("%s: found no column that can be used, expected at least one%s"
                    .formatted(file, asides.isEmpty() ? "" : "; " + String.join("; ", asides)));
        }
        Table table = held(columns);
        List<String> notes = new ArrayList<>();
        notes.add(described(columns));
        notes.addAll(asides);
        notes.addAll(changes);
        profiles.stream()
                .filter(ColumnProfile::isAmbiguous)
                .forEach(profile ->
                        notes.add("column %s: no date tells day from month, the first number is taken for the month"
                                .formatted(Quoted.cut(profile.name()))));
        return new Fitted(table, notes);
    }

    /** The contract, which a model file holds. */
    private Table held(List<Column> columns) throws InvalidDataException {
        try {
            return readBack(columns);
        } catch (IllegalArgumentException e) {
            int held = 0;
            int above = columns.size();
            while (above - held > 1 + above / NEAR_ENOUGH) {
                int middle = (held + above) >>> 1;
                if (isHeld(columns.subList(0, middle))) {
                    held = middle;
                } else {
                    above = middle;
                }
            }
            for (Column column : columns.subList(held, above)) {
                if (!isHeld(List.of(column))) {
                    throw new InvalidDataException(
                            "%s: column %s: %s".formatted(file, Quoted.cut(column.name()), e.getMessage()), e);
                }
            }
            throw new InvalidDataException(
                    "%s: found %d columns for features, expected fewer: a model file holds the first %d; --columns and --ignore choose among them"
                            .formatted(file, columns.size(), held),
                    e);
        }
    }

    private static boolean isHeld(List<Column> columns) {
        try {
            readBack(columns);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Table readBack(List<Column> columns) {
        return TableFields.parse(TableFields.text(new Table(columns)));
    }

    private static String described(List<Column> columns) {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        columns.forEach(column ->
                kinds.computeIfAbsent(column.kind(), kind -> new ArrayList<>()).add(described(column)));
        return "%d %s: ".formatted(columns.size(), columns.size() == 1 ? "column" : "columns")
                + kinds.entrySet().stream()
                        .map(kind -> "%s: %s%s"
                                .formatted(
                                        kind.getKey(),
                                        kind.getValue().stream()
                                                .limit(NAMES_SHOWN)
                                                .collect(Collectors.joining(", ")),
                                        kind.getValue().size() > NAMES_SHOWN
                                                ? " and %d more"
                                                        .formatted(
                                                                kind.getValue().size() - NAMES_SHOWN)
                                                : ""))
                        .collect(Collectors.joining("; "));
    }

    private static String described(Column column) {
        String name = Quoted.cut(column.name());
        if (column instanceof Column.Category category) {
            return "%s (%d values)".formatted(name, category.known().size());
        }
        if (column instanceof Column.Moment moment) {
            return "%s (%s; by %s)"
                    .formatted(
                            name,
                            moment.format().text(),
                            moment.cycles().stream().map(Column.Cycle::text).collect(Collectors.joining(", ")));
        }
        return name;
    }

    /** The column, or null if it is set aside; what a column or a scaling refuses is told with the file and the column. */
    private @Nullable Column fitted(ColumnProfile profile) throws InvalidDataException {
        try {
            return column(profile);
        } catch (IllegalArgumentException e) {
            String place = "column %s: ".formatted(Quoted.cut(profile.name()));
            String message = String.valueOf(e.getMessage());
            throw new InvalidDataException(
                    "%s: %s%s".formatted(file, message.startsWith(place) ? "" : place, message), e);
        }
    }

    /** The column, or null if it is set aside. */
    private @Nullable Column column(ColumnProfile profile) throws InvalidDataException {
        boolean indicator = profile.anyMissing();
        if (profile.present() == 0) {
            return aside(profile, "no value in any row", true);
        }
        if (profile.isConstant()) {
            return aside(profile, "one value alone in all rows that have one", true);
        }
        return switch (kinds.kind(profile.name())) {
            case NUMBER -> number(profile, indicator);
            case CATEGORY -> new Column.Category(profile.name(), states(profile), indicator);
            case FLAG ->
                flag(profile, indicator)
                        .orElseThrow(() -> wrong(profile, "texts that are no pair of yes and no", "yes and no alone"));
            case DATE ->
                date(profile, indicator)
                        .orElseThrow(() -> wrong(profile, "cells that are no dates of one format", "dates"));
            case ANY -> inferred(profile, indicator);
        };
    }

    private @Nullable Column inferred(ColumnProfile profile, boolean indicator) throws InvalidDataException {
        if (profile.areAllNumbers() && !asked.contains(profile.name())) {
            boolean enough = profile.present() >= LEAST_ROWS_OF_IDENTIFIERS;
            if (enough && profile.countRows()) {
                return aside(profile, "whole numbers that go up by one from row to row, as an identifier's do", false);
            }
            if (enough && profile.areIdentifiers()) {
                return aside(profile, "an identifier's name and a whole number of its own in every row", false);
            }
        }
        Optional<Column> flag = flag(profile, indicator);
        if (flag.isPresent()) {
            return flag.get();
        }
        if (profile.areAllNumbers() || profile.areMostlyNumbers()) {
            return number(profile, indicator);
        }
        if (profile.areAllDates() || profile.areMostlyDates()) {
            Optional<Column> date = date(profile, indicator);
            if (date.isPresent()) {
                return date.get();
            }
        }
        Optional<Place> foreign = profile.foreign();
        if (foreign.isPresent()) {
            Place place = foreign.get();
            throw new InvalidDataException("%s: line %d, column %s: found %s, expected numbers with a decimal %s%s"
                    .formatted(
                            file,
                            place.line(),
                            Quoted.cut(profile.name()),
                            Quoted.of(place.cell()),
                            options.decimalComma() ? "comma" : "point",
                            options.decimalComma() ? "" : Numerals.advice(place.cell())));
        }
        return category(profile, indicator);
    }

    private Column number(ColumnProfile profile, boolean indicator) throws InvalidDataException {
        if (profile.moments().count() == 0) {
            throw wrong(profile, "no number in any row", "numbers");
        }
        return new Column.Numeric(profile.name(), scalings.fit(profile.moments(), profile.sample()), indicator);
    }

    private static Optional<Column> flag(ColumnProfile profile, boolean indicator) {
        if (profile.areZeroAndOne()) {
            return Optional.of(new Column.Flag(profile.name(), "0", "1", indicator));
        }
        Map<String, String> spelled = new LinkedHashMap<>();
        profile.texts().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(text -> spelled.putIfAbsent(text.getKey().toLowerCase(Locale.ROOT), text.getKey()));
        return NO_AND_YES.stream()
                .filter(pair -> spelled.keySet().equals(Set.copyOf(pair)))
                .findFirst()
                .map(pair -> new Column.Flag(
                        profile.name(),
                        spelled.getOrDefault(pair.get(0), pair.get(0)),
                        spelled.getOrDefault(pair.get(1), pair.get(1)),
                        indicator));
    }

    private static Optional<Column> date(ColumnProfile profile, boolean indicator) {
        return profile.dates().map(dates -> moment(profile, dates.getKey(), dates.getValue(), indicator));
    }

    private static Column moment(ColumnProfile profile, MomentFormat format, DateProfile dates, boolean indicator) {
        return new Column.Moment(
                profile.name(), format, dates.withTime(), dates.first(), dates.last(), dates.cycles(), indicator);
    }

    /** The values that a schema lists, or those of the rows where it lists none. */
    private List<String> states(ColumnProfile profile) throws InvalidDataException {
        List<String> states = kinds.states(profile.name());
        List<String> known = states.isEmpty() ? frequent(profile) : states;
        if (known.isEmpty()) {
            throw wrong(profile, "texts of which too many differ", "at most %d values".formatted(MOST_VALUES));
        }
        if (known.size() > Column.Category.MOST_VALUES || Set.copyOf(known).size() < known.size()) {
            throw wrong(
                    profile,
                    "%d values in the schema".formatted(known.size()),
                    "at most %d different ones".formatted(Column.Category.MOST_VALUES));
        }
        return known;
    }

    private @Nullable Column category(ColumnProfile profile, boolean indicator) throws InvalidDataException {
        Map<String, Integer> texts = profile.texts();
        List<String> known = frequent(profile);
        long rows = known.stream().mapToLong(texts::get).sum();
        boolean few = texts.size() <= Math.max(FEW_VALUES, MOST_DIFFERENT * profile.present());
        Optional<String> change = profile.change();
        if (few && !known.isEmpty() && rows >= LEAST_KNOWN * profile.present()) {
            change.ifPresent(found -> changes.add(
                    "column %s is taken for a category: it has %s".formatted(Quoted.cut(profile.name()), found)));
            return new Column.Category(profile.name(), known, indicator);
        }
        String counted = texts.isEmpty()
                ? ""
                : String.format(Locale.ROOT, " (%,d in %,d rows)", texts.size(), profile.present());
        return aside(
                profile,
                "texts of which too many differ" + counted
                        + change.map(found -> ", and " + found).orElse(""),
                true);
    }

    /** The values that are not rare, the most frequent if there are too many, in the order of their texts. */
    private static List<String> frequent(ColumnProfile profile) {
        double least = Math.max(LEAST_COUNT, RARE * profile.present());
        return profile.texts().entrySet().stream()
                .filter(text -> text.getValue() >= least)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_VALUES)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private @Nullable Column aside(ColumnProfile profile, String reason, boolean always) throws InvalidDataException {
        if (always && asked.contains(profile.name())) {
            throw wrong(profile, reason, "a column that can be used, since it was asked for");
        }
        asides.add("column %s is set aside: it has %s".formatted(Quoted.cut(profile.name()), reason));
        return null;
    }

    private InvalidDataException wrong(ColumnProfile profile, String found, String expected) {
        return new InvalidDataException(
                "%s: column %s: found %s, expected %s".formatted(file, Quoted.cut(profile.name()), found, expected));
    }
}
