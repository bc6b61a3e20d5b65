package io.github.latent4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMedianIsTheValueInTheMiddle() {
        assertThat(Spread.of(List.of(5.0, 1.0, 3.0))).isEqualTo(new Spread(3, 1, 5));
    }

    @Test
    void ofAnEvenNumberTheMedianIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(8.0, 1.0, 2.0, 4.0))).isEqualTo(new Spread(3, 1, 8));
    }

    @Test
    void ratiosArePaired() {
        // The second round was slow for both: the ratio of medians would be 40 / 15.
        assertThat(Spread.ofRatios(List.of(40.0, 4.0, 60.0), List.of(20.0, 2.0, 15.0)))
                .isEqualTo(new Spread(2, 2, 4));
    }

    @Test
    void nothingAndUnequalNumbersAreRefused() {
        assertThatThrownBy(() -> Spread.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found no value, expected at least one");
        assertThatThrownBy(() -> Spread.ofRatios(List.of(1.0), List.of(1.0, 2.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found 1 and 2 values, expected pairs");
    }
}
