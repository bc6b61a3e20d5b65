package io.github.latent4j.evaluation.report;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Bars;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Points;
import io.github.latent4j.evaluation.Chart.Series;
import java.util.List;

/** Charts as files: drawn as SVG, and as CSV with the numbers behind them. Thread-safe. */
public final class Charts {
    private Charts() {}

    /**
     * Draws a chart. Up to twelve series are told apart by colours, and by dashes or shapes.
     *
     * @param chart what to draw
     * @return the content of an SVG file, in UTF-8, which refers to nothing outside itself
     */
    public static String svg(Chart chart) {
        return new SvgChart(chart).file();
    }

    /**
     * The numbers of a chart: {@code series,x,y} for lines and points, {@code series,from,to,y} for bars. A chart of both has the latter
     * columns, and {@code to} is empty for points.
     *
     * @param chart what to write
     * @return the content of a CSV file (RFC 4180, UTF-8), numbers in full precision
     */
    public static String csv(Chart chart) {
        boolean bars = chart.series().stream().anyMatch(Bars.class::isInstance);
        Csv csv = bars ? new Csv("series", "from", "to", "y") : new Csv("series", "x", "y");
        for (Series series : chart.series()) {
            if (series instanceof Bars b) {
                for (int i = 0; i < b.heights().size(); i++) {
                    csv.add(
                            b.name(),
                            b.edges().get(i),
                            b.edges().get(i + 1),
                            b.heights().get(i));
                }
            } else if (series instanceof Line line) {
                add(csv, bars, line.name(), line.x(), line.y());
            } else if (series instanceof Points points) {
                add(csv, bars, points.name(), points.x(), points.y());
            }
        }
        return csv.text();
    }

    private static void add(Csv csv, boolean bars, String name, List<Double> x, List<Double> y) {
        for (int i = 0; i < x.size(); i++) {
            if (bars) {
                csv.add(name, x.get(i), "", y.get(i));
            } else {
                csv.add(name, x.get(i), y.get(i));
            }
        }
    }
}
