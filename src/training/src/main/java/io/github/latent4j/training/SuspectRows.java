package io.github.latent4j.training;

import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.internal.Neighbours;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Finds the rows of training data that may be anomalies, of which an expected share is known. Two kinds are looked for: rows far
 * from others, further than anomalies could be near each other; and small groups of rows that are near each other and hardly
 * anything else, in which a random walk over the graph of nearest neighbours is trapped.
 */
final class SuspectRows {
    /** Neighbours of a row in the graph. */
    private static final int DEGREE = 10;

    private static final int STEPS = 32;

    /** Random vectors that a row's reach is estimated with. */
    private static final int PROBES = 256;

    /** More than the expected share is left out: normal rows are plenty, and an anomaly that is left in does much harm. */
    private static final double SHARES_LEFT_OUT = 4;

    private static final double SHARES_WITHOUT_GROUPS = 2;

    private static final int MOST_COLUMNS_FOR_RESIDUALS = 1024;
    private static final double RIDGE = 0.02;
    private static final double SYMMETRY = 1e-6;
    private static final double MOST_DEVIATIONS = 6;

    private final Matrix rows;
    private final Matrix view;
    private final double share;
    private final long seed;

    /**
     * Takes rows.
     *
     * @param rows their features
     * @param share the expected share of anomalies, above 0
     * @param seed of the random vectors
     */
    SuspectRows(Matrix rows, double share, long seed) {
        this.rows = rows;
        this.view = withResiduals(rows);
        this.share = share;
        this.seed = seed;
    }

    /**
     * The features and, behind them, how far each is from what a linear regression on all others expects, in standard
     * deviations: for centred rows Z and their precision matrix Q = (cov Z + ridge)⁻¹, that is (Z Q)_j / √Q_jj.
     */
    private static Matrix withResiduals(Matrix rows) {
        int n = rows.rows();
        int columns = rows.columns();
        if (columns > MOST_COLUMNS_FOR_RESIDUALS) {
            return rows;
        }
        double[] means = new double[columns];
        for (int f = 0; f < columns; f++) {
            int feature = f;
            means[f] = IntStream.range(0, n)
                    .mapToDouble(r -> rows.get(r, feature))
                    .filter(value -> !Double.isNaN(value))
                    .average()
                    .orElse(0);
        }
        double[][] centred = new double[n][columns];
        for (int r = 0; r < n; r++) {
            for (int f = 0; f < columns; f++) {
                float value = rows.get(r, f);
                centred[r][f] = Float.isNaN(value) ? 0 : value - means[f];
            }
        }
        RealMatrix z = new Array2DRowRealMatrix(centred, false);
        RealMatrix covariance = z.transpose().multiply(z).scalarMultiply(1.0 / n);
        for (int f = 0; f < columns; f++) {
            covariance.addToEntry(f, f, RIDGE);
        }
        RealMatrix precision =
                new CholeskyDecomposition(covariance, SYMMETRY, 0).getSolver().getInverse();
        RealMatrix residuals = z.multiply(precision);
        Matrix view = Matrix.zeros(n, 2 * columns);
        for (int r = 0; r < n; r++) {
            for (int f = 0; f < columns; f++) {
                view.data()[2 * r * columns + f] = rows.get(r, f);
                double residual = residuals.getEntry(r, f) / Math.sqrt(precision.getEntry(f, f));
                view.data()[(2 * r + 1) * columns + f] =
                        (float) Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, residual));
            }
        }
        return view;
    }

    /** Whether each row is suspect. */
    boolean[] find() {
        int n = rows.rows();
        double[] far = ranks(sum(ranks(distances()), ranks(isolation())));
        double[] reach = reach();
        double median = Arrays.stream(reach).sorted().skip(n / 2).findFirst().orElseThrow();
        long trapped = Arrays.stream(reach).filter(r -> r < 0.5 * median).count();
        // Where many rows seem trapped, the data fall into small groups by themselves.
        boolean groups = trapped <= SHARES_LEFT_OUT * share * n;
        double[] suspicion = far;
        if (groups) {
            double[] alone = ranks(Arrays.stream(reach).map(r -> -r).toArray());
            suspicion = IntStream.range(0, n)
                    .mapToDouble(i -> Math.max(far[i], alone[i]))
                    .toArray();
        }
        double[] order = ranks(suspicion);
        double kept = n * (1 - Math.min(0.5, (groups ? SHARES_LEFT_OUT : SHARES_WITHOUT_GROUPS) * share));
        boolean[] suspect = new boolean[n];
        for (int i = 0; i < n; i++) {
            suspect[i] = order[i] > kept;
        }
        return suspect;
    }

    /** The distance of each row to its k-th nearest other row, with k as many as there may be anomalies. */
    private double[] distances() {
        int n = rows.rows();
        int k = Math.min(n - 1, Math.max(3, (int) Math.round(share * n)));
        Neighbours all = new Neighbours(rows);
        return IntStream.range(0, n)
                .parallel()
                .mapToDouble(i -> {
                    float[] squares = all.squares(rows.row(i));
                    squares[i] = -1; // itself comes first
                    Arrays.sort(squares);
                    return squares[k];
                })
                .toArray();
    }

    private double[] isolation() {
        IsolationForest forest = new IsolationForest(rows, seed);
        return IntStream.range(0, rows.rows())
                .parallel()
                .mapToDouble(i -> forest.oddness(rows.row(i)))
                .toArray();
    }

    /**
     * How many rows a random walk from each row comes to: 1 / Σ_j p_j², with p_j the probability of being at row j after
     * {@value #STEPS} steps. The sum is estimated from random signs that walk back (Hutchinson's estimator of a diagonal).
     */
    private double[] reach() {
        int n = view.rows();
        int[][] graph = graph();
        float[][] values = new float[n][];
        for (int i = 0; i < n; i++) {
            SplittableRandom random = new SplittableRandom(Seeds.mix(seed, i));
            values[i] = new float[PROBES];
            for (int p = 0; p < PROBES; p++) {
                values[i][p] = random.nextBoolean() ? 1 : -1;
            }
        }
        for (int step = 0; step < STEPS; step++) {
            float[][] from = values;
            values = IntStream.range(0, n)
                    .parallel()
                    .mapToObj(i -> mean(from, graph[i]))
                    .toArray(float[][]::new);
        }
        float[][] walked = values;
        return IntStream.range(0, n)
                .mapToDouble(i -> {
                    double sum = 0;
                    for (float value : walked[i]) {
                        sum += value * value;
                    }
                    return PROBES / Math.max(sum, Float.MIN_NORMAL);
                })
                .toArray();
    }

    private static float[] mean(float[][] values, int[] of) {
        float[] mean = new float[PROBES];
        for (int j : of) {
            float[] other = values[j];
            for (int p = 0; p < PROBES; p++) {
                mean[p] += other[p];
            }
        }
        float weight = 1f / of.length;
        for (int p = 0; p < PROBES; p++) {
            mean[p] *= weight;
        }
        return mean;
    }

    /** For each row itself, its nearest rows, and the rows of which it is one of the nearest. */
    private int[][] graph() {
        int n = view.rows();
        int degree = Math.min(DEGREE, n - 1);
        Neighbours all = new Neighbours(view);
        int[][] nearest = IntStream.range(0, n)
                .parallel()
                .mapToObj(i -> nearest(all.squares(view.row(i)), i, degree))
                .toArray(int[][]::new);
        int[] degrees = new int[n];
        for (int i = 0; i < n; i++) {
            degrees[i] += 1 + degree;
            for (int j : nearest[i]) {
                degrees[j]++;
            }
        }
        int[][] graph = new int[n][];
        int[] filled = new int[n];
        for (int i = 0; i < n; i++) {
            graph[i] = new int[degrees[i]];
            graph[i][filled[i]++] = i;
            System.arraycopy(nearest[i], 0, graph[i], 1, degree);
            filled[i] += degree;
        }
        for (int i = 0; i < n; i++) {
            for (int j : nearest[i]) {
                graph[j][filled[j]++] = i;
            }
        }
        for (int i = 0; i < n; i++) {
            graph[i] = Arrays.stream(graph[i]).distinct().toArray(); // an edge that both rows have is one
        }
        return graph;
    }

    private static int[] nearest(float[] squares, int self, int count) {
        int[] nearest = new int[count];
        int found = 0;
        for (int j = 0; j < squares.length; j++) {
            if (j == self || (found == count && squares[j] >= squares[nearest[count - 1]])) {
                continue;
            }
            int place = found < count ? found++ : count - 1;
            while (place > 0 && squares[nearest[place - 1]] > squares[j]) {
                nearest[place] = nearest[place - 1];
                place--;
            }
            nearest[place] = j;
        }
        return nearest;
    }

    private static double[] sum(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
    }

    /** The rank of each value, from 1 for the least; of equal ones in their order. */
    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((i, j) -> Double.compare(values[i], values[j]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int r = 0; r < order.length; r++) {
            ranks[order[r]] = r + 1;
        }
        return ranks;
    }
}
