package io.github.latent4j.evaluation.report;

import io.github.latent4j.evaluation.Chart.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An axis that is laid out: its range, and where its numbers stand.
 *
 * @param from the value at its beginning
 * @param to the value at its end, above {@code from}
 * @param logarithmic whether equal distances are equal ratios
 * @param ticks values with a number, ascending, within the range
 * @param step the distance of ticks; NaN if it is not constant
 */
record ChartAxis(double from, double to, boolean logarithmic, List<Double> ticks, double step) {
    private static final int MOST_LOGARITHMIC_TICKS = 7;
    private static final int[] ROUND = {1, 2, 5};

    /**
     * Lays an axis out.
     *
     * @param values all values along it, at least one
     * @param widened whether it goes on to round numbers, or ends with the values
     * @param ticks about so many
     */
    static ChartAxis of(Scale scale, List<Double> values, boolean widened, int ticks) {
        double least = values.stream().mapToDouble(v -> v).min().orElseThrow();
        double most = values.stream().mapToDouble(v -> v).max().orElseThrow();
        return switch (scale) {
            case UNIT -> linear(0, 1, true, 5, false);
            case LOGARITHMIC -> logarithmic(least, most, widened);
            case LINEAR -> linear(least, most, widened, ticks, values.stream().allMatch(ChartAxis::isIndex));
        };
    }

    /** A whole number, or the edge of a bar around one. */
    private static boolean isIndex(double value) {
        return 2 * value == Math.rint(2 * value);
    }

    private static ChartAxis linear(double least, double most, boolean widened, int ticks, boolean whole) {
        double span = most > least ? most - least : Math.max(1e-6, Math.abs(most));
        double step = Math.max(whole && !widened ? 1 : 0, roundStep(span / ticks));
        double low = Math.floor(least / step + 1e-9) * step;
        double high = Math.ceil(most / step - 1e-9) * step;
        if (!(high > low)) {
            high = low + step;
        }
        double from = widened || most <= least ? low : least;
        double to = widened || most <= least ? high : most;
        List<Double> at = new ArrayList<>();
        long first = Math.round(low / step);
        long last = Math.round(high / step);
        for (long i = first; i <= last; i++) {
            double value = i * step;
            if (value >= from - 1e-9 * step && value <= to + 1e-9 * step) {
                at.add(value);
            }
        }
        return new ChartAxis(from, to, false, at, step);
    }

    private static ChartAxis logarithmic(double least, double most, boolean widened) {
        double from = widened || least == most ? below(least) : least;
        double to = widened || least == most ? above(Math.max(most, from * 1.5)) : most;
        int first = (int) Math.floor(Math.log10(from) + 1e-9);
        int last = (int) Math.ceil(Math.log10(to) - 1e-9);
        List<Double> at = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            for (int factor : ROUND) {
                at.add(factor * Math.pow(10, power));
            }
        }
        at.removeIf(v -> v < from * (1 - 1e-9) || v > to * (1 + 1e-9));
        if (at.size() > MOST_LOGARITHMIC_TICKS) {
            int every = Math.max(1, (int) Math.ceil((last - first) / (double) MOST_LOGARITHMIC_TICKS));
            at.removeIf(v -> {
                double power = Math.log10(v);
                return Math.abs(power - Math.rint(power)) > 1e-9 || Math.floorMod(Math.round(power), every) != 0;
            });
        }
        return new ChartAxis(from, to, true, at, Double.NaN);
    }

    /** The greatest of 1, 2, 5 times a power of ten that is not above a value. */
    private static double below(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        return Arrays.stream(ROUND)
                .mapToDouble(factor -> factor * power)
                .filter(v -> v <= value * (1 + 1e-9))
                .max()
                .orElse(power);
    }

    private static double above(double value) {
        return roundStep(value);
    }

    /** The least of 1, 2, 5 times a power of ten that is not below a value. */
    static double roundStep(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (int factor : ROUND) {
            if (factor * power >= value * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** The place of a value: 0 at the beginning, 1 at the end. */
    double place(double value) {
        return logarithmic
                ? (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from))
                : (value - from) / (to - from);
    }

    /** A tick's number, with as many digits as the step needs; a tick of a logarithmic axis has one. */
    String text(double value) {
        double unit = logarithmic ? value : step;
        double greatest = logarithmic ? value : Math.max(Math.abs(from), Math.abs(to));
        boolean plain = value == 0 || (greatest < 1e6 && (unit >= 1e-4 || greatest >= 1e-3));
        String text = plain
                ? number(value, value == 0 && unit < 1e-4 ? 0 : Math.max(0, -power(unit)))
                : powerOfTen(value, Math.max(0, power(Math.abs(value)) - power(unit)));
        return text.replace('-', '\u2212');
    }

    private static int power(double value) {
        return (int) Math.floor(Math.log10(value) + 1e-9);
    }

    private static String powerOfTen(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "e", value)
                .replaceAll("\\.?0+e", "e")
                .replaceAll("e([+-])0*(\\d)", "e$1$2")
                .replace("e+", "e");
    }

    private static String number(double value, int decimals) {
        // 0.0 added, so that there is no minus before a zero.
        return String.format(Locale.ROOT, "%,." + decimals + "f", value + 0.0);
    }
}
