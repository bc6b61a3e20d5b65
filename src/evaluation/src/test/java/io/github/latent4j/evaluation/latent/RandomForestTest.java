package io.github.latent4j.evaluation.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class RandomForestTest {
    private static final int ROWS = 3000;

    private static double[][] uniform(int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] values = new double[columns][ROWS];
        for (int r = 0; r < ROWS; r++) {
            for (double[] column : values) {
                column[r] = random.nextDouble();
            }
        }
        return values;
    }

    private static double[] target(double[][] columns, ToDoubleFunction<double[]> of) {
        double[] target = new double[ROWS];
        for (int r = 0; r < ROWS; r++) {
            double[] row = new double[columns.length];
            for (int c = 0; c < row.length; c++) {
                row[c] = columns[c][r];
            }
            target[r] = of.applyAsDouble(row);
        }
        return target;
    }

    @Test
    void importancesOfASumGoWithTheVariances() {
        // The variances of the terms are as 4 to 1, and the third feature does nothing.
        double[][] x = uniform(3, 1);
        RandomForest forest = RandomForest.fit(Bins.byQuantiles(x), target(x, r -> 2 * r[0] + r[1]), 0, 1);
        double[] importances = forest.importances();
        assertThat(importances[0] + importances[1] + importances[2]).isCloseTo(1, within(1e-9));
        assertThat(importances[0]).isCloseTo(0.8, within(0.05));
        assertThat(importances[1]).isCloseTo(0.2, within(0.05));
        assertThat(importances[2]).isLessThan(0.02);
    }

    @Test
    void aNumberIsPredictedWhereverItsZeroLies() {
        double[][] x = uniform(2, 2);
        double[][] others = uniform(2, 3);
        Bins bins = Bins.byQuantiles(x);
        for (double shift : new double[] {0, 1e7}) {
            double[] target = target(x, r -> shift + r[0] * r[1]);
            RandomForest forest = RandomForest.fit(bins, target, 0, 1);
            Bins binned = bins.of(others);
            double error = 0;
            for (int r = 0; r < 100; r++) {
                double predicted = forest.predict(binned, r)[0] - shift;
                error += Math.pow(predicted - others[0][r] * others[1][r], 2) / 100;
            }
            assertThat(Math.sqrt(error)).isLessThan(0.05);
        }
    }

    @Test
    void aCategoryIsPredicted() {
        double[][] x = uniform(2, 4);
        double[] quadrants = target(x, r -> (r[0] > 0.5 ? 1 : 0) + (r[1] > 0.5 ? 2 : 0));
        Bins bins = Bins.byQuantiles(x);
        RandomForest forest = RandomForest.fit(bins, quadrants, 4, 1);
        // Of Gini's impurity, 3/4, the first of both splits takes 1/4 and the second 1/2.
        assertThat(forest.importances()[0]).isBetween(0.32, 0.68);
        double[][] corners = {{0.1, 0.9, 0.1, 0.9}, {0.1, 0.1, 0.9, 0.9}};
        for (int corner = 0; corner < 4; corner++) {
            double[] probabilities = forest.predict(bins.of(corners), corner);
            assertThat(probabilities[corner]).isGreaterThan(0.95);
            assertThat(probabilities).hasSize(4);
        }
    }

    @Test
    void theSameSeedGivesTheSameForest() {
        double[][] x = uniform(3, 5);
        double[] target = target(x, r -> r[0] - r[2]);
        Bins bins = Bins.byQuantiles(x);
        double[] importances = RandomForest.fit(bins, target, 0, 7).importances();
        assertThat(RandomForest.fit(bins, target, 0, 7).importances()).containsExactly(importances);
        assertThat(RandomForest.fit(bins, target, 0, 8).importances()).isNotEqualTo(importances);
    }

    @Test
    void nothingToSplitByIsNoImportance() {
        Bins constant = Bins.byQuantiles(new double[2][ROWS]);
        RandomForest forest = RandomForest.fit(constant, uniform(1, 6)[0], 0, 1);
        assertThat(forest.importances()).containsOnly(0);
        assertThat(forest.predict(constant, 0)[0]).isCloseTo(0.5, within(0.03));
    }
}
