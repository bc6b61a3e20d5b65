package io.github.latent4j.data;

import io.github.latent4j.runtime.Column.Cycle;
import io.github.latent4j.runtime.MomentFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;

/** What dates in one format have shown. */
final class DateProfile {
    private static final int WEEK = 7;
    private static final int YEAR = 365;

    private LocalDateTime first = LocalDateTime.MAX;
    private LocalDateTime last = LocalDateTime.MIN;
    private LocalTime least = LocalTime.MAX;
    private LocalTime greatest = LocalTime.MIN;
    private boolean anyTime;

    void add(LocalDateTime moment) {
        first = moment.isBefore(first) ? moment : first;
        last = moment.isAfter(last) ? moment : last;
        LocalTime time = moment.toLocalTime();
        least = time.isBefore(least) ? time : least;
        greatest = time.isAfter(greatest) ? time : greatest;
        anyTime |= !time.equals(LocalTime.MIDNIGHT);
    }

    LocalDate first() {
        return first.toLocalDate();
    }

    LocalDate last() {
        return last.toLocalDate();
    }

    boolean withTime() {
        return anyTime;
    }

    /** The cycles in which the dates differ. */
    Set<Cycle> cycles() {
        Set<Cycle> cycles = EnumSet.noneOf(Cycle.class);
        long days = ChronoUnit.DAYS.between(first(), last());
        if (!least.equals(greatest)) {
            cycles.add(Cycle.DAY);
        }
        if (days > YEAR) {
            cycles.add(Cycle.YEAR);
        }
        if (days > WEEK || cycles.isEmpty()) {
            cycles.add(Cycle.WEEK);
        }
        return cycles;
    }

    /** Whether a text looks as if it could be a date, which is quicker to see than that it is one. */
    static boolean mayBe(MomentFormat format, String field) {
        int length = field.length();
        return switch (format) {
            case ISO -> length >= 10 && field.charAt(4) == '-' && field.charAt(7) == '-';
            case DAY_DOT_MONTH -> length >= 8 && (field.charAt(1) == '.' || field.charAt(2) == '.');
            case DAY_SLASH_MONTH, MONTH_SLASH_DAY -> length >= 8 && (field.charAt(1) == '/' || field.charAt(2) == '/');
            case EPOCH_MILLIS -> length <= 19;
        };
    }
}
