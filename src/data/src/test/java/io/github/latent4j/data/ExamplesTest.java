package io.github.latent4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final InputContract TWO = new InputContract.Vector(2);

    /** Example i is (i, −i), its label i modulo 3. */
    private static Examples counting(int size) {
        Matrix rows = Matrix.zeros(size, 2);
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            rows.data()[2 * i] = i;
            rows.data()[2 * i + 1] = -i;
            labels[i] = i % 3;
        }
        return Examples.of(rows, TWO, "counting", List.of("zero", "one", "two"), labels);
    }

    private static List<Integer> numbers(Examples examples) {
        return IntStream.range(0, examples.size())
                .mapToObj(i -> (int) examples.example(i)[0])
                .toList();
    }

    @Test
    void rowsAreReadInAnyOrder() {
        Examples examples = counting(5);
        assertThat(examples.read(new int[] {4, 0, 4}).data()).containsExactly(4, -4, 0, 0, 4, -4);
        assertThat(examples.read(1, 3).data()).containsExactly(1, -1, 2, -2);
        assertThat(examples.label(4)).isEqualTo(1);
        assertThatThrownBy(() -> examples.example(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> examples.example(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Whatever the array held before. */
    @Test
    void rowsAreReadIntoAnArrayThatWasUsedBefore() {
        Examples strokes = Datasets.strokes(30, 1).train();
        for (Examples examples : List.of(strokes, strokes.first(20), strokes.binarised(3), counting(20))) {
            int width = examples.input().size();
            float[] used = new float[4 * width];
            Arrays.fill(used, 0.5f);
            examples.read(new int[] {7, 3, 7}, used);
            assertThat(Arrays.copyOf(used, 3 * width))
                    .containsExactly(examples.read(new int[] {7, 3, 7}).data());
            assertThat(Arrays.copyOfRange(used, 3 * width, 4 * width)).containsOnly(0.5f);
            assertThatThrownBy(() -> examples.read(new int[5], used)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void onesAndZerosAreDrawnWithTheValuesAsProbabilities() {
        Matrix values = Matrix.zeros(20_000, 2);
        for (int i = 0; i < values.data().length; i += 2) {
            values.data()[i] = 0.3f;
            values.data()[i + 1] = i % 4 == 0 ? 0 : 1;
        }
        Examples examples = Examples.of(values, TWO, "probabilities");
        float[] drawn = examples.binarised(1).read(0, 20_000).data();
        double ones = 0;
        for (int i = 0; i < drawn.length; i += 2) {
            assertThat(drawn[i] == 0 || drawn[i] == 1).isTrue();
            assertThat(drawn[i + 1]).isEqualTo(i % 4 == 0 ? 0 : 1);
            ones += drawn[i];
        }
        assertThat(ones / 20_000).isBetween(0.285, 0.315);
        assertThat(examples.binarised(1).read(0, 20_000).data()).containsExactly(drawn);
        assertThat(examples.binarised(1).example(7)).containsExactly(drawn[14], drawn[15]);
        assertThat(examples.binarised(2).read(0, 20_000).data()).isNotEqualTo(drawn);
        assertThat(examples.binarised(1).sha256())
                .isNotEqualTo(examples.sha256())
                .isNotEqualTo(examples.binarised(2).sha256());
        assertThatThrownBy(() -> counting(3).binarised(1).example(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counting: found 2.0 in example 2 at index 0, expected 0 to 1, a probability to draw from");
    }

    @Test
    void theDigestIsThatOfTheContent() {
        assertThat(counting(5).sha256())
                .isEqualTo(counting(5).sha256())
                .isNotEqualTo(counting(6).sha256());
        Matrix one = Matrix.of(new float[] {1, 2});
        String unlabelled = Examples.of(one, TWO, "one").sha256();
        assertThat(Examples.of(one, TWO, "another").sha256()).isEqualTo(unlabelled);
        assertThat(Examples.of(one, TWO, "one", List.of("a"), new int[1]).sha256())
                .isNotEqualTo(unlabelled);
    }

    @Test
    void factorsAreAddedToOtherExamples() {
        List<Factor> factors = List.of(Factor.categorical("colour", 3), Factor.continuous("size"));
        Examples examples = counting(2).withFactors(factors, new double[][] {{2, 0.5}, {0, -1}});
        assertThat(examples.factors()).isEqualTo(factors);
        assertThat(examples.factor(1, 1)).isEqualTo(-1);
        assertThat(examples.first(1).factor(0, 0)).isEqualTo(2);
        assertThat(examples.label(1)).isEqualTo(1);
        assertThat(examples.example(1)).containsExactly(1, -1);
        assertThat(examples.sha256()).isEqualTo(counting(2).sha256());
        assertThatThrownBy(() -> examples.factor(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> examples.factor(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void badFactorsAreTold() {
        Examples two = counting(2);
        List<Factor> factors = List.of(Factor.categorical("colour", 3), Factor.continuous("size"));
        assertThat(two.factors()).isEmpty();
        assertThatThrownBy(() -> two.factor(0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("counting: found no known factors, expected some");
        assertThatThrownBy(() -> two.withFactors(factors, new double[][] {{2, 0.5}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counting: found the factors of 1 examples, expected 2");
        assertThatThrownBy(() -> two.withFactors(factors, new double[][] {{2, 0.5}, {0}}))
                .hasMessage("counting: found 1 factors of example 1, expected 2");
        assertThatThrownBy(() -> two.withFactors(factors, new double[][] {{2, 0.5}, {3, 0}}))
                .hasMessage(
                        "counting: found 3.0 as the factor colour of example 1, expected a whole number from 0 to 2");
        assertThatThrownBy(() -> two.withFactors(factors, new double[][] {{2, Double.NaN}, {0, 0}}))
                .hasMessage("counting: found NaN as the factor size of example 0, expected a finite number");
        assertThatThrownBy(() -> Factor.categorical("colour", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("factor colour: found 0 values, expected at least 1");
    }

    @Test
    void badArgumentsAreTold() {
        assertThatThrownBy(() -> Examples.of(Matrix.zeros(0, 2), TWO, "none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("none: found no example, expected at least one");
        assertThatThrownBy(() -> Examples.of(Matrix.zeros(1, 3), TWO, "wide"))
                .hasMessage("wide: found 3 values an example, expected 2: 2 numbers");
        assertThatThrownBy(() -> Examples.of(Matrix.of(new float[] {0, 1}, new float[] {2, Float.NaN}), TWO, "nan"))
                .hasMessage("nan: found NaN in example 1 at index 1, expected a finite number");
        assertThatThrownBy(() -> Examples.of(Matrix.zeros(2, 2), TWO, "few", List.of("a"), new int[1]))
                .hasMessage("few: found 1 labels, expected 2, one an example");
        assertThatThrownBy(() -> Examples.of(Matrix.zeros(1, 2), TWO, "off", List.of("a"), new int[] {1}))
                .hasMessage("off: found label 1 of example 0, expected 0 to 0");
        assertThatThrownBy(() -> Examples.of(Matrix.zeros(1, 2), TWO, "bare").label(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("bare: found no labels, expected some");
    }

    @Test
    void selectionsReadFromTheirSource() {
        Examples examples = counting(10);
        Examples odd = examples.select(5, i -> 2 * i + 1, "odd");
        assertThat(numbers(odd)).containsExactly(1, 3, 5, 7, 9);
        assertThat(odd.label(4)).isZero();
        assertThat(odd.name()).isEqualTo("odd");
        assertThat(odd.input()).isEqualTo(TWO);
        assertThat(odd.sha256())
                .isNotEqualTo(examples.sha256())
                .isEqualTo(examples.select(5, i -> 2 * i + 1, "again").sha256())
                .isNotEqualTo(examples.select(5, i -> 2 * i, "even").sha256());
        assertThatThrownBy(() -> odd.example(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(numbers(examples.first(3))).containsExactly(0, 1, 2);
        assertThatThrownBy(() -> examples.first(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counting[0..0): found a selection of 0 examples, expected at least 1");
    }

    @Test
    void aSplitSharesOutTheExamples() {
        Examples examples = counting(100);
        Examples.Split split = examples.split(0.2, 1);
        assertThat(split.validation().size()).isEqualTo(20);
        Set<Integer> all = new HashSet<>(numbers(split.train()));
        assertThat(all).hasSize(80).doesNotContainAnyElementsOf(numbers(split.validation()));
        all.addAll(numbers(split.validation()));
        assertThat(all).hasSize(100);
        assertThat(numbers(examples.split(0.2, 1).validation())).isEqualTo(numbers(split.validation()));
        assertThat(numbers(examples.split(0.2, 2).validation())).isNotEqualTo(numbers(split.validation()));
        assertThat(counting(2).split(0.001, 1).validation().size()).isEqualTo(1);
        assertThat(counting(2).split(0.999, 1).train().size()).isEqualTo(1);
        assertThatThrownBy(() -> examples.split(1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation share: found 1.0, expected above 0 and below 1");
        assertThatThrownBy(() -> counting(1).split(0.5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counting: found 1 example, expected at least 2 to split");
    }

    @Property(tries = 200)
    void aPermutationMeetsEveryIndexOnce(@ForAll @IntRange(min = 1, max = 3000) int size, @ForAll long key) {
        Permutation order = new Permutation(size, key);
        int[] images = IntStream.range(0, size).map(order).sorted().toArray();
        assertThat(images).isEqualTo(IntStream.range(0, size).toArray());
    }

    @Test
    void aPermutationMixes() {
        int size = 1000;
        Permutation order = new Permutation(size, 0);
        int[] images = IntStream.range(0, size).map(order).toArray();
        long inversions = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                inversions += images[j] > images[i] ? 1 : 0;
            }
        }
        // A random order has 249,750 inversions, give or take 5,300.
        assertThat(inversions).isBetween(225_000L, 275_000L);
        assertThat(images)
                .isNotEqualTo(
                        IntStream.range(0, size).map(new Permutation(size, 1)).toArray());
        assertThatThrownBy(() -> order.applyAsInt(size))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("index: found 1000, expected 0 to 999");
        assertThatThrownBy(() -> new Permutation(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size: found 0, expected at least 1");
        assertThat(new Permutation(Integer.MAX_VALUE, 3).applyAsInt(Integer.MAX_VALUE - 1))
                .isBetween(0, Integer.MAX_VALUE - 1);
    }

    @Test
    void seedsDependOnEveryPartAndTheirOrder() {
        long[] seeds = {
            Seeds.mix(0),
            Seeds.mix(1),
            Seeds.mix(0, 0),
            Seeds.mix(0, 1),
            Seeds.mix(1, 0),
            Seeds.mix(0, 0, 1),
            Seeds.mix(0, 1, 0),
            Seeds.mix(0, -1)
        };
        assertThat(Arrays.stream(seeds).distinct().count()).isEqualTo(seeds.length);
        assertThat(Arrays.stream(seeds)).doesNotContain(0L);
    }
}
