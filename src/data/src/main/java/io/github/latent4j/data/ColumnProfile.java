package io.github.latent4j.data;

import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.MomentFormat;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the cells of a column have shown, row by row; memory is bounded. */
final class ColumnProfile {
    /** A column of more different numbers is one of numbers, whatever else stands in it now and then. */
    private static final int FEW = 20;

    /** From this share of numbers, or of dates, on, a column is one of them. */
    private static final double MOST_CELLS = 0.95;

    private static final int LONGEST_VALUE = 200;
    private static final Pattern IDENTIFIER =
            Pattern.compile("(?i:id|uuid|guid)|.*[ _.-](?i:id|uuid|guid)|.*[a-z](?:Id|ID)");

    private final String name;
    private final boolean decimalComma;
    private final TextRoom room;
    private final boolean isCategory;
    private final boolean isNamedIdentifier;
    private final Sample sample;
    private final Moments moments = new Moments();
    private final Set<Double> fewNumbers = new HashSet<>();
    private final Map<MomentFormat, DateProfile> dates = new EnumMap<>(MomentFormat.class);
    private final @Nullable DateProfile millis;
    private boolean allMillis = true;
    private Map<String, Integer> texts = new HashMap<>();
    private boolean tooMany;
    private boolean repeated;
    private boolean whole = true;
    private boolean stepsOfOne = true;
    private double previous = Double.NaN;
    private long present;
    private long missing;
    private long dateCells;
    private boolean changed;
    private @Nullable Cells firstCells;
    private @Nullable Cells otherCells;
    private long otherLine;
    private boolean mixed;
    private @Nullable Place foreign;
    private long foreignCells;

    /**
     * Makes an empty profile.
     *
     * @param kind of which the column is said to be: as a category it may have many numbers for its values, and as one of dates
     *     milliseconds since 1970
     * @param room for different texts
     * @param sample receives the numbers
     */
    ColumnProfile(String name, ColumnKinds.Kind kind, boolean decimalComma, TextRoom room, Sample sample) {
        this.name = name;
        this.decimalComma = decimalComma;
        this.room = room;
        this.sample = sample;
        this.millis = kind == ColumnKinds.Kind.DATE ? new DateProfile() : null;
        this.isCategory = kind == ColumnKinds.Kind.CATEGORY;
        this.isNamedIdentifier = IDENTIFIER.matcher(name).matches();
        for (MomentFormat format : EnumSet.complementOf(EnumSet.of(MomentFormat.EPOCH_MILLIS))) {
            dates.put(format, new DateProfile());
        }
    }

    /** Where a cell stands. */
    record Place(long line, String cell) {}

    /** What cells are. */
    private enum Cells {
        NUMBERS,
        DATES,
        TEXTS;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Takes the cell of a row. */
    void add(String cell, long line) {
        if (Column.isMissing(cell)) {
            missing++;
            return;
        }
        Double number = Column.number(decimalComma ? Numerals.withPoint(cell) : cell);
        if (number != null) {
            addNumber(number);
            addMillis(cell);
            addCells(Cells.NUMBERS, line);
        } else {
            changed |= areAllNumbers() && fewNumbers.size() > FEW;
            if (addDate(cell)) {
                dateCells++;
                addCells(Cells.DATES, line);
            } else {
                addCells(Cells.TEXTS, line);
                if (Numerals.isForeign(cell)) {
                    foreignCells++;
                    foreign = foreign == null ? new Place(line, cell) : foreign;
                }
            }
        }
        present++;
        addText(cell);
    }

    private void addCells(Cells cells, long line) {
        if (firstCells == null) {
            firstCells = cells;
        } else if (otherCells != null) {
            mixed |= cells != otherCells;
        } else if (cells != firstCells) {
            otherCells = cells;
            otherLine = line;
        }
    }

    private void addNumber(double number) {
        stepsOfOne &= moments.count() == 0 || number == previous + 1;
        previous = number;
        whole &= number == Math.rint(number);
        moments.add(number);
        sample.add(number);
        if (fewNumbers.size() <= FEW) {
            fewNumbers.add(number);
        }
    }

    private void addMillis(String cell) {
        if (millis != null) {
            LocalDateTime moment = MomentFormat.EPOCH_MILLIS.read(cell);
            allMillis &= moment != null;
            if (moment != null) {
                millis.add(moment);
            }
        }
    }

    /** A format stays as long as it reads every date that another one reads. */
    private boolean addDate(String cell) {
        Map<MomentFormat, LocalDateTime> read = new EnumMap<>(MomentFormat.class);
        for (MomentFormat format : dates.keySet()) {
            LocalDateTime moment = DateProfile.mayBe(format, cell) ? format.read(cell) : null;
            if (moment != null) {
                read.put(format, moment);
            }
        }
        if (read.isEmpty()) {
            return false;
        }
        dates.keySet().retainAll(read.keySet());
        dates.forEach((format, profile) -> {
            LocalDateTime moment = read.get(format);
            if (moment != null) {
                profile.add(moment);
            }
        });
        return true;
    }

    private void addText(String cell) {
        if (tooMany) {
            return;
        }
        Integer count = texts.get(cell);
        if (needsNoTexts() || cell.length() > LONGEST_VALUE || (count == null && !room.take(texts.size()))) {
            tooMany = true;
            room.giveBack(texts.size());
            texts = Map.of();
            return;
        }
        repeated |= count != null;
        texts.put(cell, count == null ? 1 : count + 1);
    }

    /** Whether a column is surely one of numbers, whose texts say no more, not even that it is an identifier. */
    private boolean needsNoTexts() {
        boolean maybeIdentifier = isNamedIdentifier && areAllNumbers() && whole && !repeated;
        return fewNumbers.size() > FEW && (changed || areAllNumbers()) && !isCategory && !maybeIdentifier;
    }

    String name() {
        return name;
    }

    long present() {
        return present;
    }

    long rows() {
        return present + missing;
    }

    boolean anyMissing() {
        return missing > 0;
    }

    Moments moments() {
        return moments;
    }

    Sample sample() {
        return sample;
    }

    /** How often each text stands there; empty if too many differ, one is too long to be a value, or numbers alone came. */
    Map<String, Integer> texts() {
        return texts;
    }

    /** Whether all cells are the same. */
    boolean isConstant() {
        return texts.size() == 1 || (areAllNumbers() && present > 0 && moments.least() == moments.greatest());
    }

    boolean areAllNumbers() {
        return moments.count() == present;
    }

    /** Whether the column is one of numbers, though other cells stand in it. */
    boolean areMostlyNumbers() {
        return fewNumbers.size() > FEW && (changed || moments.count() >= MOST_CELLS * present);
    }

    boolean areZeroAndOne() {
        return areAllNumbers() && fewNumbers.equals(Set.of(0.0, 1.0));
    }

    boolean areAllDates() {
        return present > 0 && dateCells == present;
    }

    boolean areMostlyDates() {
        return dateCells > FEW && dateCells >= MOST_CELLS * present;
    }

    /** The first cell that is no number but looks like one in another notation, if most that are no numbers do. */
    Optional<Place> foreign() {
        return foreignCells > 0 && foreignCells + moments.count() >= MOST_CELLS * present
                ? Optional.ofNullable(foreign)
                : Optional.empty();
    }

    /** Whether whole numbers count the rows. */
    boolean countRows() {
        return areAllNumbers() && missing == 0 && whole && stepsOfOne;
    }

    /** Whether whole numbers, none of which came twice as far as they were counted, have an identifier's name. */
    boolean areIdentifiers() {
        return areAllNumbers() && whole && !repeated && isNamedIdentifier;
    }

    /** Where cells of another kind than the first come in, such as {@code numbers from line 152 on}; empty if all are of one. */
    Optional<String> change() {
        return firstCells == null || otherCells == null
                ? Optional.empty()
                : Optional.of(
                        mixed
                                ? "%s among %s, the first in line %d"
                                        .formatted(otherCells.text(), firstCells.text(), otherLine)
                                : "%s from line %d on".formatted(otherCells.text(), otherLine));
    }

    /**
     * The format of the dates. Where day and month could be either, the month comes first.
     *
     * @return empty if there is no date, or no format reads all
     */
    Optional<Map.Entry<MomentFormat, DateProfile>> dates() {
        if (millis != null && areAllNumbers() && allMillis) {
            return Optional.of(Map.entry(MomentFormat.EPOCH_MILLIS, millis));
        }
        return dateCells == 0
                ? Optional.empty()
                : dates.entrySet().stream()
                        .filter(format -> !isAmbiguous() || format.getKey() == MomentFormat.MONTH_SLASH_DAY)
                        .findFirst();
    }

    /** Whether no date tells the day from the month. */
    boolean isAmbiguous() {
        return dates.keySet().equals(EnumSet.of(MomentFormat.DAY_SLASH_MONTH, MomentFormat.MONTH_SLASH_DAY));
    }
}
