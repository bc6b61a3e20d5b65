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

    /** Checks that a likelihood can give the values of a batch. */
    static void support(Likelihood likelihood, Matrix batch) {
        int columns = batch.columns();
        for (int r = 0; r < batch.rows(); r++) {
            int feature = likelihood.unsupported(batch.data(), r * columns, columns);
            if (feature >= 0) {
                throw new IllegalArgumentException("input: found %s in example %d at index %d, expected %s"
                        .formatted(batch.get(r, feature), r, feature, likelihood.support(feature)));
            }
        }
    }

    /** Whether a value is neither finite nor, where that is allowed, missing. */
    private static boolean isWrong(float value, boolean missing) {
        return !Float.isFinite(value) && !(missing && Float.isNaN(value));
    }

    /** Checks an example or a code that goes into a model; NaN, a missing value, is let through if so asked. */
    static void one(String what, float[] values, int expected, boolean missing) {
        if (values.length != expected) {
            throw new IllegalArgumentException(
                    "%s: found %d values, expected %d".formatted(what, values.length, expected));
        }
        for (int i = 0; i < expected; i++) {
            if (isWrong(values[i], missing)) {
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

    /** Checks a batch of finite numbers. */
    static void batch(String what, Matrix batch, int columns) {
        batch(what, batch, columns, false);
    }

    /** Checks a batch that goes into a model; NaN, a missing value, is let through if so asked. */
    static void batch(String what, Matrix batch, int columns, boolean missing) {
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
            if (isWrong(data[i], missing)) {
                throw new IllegalArgumentException("%s: found %s in example %d at index %d, expected a finite number"
                        .formatted(what, data[i], i / columns, i % columns));
            }
        }
    }
}
