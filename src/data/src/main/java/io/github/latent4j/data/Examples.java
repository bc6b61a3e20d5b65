package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A finite, ordered collection of examples that can be addressed by index, whether they lie in memory or in a file. An
 * example is a vector of finite {@code float} values, or NaN where a cell of a table is missing; it may have a label.
 *
 * <p>Implementations are immutable and may be read from several threads. Those that hold a file keep it open until they
 * are no longer reachable or {@link #close()} is called, whichever is first. As with every {@link
 * java.nio.channels.FileChannel}, interrupting a thread that reads closes the file for all.
 */
public interface Examples extends AutoCloseable {
    /**
     * Examples in memory without labels.
     *
     * @param examples one example a row, at least one, of finite values, or of NaN in a table; shared, not copied
     * @param input what the values mean
     * @param name for people and provenance
     * @return the examples
     * @throws IllegalArgumentException if there is no row, the width is not that of the contract or a value is not finite
     */
    static Examples of(Matrix examples, InputContract input, String name) {
        return new MatrixExamples(examples, input, name, List.of(), new int[0]);
    }

    /**
     * Examples in memory with labels.
     *
     * @param examples one example a row, at least one, of finite values, or of NaN in a table; shared, not copied
     * @param input what the values mean
     * @param name for people and provenance
     * @param labelNames the names of the labels
     * @param labels for each example an index into {@code labelNames}
     * @return the examples
     * @throws IllegalArgumentException if there is no row, the width is not that of the contract, a value is not finite, or
     *     the labels are of another number or out of range
     */
    static Examples of(Matrix examples, InputContract input, String name, List<String> labelNames, int[] labels) {
        if (labels.length != examples.rows()) {
            throw new IllegalArgumentException(
                    "%s: found %d labels, expected %d, one an example".formatted(name, labels.length, examples.rows()));
        }
        return new MatrixExamples(examples, input, name, labelNames, labels);
    }

    /**
     * The number of examples.
     *
     * @return at least 1
     */
    int size();

    /**
     * What the values of an example mean; its size is the width of every example.
     *
     * @return the contract
     */
    InputContract input();

    /**
     * The name of the data for people and provenance, without a folder, such as {@code fashion-mnist:train}.
     *
     * @return the name
     */
    String name();

    /**
     * A digest of the content, which changes when an example or the order changes. That of a selection is made from that of
     * its source and the indices.
     *
     * @return SHA-256 in hexadecimal
     */
    String sha256();

    /**
     * Reads examples in bulk.
     *
     * @param indices from 0 to {@code size() - 1}, in any order, repeated or not
     * @return one row an index, in the order of the indices
     * @throws IndexOutOfBoundsException if an index is out of range
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    default Matrix read(int[] indices) {
        Matrix rows = Matrix.zeros(indices.length, input().size());
        read(indices, rows.data());
        return rows;
    }

    /**
     * Reads examples in bulk into an array, which saves making one.
     *
     * @param indices from 0 to {@code size() - 1}, in any order, repeated or not
     * @param into receives one row an index, in the order of the indices, from its start on
     * @throws IndexOutOfBoundsException if an index is out of range or the array is too short
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    void read(int[] indices, float[] into);

    /**
     * The names of the labels, in the order of their numbers.
     *
     * @return empty if the examples have no labels
     */
    List<String> labelNames();

    /**
     * The label of an example.
     *
     * @param index from 0 to {@code size() - 1}
     * @return an index into {@link #labelNames()}
     * @throws IllegalStateException if the examples have no labels
     * @throws IndexOutOfBoundsException if the index is out of range
     */
    int label(int index);

    /**
     * What the examples were made from, as far as it is known.
     *
     * @return in the order of their numbers; empty if nothing is known, as of all data but {@link Strokes} and those that were
     *     told by {@link #withFactors}
     */
    default List<Factor> factors() {
        return List.of();
    }

    /**
     * A known factor of an example.
     *
     * @param index from 0 to {@code size() - 1}
     * @param factor an index into {@link #factors()}
     * @return a finite number; of a categorical factor a whole one, from 0 to {@code values - 1}
     * @throws IllegalStateException if the examples have no known factors
     * @throws IndexOutOfBoundsException if an index is out of range
     */
    default double factor(int index, int factor) {
        throw new IllegalStateException(name() + ": found no known factors, expected some");
    }

    /**
     * The same examples with factors that are known from elsewhere. They change nothing of the content, and so not its digest.
     *
     * @param factors what is known, in place of what these examples know
     * @param values for each example a value of each factor; copied
     * @return a view; closing it closes nothing
     * @throws IllegalArgumentException if the numbers of values do not fit, a value is not finite, or that of a categorical
     *     factor is not one of 0, 1, …
     */
    default Examples withFactors(List<Factor> factors, double[][] values) {
        return new FactoredExamples(this, factors, values);
    }

    /**
     * Where an example came from: the row of its table, or its place in another file.
     *
     * @param index from 0 to {@code size() - 1}
     * @return a number from 0, which is the index unless rows were left out or this is a selection
     * @throws IndexOutOfBoundsException if the index is out of range
     */
    default int origin(int index) {
        return Objects.checkIndex(index, size());
    }

    /**
     * One example.
     *
     * @param index from 0 to {@code size() - 1}
     * @return a new array
     */
    default float[] example(int index) {
        return read(new int[] {index}).data();
    }

    /**
     * Reads consecutive examples.
     *
     * @param from the first
     * @param to behind the last
     * @return one row an example
     */
    default Matrix read(int from, int to) {
        return read(IntStream.range(from, to).toArray());
    }

    /**
     * Some of the examples, in an order of their own. The result reads from this one; closing the result closes nothing.
     *
     * @param count how many, at least 1
     * @param index maps an index of the result, from 0 to {@code count - 1}, to one of this
     * @param name the name of the result
     * @return a view
     */
    default Examples select(int count, IntUnaryOperator index, String name) {
        return new SelectedExamples(this, count, index, name);
    }

    /**
     * The first examples.
     *
     * @param count how many, from 1 to {@code size()}
     * @return a view
     */
    default Examples first(int count) {
        return select(count, i -> i, name() + "[0.." + count + ")");
    }

    /**
     * Ones and zeros, drawn from values in [0, 1] as the probabilities of a 1. What is drawn depends on the seed and the
     * example's index alone, so every reading gives the same.
     *
     * @param seed any number
     * @return a view; reading it throws an IllegalArgumentException, which names the example, if a value is outside [0, 1]
     */
    default Examples binarised(long seed) {
        return new BinarisedExamples(this, seed);
    }

    /**
     * Splits by example: a seeded, uniformly random choice of the given share becomes the validation part, the others are
     * the training part. The same seed and share give the same split.
     *
     * @param validationShare above 0 and below 1
     * @param seed any number
     * @return both parts, each at least one example
     * @throws IllegalArgumentException if the share is out of range or there are fewer than two examples
     */
    default Split split(double validationShare, long seed) {
        return Split.of(this, validationShare, seed);
    }

    /**
     * A part for training and a part for validation.
     *
     * @param train examples to train on
     * @param validation other examples, to measure with
     */
    record Split(Examples train, Examples validation) {
        static Split of(Examples examples, double validationShare, long seed) {
            if (!(validationShare > 0 && validationShare < 1)) {
                throw new IllegalArgumentException(
                        "validation share: found %s, expected above 0 and below 1".formatted(validationShare));
            }
            if (examples.size() < 2) {
                throw new IllegalArgumentException("%s: found %d example, expected at least 2 to split"
                        .formatted(examples.name(), examples.size()));
            }
            int size = examples.size();
            int held = (int) Math.max(1, Math.min(size - 1L, Math.round(size * validationShare)));
            Permutation order = new Permutation(size, seed);
            return new Split(
                    examples.select(size - held, i -> order.applyAsInt(held + i), examples.name()),
                    examples.select(held, order, examples.name() + " (validation)"));
        }
    }

    /**
     * Closes the file behind the examples, if there is one. Examples that are made in memory need no closing.
     *
     * @throws IOException if the file cannot be closed
     */
    @Override
    default void close() throws IOException {
        // Nothing to close unless there is a file.
    }
}
