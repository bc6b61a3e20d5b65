package io.github.latent4j.training.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BernoulliKernelTest {
    @Test
    void derivativesAndCostsAreThoseOfTheFormulas() {
        int n = 200_001;
        float[] x = new float[n];
        float[] a = new float[n];
        float[] costs = new float[n];
        for (int i = 0; i < n; i++) {
            a[i] = (i - n / 2) * 1e-3f * 0.6f;
            x[i] = i % 11 / 10f;
        }
        float[] odds = a.clone();
        new BernoulliKernel(n).derive(x, a, costs);
        for (int i = 0; i < n; i++) {
            double sigmoid = 1 / (1 + Math.exp(-(double) odds[i]));
            assertThat((double) a[i]).as("at %s", odds[i]).isCloseTo(sigmoid - x[i], within(3e-7));
            double cost = Math.max(odds[i], 0) + Math.log1p(Math.exp(-Math.abs((double) odds[i]))) - x[i] * odds[i];
            assertThat((double) costs[i]).as("at %s", odds[i]).isCloseTo(cost, within(3e-7 + 2e-7 * Math.abs(odds[i])));
        }
    }

    @Test
    void extremesStayInTheirLimitsAndNoNumberStaysNone() {
        float[] a = {0, 1e38f, -1e38f, 1e-45f, Float.NaN};
        float[] costs = new float[5];
        new BernoulliKernel(5).derive(new float[] {1, 1, 0, 0, 0}, a, costs);
        assertThat(a[0]).isEqualTo(-0.5f);
        assertThat(a[1]).isCloseTo(0, within(1e-8f));
        assertThat(a[2]).isCloseTo(0, within(1e-8f));
        assertThat(a[3]).isCloseTo(0.5f, within(1e-6f));
        assertThat(a[4]).isNaN();
        assertThat(costs[0]).isCloseTo((float) Math.log(2), within(1e-6f));
        assertThat(costs[1]).isZero();
        assertThat(costs[4]).isNaN();
    }
}
