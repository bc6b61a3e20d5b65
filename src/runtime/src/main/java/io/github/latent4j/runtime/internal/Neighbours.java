package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;

/**
 * Distances from a row to the nearest of some reference rows, all of them compared. A NaN on either side leaves that feature
 * out, and the distance over the others is taken for all. Immutable and thread-safe; the bits of a result depend on the row and
 * the reference alone.
 */
public final class Neighbours {
    /** One array a feature, so that loops run along the rows with one index, which the compiler vectorises. */
    private final float[][] values;

    /** 1 where there is a value and 0 where it is missing; empty where none is missing. */
    private final float[][] present;

    private final int rows;

    /**
     * Takes a copy of reference rows.
     *
     * @param reference at least one row
     */
    public Neighbours(Matrix reference) {
        this.rows = reference.rows();
        int features = reference.columns();
        float[] data = reference.data();
        boolean missing = false;
        for (float value : data) {
            missing |= Float.isNaN(value);
        }
        this.values = new float[features][rows];
        this.present = new float[missing ? features : 0][rows];
        for (int r = 0; r < rows; r++) {
            for (int f = 0; f < features; f++) {
                float value = data[r * features + f];
                values[f][r] = Float.isNaN(value) ? 0 : value;
                if (missing) {
                    present[f][r] = Float.isNaN(value) ? 0 : 1;
                }
            }
        }
    }

    /**
     * The mean Euclidean distance to the nearest rows.
     *
     * @param row as many values as a reference row has, NaN for missing ones
     * @param count how many rows, at least 1; all of them if there are fewer
     * @return at least 0; the square root of the greatest {@code float} if there is nothing to compare
     */
    public double distance(float[] row, int count) {
        return meanOfLeast(squares(row), count);
    }

    /**
     * The squared Euclidean distances to all reference rows.
     *
     * @param row as many values as a reference row has, NaN for missing ones
     * @return one value a reference row; infinite where no feature is there on both sides
     */
    public float[] squares(float[] row) {
        float[] squares = new float[rows];
        float[] counts = new float[present.length == 0 ? 0 : rows];
        int given = 0;
        for (int f = 0; f < values.length; f++) {
            if (Float.isNaN(row[f])) {
                continue;
            }
            given++;
            if (present.length == 0) {
                add(squares, values[f], row[f]);
            } else {
                add(squares, values[f], present[f], row[f], counts);
            }
        }
        for (int r = 0; r < rows; r++) {
            float compared = present.length == 0 ? given : counts[r];
            squares[r] = compared == 0
                    ? Float.POSITIVE_INFINITY
                    : Math.min(Float.MAX_VALUE, squares[r] * (values.length / compared));
        }
        return squares;
    }

    /**
     * The nearest reference row.
     *
     * @param row as many values as a reference row has, NaN for missing ones
     * @return its number; the first of several
     */
    public int nearest(float[] row) {
        float[] squares = squares(row);
        int nearest = 0;
        for (int i = 1; i < squares.length; i++) {
            nearest = squares[i] < squares[nearest] ? i : nearest;
        }
        return nearest;
    }

    private static void add(float[] squares, float[] reference, float value) {
        for (int r = 0; r < squares.length; r++) {
            float difference = reference[r] - value;
            squares[r] += difference * difference;
        }
    }

    private static void add(float[] squares, float[] reference, float[] present, float value, float[] counts) {
        for (int r = 0; r < squares.length; r++) {
            float difference = (reference[r] - value) * present[r];
            squares[r] += difference * difference;
        }
        for (int r = 0; r < squares.length; r++) {
            counts[r] += present[r];
        }
    }

    /** The mean of the square roots of the least values that are finite; as far as can be if none is. */
    private static double meanOfLeast(float[] squares, int count) {
        float[] least = new float[Math.min(count, squares.length)];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        int last = least.length - 1;
        for (float square : squares) {
            if (square < least[last]) {
                int place = last;
                while (place > 0 && least[place - 1] > square) {
                    least[place] = least[place - 1];
                    place--;
                }
                least[place] = square;
            }
        }
        double sum = 0;
        int found = 0;
        for (float square : least) {
            if (square < Float.POSITIVE_INFINITY) {
                sum += Math.sqrt(square);
                found++;
            }
        }
        return found == 0 ? Math.sqrt(Float.MAX_VALUE) : sum / found;
    }
}
