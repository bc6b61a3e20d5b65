package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RarityTest {
    private static final double[] EIGHT = {1, 2, 3, 4, 5, 6, 7, 8};

    @Test
    void itIsMinusTheLogarithmOfTheShareThatIsGreater() {
        Rarity rarity = new Rarity(EIGHT);
        assertThat(rarity.of(-100)).isEqualTo(-Math.log(8 / 9.0));
        assertThat(rarity.of(1)).isEqualTo(-Math.log(8 / 9.0));
        assertThat(rarity.of(1.5)).isEqualTo(-Math.log(7.5 / 9));
        assertThat(rarity.of(2)).isEqualTo(-Math.log(7 / 9.0));
        assertThat(rarity.of(4)).isEqualTo(-Math.log(5 / 9.0));
        assertThat(rarity.of(6.75)).isEqualTo(-Math.log(2.25 / 9));
    }

    @Test
    void aboveTheUpperQuarterItGoesOnWithTheMeanExcess() {
        Rarity rarity = new Rarity(EIGHT);
        // The values from 7 on exceed it by 0 and 1, half a unit on average.
        assertThat(rarity.of(7)).isEqualTo(-Math.log(2 / 9.0));
        assertThat(rarity.of(8)).isEqualTo(-Math.log(2 / 9.0) + 2);
        assertThat(rarity.of(1007)).isEqualTo(-Math.log(2 / 9.0) + 2000);
    }

    @Test
    void itIsContinuousEverywhereBetweenDistinctValues() {
        double[] values = new Random(3).doubles(41).sorted().toArray();
        Rarity rarity = new Rarity(values);
        for (double value : values) {
            double before = rarity.of(Math.nextDown(value));
            double after = rarity.of(Math.nextUp(value));
            assertThat(before).isCloseTo(rarity.of(value), within(1e-9));
            assertThat(after).isCloseTo(rarity.of(value), within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 10, 100})
    void itGrowsWithTheValueAlsoWhereManyAreEqual(int count) {
        Random random = new Random(count);
        for (int trial = 0; trial < 50; trial++) {
            double[] values = random.doubles(count)
                    .map(value -> Math.floor(8 * value) / 4 - 1)
                    .sorted()
                    .toArray();
            Rarity rarity = new Rarity(values);
            double[] asked = random.doubles(200, -2, 3).sorted().toArray();
            double last = 0;
            for (double value : asked) {
                assertThat(rarity.of(value)).isFinite().isGreaterThanOrEqualTo(last);
                last = rarity.of(value);
            }
            double greatest = Arrays.stream(values).max().orElseThrow();
            assertThat(rarity.of(greatest + 0.1)).isGreaterThan(rarity.of(greatest));
            assertThat(rarity.of(greatest + 1)).isGreaterThan(rarity.of(greatest + 0.1));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 3, -1e12})
    void oneValueAndEqualOnesTellWhatLiesBeyondThem(double value) {
        for (int count : new int[] {1, 4}) {
            double[] equal = new double[count];
            Arrays.fill(equal, value);
            Rarity rarity = new Rarity(equal);
            assertThat(rarity.of(value - 1)).isEqualTo(-Math.log(count / (count + 1.0)));
            assertThat(rarity.of(value)).isEqualTo(-Math.log(1 / (count + 1.0)));
            double beyond = rarity.of(value + 2e-9 * Math.max(1, Math.abs(value)));
            assertThat(beyond).isCloseTo(rarity.of(value) + 2, within(1e-3));
        }
    }
}
