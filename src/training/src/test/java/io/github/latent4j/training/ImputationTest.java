package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Scaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A model fills missing cells better than what knows of no other column. The table has two correlated numbers and a category,
 * and every fifth cell is missing.
 */
class ImputationTest {
    private static final List<String> KINDS = List.of("low", "middle", "high");
    private static final double[] SHARES = {0.5, 0.3, 0.2};

    private static final InputContract.Table TABLE = new InputContract.Table(List.of(
            new Column.Numeric("length", new Scaling.Linear(Scaling.Basis.STANDARD, 50, 20, 10), true),
            new Column.Numeric("weight", new Scaling.Linear(Scaling.Basis.STANDARD, 3, 1.1, 10), true),
            new Column.Category("kind", KINDS, true)));

    /** A record: what it is, and what is known of it. */
    private record Row(List<Object> truth, List<@Nullable Object> known) {}

    private static List<Row> rows(int count, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            double u = random.nextDouble();
            int kind = u < SHARES[0] ? 0 : u < SHARES[0] + SHARES[1] ? 1 : 2;
            double length = 35 + 22 * kind + 9 * random.nextGaussian();
            double weight = 3 + 0.05 * (length - 50) + 0.35 * random.nextGaussian();
            List<Object> truth = List.of(length, weight, KINDS.get(kind));
            List<@Nullable Object> known = new ArrayList<>(truth);
            for (int c = 0; c < 3; c++) {
                if (random.nextInt(5) == 0) {
                    known.set(c, null);
                }
            }
            rows.add(new Row(truth, known));
        }
        return rows;
    }

    private static Matrix features(List<Row> rows) {
        return Matrix.of(rows.stream().map(row -> TABLE.features(row.known)).toArray(float[][]::new));
    }

    private static double rootMeanSquare(double[] errors) {
        return Math.sqrt(Arrays.stream(errors).map(e -> e * e).average().orElseThrow());
    }

    @Test
    void missingCellsAreFilledFromTheOthers() {
        List<Row> seen = rows(2000, 1);
        LatentModel model = Trainer.with(TableDefaults.plan(seen.size()))
                .fit(TableDefaults.spec(TABLE), Examples.of(features(seen), TABLE, "measures"))
                .model();
        List<Row> unseen = rows(2000, 2);
        Matrix filled = model.reconstruct(features(unseen));
        for (int c = 0; c < 2; c++) {
            int column = c;
            double mean = seen.stream()
                    .map(row -> row.known.get(column))
                    .filter(Objects::nonNull)
                    .mapToDouble(cell -> (Double) cell)
                    .average()
                    .orElseThrow();
            List<double[]> errors = new ArrayList<>();
            for (int r = 0; r < unseen.size(); r++) {
                if (unseen.get(r).known.get(c) == null) {
                    double truth = (Double) unseen.get(r).truth.get(c);
                    Map<String, @Nullable Object> record = TABLE.record(filled.row(r));
                    double given = (Double)
                            Objects.requireNonNull(record.get(TABLE.names().get(c)));
                    errors.add(new double[] {given - truth, mean - truth});
                }
            }
            double ofModel =
                    rootMeanSquare(errors.stream().mapToDouble(e -> e[0]).toArray());
            double ofMean =
                    rootMeanSquare(errors.stream().mapToDouble(e -> e[1]).toArray());
            assertThat(ofModel).isLessThan(0.5 * ofMean);
        }
        int cells = 0;
        int right = 0;
        int mostFrequent = 0;
        for (int r = 0; r < unseen.size(); r++) {
            if (unseen.get(r).known.get(2) == null) {
                Object truth = unseen.get(r).truth.get(2);
                cells++;
                right += truth.equals(TABLE.record(filled.row(r)).get("kind")) ? 1 : 0;
                mostFrequent += truth.equals(KINDS.get(0)) ? 1 : 0;
            }
        }
        assertThat(right).isGreaterThan(mostFrequent + cells / 5);
    }
}
