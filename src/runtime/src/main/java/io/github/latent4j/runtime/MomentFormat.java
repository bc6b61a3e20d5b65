package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.Quoted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a table writes dates and date-times. A time is taken as it is written: an offset or a {@code Z} behind it is passed over.
 */
public enum MomentFormat {
    /** Such as 2026-11-23, 2026-11-23T08:15 or 2026-11-23 08:15:30.5+01:00. */
    ISO("iso", "uuuu-MM-dd", "uuuu-MM-dd", "'T'", "2026-11-23 or 2026-11-23T08:15:30"),
    /** Such as 23.11.2026 or 23.11.2026 08:15. */
    DAY_DOT_MONTH("day.month.year", "d.M.uuuu", "dd.MM.uuuu", "' '", "23.11.2026 or 23.11.2026 08:15"),
    /** Such as 23/11/2026 or 23/11/2026 08:15. */
    DAY_SLASH_MONTH("day/month/year", "d/M/uuuu", "dd/MM/uuuu", "' '", "23/11/2026 or 23/11/2026 08:15"),
    /** Such as 11/23/2026 or 11/23/2026 08:15. */
    MONTH_SLASH_DAY("month/day/year", "M/d/uuuu", "MM/dd/uuuu", "' '", "11/23/2026 or 11/23/2026 08:15"),
    /** Milliseconds since the first of January 1970, in UTC. */
    EPOCH_MILLIS("epoch-millis", "", "", "", "milliseconds since 1970-01-01, such as 1763885730000");

    private static final String STARTS = "0123456789+-";

    /** Up to here every whole number is a double. */
    private static final double MOST_MILLIS = 1L << 53;

    private final String text;
    private final DateTimeFormatter reader;
    private final DateTimeFormatter dates;
    private final DateTimeFormatter moments;
    private final String example;

    MomentFormat(String text, String read, String written, String between, String example) {
        this.text = text;
        this.reader = new DateTimeFormatterBuilder()
                .appendPattern(read)
                .optionalStart()
                .appendPattern(between)
                .appendValue(ChronoField.HOUR_OF_DAY, 1, 2, SignStyle.NOT_NEGATIVE)
                .appendPattern(":mm")
                .optionalStart()
                .appendPattern(":ss")
                .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                .optionalEnd()
                .optionalStart()
                .appendPattern("[' ']")
                .appendPattern("[XXX][XX][X]")
                .optionalEnd()
                .optionalEnd()
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
        this.dates = DateTimeFormatter.ofPattern(written, Locale.ROOT);
        this.moments = new DateTimeFormatterBuilder()
                .append(dates)
                .appendPattern(between)
                .appendPattern("HH:mm:ss")
                .toFormatter(Locale.ROOT);
        this.example = example;
    }

    /**
     * The name as files write it.
     *
     * @return such as {@code day.month.year}
     */
    public String text() {
        return text;
    }

    /**
     * What a moment looks like in this format.
     *
     * @return text for messages
     */
    public String example() {
        return example;
    }

    /**
     * The format of a name.
     *
     * @param text a name as {@link #text()} gives it
     * @return the format
     * @throws IllegalArgumentException if there is none of that name
     */
    public static MomentFormat parse(String text) {
        for (MomentFormat format : values()) {
            if (format.text.equals(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "format of a date: found %s, expected %s".formatted(Quoted.of(text), names()));
    }

    /**
     * The names of all formats.
     *
     * @return text for messages
     */
    public static String names() {
        return "iso, day.month.year, day/month/year, month/day/year or epoch-millis";
    }

    /**
     * Reads a moment.
     *
     * @param field the text, without blanks around it
     * @return the moment, at midnight where the text has no time; null if the text is another
     */
    public @Nullable LocalDateTime read(String field) {
        if (this == EPOCH_MILLIS) {
            Double number = Column.number(field);
            return number == null ? null : read(number);
        }
        if (field.isEmpty() || STARTS.indexOf(field.charAt(0)) < 0) {
            return null; // without an exception, which takes its time
        }
        try {
            // A blank between date and time is as common in ISO's form as the letter.
            boolean blank = this == ISO && field.length() > 10 && field.charAt(10) == ' ';
            return moment(reader.parse(blank ? field.substring(0, 10) + 'T' + field.substring(11) : field));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Milliseconds since 1970 where this is the format; null if they are none, or it is another. */
    @Nullable
    LocalDateTime read(Number millis) {
        double value = millis.doubleValue();
        boolean whole = this == EPOCH_MILLIS && value == Math.rint(value) && Math.abs(value) <= MOST_MILLIS;
        return whole ? LocalDateTime.ofInstant(Instant.ofEpochMilli(millis.longValue()), ZoneOffset.UTC) : null;
    }

    /** The date of an object with its time, or at midnight; null if it has no date. An instant is taken in UTC. */
    static @Nullable LocalDateTime moment(TemporalAccessor moment) {
        if (moment instanceof Instant instant) {
            return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        LocalDate date = moment.query(TemporalQueries.localDate());
        LocalTime time = moment.query(TemporalQueries.localTime());
        return date == null ? null : date.atTime(time == null ? LocalTime.MIDNIGHT : time);
    }

    /**
     * Writes a moment.
     *
     * @param moment what to write
     * @param withTime whether hours, minutes and seconds are written too
     * @return the text
     */
    public String write(LocalDateTime moment, boolean withTime) {
        return this == EPOCH_MILLIS
                ? String.valueOf(moment.toInstant(ZoneOffset.UTC).toEpochMilli())
                : (withTime ? moments : dates).format(moment);
    }
}
