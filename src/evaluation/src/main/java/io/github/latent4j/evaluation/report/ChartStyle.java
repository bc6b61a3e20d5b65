package io.github.latent4j.evaluation.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How series are told apart, by colour and also by dashes or shapes, so that it works in grey and for eyes that see colours
 * otherwise. The first colours are dark variants of those of Okabe and Ito (2008, "Color universal design").
 */
final class ChartStyle {
    /** So many series look different. */
    static final int SERIES = 12;

    private static final String[] COLOURS = {
        "#0065a3", "#c04d00", "#00805c", "#8d3f96", "#8f6a00", "#3a9bdc", "#1c2430", "#c2568f", "#7a4a2b", "#6b7785",
        "#4a40b0", "#6f9400"
    };

    private static final String[] DASHES = {
        "", "7 4", "2 3", "10 3 2 3", "4 2", "12 5", "1 2", "6 2 2 2 2 2", "9 2", "3 5", "14 3 3 3", "5 5 1 5"
    };

    /** Paths that go on from the middle of a marker. */
    private static final String[] SHAPES = {
        "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
        "m-2.7-2.7h5.4v5.4h-5.4z",
        "m0-3.6l3.4 6h-6.8z",
        "m0-3.8l3.8 3.8l-3.8 3.8l-3.8-3.8z",
        "m-3-3l6 6m0-6l-6 6",
        "m-3.6 0h7.2m-3.6-3.6v7.2",
        "m0 3.6l3.4-6h-6.8z",
        "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
        "m-2.7-2.7h5.4v5.4h-5.4z",
        "m0-3.6l3.4 6h-6.8z",
        "m0-3.8l3.8 3.8l-3.8 3.8l-3.8-3.8z",
        "m-3.6 0h7.2m-5.4-3.1l3.6 6.2m0-6.2l-3.6 6.2"
    };

    /** Shapes that are drawn as lines: strokes, or the rings of filled ones. */
    private static final String HOLLOW = ".m4,.m5,.m7,.m8,.m9,.m10,.m11";

    private ChartStyle() {}

    /** A marker of a series, as a path that goes on from its middle. */
    static String shape(int series) {
        return SHAPES[series % SERIES];
    }

    /** The rules of charts, for a page or a file of its own. */
    static String css() {
        String series = IntStream.range(0, SERIES)
                .mapToObj(i -> ".c%s{color:%s}%s"
                        .formatted(
                                i,
                                COLOURS[i],
                                DASHES[i].isEmpty() ? "" : ".chart .d%s{stroke-dasharray:%s}".formatted(i, DASHES[i])))
                .collect(Collectors.joining("\n"));
        String hollow = Arrays.stream(HOLLOW.split(",", -1))
                .map(name -> ".chart .points" + name)
                .collect(Collectors.joining(","));
        return String.format(Locale.ROOT, """
                .chart { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; font-size: 12px; }
                .chart text { fill: #465264; }
                .chart .end { text-anchor: end; }
                .chart .middle { text-anchor: middle; }
                .chart .rule { stroke: #dfe3e8; }
                .chart .axis { stroke: #7b8694; fill: none; }
                .chart .curve { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
                .chart .points { fill: currentColor; stroke: currentColor; stroke-width: 1; fill-opacity: .75; stroke-opacity: .75; }
                .chart .bars { fill: currentColor; fill-opacity: .8; stroke: #fff; stroke-width: .5; }
                .chart .bars.b1 { fill-opacity: .55; stroke: currentColor; }
                %s { fill: none; stroke-width: 1.4; }
                %s
                """, hollow, series);
    }
}
