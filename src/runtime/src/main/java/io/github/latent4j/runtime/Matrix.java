package io.github.latent4j.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A row-major matrix of {@code float}: element (i, j) is {@code data[i * columns + j]}. A batch has one example a row.
 *
 * <p>It is a plain carrier around an array and shares it with whoever made it; it is safe to read from several threads as
 * long as nobody writes to the array.
 */
public final class Matrix {
    private final int rows;
    private final int columns;
    private final float[] data;

    private Matrix(int rows, int columns, float[] data) {
        this.rows = rows;
        this.columns = columns;
        this.data = data;
    }

    /**
     * A matrix of zeros.
     *
     * @param rows number of rows, at least 0
     * @param columns number of columns, at least 0
     * @return a new matrix with an array of its own
     * @throws IllegalArgumentException if a size is negative or the product of both exceeds the longest array
     */
    public static Matrix zeros(int rows, int columns) {
        return new Matrix(rows, columns, new float[length(rows, columns)]);
    }

    /**
     * A matrix around an existing array, which is not copied.
     *
     * @param rows number of rows, at least 0
     * @param columns number of columns, at least 0
     * @param data the elements, row by row; its length is {@code rows * columns}
     * @return the matrix
     * @throws IllegalArgumentException if the length of {@code data} is another
     */
    public static Matrix wrap(int rows, int columns, float[] data) {
        if (data.length != length(rows, columns)) {
            throw new IllegalArgumentException(
                    "found %d values, expected %d x %d".formatted(data.length, rows, columns));
        }
        return new Matrix(rows, columns, data);
    }

    /**
     * A matrix of copied rows.
     *
     * @param rows at least one row, all of one length
     * @return a new matrix with an array of its own
     * @throws IllegalArgumentException if there is no row or their lengths differ
     */
    public static Matrix of(float[]... rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("found no row, expected at least one");
        }
        Matrix matrix = zeros(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != matrix.columns) {
                throw new IllegalArgumentException("row %d: found %d values, expected %d as in row 0"
                        .formatted(i, rows[i].length, matrix.columns));
            }
            System.arraycopy(rows[i], 0, matrix.data, i * matrix.columns, matrix.columns);
        }
        return matrix;
    }

    /**
     * All rows of some matrices, one matrix after the other.
     *
     * @param parts at least one matrix, all of as many columns
     * @return a new matrix with an array of its own
     * @throws IllegalArgumentException if there is no matrix, their widths differ, or their rows together are too many for an array
     */
    public static Matrix joined(List<Matrix> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("found no matrix, expected at least one");
        }
        int columns = parts.get(0).columns;
        long rows = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).columns != columns) {
                throw new IllegalArgumentException("matrix %d: found %d columns, expected %d as in matrix 0"
                        .formatted(i, parts.get(i).columns, columns));
            }
            rows += parts.get(i).rows;
        }
        Matrix all = zeros((int) Math.min(Integer.MAX_VALUE, rows), columns);
        int offset = 0;
        for (Matrix part : parts) {
            System.arraycopy(part.data, 0, all.data, offset, part.data.length);
            offset += part.data.length;
        }
        return all;
    }

    private static int length(int rows, int columns) {
        if (rows < 0 || columns < 0 || (long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "found a size of %d x %d, expected sizes of at least 0 with a product below 2^31"
                            .formatted(rows, columns));
        }
        return rows * columns;
    }

    /**
     * The number of rows: in a batch, of examples.
     *
     * @return at least 0
     */
    public int rows() {
        return rows;
    }

    /**
     * The number of columns: in a batch, of values an example.
     *
     * @return at least 0
     */
    public int columns() {
        return columns;
    }

    /**
     * The array behind this matrix, not a copy.
     *
     * @return the elements, row by row
     */
    public float[] data() {
        return data;
    }

    /**
     * One element.
     *
     * @param row from 0
     * @param column from 0
     * @return the element
     * @throws IndexOutOfBoundsException if the row or the column is out of range
     */
    public float get(int row, int column) {
        return data[Objects.checkIndex(row, rows) * columns + Objects.checkIndex(column, columns)];
    }

    /**
     * A copy of one row.
     *
     * @param index from 0 to {@code rows() - 1}
     * @return a new array of {@code columns()} values
     * @throws IndexOutOfBoundsException if the row is out of range
     */
    public float[] row(int index) {
        Objects.checkIndex(index, rows);
        return Arrays.copyOfRange(data, index * columns, (index + 1) * columns);
    }

    /**
     * A copy of consecutive rows.
     *
     * @param from the first row
     * @param to behind the last row
     * @return a new matrix of {@code to - from} rows
     * @throws IndexOutOfBoundsException if a row is out of range
     */
    public Matrix slice(int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        return wrap(to - from, columns, Arrays.copyOfRange(data, from * columns, to * columns));
    }

    /**
     * Compares shape and elements.
     *
     * @param other anything
     * @return true if {@code other} is a matrix of the same shape with the same elements
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix m && rows == m.rows && columns == m.columns && Arrays.equals(data, m.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + columns) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "Matrix[" + rows + " x " + columns + "]";
    }
}
