package io.github.latent4j.training;

import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;

/**
 * Disturbs examples as a {@link Corruption} says, cell by cell. A table's cell is all that a column makes of it; what is no
 * table has cells of one value each. The features that a VAE's likelihood takes for a category are always one cell.
 *
 * <p>A masked cell looks like a missing one: its values are 0, and the feature that tells of missing cells, where the column has
 * one, is 1. Noise is added to numbers and dates; categories, flags and what tells of missing cells stay as they are.
 *
 * <p>Immutable and thread-safe.
 */
public final class InputCorruption {
    private final Corruption corruption;
    private final int[] ends;
    private final BitSet indicators = new BitSet();
    private final BitSet discrete = new BitSet();

    /** Cells end where {@code ends} has the number of the value behind them. */
    private InputCorruption(Corruption corruption, BitSet ends, InputContract input) {
        this.corruption = corruption;
        this.ends = ends.stream().toArray();
        if (input instanceof InputContract.Table table) {
            int at = 0;
            for (Column column : table.columns()) {
                int values = at + column.values();
                discrete.set(at, values, column instanceof Column.Category || column instanceof Column.Flag);
                at += column.features();
                discrete.set(values, at);
                indicators.set(values, at);
            }
        }
    }

    /**
     * The corruption of a model's input.
     *
     * @param corruption how
     * @param spec of the model that is trained
     * @param input what its examples are
     * @return the corruption of such examples
     * @throws IllegalArgumentException if the examples are of another size than the model's
     */
    public static InputCorruption of(Corruption corruption, ModelSpec spec, InputContract input) {
        if (input.size() != spec.inputs()) {
            throw new IllegalArgumentException("input: found %d values, expected %d as in the specification"
                    .formatted(input.size(), spec.inputs()));
        }
        BitSet ends = new BitSet();
        if (input instanceof InputContract.Table table) {
            Arrays.stream(table.starts()).skip(1).forEach(ends::set);
        } else {
            ends.set(1, input.size() + 1);
        }
        if (spec instanceof VaeSpec vae && vae.likelihood() instanceof Likelihood.Mixed mixed) {
            int at = 0;
            for (Likelihood.Block block : mixed.blocks()) {
                if (block.likelihood() instanceof Likelihood.Categorical) {
                    ends.clear(at + 1, at + block.features());
                }
                at += block.features();
            }
        }
        return new InputCorruption(corruption, ends, input);
    }

    /**
     * The corruption of numbers of no known meaning, such as the activations of a layer.
     *
     * @param corruption how
     * @param values how many numbers an example has, at least 1
     * @return the corruption, of each number for itself
     */
    public static InputCorruption of(Corruption corruption, int values) {
        BitSet ends = new BitSet();
        ends.set(1, values + 1);
        return new InputCorruption(corruption, ends, new InputContract.Vector(values));
    }

    /**
     * Whether examples stay as they are.
     *
     * @return true if there is no corruption
     */
    public boolean isNone() {
        return corruption instanceof Corruption.None;
    }

    /**
     * Disturbs a batch.
     *
     * @param batch one example a row, not changed
     * @param seeds decides the noise of each row
     * @return a new batch, or {@code batch} itself where there is no corruption
     */
    public Matrix apply(Matrix batch, IntToLongFunction seeds) {
        if (isNone()) {
            return batch;
        }
        Matrix result = Matrix.wrap(batch.rows(), batch.columns(), batch.data().clone());
        for (int r = 0; r < batch.rows(); r++) {
            apply(result.data(), r * batch.columns(), seeds.applyAsLong(r));
        }
        return result;
    }

    /**
     * Disturbs an example in place.
     *
     * @param values holds the example
     * @param from where it starts
     * @param seed decides the noise
     */
    public void apply(float[] values, int from, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        if (corruption instanceof Corruption.Masking masking) {
            int start = 0;
            for (int end : ends) {
                if (random.nextDouble() < masking.probability()) {
                    for (int i = start; i < end; i++) {
                        values[from + i] = indicators.get(i) ? 1 : 0;
                    }
                }
                start = end;
            }
        } else if (corruption instanceof Corruption.Gaussian gaussian) {
            for (int i = 0; i < ends[ends.length - 1]; i++) {
                if (!discrete.get(i)) {
                    values[from + i] += (float) (gaussian.standardDeviation() * random.nextGaussian());
                }
            }
        }
    }
}
