package io.github.latent4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Pca;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class PcaFitTest {
    /** Examples of a few orthonormal directions with falling variances, far from the origin, and a little noise. */
    private static Matrix lowRank(int rows, int features, int rank, double noise) {
        Random random = new Random(3);
        double[][] directions = new double[rank][features];
        for (int k = 0; k < rank; k++) {
            // Cosines of different frequencies are orthogonal.
            for (int i = 0; i < features; i++) {
                directions[k][i] = Math.sqrt(2.0 / features) * Math.cos(Math.PI * (i + 0.5) * (k + 1) / features);
            }
        }
        Matrix examples = Matrix.zeros(rows, features);
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < features; i++) {
                examples.data()[r * features + i] = (float) (50 + noise * random.nextGaussian());
            }
            for (int k = 0; k < rank; k++) {
                double along = random.nextGaussian() * 8 / (1 << k);
                for (int i = 0; i < features; i++) {
                    examples.data()[r * features + i] += (float) (along * directions[k][i]);
                }
            }
        }
        return examples;
    }

    private static Examples examples(Matrix rows) {
        return Examples.of(rows, new InputContract.Vector(rows.columns()), "rows");
    }

    @Test
    void missingValuesCountAsZero() {
        Matrix rows = lowRank(50, 8, 2, 0.1);
        Matrix zeros = Matrix.wrap(50, 8, rows.data().clone());
        for (int i = 0; i < rows.data().length; i += 7) {
            rows.data()[i] = Float.NaN;
            zeros.data()[i] = 0;
        }
        InputContract table = InputContract.Table.ofNumbers(
                IntStream.range(0, 8).mapToObj(i -> "c" + i).toList());
        assertThat(PcaFit.fitCovariance(Examples.of(rows, table, "rows"), 3))
                .isEqualTo(PcaFit.fitCovariance(examples(zeros), 3));
        assertThat(PcaFit.fitInnerProducts(rows, 3)).isEqualTo(PcaFit.fitInnerProducts(zeros, 3));
        assertThatThrownBy(() -> examples(rows))
                .hasMessage("rows: found NaN in example 0 at index 0, expected a finite number");
    }

    private static double error(Pca pca, Matrix rows) {
        Matrix again = pca.reconstruct(rows);
        double sum = 0;
        for (int i = 0; i < rows.data().length; i++) {
            double difference = rows.data()[i] - again.data()[i];
            sum += difference * difference;
        }
        return sum / rows.data().length;
    }

    private static void assertOrthonormal(Pca pca) {
        Matrix components = pca.components();
        for (int a = 0; a < pca.dimensions(); a++) {
            for (int b = 0; b <= a; b++) {
                double product = 0;
                for (int i = 0; i < pca.inputs(); i++) {
                    product += (double) components.get(a, i) * components.get(b, i);
                }
                assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-6));
            }
        }
    }

    private static void assertSame(Pca a, Pca b, double tolerance) {
        assertThat(a.dimensions()).isEqualTo(b.dimensions());
        for (int i = 0; i < a.inputs(); i++) {
            assertThat(a.mean()[i]).isCloseTo(b.mean()[i], within(1e-4f));
            for (int k = 0; k < a.dimensions(); k++) {
                assertThat((double) a.components().get(k, i))
                        .isCloseTo(b.components().get(k, i), within(tolerance));
            }
        }
    }

    @Test
    void aConstructedSpaceIsFound() {
        Matrix rows = lowRank(3000, 40, 3, 0);
        Pca pca = PcaFit.fit(examples(rows), 3, 1);
        assertThat(pca.dimensions()).isEqualTo(3);
        assertOrthonormal(pca);
        assertThat(error(pca, rows)).isLessThan(1e-8);
        for (int k = 0; k < 3; k++) {
            double cosine = 0;
            for (int i = 0; i < 40; i++) {
                cosine += Math.sqrt(2.0 / 40)
                        * Math.cos(Math.PI * (i + 0.5) * (k + 1) / 40)
                        * pca.components().get(k, i);
            }
            assertThat(Math.abs(cosine)).isGreaterThan(0.99);
        }
        assertThat(error(PcaFit.fit(examples(rows), 2, 1), rows)).isGreaterThan(0.05);
    }

    @Test
    void theLargestCoefficientIsPositive() {
        Pca pca = PcaFit.fit(examples(lowRank(500, 30, 4, 0.1)), 10, 1);
        for (int k = 0; k < pca.dimensions(); k++) {
            float largest = 0;
            for (float value : pca.components().row(k)) {
                largest = Math.abs(value) > Math.abs(largest) ? value : largest;
            }
            assertThat(largest).isPositive();
        }
    }

    @Test
    void bothWaysAgree() {
        Matrix rows = lowRank(300, 50, 4, 0.05);
        Pca covariance = PcaFit.fitCovariance(examples(rows), 4);
        Pca products = PcaFit.fitInnerProducts(rows, 4);
        assertOrthonormal(products);
        assertSame(covariance, products, 1e-5);
        assertThat(error(PcaFit.fitInnerProducts(rows, 20), rows))
                .isCloseTo(error(PcaFit.fitCovariance(examples(rows), 20), rows), within(1e-9));
    }

    @Test
    void manyFeaturesTakeASeededSample() {
        Matrix rows = lowRank(60, 2100, 3, 0.01);
        Pca pca = PcaFit.fit(examples(rows), 3, 1);
        assertOrthonormal(pca);
        assertThat(error(pca, rows)).isCloseTo(1e-4, within(1e-5));
        assertThat(PcaFit.fit(examples(rows), 3, 1).components()).isEqualTo(pca.components());
        assertSame(pca, PcaFit.fit(examples(rows), 3, 2), 1e-6);
    }

    @Test
    void dimensionsAreCapped() {
        Matrix few = lowRank(5, 20, 3, 0.1);
        Pca all = PcaFit.fit(examples(few), 100, 1);
        assertThat(all.dimensions()).isEqualTo(5);
        assertThat(error(all, few)).isLessThan(1e-9);
        assertThat(PcaFit.fit(examples(lowRank(50, 6, 3, 0.1)), 100, 1).dimensions())
                .isEqualTo(6);
        assertThatThrownBy(() -> PcaFit.fit(examples(few), 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimensions: found 0, expected at least 1");
    }

    @Test
    void noVarianceStillGivesOrthonormalComponents() {
        Matrix constant = Matrix.zeros(8, 12);
        java.util.Arrays.fill(constant.data(), 0.3f);
        for (Pca pca : new Pca[] {PcaFit.fitCovariance(examples(constant), 4), PcaFit.fitInnerProducts(constant, 4)}) {
            assertThat(pca.dimensions()).isEqualTo(4);
            assertOrthonormal(pca);
            assertThat(error(pca, constant)).isLessThan(1e-12);
        }
        Matrix two = lowRank(6, 30, 2, 0);
        Pca products = PcaFit.fitInnerProducts(two, 6);
        assertOrthonormal(products);
        assertThat(error(products, two)).isLessThan(1e-9);
    }

    @Test
    @Tag("debian")
    @EnabledIf("fashionMnistIsExpected")
    void fashionMnistWithThirtyTwoDimensions(@TempDir Path folder) throws IOException {
        Environment debian =
                new Environment(Optional.empty(), folder, Path.of("/usr/share/datasets"), Optional.empty());
        Dataset fashion = new Catalogue(debian).open("fashion-mnist", SourceOptions.defaults());
        Pca pca = PcaFit.fit(fashion.train(), 32, 1);
        assertOrthonormal(pca);
        assertThat(error(pca, fashion.test().read(0, fashion.test().size()))).isCloseTo(0.0151, within(0.0002));
        fashion.train().close();
        fashion.test().close();
    }

    /** Where Debian's package is not installed the test is left out, but not in CI, which installs it. */
    static boolean fashionMnistIsExpected() {
        return System.getenv("CI") != null || Files.isDirectory(Path.of("/usr/share/datasets/fashion-mnist"));
    }
}
