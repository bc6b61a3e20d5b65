package io.github.latent4j.data;

import java.util.Arrays;

/**
 * Draws digits. A digit is one or more strokes; a stroke goes through its control points along Catmull-Rom splines (Catmull
 * and Rom 1974, "A class of local interpolating splines"), with a corner where a point stands twice. The pen is a disc, so
 * ends and joints are round. Holds working memory: one pen a thread.
 */
final class StrokePen {
    /** Pixels a side. */
    static final int SIDE = 28;

    /** The height of a digit at scale 1, in pixels. */
    private static final double HEIGHT = 17;

    /** How far a control point strays each way, in heights of a digit. */
    private static final double WOBBLE = 0.06;

    /** The width of the soft rim of a stroke, in pixels. */
    private static final double RIM = 1.3;

    /** Lines for each piece of spline. */
    private static final int LINES = 4;

    /** Strokes of each digit: x and y of the control points in turn, x to the right, y down, the height from 0 to 1. */
    private static final double[][][] GLYPHS = {
        {{.56, .05, .34, .0, .11, .2, .02, .54, .14, .87, .37, 1, .6, .82, .67, .45, .57, .13, .38, .02}},
        {{.27, .15, .4, 0, .4, 0, .38, .5, .38, 1}},
        {{.06, .22, .2, .04, .44, 0, .63, .16, .58, .4, .34, .7, .05, .97, .05, .97, .3, .93, .7, .97}},
        {{.06, .13, .3, 0, .57, .1, .54, .34, .26, .47, .26, .47, .56, .55, .64, .79, .4, .99, .03, .9}},
        {{.14, .02, .07, .3, .05, .56, .05, .56, .36, .57, .7, .53}, {.56, .06, .52, .5, .49, 1}},
        {{.62, .02, .2, .04, .2, .04, .13, .43, .13, .43, .36, .37, .6, .52, .58, .83, .33, 1, .03, .9}},
        {{.52, 0, .22, .25, .06, .62, .14, .92, .36, 1, .57, .83, .52, .6, .3, .55, .1, .72}},
        {{.02, .07, .3, .05, .62, .02, .62, .02, .43, .45, .28, 1}},
        {{.6, .1, .37, 0, .12, .14, .2, .36, .45, .54, .58, .8, .36, 1, .1, .85, .18, .6, .46, .38, .61, .15}},
        {{.58, .12, .36, 0, .1, .14, .08, .38, .3, .49, .52, .33, .59, .08, .59, .08, .57, .5, .5, 1}}
    };

    private static final int MOST_COORDINATES = 32;
    private static final int MOST_VERTICES = 64;
    private static final double FAR = 1e9;

    private final double[] points = new double[MOST_COORDINATES];
    private final double[] x = new double[MOST_VERTICES];
    private final double[] y = new double[MOST_VERTICES];
    private final boolean[] starts = new boolean[MOST_VERTICES];
    private int vertices;

    /** For each pixel the squared distance of its centre from the middle of the nearest stroke. */
    private final double[] distances = new double[SIDE * SIDE];

    /** Writes the pixels of a digit, row by row, each a multiple of 1/255. */
    void draw(Strokes.Factors factors, Strokes.Draws wobble, float[] pixels, int offset) {
        vertices = 0;
        for (double[] stroke : GLYPHS[factors.digit()]) {
            trace(stroke, wobble);
        }
        place(factors);
        double radius = factors.thickness() / 2;
        double reach = radius + RIM / 2;
        Arrays.fill(distances, FAR);
        for (int i = 1; i < vertices; i++) {
            if (!starts[i]) {
                line(x[i - 1], y[i - 1], x[i], y[i], reach);
            }
        }
        for (int i = 0; i < distances.length; i++) {
            if (distances[i] < reach * reach) {
                double ink = Math.min(1, (reach - Math.sqrt(distances[i])) / RIM);
                pixels[offset + i] = Math.round(255 * ink) / 255f;
            }
        }
    }

    /** Adds the vertices of a stroke with wobbling control points. */
    private void trace(double[] stroke, Strokes.Draws wobble) {
        int count = stroke.length / 2;
        for (int i = 0; i < count; i++) {
            if (isCorner(stroke, i)) {
                points[2 * i] = points[2 * i - 2];
                points[2 * i + 1] = points[2 * i - 1];
            } else {
                points[2 * i] = stroke[2 * i] + wobble.uniform(-WOBBLE, WOBBLE);
                points[2 * i + 1] = stroke[2 * i + 1] + wobble.uniform(-WOBBLE, WOBBLE);
            }
        }
        starts[vertices] = true;
        add(points[0], points[1]);
        for (int i = 1; i < count; i++) {
            if (isCorner(stroke, i)) {
                continue;
            }
            int before = i < 2 || isCorner(stroke, i - 1) ? i - 1 : i - 2;
            int after = i + 1 == count || isCorner(stroke, i + 1) ? i : i + 1;
            for (int line = 1; line <= LINES; line++) {
                double t = (double) line / LINES;
                starts[vertices] = false;
                add(spline(0, before, i, after, t), spline(1, before, i, after, t));
            }
        }
    }

    /** Whether a point repeats the one before. */
    private static boolean isCorner(double[] stroke, int i) {
        return i > 0 && stroke[2 * i] == stroke[2 * i - 2] && stroke[2 * i + 1] == stroke[2 * i - 1];
    }

    /** A coordinate of the Catmull-Rom spline between points {@code to − 1} and {@code to}. */
    private double spline(int axis, int before, int to, int after, double t) {
        double a = points[2 * before + axis];
        double b = points[2 * to - 2 + axis];
        double c = points[2 * to + axis];
        double d = points[2 * after + axis];
        return 0.5 * (2 * b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * b - a - 3 * c + d))));
    }

    private void add(double vertexX, double vertexY) {
        x[vertices] = vertexX;
        y[vertices] = vertexY;
        vertices++;
    }

    /** Slants, turns and scales the digit and puts the middle of the box around it where it belongs. */
    private void place(Strokes.Factors factors) {
        double size = HEIGHT * factors.scale();
        double angle = factors.rotation() * (StrictMath.PI / 180);
        double cos = size * StrictMath.cos(angle);
        double sin = size * StrictMath.sin(angle);
        for (int i = 0; i < vertices; i++) {
            double v = y[i];
            double u = x[i] - factors.slant() * v;
            x[i] = cos * u - sin * v;
            y[i] = sin * u + cos * v;
        }
        centre(x, SIDE / 2.0 + factors.offsetX());
        centre(y, SIDE / 2.0 + factors.offsetY());
    }

    private void centre(double[] coordinates, double at) {
        double least = coordinates[0];
        double greatest = coordinates[0];
        for (int i = 1; i < vertices; i++) {
            least = Math.min(least, coordinates[i]);
            greatest = Math.max(greatest, coordinates[i]);
        }
        for (int i = 0; i < vertices; i++) {
            coordinates[i] += at - (least + greatest) / 2;
        }
    }

    /** Takes a line into the distances of the pixels that it reaches. */
    private void line(double fromX, double fromY, double toX, double toY, double reach) {
        double dx = toX - fromX;
        double dy = toY - fromY;
        double squared = dx * dx + dy * dy;
        double inverse = squared > 0 ? 1 / squared : 0;
        int left = first(Math.min(fromX, toX) - reach);
        int right = last(Math.max(fromX, toX) + reach);
        int top = first(Math.min(fromY, toY) - reach);
        int bottom = last(Math.max(fromY, toY) + reach);
        for (int row = top; row <= bottom; row++) {
            double py = row + 0.5 - fromY;
            for (int column = left; column <= right; column++) {
                double px = column + 0.5 - fromX;
                double t = Math.max(0, Math.min(1, (px * dx + py * dy) * inverse));
                double ex = px - t * dx;
                double ey = py - t * dy;
                int pixel = row * SIDE + column;
                distances[pixel] = Math.min(distances[pixel], ex * ex + ey * ey);
            }
        }
    }

    private static int first(double edge) {
        return Math.max(0, (int) Math.floor(edge));
    }

    private static int last(double edge) {
        return Math.min(SIDE - 1, (int) Math.floor(edge));
    }
}
