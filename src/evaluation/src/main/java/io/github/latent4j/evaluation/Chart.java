package io.github.latent4j.evaluation;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The data of a chart: what is drawn over which axes. {@code report} draws it and writes it as CSV. Immutable.
 *
 * @param name a name for files, of lower-case letters, digits and hyphens, such as {@code kl-per-dimension}
 * @param caption what is to be seen, in whole sentences
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series at least one; their names are the legend
 */
public record Chart(String name, String caption, Axis x, Axis y, List<Series> series) {
    /**
     * Makes a chart with a copy of the list.
     *
     * @throws IllegalArgumentException if the name is not one for files, there is no series, or a logarithmic axis has a value
     *     that is not above 0
     */
    public Chart {
        series = List.copyOf(series);
        requireName("chart", name);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("chart %s: found no series, expected at least one".formatted(name));
        }
        for (Series one : series) {
            requirePositive(name, one, x, one.across());
            requirePositive(name, one, y, one.upwards());
        }
    }

    static void requireName(String what, String name) {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "%s: found the name '%s', expected lower-case letters, digits and single hyphens"
                            .formatted(what, name));
        }
    }

    private static void requirePositive(String chart, Series series, Axis axis, List<Double> values) {
        if (axis.scale() == Scale.LOGARITHMIC) {
            values.stream().filter(value -> value <= 0).findFirst().ifPresent(value -> {
                throw new IllegalArgumentException(
                        "chart %s, series '%s': found %s along the logarithmic axis '%s', expected numbers above 0"
                                .formatted(chart, series.name(), value, axis.label()));
            });
        }
    }

    /**
     * A histogram of several sets of values over the same bars. Where all values are above 0 and the greatest is more than a
     * hundred times the median, the horizontal axis is logarithmic. Infinite values are left out, and the caption says how many.
     *
     * @param name for files
     * @param caption what is to be seen
     * @param label what the values are, with the unit
     * @param values by the names of the series; each has at least one finite value, none is NaN
     * @return a chart whose bars are shares of the examples of their series
     * @throws IllegalArgumentException if there is no series, or one has no finite value
     */
    public static Chart histogram(String name, String caption, String label, Map<String, double[]> values) {
        return Histogram.chart(name, caption, label, values);
    }

    /**
     * An axis. Its range is that of the data, widened to round numbers.
     *
     * <p>A horizontal axis of lines and bars alone begins and ends with them.
     *
     * @param label what it shows, with the unit, such as {@code KL, nats}
     * @param scale how values are placed
     */
    public record Axis(String label, Scale scale) {
        /**
         * A linear axis.
         *
         * @param label what it shows, with the unit
         * @return the axis
         */
        public static Axis of(String label) {
            return new Axis(label, Scale.LINEAR);
        }
    }

    /** How values are placed along an axis. */
    public enum Scale {
        /** Equal distances are equal differences. */
        LINEAR,
        /** Equal distances are equal ratios; all values are above 0. */
        LOGARITHMIC,
        /** From 0 to 1, whatever the data. */
        UNIT
    }

    /** Something drawn in a colour of its own. Lists have one value a point, all finite. */
    public sealed interface Series {
        /**
         * What it is, for the legend.
         *
         * @return a few words
         */
        String name();

        /**
         * All places along the horizontal axis.
         *
         * @return at least one
         */
        List<Double> across();

        /**
         * All places along the vertical axis.
         *
         * @return at least one
         */
        List<Double> upwards();
    }

    /**
     * Points joined by straight lines, in their order.
     *
     * @param name for the legend
     * @param x places along the horizontal axis
     * @param y as many along the vertical one
     */
    public record Line(String name, List<Double> x, List<Double> y) implements Series {
        /**
         * Makes a line with copies of the lists.
         *
         * @throws IllegalArgumentException if there is no point, their numbers differ, or a value is not finite
         */
        public Line {
            x = List.copyOf(x);
            y = List.copyOf(y);
            check(name, x, y, 0);
        }

        @Override
        public List<Double> across() {
            return x;
        }

        @Override
        public List<Double> upwards() {
            return y;
        }
    }

    /**
     * Points by themselves.
     *
     * @param name for the legend
     * @param x places along the horizontal axis
     * @param y as many along the vertical one
     */
    public record Points(String name, List<Double> x, List<Double> y) implements Series {
        /**
         * Makes points with copies of the lists.
         *
         * @throws IllegalArgumentException if there is no point, their numbers differ, or a value is not finite
         */
        public Points {
            x = List.copyOf(x);
            y = List.copyOf(y);
            check(name, x, y, 0);
        }

        @Override
        public List<Double> across() {
            return x;
        }

        @Override
        public List<Double> upwards() {
            return y;
        }
    }

    /**
     * Bars side by side from 0 up, as of a histogram.
     *
     * @param name for the legend
     * @param edges where bars begin and end, ascending: one more than there are bars
     * @param heights one a bar
     */
    public record Bars(String name, List<Double> edges, List<Double> heights) implements Series {
        /**
         * Makes bars with copies of the lists.
         *
         * @throws IllegalArgumentException if there is no bar, the numbers do not fit, or a value is not finite
         */
        public Bars {
            edges = List.copyOf(edges);
            heights = List.copyOf(heights);
            check(name, edges, heights, 1);
        }

        @Override
        public List<Double> across() {
            return edges;
        }

        @Override
        public List<Double> upwards() {
            return heights;
        }

        /**
         * A bar for each whole number from 0 on, over its place.
         *
         * @param name for the legend
         * @param heights at least one
         * @return bars of width 1 around 0, 1, 2 …
         */
        public static Bars byIndex(String name, List<Double> heights) {
            return new Bars(
                    name,
                    IntStream.rangeClosed(0, heights.size())
                            .mapToObj(i -> i - 0.5)
                            .toList(),
                    heights);
        }
    }

    private static void check(String name, List<Double> x, List<Double> y, int more) {
        if (y.isEmpty() || x.size() != y.size() + more) {
            throw new IllegalArgumentException("series '%s': found %d values of x for %d of y, expected %s"
                    .formatted(
                            name,
                            x.size(),
                            y.size(),
                            more == 0 ? "as many, at least one" : "one more, for at least one"));
        }
        for (List<Double> values : List.of(x, y)) {
            for (double value : values) {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "series '%s': found %s, expected finite numbers".formatted(name, value));
                }
            }
        }
    }
}
