package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExponentialsTest {
    @Test
    void theExponentialInDoublePrecisionKeepsItsRelativeBound() {
        SplittableRandom random = new SplittableRandom(1);
        double[] x = new double[200_003];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 2 == 0 ? random.nextDouble(-708, 708) : random.nextDouble(-20, 20);
        }
        x[0] = 0;
        x[1] = 708;
        x[2] = -708;
        double[] y = x.clone();
        Exponentials.exp(y, y.length);
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            worst = Math.max(worst, Math.abs(y[i] / Math.exp(x[i]) - 1));
        }
        assertThat(worst).isLessThan(1e-11);
        assertThat(y[0]).isOne();
    }

    @Test
    void beyondItsRangeItStaysFiniteAndPositive() {
        double[] v = {1e4, -1e4, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 3};
        Exponentials.exp(v, 5);
        assertThat(v[0]).isGreaterThan(1e307).isFinite().isEqualTo(v[2]);
        assertThat(v[1]).isPositive().isLessThan(1e-307).isEqualTo(v[3]);
        assertThat(v[4]).isNaN();
        assertThat(v[5]).isEqualTo(3);
    }
}
