package io.github.latent4j.runtime;

import java.time.LocalDate;
import java.time.Year;

/**
 * Finds the date whose places in the week and in the year are nearest to given points of the plane. With p the point of a date
 * on the unit circle and f the given one, |p − f|² = 1 + |f|² − 2 p·f, so it is the date with the largest sum of p·f.
 *
 * @param time share of the day that has passed
 * @param week phase of the point for the week, in turns
 * @param weekWeight the point's distance from 0; 0 if the week does not count
 * @param year phase of the point for the year, in turns
 * @param yearWeight the point's distance from 0; 0 if the year does not count
 */
record NearestDate(double time, double week, double weekWeight, double year, double yearWeight) {
    private static final int WEEK = 7;

    /** After so many years the calendar repeats, with the days of the week. */
    private static final int YEARS = 400;

    /** January the first of 1970 was a Thursday. */
    private static final int FIRST_WEEKDAY = 3;

    NearestDate() {
        this(0, 0, 0, 0, 0);
    }

    NearestDate withTime(double newTime) {
        return new NearestDate(newTime, week, weekWeight, year, yearWeight);
    }

    NearestDate withWeek(double newPhase, double newWeight) {
        return new NearestDate(time, newPhase, newWeight, year, yearWeight);
    }

    NearestDate withYear(double newPhase, double newWeight) {
        return new NearestDate(time, week, weekWeight, newPhase, newWeight);
    }

    /** The nearest date of a range, and of several the earliest. */
    LocalDate between(LocalDate first, LocalDate last) {
        Search search = new Search(first.toEpochDay(), last.toEpochDay());
        if (yearWeight > 0) {
            boolean[] seen = new boolean[2 * WEEK];
            int end = Math.min(last.getYear(), first.getYear() + YEARS);
            for (int y = first.getYear(); y <= end; y++) {
                search.year(y, seen);
            }
        } else {
            search.days(search.first, search.first + WEEK - 1, 0, 1);
        }
        return LocalDate.ofEpochDay(search.best);
    }

    /** Looks at days, and keeps the best. Days are counted from 1970 on. */
    private final class Search {
        private final long first;
        private final long last;
        private final double[] weekdays = new double[WEEK];
        private long best;
        private double most = Double.NEGATIVE_INFINITY;

        private Search(long first, long last) {
            this.first = first;
            this.last = last;
            this.best = first;
            for (int day = 0; day < WEEK; day++) {
                weekdays[day] = weekWeight * Math.cos(2 * Math.PI * ((day + time) / WEEK - week));
            }
        }

        /**
         * Looks at a year. Of the days with one place in the week, the best is one of the two around the year's peak or lies
         * at an end of the range: a week at each is enough. Whole years that start on the same day of the week and have the
         * same length are alike.
         */
        private void year(int number, boolean[] seen) {
            int length = Year.isLeap(number) ? 366 : 365;
            long start = LocalDate.ofYearDay(number, 1).toEpochDay();
            long from = Math.max(first, start);
            long to = Math.min(last, start + length - 1);
            if (to - from == length - 1) {
                int kind = 2 * Math.floorMod(start, WEEK) + length - 365;
                if (seen[kind]) {
                    return;
                }
                seen[kind] = true;
            }
            long peak = start + (long) Math.floor((year - Math.floor(year)) * length - time);
            days(from, Math.min(to, from + WEEK - 1), start, length);
            days(Math.max(from, peak - WEEK), Math.min(to, peak + WEEK + 1), start, length);
            days(Math.max(from, to - WEEK + 1), to, start, length);
        }

        private void days(long from, long to, long start, int length) {
            for (long day = from; day <= Math.min(to, last); day++) {
                double sum = weekdays[Math.floorMod(day + FIRST_WEEKDAY, WEEK)]
                        + yearWeight * Math.cos(2 * Math.PI * ((day - start + time) / length - year));
                if (sum > most) {
                    most = sum;
                    best = day;
                }
            }
        }
    }
}
