package io.github.latent4j.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputsTest {
    @Test
    void denseInputsHaveNoZeroAndFollowTheirSeed() {
        assertThat(Inputs.dense(3)).hasSize(Inputs.INPUTS).doesNotContain(0f).isEqualTo(Inputs.dense(3));
        assertThat(Inputs.dense(4)).isNotEqualTo(Inputs.dense(3));
    }

    @Test
    void halfOfAHalfZeroInputIsZeroAtPlacesOfItsOwn() {
        float[] dense = Inputs.dense(3);
        float[] half = Inputs.halfZero(3);
        int zeros = 0;
        int first = 0;
        for (int i = 0; i < half.length; i++) {
            assertThat(half[i]).isIn(0f, dense[i]);
            zeros += half[i] == 0 ? 1 : 0;
            first += half[i] == 0 && i < half.length / 2 ? 1 : 0;
        }
        assertThat(zeros).isEqualTo(Inputs.INPUTS / 2);
        assertThat(first).isBetween(Inputs.INPUTS / 8, Inputs.INPUTS * 3 / 8);
    }
}
