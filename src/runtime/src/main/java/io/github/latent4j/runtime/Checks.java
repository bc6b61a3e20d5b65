package io.github.latent4j.runtime;

import java.util.List;

/** Checks of arguments, each with a sentence that says what was found and what was expected. */
final class Checks {
    private Checks() {}

    static void size(String what, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("%s: found %d, expected at least 1".formatted(what, size));
        }
    }

    /** Checks the sizes of hidden layers, of which there are at least {@code least}, and gives an immutable copy. */
    static List<Integer> hidden(String what, List<Integer> sizes, int least) {
        if (sizes.size() < least) {
            throw new IllegalArgumentException(
                    "%s layers: found none, expected at least one, as DL4J's layer requires".formatted(what));
        }
        for (int size : sizes) {
            if (size < 1) {
                size("size of %s %s layer".formatted(what.equals("encoder") ? "an" : "a", what), size);
            }
        }
        return List.copyOf(sizes);
    }

    /** Checks a batch whose likelihood is Bernoulli. */
    static void unitInterval(Matrix batch) {
        float[] data = batch.data();
        for (int i = 0; i < data.length; i++) {
            if (data[i] < 0 || data[i] > 1) {
                throw new IllegalArgumentException(
                        "input: found %s in example %d at index %d, expected 0 to 1 for a Bernoulli likelihood"
                                .formatted(data[i], i / batch.columns(), i % batch.columns()));
            }
        }
    }

    /** Checks an example or a code that goes into a model. */
    static void one(String what, float[] values, int expected) {
        if (values.length != expected) {
            throw new IllegalArgumentException(
                    "%s: found %d values, expected %d".formatted(what, values.length, expected));
        }
        for (int i = 0; i < expected; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "%s: found %s at index %d, expected a finite number".formatted(what, values[i], i));
            }
        }
    }

    /** Checks an array that a result goes into. */
    static void room(String what, float[] array, int expected) {
        if (array.length != expected) {
            throw new IllegalArgumentException(
                    "%s: found room for %d values, expected %d".formatted(what, array.length, expected));
        }
    }

    /** Checks an array that receives a number for each example. */
    static void room(String what, double[] array, int expected) {
        if (array.length != expected) {
            throw new IllegalArgumentException("%s: found room for %d values, expected %d, one an example"
                    .formatted(what, array.length, expected));
        }
    }

    /** Checks a matrix that a result goes into. */
    static void room(String what, Matrix matrix, int rows, int columns) {
        if (matrix.rows() != rows || matrix.columns() != columns) {
            throw new IllegalArgumentException("%s: found room for %d x %d values, expected %d x %d"
                    .formatted(what, matrix.rows(), matrix.columns(), rows, columns));
        }
    }

    /** Checks a batch that goes into a model. */
    static void batch(String what, Matrix batch, int columns) {
        if (batch.rows() == 0) {
            throw new IllegalArgumentException(
                    "%s: found an empty batch, expected at least one example".formatted(what));
        }
        if (batch.columns() != columns) {
            throw new IllegalArgumentException(
                    "%s: found %d values an example, expected %d".formatted(what, batch.columns(), columns));
        }
        float[] data = batch.data();
        for (int i = 0; i < data.length; i++) {
            if (!Float.isFinite(data[i])) {
                throw new IllegalArgumentException("%s: found %s in example %d at index %d, expected a finite number"
                        .formatted(what, data[i], i / columns, i % columns));
            }
        }
    }
}
