package io.github.latent4j.evaluation.report;

import io.github.latent4j.evaluation.report.HtmlReport.Curve;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A chart of values by epoch as SVG text. It needs no font of the machine that draws it, as a bitmap would, and takes its
 * colours and sizes from the page's style.
 */
final class LineChart {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 260;
    private static final int LEFT = 62;
    private static final int RIGHT = WIDTH - 10;
    private static final int TOP = 12;
    private static final int BOTTOM = HEIGHT - 40;
    private static final int TICKS = 5;

    private final List<Curve> curves;
    private final int epochs;
    private final double low;
    private final double high;
    private final double step;

    /** A chart of curves of one length, at least one. */
    LineChart(List<Curve> curves) {
        this.curves = curves;
        this.epochs = curves.get(0).values().size();
        double min = curves.stream()
                .flatMap(c -> c.values().stream())
                .mapToDouble(v -> v)
                .min()
                .orElseThrow();
        double max = curves.stream()
                .flatMap(c -> c.values().stream())
                .mapToDouble(v -> v)
                .max()
                .orElseThrow();
        double span = max > min ? max - min : Math.max(1e-6, Math.abs(max));
        this.step = roundStep(span / TICKS);
        this.low = Math.floor(min / step) * step;
        this.high = max > low ? Math.ceil(max / step) * step : low + step;
    }

    /** The least of 1, 2, 5 times a power of ten that is not below a value. */
    static double roundStep(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= value * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    String svg() {
        StringBuilder svg = new StringBuilder();
        String label = curves.stream().map(Curve::name).collect(Collectors.joining(" and "));
        svg.append("<svg class=\"chart\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s by epoch\">\n"
                .formatted(WIDTH, HEIGHT, Html.escape(label)));
        long lines = Math.round((high - low) / step);
        for (long i = 0; i <= lines; i++) {
            double value = low + i * step;
            svg.append(format(
                            "<line class=\"rule\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                            LEFT, RIGHT, y(value), y(value)))
                    .append(format(
                            "<text class=\"end\" x=\"%d\" y=\"%.1f\">%s</text>\n",
                            LEFT - 8, y(value) + 4, tick(value)));
        }
        int every = (int) Math.max(1, roundStep(epochs / 8.0));
        IntStream.rangeClosed(1, epochs)
                .filter(e -> e == 1 || e % every == 0)
                .forEach(e -> svg.append(
                        format("<text class=\"middle\" x=\"%.1f\" y=\"%d\">%d</text>", x(e), BOTTOM + 17, e)));
        svg.append(format("<text class=\"middle\" x=\"%d\" y=\"%d\">epoch</text>\n", (LEFT + RIGHT) / 2, BOTTOM + 34));
        for (int c = 0; c < curves.size(); c++) {
            svg.append("<polyline class=\"curve c%s\" points=\"%s\"/>\n"
                    .formatted(c, points(curves.get(c).values())));
        }
        return svg.append("</svg>").toString();
    }

    /** The first point stands twice, so that a single epoch shows as a dot. */
    private String points(List<Double> values) {
        return IntStream.rangeClosed(0, epochs)
                .map(e -> Math.max(1, e))
                .mapToObj(e -> format("%.1f,%.1f", x(e), y(values.get(e - 1))))
                .collect(Collectors.joining(" "));
    }

    private double x(int epoch) {
        return epochs == 1 ? (LEFT + RIGHT) / 2.0 : LEFT + (RIGHT - LEFT) * (epoch - 1.0) / (epochs - 1);
    }

    private double y(double value) {
        return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low);
    }

    /** As many decimals as the step has. */
    private String tick(double value) {
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        String text = decimals > 5 ? format("%.2g", value) : format("%." + decimals + "f", value);
        return text.replace('-', '\u2212');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
