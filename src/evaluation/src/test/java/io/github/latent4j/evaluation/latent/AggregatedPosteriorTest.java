package io.github.latent4j.evaluation.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.evaluation.Estimate;
import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Posterior;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AggregatedPosteriorTest {
    /** Posteriors with the same log variance in all dimensions. */
    private static Posterior posteriors(Matrix means, double logVariance) {
        Matrix logVariances = Matrix.zeros(means.rows(), means.columns());
        Arrays.fill(logVariances.data(), (float) logVariance);
        return new Posterior(means, logVariances);
    }

    @Test
    void posteriorsThatAreThePriorTellNothing() {
        AggregatedPosterior aggregated = AggregatedPosterior.of(posteriors(Matrix.zeros(50, 3), 0), 1);
        assertThat(aggregated.kl()).isZero();
        assertThat(aggregated.mutualInformation().mean()).isCloseTo(0, within(1e-12));
        assertThat(aggregated.mutualInformation().standardError()).isCloseTo(0, within(1e-12));
        assertThat(aggregated.divergence()).isCloseTo(0, within(1e-12));
        assertThat(aggregated.saturated()).isFalse();
    }

    @Test
    void posteriorsFarApartTellAllUpToTheBound() {
        Matrix means = Matrix.zeros(40, 2);
        for (int i = 0; i < 40; i++) {
            means.data()[2 * i] = 100 * i;
        }
        AggregatedPosterior aggregated = AggregatedPosterior.of(posteriors(means, -2), 1);
        assertThat(aggregated.mutualInformation().mean()).isCloseTo(Math.log(40), within(1e-12));
        assertThat(aggregated.bound()).isEqualTo(Math.log(40));
        assertThat(aggregated.saturated()).isTrue();
        assertThat(aggregated.divergence()).isCloseTo(aggregated.kl() - Math.log(40), within(1e-9));
    }

    @Test
    void twoExamplesAreNotToldApartByTheirNumberAlone() {
        Matrix means = Matrix.of(new float[] {-1}, new float[] {1});
        assertThat(AggregatedPosterior.of(posteriors(Matrix.zeros(2, 1), 0), 1).saturated())
                .isFalse();
        assertThat(AggregatedPosterior.of(posteriors(Matrix.zeros(1, 1), 0), 1).saturated())
                .isFalse();
        assertThat(AggregatedPosterior.of(posteriors(means, -10), 1).saturated())
                .isTrue();
    }

    /** Half of the posteriors are N(m, 1), half N(-m, 1): the information of the sign, at most ln 2, by quadrature. */
    @Test
    void twoOverlappingGroups() {
        for (double m : new double[] {0.3, 1, 2}) {
            Matrix means = Matrix.zeros(2000, 1);
            for (int i = 0; i < 2000; i++) {
                means.data()[i] = (float) (i % 2 == 0 ? m : -m);
            }
            AggregatedPosterior aggregated = AggregatedPosterior.of(posteriors(means, 0), 3);
            double exact = 0;
            for (double z = -15; z < 15; z += 0.001) {
                double plus = Math.exp(-0.5 * (z - m) * (z - m)) / Math.sqrt(2 * Math.PI);
                double minus = Math.exp(-0.5 * (z + m) * (z + m)) / Math.sqrt(2 * Math.PI);
                exact += plus == 0 ? 0 : 0.001 * plus * Math.log(2 * plus / (plus + minus));
            }
            Estimate estimate = aggregated.mutualInformation();
            assertThat(estimate.mean()).isCloseTo(exact, within(3 * estimate.standardError()));
            assertThat(estimate.standardError()).isBetween(0.001, 0.02);
            assertThat(aggregated.kl()).isCloseTo(0.5 * m * m, within(1e-6));
        }
    }

    /**
     * Means drawn from N(0, 1 − s²) and variances s²: the aggregated posterior is the prior, so that the information is all of the
     * divergence, −½ ln s² a dimension.
     */
    @Test
    void aPerfectLinearModel() {
        double variance = 0.3;
        Matrix means = HandMade.normal(4000, 2, Math.sqrt(1 - variance), 5);
        AggregatedPosterior aggregated = AggregatedPosterior.of(posteriors(means, Math.log(variance)), 4);
        assertThat(aggregated.mutualInformation().mean()).isCloseTo(-Math.log(variance), within(0.05));
        assertThat(aggregated.divergence()).isCloseTo(0, within(0.05));
    }

    @Test
    void extremePosteriorsStayFinite() {
        Matrix means = Matrix.of(new float[] {-1e6f}, new float[] {1e6f});
        for (double logVariance : new double[] {-80, 80}) {
            AggregatedPosterior aggregated = AggregatedPosterior.of(posteriors(means, logVariance), 1);
            assertThat(aggregated.mutualInformation().mean()).isBetween(-1e-9, Math.log(2) + 1e-9);
            assertThat(aggregated.divergence()).isFinite();
        }
    }
}
