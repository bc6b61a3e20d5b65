package io.github.latent4j.evaluation.report;

import static io.github.latent4j.evaluation.report.Html.escape;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Bars;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Points;
import io.github.latent4j.evaluation.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A chart as SVG text. It needs no font of the machine that draws it, as a bitmap would, and takes its colours and sizes from the
 * page's style, or brings them along as a file of its own. Widths of texts are estimated, on the safe side.
 */
final class SvgChart {
    private static final int WIDTH = 440;
    private static final int TOP = 30;
    private static final int BOTTOM = 244;
    private static final int LEGEND = BOTTOM + 58;
    private static final int LINE = 19;
    private static final int KEY = 30;
    /** The text of a phone is larger than that of paper; this is about a character of it. */
    private static final double CHARACTER = 8;

    private static final int MOST_OF_LABEL = 60;
    private static final int MOST_OF_NAME = 48;
    private static final int MOST_MARKED = 25;

    private final Chart chart;
    private final ChartAxis x;
    private final ChartAxis y;
    private final int left;
    private final int right;

    SvgChart(Chart chart) {
        this.chart = chart;
        List<Double> across = new ArrayList<>();
        List<Double> upwards = new ArrayList<>();
        for (Series series : chart.series()) {
            across.addAll(series.across());
            upwards.addAll(series.upwards());
        }
        boolean bars = chart.series().stream().anyMatch(Bars.class::isInstance);
        if (bars && chart.y().scale() == Chart.Scale.LINEAR) {
            upwards.add(0.0);
        }
        boolean points = chart.series().stream().anyMatch(Points.class::isInstance);
        this.x = ChartAxis.of(chart.x().scale(), across, points, 6);
        this.y = ChartAxis.of(chart.y().scale(), upwards, true, 5);
        int widest = y.ticks().stream().mapToInt(t -> y.text(t).length()).max().orElse(1);
        this.left = (int) Math.ceil(14 + CHARACTER * widest);
        int last = x.ticks().stream().mapToInt(t -> x.text(t).length()).max().orElse(1);
        this.right = WIDTH - Math.max(14, (int) Math.ceil(CHARACTER * last / 2));
    }

    /** An element for a page with the style of charts. */
    String element() {
        return svg("class=\"chart\"", "");
    }

    /** A file of its own. */
    String file() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + svg(
                        "xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"%s\" height=\"%s\""
                                .formatted(WIDTH * 3 / 2, height() * 3 / 2),
                        "<title>%s</title>\n<style>\n%s</style>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n"
                                .formatted(escape(chart.caption()), ChartStyle.css()))
                + "\n";
    }

    private int height() {
        int lines = chart.series().size() == 1 ? 0 : legend().size();
        return lines == 0 ? LEGEND - 10 : LEGEND + lines * LINE - 8;
    }

    private String svg(String attributes, String head) {
        String names = chart.series().stream().map(Series::name).collect(Collectors.joining(", "));
        StringBuilder svg = new StringBuilder();
        svg.append("<svg %s viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s by %s: %s\">\n"
                .formatted(
                        attributes,
                        WIDTH,
                        height(),
                        escape(chart.y().label()),
                        escape(chart.x().label()),
                        escape(names)));
        svg.append(head);
        axes(svg);
        List<Bars> allBars = chart.series().stream()
                .filter(Bars.class::isInstance)
                .map(Bars.class::cast)
                .toList();
        for (int i = 0; i < chart.series().size(); i++) {
            Series series = chart.series().get(i);
            if (series instanceof Bars bars) {
                svg.append("<path class=\"bars b%s c%s\" d=\"%s\"/>\n"
                        .formatted(
                                allBars.indexOf(bars) % 2,
                                i % ChartStyle.SERIES,
                                bars(bars, allBars.indexOf(bars), sameEdges(allBars) ? allBars.size() : 1)));
            } else if (series instanceof Line line) {
                svg.append("<path class=\"curve c%s d%s\" d=\"%s\"/>\n"
                        .formatted(i % ChartStyle.SERIES, i % ChartStyle.SERIES, line(line)));
                if (line.x().size() <= MOST_MARKED) {
                    svg.append(markers(i, line.x(), line.y()));
                }
            } else if (series instanceof Points points) {
                svg.append(markers(i, points.x(), points.y()));
            }
        }
        if (chart.series().size() > 1) {
            List<List<Integer>> legend = legend();
            for (int row = 0; row < legend.size(); row++) {
                legend(svg, legend.get(row), LEGEND + row * LINE);
            }
        }
        return svg.append("</svg>").toString();
    }

    private void axes(StringBuilder svg) {
        svg.append("<text x=\"2\" y=\"14\">%s</text>\n"
                .formatted(escape(cut(chart.y().label(), MOST_OF_LABEL))));
        for (double tick : y.ticks()) {
            svg.append(format(
                    "<path class=\"rule\" d=\"M%s %.1fH%s\"/><text class=\"end\" x=\"%s\" y=\"%.1f\">%s</text>\n",
                    left, down(tick), right, left - 7, down(tick) + 4, y.text(tick)));
        }
        // The distance that the widest number of the horizontal axis needs.
        double apart = x.ticks().stream()
                .mapToDouble(t -> CHARACTER * x.text(t).length() + 8)
                .max()
                .orElse(0);
        double before = Double.NEGATIVE_INFINITY;
        for (double tick : x.ticks()) {
            svg.append(format("<path class=\"axis\" d=\"M%.1f %sv4\"/>", across(tick), BOTTOM));
            if (across(tick) - before >= apart) {
                svg.append(format(
                        "<text class=\"middle\" x=\"%.1f\" y=\"%s\">%s</text>\n",
                        across(tick), BOTTOM + 19, x.text(tick)));
                before = across(tick);
            }
        }
        svg.append(format("<path class=\"axis\" d=\"M%s %sH%s\"/>\n", left, BOTTOM, right));
        svg.append(format(
                "<text class=\"end\" x=\"%s\" y=\"%s\">%s</text>\n",
                right, BOTTOM + 38, escape(cut(chart.x().label(), MOST_OF_LABEL))));
    }

    private static boolean sameEdges(List<Bars> bars) {
        return bars.stream().allMatch(b -> b.edges().equals(bars.get(0).edges()));
    }

    /** Bars of several series with the same edges stand side by side. */
    private String bars(Bars bars, int number, int of) {
        StringBuilder path = new StringBuilder();
        double zero = Math.min(BOTTOM, Math.max(TOP, y.logarithmic() ? BOTTOM : down(0)));
        for (int i = 0; i < bars.heights().size(); i++) {
            double from = across(bars.edges().get(i));
            double width = (across(bars.edges().get(i + 1)) - from) / of;
            double top = down(bars.heights().get(i));
            if (top != zero) {
                path.append(format("M%.2f %.1fV%.1fh%.2fV%.1fz", from + number * width, zero, top, width, zero));
            }
        }
        return path.toString();
    }

    private String line(Line line) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < line.x().size(); i++) {
            path.append(format(
                    "%s%.1f %.1f",
                    i == 0 ? "M" : "L", across(line.x().get(i)), down(line.y().get(i))));
        }
        return path.toString();
    }

    private String markers(int series, List<Double> px, List<Double> py) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < px.size(); i++) {
            path.append(format("M%.1f %.1f", across(px.get(i)), down(py.get(i))))
                    .append(ChartStyle.shape(series));
        }
        return marker(series, path.toString());
    }

    private static String marker(int series, String path) {
        int style = series % ChartStyle.SERIES;
        return "<path class=\"points m%s c%s\" d=\"%s\"/>\n".formatted(style, style, path);
    }

    /** The series of each row of the legend. */
    private List<List<Integer>> legend() {
        List<List<Integer>> rows = new ArrayList<>();
        double used = WIDTH;
        for (int i = 0; i < chart.series().size(); i++) {
            double width = width(i);
            if (used + width > WIDTH - left) {
                rows.add(new ArrayList<>());
                used = 0;
            }
            rows.get(rows.size() - 1).add(i);
            used += width;
        }
        return rows;
    }

    private double width(int series) {
        return KEY
                + CHARACTER
                        * cut(chart.series().get(series).name(), MOST_OF_NAME).length()
                + 16;
    }

    private void legend(StringBuilder svg, List<Integer> row, int at) {
        double place = left;
        for (int i : row) {
            Series series = chart.series().get(i);
            int style = i % ChartStyle.SERIES;
            if (series instanceof Bars bars) {
                int number = chart.series().stream()
                        .filter(Bars.class::isInstance)
                        .toList()
                        .indexOf(bars);
                svg.append(format(
                        "<path class=\"bars b%s c%s\" d=\"M%.1f %sh18v-9h-18z\"/>", number % 2, style, place + 4, at));
            } else {
                if (series instanceof Line) {
                    svg.append(
                            format("<path class=\"curve c%s d%s\" d=\"M%.1f %sh24\"/>", style, style, place, at - 4));
                }
                if (!(series instanceof Line line) || line.x().size() <= MOST_MARKED) {
                    svg.append(marker(i, format("M%.1f %s", place + 12, at - 4) + ChartStyle.shape(i)));
                }
            }
            svg.append(format(
                    "<text x=\"%.1f\" y=\"%s\">%s</text>\n",
                    place + KEY, at, escape(cut(series.name(), MOST_OF_NAME))));
            place += width(i);
        }
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private double across(double value) {
        return left + (right - left) * x.place(value);
    }

    private double down(double value) {
        return BOTTOM - (BOTTOM - TOP) * y.place(value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
