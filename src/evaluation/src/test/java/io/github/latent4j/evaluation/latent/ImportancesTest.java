package io.github.latent4j.evaluation.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ImportancesTest {
    @Test
    void aPermutationIsPerfect() {
        Importances importances = new Importances(new double[][] {{0, 1}, {0, 0}, {1, 0}});
        assertThat(importances.disentanglement()).isEqualTo(1);
        assertThat(importances.disentanglement(0)).isEqualTo(1);
        assertThat(importances.disentanglement(1)).isNaN();
        assertThat(importances.completeness(0)).isEqualTo(1);
        assertThat(importances.completeness(1)).isEqualTo(1);
    }

    @Test
    void equalImportancesAreWorth0() {
        Importances importances =
                new Importances(new double[][] {{0.25, 0.25}, {0.25, 0.25}, {0.25, 0.25}, {0.25, 0.25}});
        assertThat(importances.disentanglement()).isCloseTo(0, within(1e-12));
        assertThat(importances.disentanglement(3)).isCloseTo(0, within(1e-12));
        assertThat(importances.completeness(1)).isCloseTo(0, within(1e-12));
    }

    /** Worked out by hand with the formulas of Eastwood and Williams 2018, section 2. */
    @Test
    void byHand() {
        // Three dimensions, two factors. Row sums: 1, 0.75, 0.25.
        Importances importances = new Importances(new double[][] {{0.5, 0.5}, {0.5, 0.25}, {0, 0.25}});
        // D_0 = 0: halves with base 2. D_1: shares 2/3 and 1/3, H_2 = log2(3) - 2/3. D_2 = 1.
        double second = 1 - (Math.log(3) / Math.log(2) - 2.0 / 3);
        assertThat(importances.disentanglement(0)).isCloseTo(0, within(1e-12));
        assertThat(importances.disentanglement(1)).isCloseTo(second, within(1e-12));
        assertThat(second).isCloseTo(0.0817, within(1e-4));
        assertThat(importances.disentanglement(2)).isCloseTo(1, within(1e-12));
        assertThat(importances.disentanglement()).isCloseTo((0.75 * second + 0.25) / 2, within(1e-12));
        // C_0: halves with base 3. C_1: 1/2, 1/4, 1/4 have 1.5 bits.
        assertThat(importances.completeness(0)).isCloseTo(1 - Math.log(2) / Math.log(3), within(1e-12));
        assertThat(importances.completeness(1)).isCloseTo(1 - 1.5 * Math.log(2) / Math.log(3), within(1e-12));
    }

    @Test
    void whatIsNotDefinedIsNaN() {
        assertThat(new Importances(new double[][] {{0.5}, {0.5}}).disentanglement())
                .isNaN();
        assertThat(new Importances(new double[][] {{1, 1}}).completeness(0)).isNaN();
        assertThat(new Importances(new double[][] {{0, 0}, {0, 0}}).disentanglement())
                .isNaN();
    }
}
