package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Held against the formulas in double precision. */
class LogDensitiesTest {
    private static final double BERNOULLI_BOUND = 3e-7;
    private static final float[] EXTREMES = {
        0, -0f, 1e-8f, -1e-8f, 0.5f, -0.5f, 17, -17, 20, -20, 20.5f, -20.5f, 88, -88, 1e4f, -1e4f, 1e30f, -1e30f
    };
    private static final float[] VALUES = {0, 1, 0.5f, 0.1f, 1 / 255f, 254 / 255f, 0.999999f};

    private final SplittableRandom random = new SplittableRandom(1);

    private static double bernoulli(double x, double a) {
        double log = Math.log1p(Math.exp(-Math.abs(a)));
        return a > 0 ? (x - 1) * a - log : x * a - log;
    }

    private static double of(Likelihood likelihood, float[] x, float[] raw) {
        return likelihood.logProbability(x, 0, raw, 0, x.length);
    }

    @Test
    void eachBernoulliTermKeepsItsAbsoluteBound() {
        for (float x : VALUES) {
            for (float a : EXTREMES) {
                // Beyond 1e9 double precision has fewer digits than the bound asks for.
                double allowed = BERNOULLI_BOUND + 4e-16 * Math.abs(a);
                assertThat(of(Likelihood.BERNOULLI, new float[] {x}, new float[] {a}))
                        .as("%s at log odds %s", x, a)
                        .isCloseTo(bernoulli(x, a), within(allowed));
            }
        }
        double worst = 0;
        for (int i = -40_000; i <= 40_000; i++) {
            float a = i * 1e-3f;
            float x = i % 3 == 0 ? (float) random.nextDouble() : i & 1;
            double found = of(Likelihood.BERNOULLI, new float[] {x}, new float[] {a});
            worst = Math.max(worst, Math.abs(found - bernoulli(x, a)));
        }
        assertThat(worst).isLessThan(BERNOULLI_BOUND);
    }

    @Test
    void ofOnesAndZerosNoProbabilityIsAboveOne() {
        for (int i = -30_000; i <= 30_000; i++) {
            float[] a = {i * 1e-3f};
            assertThat(of(Likelihood.BERNOULLI, new float[] {0}, a)).isLessThanOrEqualTo(0);
            assertThat(of(Likelihood.BERNOULLI, new float[] {1}, a)).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void sumsOfAnyLengthAddUpTheTerms() {
        for (int n = 1; n <= 70; n++) {
            float[] x = new float[n];
            float[] raw = new float[2 * n];
            double bernoulli = 0;
            double gaussian = 0;
            double size = 0;
            for (int i = 0; i < n; i++) {
                x[i] = (float) random.nextDouble();
                raw[i] = (float) (8 * random.nextGaussian());
                raw[n + i] = (float) (3 * random.nextGaussian());
                bernoulli += bernoulli(x[i], raw[i]);
                double d = (double) x[i] - raw[i];
                double term = -0.5 * (Math.log(2 * Math.PI) + raw[n + i] + d * d * Math.exp(-raw[n + i]));
                gaussian += term;
                size += Math.abs(term);
            }
            assertThat(of(Likelihood.BERNOULLI, x, raw)).isCloseTo(bernoulli, within(n * BERNOULLI_BOUND));
            assertThat(of(Likelihood.GAUSSIAN, x, raw)).isCloseTo(gaussian, within(1e-11 * size));
        }
    }

    @Test
    void gaussianTermsKeepTheirRelativeBoundAtExtremes() {
        for (float lv : new float[] {0, -7, 7, -20, 20, -88, 88, 500, -500}) {
            for (float mean : new float[] {0, 1, -1e4f, 1e-8f}) {
                double d = 0.25 - mean;
                double variancePart = d * d * Math.exp(-lv);
                double expected = -0.5 * (Math.log(2 * Math.PI) + lv + variancePart);
                assertThat(of(Likelihood.GAUSSIAN, new float[] {0.25f}, new float[] {mean, lv}))
                        .as("mean %s, log variance %s", mean, lv)
                        .isCloseTo(expected, within(1e-11 * (1 + Math.abs(lv) + variancePart)));
            }
        }
    }

    @Test
    void aMissingValueCountsNothing() {
        for (Likelihood likelihood : new Likelihood[] {Likelihood.BERNOULLI, Likelihood.GAUSSIAN}) {
            float[] whole = {0.25f, 1, 0, 0.75f, 1};
            float[] raw = {1, -2, 3, 0.5f, -30, 0.1f, 0.2f, -0.3f, 0.4f, 0.5f};
            float[] gaps = whole.clone();
            gaps[1] = Float.NaN;
            gaps[4] = Float.NaN;
            float[] rest = {0.25f, 0, 0.75f};
            float[] rawOfRest = {1, 3, 0.5f, 0.1f, -0.3f, 0.4f};
            assertThat(of(likelihood, gaps, raw)).isCloseTo(of(likelihood, rest, rawOfRest), within(1e-12));
            assertThat(of(likelihood, new float[] {Float.NaN, Float.NaN}, raw)).isZero();
        }
    }

    @Test
    void bitsDoNotDependOnThePlaceInAnArrayOrOnUsedRoom() {
        int n = 37;
        for (Likelihood likelihood : new Likelihood[] {Likelihood.BERNOULLI, Likelihood.GAUSSIAN}) {
            LogDensities room = new LogDensities(2 * n);
            float[] x = new float[3 * n];
            float[] raw = new float[5 * n];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = (float) (4 * random.nextGaussian());
                x[i % x.length] = (float) random.nextDouble();
            }
            double first = room.of(likelihood, x, 5, raw, 11, n);
            room.of(likelihood, x, 0, raw, 0, 2 * n);
            assertThat(room.of(likelihood, x, 5, raw, 11, n)).isEqualTo(first);
            float[] xAlone = Arrays.copyOfRange(x, 5, 5 + n);
            float[] rawAlone = Arrays.copyOfRange(raw, 11, 11 + 2 * n);
            assertThat(of(likelihood, xAlone, rawAlone)).isEqualTo(first);
        }
    }
}
