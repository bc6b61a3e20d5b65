package io.github.latent4j.evaluation.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MutualInformationTest {
    @Test
    void entropies() {
        assertThat(MutualInformation.entropy(new int[] {3, 3, 3})).isZero();
        assertThat(MutualInformation.entropy(new int[] {0, 1, 0, 1})).isCloseTo(Math.log(2), within(1e-12));
        assertThat(MutualInformation.entropy(new int[] {0, 0, 1, 5})).isCloseTo(1.5 * Math.log(2), within(1e-12));
    }

    @Test
    void information() {
        int[] a = {0, 0, 1, 1};
        assertThat(MutualInformation.of(a, new int[] {5, 5, 2, 2})).isCloseTo(Math.log(2), within(1e-12));
        assertThat(MutualInformation.of(a, new int[] {0, 1, 0, 1})).isCloseTo(0, within(1e-12));
        // Joint 1/4, 1/4, 1/2: H(a) = ln 2, H(b) = H(1/4, 3/4), H(a, b) = 1.5 ln 2.
        double hb = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);
        assertThat(MutualInformation.of(a, new int[] {0, 1, 1, 1})).isCloseTo(hb - 0.5 * Math.log(2), within(1e-12));
    }

    @Test
    void gaps() {
        assertThat(MutualInformation.gap(new double[] {0.1, 0.7, 0.3}, 0.8)).isCloseTo(0.5, within(1e-12));
        assertThat(MutualInformation.gap(new double[] {0.4}, 0.8)).isCloseTo(0.5, within(1e-12));
    }
}
