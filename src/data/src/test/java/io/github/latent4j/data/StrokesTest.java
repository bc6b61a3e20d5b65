package io.github.latent4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StrokesTest {
    private static final int MANY = 20_000;

    private record Range(ToDoubleFunction<Strokes.Factors> factor, double from, double to) {}

    private static final List<Range> RANGES = List.of(
            new Range(Strokes.Factors::slant, -0.2, 0.5),
            new Range(Strokes.Factors::thickness, 1.6, 3.2),
            new Range(Strokes.Factors::scale, 0.8, 1.05),
            new Range(Strokes.Factors::rotation, -12, 12),
            new Range(Strokes.Factors::offsetX, -1.5, 1.5),
            new Range(Strokes.Factors::offsetY, -1.5, 1.5));

    private static double[] values(Strokes strokes, Range range) {
        return IntStream.range(0, strokes.size())
                .mapToDouble(i ->
                        (range.factor().applyAsDouble(strokes.factors(i)) - range.from()) / (range.to() - range.from()))
                .toArray();
    }

    @Test
    void partsHaveTheirSizesAndContract() {
        Dataset dataset = Datasets.strokes(600, 1);
        assertThat(dataset.name()).isEqualTo("strokes");
        assertThat(dataset.train().size()).isEqualTo(600);
        assertThat(dataset.test().size()).isEqualTo(100);
        assertThat(dataset.train().name()).isEqualTo("strokes:train");
        assertThat(dataset.part(Part.TEST).name()).isEqualTo("strokes:test");
        assertThat(dataset.test().input()).isEqualTo(new InputContract.Image(28, 28, 1));
        assertThat(dataset.test().labelNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(Datasets.strokes(3, 1).test().size()).isEqualTo(1);
        assertThat(dataset.train().example(0)).isNotEqualTo(dataset.test().example(0));
        assertThatThrownBy(() -> Datasets.strokes(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("strokes:train: found 0 examples, expected at least 1");
    }

    @Test
    void anExampleDependsOnSeedAndIndexAlone() {
        Strokes few = Strokes.of(10, 3);
        Strokes many = Strokes.of(1_000_000_000, 3);
        assertThat(many.example(7)).isEqualTo(few.example(7));
        assertThat(many.read(new int[] {999_999_999, 7, 7}).row(2)).isEqualTo(few.example(7));
        assertThat(Strokes.of(10, 4).example(7)).isNotEqualTo(few.example(7));
        assertThat(few.factors(7)).isEqualTo(many.factors(7));
        assertThat(few.label(7)).isEqualTo(few.factors(7).digit());
        assertThat(List.of(few.sha256(), many.sha256(), Strokes.of(10, 4).sha256()))
                .doesNotHaveDuplicates();
        assertThat(Strokes.of(10, 3).sha256()).isEqualTo(few.sha256());
        assertThatThrownBy(() -> few.example(10)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theSameSeedGivesTheSameBytesForEver() {
        Sha256 digest = new Sha256();
        for (float pixel : Strokes.of(200, 1).read(0, 200).data()) {
            digest.number(Math.round(255 * pixel));
        }
        assertThat(digest.hex()).isEqualTo("dbc75cb250427cffff978048a015b948b688cc47b0a719b2cee237d85006bc2e");
    }

    @Test
    void pixelsAreBytesAndInkStaysInside() {
        Matrix rows = Strokes.of(MANY, 5).read(0, MANY);
        double ink = 0;
        int cut = 0;
        for (int r = 0; r < MANY; r++) {
            boolean border = false;
            for (int i = 0; i < 784; i++) {
                float pixel = rows.get(r, i);
                assertThat(pixel == Math.round(255 * pixel) / 255f && pixel >= 0 && pixel <= 1)
                        .isTrue();
                ink += pixel;
                boolean edge = i < 28 || i >= 756 || i % 28 == 0 || i % 28 == 27;
                border |= edge && pixel > 0;
            }
            cut += border ? 1 : 0;
        }
        // MNIST has .13
        assertThat(ink / MANY / 784).isBetween(0.09, 0.15);
        assertThat(cut).isLessThan(MANY / 1000);
    }

    @Test
    void factorsAreUniformInTheirRanges() {
        Strokes strokes = Strokes.of(MANY, 11);
        for (Range range : RANGES) {
            double[] values = values(strokes, range);
            int[] tenths = new int[10];
            for (double value : values) {
                assertThat(value).isBetween(0.0, 1.0);
                tenths[(int) (10 * value)]++;
            }
            assertEven(tenths);
        }
        int[] digits = new int[10];
        IntStream.range(0, MANY).forEach(i -> digits[strokes.label(i)]++);
        assertEven(digits);
    }

    private static void assertEven(int[] counts) {
        for (int count : counts) {
            assertThat(count).isCloseTo(MANY / counts.length, within(200));
        }
    }

    @Test
    void factorsAreThoseOfTheRecord() {
        Strokes strokes = Strokes.of(20, 3);
        assertThat(strokes.factors().stream().map(Factor::name))
                .containsExactlyElementsOf(Arrays.stream(Strokes.Factors.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(strokes.factors().get(0)).isEqualTo(Factor.categorical("digit", 10));
        assertThat(strokes.factors().stream().skip(1)).allMatch(Factor::isContinuous);
        for (int i = 0; i < 20; i++) {
            assertThat(strokes.factor(i, 0)).isEqualTo(strokes.label(i));
            for (int f = 0; f < RANGES.size(); f++) {
                assertThat(strokes.factor(i, f + 1))
                        .isEqualTo(RANGES.get(f).factor().applyAsDouble(strokes.factors(i)));
            }
        }
        assertThatThrownBy(() -> strokes.factor(20, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> strokes.factor(0, 7)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void viewsKnowTheFactorsToo() {
        Strokes strokes = Strokes.of(20, 3);
        Examples view = strokes.select(5, i -> 19 - i, "last").binarised(1);
        assertThat(view.factors()).isEqualTo(strokes.factors());
        assertThat(view.factor(2, 1)).isEqualTo(strokes.factor(17, 1));
        assertThatThrownBy(() -> view.factor(5, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void factorsAreIndependent() {
        Strokes strokes = Strokes.of(MANY, 12);
        List<double[]> columns =
                RANGES.stream().map(range -> values(strokes, range)).toList();
        for (int a = 0; a < columns.size(); a++) {
            for (int b = 0; b < a; b++) {
                double covariance = 0;
                for (int i = 0; i < MANY; i++) {
                    covariance += (columns.get(a)[i] - 0.5) * (columns.get(b)[i] - 0.5);
                }
                assertThat(12 * covariance / MANY).isCloseTo(0, within(0.03));
            }
        }
    }

    @Test
    void factorsShowInTheImage() {
        Strokes strokes = Strokes.of(4000, 13);
        Matrix rows = strokes.read(0, 4000);
        double[] ink = new double[2];
        double[] middle = new double[2];
        double[] lean = new double[2];
        int[][] count = new int[3][2];
        for (int r = 0; r < 4000; r++) {
            Strokes.Factors factors = strokes.factors(r);
            double sum = 0;
            double left = 28;
            double right = 0;
            double top = 0;
            double bottom = 0;
            double topSum = 0;
            double bottomSum = 0;
            for (int i = 0; i < 784; i++) {
                double pixel = rows.get(r, i);
                sum += pixel;
                if (pixel > 0.5) {
                    left = Math.min(left, i % 28);
                    right = Math.max(right, i % 28);
                }
                if (i / 28 < 14) {
                    top += pixel * (i % 28);
                    topSum += pixel;
                } else {
                    bottom += pixel * (i % 28);
                    bottomSum += pixel;
                }
            }
            int thick = factors.thickness() > 2.4 ? 1 : 0;
            int east = factors.offsetX() > 0 ? 1 : 0;
            int slanted = factors.slant() > 0.15 ? 1 : 0;
            ink[thick] += sum;
            middle[east] += (left + right + 1) / 2;
            lean[slanted] += top / topSum - bottom / bottomSum;
            count[0][thick]++;
            count[1][east]++;
            count[2][slanted]++;
        }
        assertThat(ink[1] / count[0][1]).isGreaterThan(1.3 * ink[0] / count[0][0]);
        assertThat(middle[1] / count[1][1] - middle[0] / count[1][0]).isCloseTo(1.5, within(0.1));
        assertThat(lean[1] / count[2][1]).isGreaterThan(lean[0] / count[2][0] + 2);
    }

    @Test
    void digitsLookAlikeAndUnlikeOthers() {
        // The mean image of each digit in one half names most of the other half.
        int count = 4000;
        Strokes strokes = Strokes.of(count, 14);
        Matrix rows = strokes.read(0, count);
        double[][] means = new double[10][784];
        int[] sizes = new int[10];
        for (int r = 0; r < count / 2; r++) {
            sizes[strokes.label(r)]++;
            for (int i = 0; i < 784; i++) {
                means[strokes.label(r)][i] += rows.get(r, i);
            }
        }
        int right = 0;
        for (int r = count / 2; r < count; r++) {
            int best = 0;
            double least = Double.MAX_VALUE;
            for (int d = 0; d < 10; d++) {
                double distance = 0;
                for (int i = 0; i < 784; i++) {
                    double difference = means[d][i] / sizes[d] - rows.get(r, i);
                    distance += difference * difference;
                }
                if (distance < least) {
                    least = distance;
                    best = d;
                }
            }
            right += best == strokes.label(r) ? 1 : 0;
        }
        assertThat(right / (count / 2.0)).isBetween(0.7, 0.999);
    }
}
