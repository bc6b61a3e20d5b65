package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoftplusTest {
    private static final double BOUND = 3e-7;

    private static void check(float[] a) {
        float[] u = new float[a.length];
        float[] s = new float[a.length];
        Softplus.tails(a, u, s, a.length);
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            double exact = Math.exp(-Math.abs((double) a[i]));
            worst = Math.max(worst, Math.abs(u[i] - exact));
            worst = Math.max(worst, Math.abs(s[i] - Math.log1p(exact)));
        }
        assertThat(worst).isLessThan(BOUND);
    }

    @Test
    void bothFunctionsKeepTheirBoundOnAGridAndAtRandom() {
        float[] grid = new float[100_001];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (i - 50_000) * 5e-4f;
        }
        check(grid);
        SplittableRandom random = new SplittableRandom(1);
        float[] magnitudes = new float[100_001];
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = (float) Math.pow(10, random.nextDouble(-9, 5)) * (random.nextBoolean() ? 1 : -1);
        }
        check(magnitudes);
    }

    @Test
    void extremesKeepItToo() {
        check(new float[] {
            0, -0f, 1e-8f, -1e-8f, 17, -17, 20, -20, 88, -88, 1e4f, -1e4f, Float.MAX_VALUE, Float.MIN_VALUE
        });
    }

    @Test
    void argumentsAndExponentialsMayShareAnArrayAndOnlyTheFirstAreTouched() {
        float[] a = {1, -2, 3, 7};
        float[] u = new float[4];
        float[] s = new float[4];
        Softplus.tails(a, u, s, 3);
        float[] shared = a.clone();
        float[] t = new float[4];
        Softplus.tails(shared, shared, t, 3);
        assertThat(shared).startsWith(u[0], u[1], u[2]).endsWith(7);
        assertThat(t).isEqualTo(s).endsWith(0);
    }

    @Test
    void noNumberStaysNone() {
        float[] u = {Float.NaN};
        float[] s = new float[1];
        Softplus.tails(u, u, s, 1);
        assertThat(u[0]).isNaN();
        assertThat(s[0]).isNaN();
    }
}
