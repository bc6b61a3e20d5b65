package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How surprising each cell of a row is when a model is told all others: the row is reconstructed once for each of its cells,
 * with that cell missing. Immutable and thread-safe.
 *
 * <p>A number's surprise is that of Student's t distribution with 4 degrees of freedom around the reconstruction,
 * whose wide tails keep one wild cell from hiding what the others say; its spread is that of the errors on held-out examples.
 * A category's and a flag's is −ln of the probability that the model gives.
 */
public final class Surprise {
    private static final double FREEDOM = 4;

    private static final double LEAST_PROBABILITY = 1e-6;

    private final LatentModel model;
    private final List<Block> blocks;
    private final double[] spreads;

    /**
     * The features of a cell.
     *
     * @param from the first
     * @param values without the one for missing cells
     * @param features with it
     * @param probabilities whether the reconstruction gives their probabilities
     */
    private record Block(int from, int values, int features, boolean probabilities) {}

    /**
     * Makes it for a model.
     *
     * @param model of a table, trained on inputs with missing or masked values
     * @param spreads the mean squared error of each feature when it is missing; ignored where the reconstruction is a
     *     probability
     */
    public Surprise(LatentModel model, double[] spreads) {
        this.model = model;
        this.spreads = spreads.clone();
        this.blocks = blocks(model);
    }

    private static List<Block> blocks(LatentModel model) {
        // Another likelihood than each column's own may give anything for a category.
        boolean givesProbabilities = model instanceof Vae vae
                && vae.spec().likelihood().equals(model.card().table().likelihood());
        List<Block> blocks = new ArrayList<>();
        int from = 0;
        for (Column column : model.card().table().columns()) {
            boolean discrete = column instanceof Column.Category || column instanceof Column.Flag;
            blocks.add(new Block(from, column.values(), column.features(), discrete && givesProbabilities));
            from += column.features();
        }
        return List.copyOf(blocks);
    }

    /**
     * Reconstructs a row once for each of its cells, with that cell missing.
     *
     * @param row the row's features
     * @return row c of the result is for cell c
     */
    public Matrix expectations(float[] row) {
        Matrix masked = Matrix.zeros(blocks.size(), row.length);
        for (int c = 0; c < blocks.size(); c++) {
            System.arraycopy(row, 0, masked.data(), c * row.length, row.length);
            Block block = blocks.get(c);
            int from = c * row.length + block.from;
            Arrays.fill(masked.data(), from, from + block.values, Float.NaN);
            if (block.features > block.values) {
                masked.data()[from + block.values] = 1; // the feature that tells of missing cells
            }
        }
        return model.reconstruct(masked);
    }

    /**
     * The surprise of each cell, in nats up to a constant.
     *
     * @param row the row
     * @param expectations of it
     * @return one value a cell; 0 for a missing one
     */
    public double[] of(float[] row, Matrix expectations) {
        double[] surprises = new double[blocks.size()];
        for (int c = 0; c < surprises.length; c++) {
            Block block = blocks.get(c);
            if (Float.isNaN(row[block.from])) {
                continue;
            }
            for (int f = block.from; f < block.from + block.values; f++) {
                surprises[c] += block.probabilities
                        ? cost(row[f], expectations.get(c, f), block.values == 1)
                        : tail(row[f] - expectations.get(c, f), spreads[f]);
            }
        }
        return surprises;
    }

    private static double tail(double error, double spread) {
        return 0.5 * (FREEDOM + 1) * Math.log1p(error * error / (FREEDOM * spread));
    }

    private static double cost(double x, double probability, boolean alone) {
        double p = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
        return -x * Math.log(p) - (alone ? (1 - x) * Math.log(1 - p) : 0);
    }

    /**
     * The surprise of a row: the sum over its cells, as if missing ones were as surprising as the others.
     *
     * @param row the row
     * @return at least 0; 0 for a row without any cell
     */
    public double sum(float[] row) {
        double[] surprises = of(row, expectations(row));
        int there = 0;
        double sum = 0;
        for (int c = 0; c < surprises.length; c++) {
            there += Float.isNaN(row[blocks.get(c).from]) ? 0 : 1;
            sum += surprises[c];
        }
        return there == 0 ? 0 : sum * surprises.length / there;
    }
}
