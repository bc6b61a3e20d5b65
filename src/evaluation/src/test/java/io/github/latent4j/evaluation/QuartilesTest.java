package io.github.latent4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class QuartilesTest {
    @Test
    void liesBetweenValuesWhereItMust() {
        // quantile(c(7, 1, 3, 2), type = 7) in R
        assertThat(Quartiles.of(new double[] {7, 1, 3, 2})).isEqualTo(new Quartiles(1, 1.75, 2.5, 4, 7));
    }

    @Test
    void ofOneValue() {
        assertThat(Quartiles.of(new double[] {4})).isEqualTo(new Quartiles(4, 4, 4, 4, 4));
    }

    @Test
    void leavesTheValuesAsTheyAre() {
        double[] values = {3, 1, 2};
        Quartiles.of(values);
        assertThat(values).containsExactly(3, 1, 2);
    }

    @Test
    void needsNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quartiles.of(new double[0]))
                .withMessage("found no value, expected at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quartiles.of(new double[] {1, Double.NaN, 2}))
                .withMessage("found NaN among the values, expected numbers");
    }
}
