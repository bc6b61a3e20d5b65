package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {
    /** Values of the closed forms, worked out by hand or with a table of e = 2.718281828. */
    @ParameterizedTest
    @CsvSource({
        "identity, -2, -2",
        "sigmoid, 0, 0.5",
        "sigmoid, 2, 0.880797078",
        "tanh, 1, 0.761594156",
        "relu, -3, 0",
        "relu, 3, 3",
        "leakyrelu, -3, -0.03",
        "elu, -1, -0.632120559",
        "selu, 1, 1.050700987",
        "selu, -1, -1.111330738",
        "softplus, 0, 0.693147181",
        "softsign, -3, -0.75",
        "swish, 1, 0.731058579",
        "gelu, 1, 0.845795766",
        "mish, 1, 0.865098388",
        "hardsigmoid, 1, 0.7",
        "hardsigmoid, 4, 1",
        "hardtanh, -4, -1",
        "cube, -2, -8",
    })
    void closedForms(String name, double x, double expected) {
        assertThat(Activation.parse(name).of(x)).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void changesOnlyTheRangeAndStaysFinite(Activation activation) {
        float[] values = {9, -90, 90, 9};
        activation.apply(values, 1, 3);
        assertThat(values[0]).isEqualTo(9);
        assertThat(values[3]).isEqualTo(9);
        assertThat(values[1]).isFinite().isEqualTo((float) activation.of(-90), within(3e-7f));
        assertThat(values[2]).isFinite().isEqualTo((float) activation.of(90), within(3e-7f));
        assertThat(Activation.parse(activation.text())).isSameAs(activation);
    }

    /** Many values at once, as the compiler vectorises them, against Java's functions in double precision. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void staysCloseToDoublePrecisionEverywhere(Activation activation) {
        float[] x = new float[40_001];
        for (int i = 0; i < x.length; i++) {
            float magnitude = (float) Math.pow(10, -6 + 8.0 * (i / 2) / (x.length / 2));
            x[i] = i % 2 == 0 ? magnitude : -magnitude;
        }
        float[] y = x.clone();
        activation.apply(y, 0, y.length);
        for (int i = 0; i < x.length; i++) {
            double expected = activation.of(x[i]);
            double least = Math.abs(x[i]) < 0.1 && activation.of(0) == 0 ? 1e-6 * Math.abs(expected) : 3e-7;
            assertThat((double) y[i])
                    .as("%s of %s", activation, x[i])
                    .isCloseTo(expected, within(Math.max(least, Math.abs(expected) * 6e-8)));
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void givesAValueTheSameBitsWhereverItStands(Activation activation) {
        float[] together = new float[333];
        for (int i = 0; i < together.length; i++) {
            together[i] = 0.05f * (i - 166);
        }
        float[] alone = together.clone();
        for (int round = 0; round < 300; round++) { // enough for the compiler to have its say
            activation.apply(together.clone(), 0, together.length);
        }
        activation.apply(together, 0, together.length);
        for (int i = 0; i < alone.length; i++) {
            activation.apply(alone, i, i + 1);
        }
        assertThat(together).containsExactly(alone);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void tellsOfWhatIsNoNumber(Activation activation) {
        float[] values = {Float.NaN, 1};
        activation.apply(values, 0, 2);
        assertThat(values[0]).isNaN();
    }

    @Test
    void anUnknownNameIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> Activation.parse("reel"))
                .hasMessage(
                        "found activation 'reel', expected one of identity, sigmoid, tanh, relu, leakyrelu, elu, selu,"
                                + " softplus, softsign, swish, gelu, mish, hardsigmoid, hardtanh, cube");
    }
}
