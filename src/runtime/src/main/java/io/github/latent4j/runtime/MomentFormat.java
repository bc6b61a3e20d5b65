package io.github.latent4j.runtime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
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
                .appendPattern("H:mm")
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
                "format of a date: found '%s', expected iso, day.month.year, day/month/year, month/day/year or epoch-millis"
                        .formatted(text));
    }

    /**
     * Reads a moment.
     *
     * @param field the text, without blanks around it
     * @return the moment, at midnight where the text has no time; null if the text is another
     */
    public @Nullable LocalDateTime read(String field) {
        try {
            if (this == EPOCH_MILLIS) {
                return LocalDateTime.ofInstant(Instant.ofEpochMilli(Long.parseLong(field)), ZoneOffset.UTC);
            }
            // A blank between date and time is as common in ISO's form as the letter.
            boolean blank = this == ISO && field.length() > 10 && field.charAt(10) == ' ';
            String read = blank ? field.substring(0, 10) + 'T' + field.substring(11) : field;
            TemporalAccessor moment = reader.parse(read);
            LocalDate date = LocalDate.from(moment);
            var time = moment.query(TemporalQueries.localTime());
            return time == null ? date.atStartOfDay() : date.atTime(time);
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
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
