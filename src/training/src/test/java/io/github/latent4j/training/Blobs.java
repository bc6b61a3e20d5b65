package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.domain.Networks.LogVarianceBlock;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Likelihood.Variance;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MomentFormat;
import io.github.latent4j.runtime.Scaling;
import io.github.latent4j.runtime.VaeSpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Small images with structure to learn: a soft spot on a grid of 6 x 6 pixels, wherever two hidden numbers put it. */
public final class Blobs {
    private Blobs() {}

    public static Matrix matrix(int count, long seed) {
        Random random = new Random(seed);
        Matrix images = Matrix.zeros(count, 36);
        for (int r = 0; r < count; r++) {
            double cx = 1 + 3 * random.nextDouble();
            double cy = 1 + 3 * random.nextDouble();
            for (int i = 0; i < 36; i++) {
                double dx = i % 6 - cx;
                double dy = i / 6 - cy;
                images.data()[r * 36 + i] = (float) Math.exp(-(dx * dx + dy * dy) / 3);
            }
        }
        return images;
    }

    /** A likelihood of every kind side by side, of 36 features. */
    public static final String MIXED = "gaussian:per-feature:0.001:1000.0[12]+bernoulli[6]+categorical[4]"
            + "+gaussian:per-example:0.001:1000.0[6]+categorical[3]+gaussian:0.3[5]";

    /** Rows for that likelihood: two places of each spot are turned into categories. */
    public static Matrix mixed(int count, long seed) {
        Matrix rows = matrix(count, seed);
        for (int r = 0; r < count; r++) {
            float[] row = rows.row(r);
            oneHot(rows, r, 18, 4, (int) (4 * Math.min(0.999, row[20])));
            oneHot(rows, r, 28, 3, (int) (3 * Math.min(0.999, row[14])));
        }
        return rows;
    }

    private static void oneHot(Matrix rows, int row, int from, int features, int hot) {
        for (int i = 0; i < features; i++) {
            rows.data()[row * rows.columns() + from + i] = i == hot ? 1 : 0;
        }
    }

    /** The same with about a fifth of its cells missing, a category as a whole. */
    public static Matrix withMissing(Matrix mixed, long seed) {
        Random random = new Random(seed);
        Matrix rows = Matrix.wrap(mixed.rows(), mixed.columns(), mixed.data().clone());
        for (int r = 0; r < rows.rows(); r++) {
            int at = r * 36;
            for (Likelihood.Block block : ((Likelihood.Mixed) Likelihood.parse(MIXED)).blocks()) {
                int cell = block.likelihood() instanceof Likelihood.Categorical ? block.features() : 1;
                for (int end = at + block.features(); at < end; at += cell) {
                    if (random.nextInt(5) == 0) {
                        Arrays.fill(rows.data(), at, at + cell, Float.NaN);
                    }
                }
            }
        }
        return rows;
    }

    /** Parameters of a VAE that are not learned: weights of a variance that all examples share, or the whole of a given one. */
    public static IntPredicate held(VaeSpec spec) {
        return i -> LogVarianceBlock.of(spec).stream()
                .anyMatch(block -> !(block.variance() instanceof Variance.PerExample)
                                && i >= block.weightsFrom()
                                && i < block.weightsTo()
                        || block.variance() instanceof Variance.Fixed && i >= block.biasFrom() && i < block.biasTo());
    }

    /** Columns of every kind, of 36 features: cells of 2, 7, 5, 1 and, from feature 15 on, 1 each. */
    public static InputContract.Table columns() {
        List<Column> columns = new ArrayList<>(List.of(
                new Column.Numeric("number", Scaling.NONE, true),
                new Column.Moment(
                        "date",
                        MomentFormat.ISO,
                        true,
                        LocalDate.of(2020, 1, 1),
                        LocalDate.of(2024, 1, 1),
                        EnumSet.allOf(Column.Cycle.class),
                        true),
                new Column.Category("category", List.of("a", "b", "c"), true),
                new Column.Flag("flag", "no", "yes", false)));
        for (int i = 15; i < 36; i++) {
            columns.add(new Column.Numeric("c" + i, Scaling.NONE, false));
        }
        return new InputContract.Table(columns);
    }

    public static Examples table(Matrix rows) {
        return Examples.of(
                rows,
                InputContract.Table.ofNumbers(IntStream.range(0, rows.columns())
                        .mapToObj(i -> "c" + i)
                        .toList()),
                "table");
    }

    public static Examples examples(int count, long seed) {
        return Examples.of(matrix(count, seed), new InputContract.Image(6, 6, 1), "blobs");
    }
}
