package io.github.latent4j.evaluation.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterpolationTest {
    @Test
    void lineHasEqualSteps() {
        assertThat(Interpolation.LINEAR.between(new float[] {0, 4}, new float[] {1, -4}, 5))
                .isEqualTo(Matrix.wrap(5, 2, new float[] {0, 4, 0.25f, 2, 0.5f, 0, 0.75f, -2, 1, -4}));
    }

    @Test
    void arcHasEqualAnglesAndKeepsTheLength() {
        Matrix arc = Interpolation.SPHERICAL.between(new float[] {2, 0}, new float[] {-1, (float) Math.sqrt(3)}, 5);
        for (int i = 0; i < 5; i++) {
            // From 0 to 120 degrees at radius 2.
            assertThat(arc.get(i, 0)).isEqualTo((float) (2 * Math.cos(i * Math.PI / 6)), within(1e-6f));
            assertThat(arc.get(i, 1)).isEqualTo((float) (2 * Math.sin(i * Math.PI / 6)), within(1e-6f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothEndsAreExact(Interpolation path) {
        Matrix codes = HandMade.normal(2, 7, 1, 1);
        Matrix way = path.between(codes.row(0), codes.row(1), 9);
        assertThat(way.row(0)).isEqualTo(codes.row(0));
        assertThat(way.row(8)).isEqualTo(codes.row(1));
        assertThat(path.between(codes.row(0), codes.row(1), 2)).isEqualTo(codes);
    }

    @Test
    void withoutAnArcTheWayIsStraight() {
        float[][] pairs = {{0, 0, 1, 2}, {1, 2, 0, 0}, {0, 0, 0, 0}, {1, 2, 2, 4}, {1, 2, -2, -4}, {1, 2, 1, 2.0000002f}
        };
        for (float[] p : pairs) {
            float[] from = {p[0], p[1]};
            float[] to = {p[2], p[3]};
            assertThat(Interpolation.SPHERICAL.between(from, to, 6))
                    .isEqualTo(Interpolation.LINEAR.between(from, to, 6));
        }
    }

    @Test
    void wrongArgumentsAreTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Interpolation.LINEAR.between(new float[2], new float[2], 1))
                .withMessage("steps: found 1, expected at least 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Interpolation.LINEAR.between(new float[2], new float[3], 4))
                .withMessage("found codes of 2 and 3 values, expected as many");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Interpolation.LINEAR.between(new float[2], new float[] {0, Float.POSITIVE_INFINITY}, 4))
                .withMessage("code: found Infinity in dimension 1, expected a finite number");
    }

    /** Labels in blocks, as in many files: every example of the other one may be chosen. */
    @Test
    void pairsOfSortedLabelsAreOfAllExamples() {
        int[] labels = new int[40];
        Arrays.fill(labels, 20, 40, 1);
        Examples sorted =
                Examples.of(Matrix.zeros(40, 1), new InputContract.Vector(1), "some", List.of("a", "b"), labels);
        int[] counts = new int[40];
        ExamplePair.choose(sorted, 8_000, 5).forEach(pair -> counts[pair.to()]++);
        // 200 each with a deviation of 14.
        assertThat(Arrays.stream(counts).boxed()).allMatch(count -> count > 130 && count < 270);
    }

    @Test
    void aRareLabelIsFoundInAnyPlace() {
        int[] labels = new int[20_000];
        Arrays.fill(labels, 19_990, 20_000, 1);
        Examples sorted =
                Examples.of(Matrix.zeros(20_000, 1), new InputContract.Vector(1), "some", List.of("a", "b"), labels);
        List<ExamplePair> pairs = ExamplePair.choose(sorted, 200, 5);
        assertThat(pairs).allMatch(pair -> labels[pair.from()] != labels[pair.to()]);
        assertThat(pairs.stream()
                        .map(ExamplePair::to)
                        .filter(to -> to >= 19_990)
                        .distinct())
                .hasSize(10);
    }

    @Test
    void pairsAreOfDifferentLabels() {
        int[] labels = new int[40];
        labels[17] = 1;
        labels[30] = 2;
        Matrix rows = Matrix.zeros(40, 1);
        Examples labelled = Examples.of(rows, new InputContract.Vector(1), "some", List.of("a", "b", "c"), labels);
        List<ExamplePair> pairs = ExamplePair.choose(labelled, 200, 5);
        assertThat(pairs).hasSize(200).allMatch(pair -> labels[pair.from()] != labels[pair.to()]);
        assertThat(ExamplePair.choose(labelled, 3, 5)).isEqualTo(pairs.subList(0, 3));
        assertThat(ExamplePair.choose(labelled, 200, 6)).isNotEqualTo(pairs);

        for (Examples others : List.of(
                Examples.of(rows, new InputContract.Vector(1), "some"),
                Examples.of(rows, new InputContract.Vector(1), "some", List.of("a"), new int[40]))) {
            assertThat(ExamplePair.choose(others, 200, 5))
                    .allMatch(pair -> pair.from() != pair.to())
                    .allMatch(pair -> pair.from() < 40 && pair.to() < 40);
            assertThat(ExamplePair.choose(others, 200, 5).stream()
                            .map(ExamplePair::to)
                            .distinct())
                    .hasSizeGreaterThan(30);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExamplePair.choose(labelled.first(1), 1, 5))
                .withMessage("some[0..1): found 1 example, expected at least 2");
    }
}
