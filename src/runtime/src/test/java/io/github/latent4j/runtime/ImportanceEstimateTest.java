package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImportanceEstimateTest {
    private static ImportanceEstimate of(double... logWeights) {
        ImportanceEstimate.Sums sums = new ImportanceEstimate.Sums();
        Arrays.stream(logWeights).forEach(sums::add);
        return sums.result();
    }

    /** Weights 1, 2 and 3: mean 2, standard deviation 1. */
    @Test
    void figuresOfThreeWeightsAreThoseComputedByHand() {
        for (double shift : new double[] {0, 1_000, -100_000}) {
            for (int first = 0; first < 3; first++) {
                double[] logs = new double[3];
                for (int i = 0; i < 3; i++) {
                    logs[i] = shift + Math.log(1 + (first + i) % 3);
                }
                ImportanceEstimate estimate = of(logs);
                assertThat(estimate.draws()).isEqualTo(3);
                assertThat(estimate.logLikelihood()).isCloseTo(shift + Math.log(2), within(1e-10));
                assertThat(estimate.standardError()).isCloseTo(1 / (2 * Math.sqrt(3)), within(1e-10));
                assertThat(estimate.effectiveDraws()).isCloseTo(36 / 14.0, within(1e-10));
                assertThat(estimate.elbo()).isCloseTo(shift + Math.log(6) / 3, within(1e-10));
            }
        }
    }

    @Test
    void equalWeightsAreExact() {
        for (int draws : new int[] {2, 3, 10, 4_999}) {
            double[] logs = new double[draws];
            Arrays.fill(logs, -87.3);
            assertThat(of(logs)).isEqualTo(new ImportanceEstimate(draws, -87.3, 0, draws, of(logs).elbo()));
            assertThat(of(logs).elbo()).isCloseTo(-87.3, within(1e-10)).isLessThanOrEqualTo(-87.3);
        }
    }

    @Test
    void oneDrawHasNoStandardError() {
        ImportanceEstimate estimate = of(-5.5);
        assertThat(estimate.logLikelihood()).isEqualTo(-5.5).isEqualTo(estimate.elbo());
        assertThat(estimate.standardError()).isNaN();
        assertThat(estimate.effectiveDraws()).isOne();
    }

    @Test
    void theBoundIsNeverAboveTheLogLikelihoodAndEffectiveDrawsAreInRange() {
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < 20_000; k++) {
            double spread = Math.pow(10, random.nextDouble(-17, 4));
            double[] logs = new double[1 + random.nextInt(20)];
            for (int i = 0; i < logs.length; i++) {
                logs[i] = -90 + spread * random.nextGaussian();
            }
            ImportanceEstimate estimate = of(logs);
            assertThat(estimate.elbo()).isLessThanOrEqualTo(estimate.logLikelihood());
            assertThat(estimate.effectiveDraws()).isBetween(1 - 1e-12, (double) logs.length);
            if (logs.length > 1) {
                assertThat(estimate.standardError()).isBetween(0.0, 1.0 + 1e-12);
            }
        }
    }

    @Test
    void impossibleDrawsWeighNothing() {
        double none = Double.NEGATIVE_INFINITY;
        ImportanceEstimate estimate = of(none, 0, none, 0);
        assertThat(estimate.logLikelihood()).isCloseTo(Math.log(0.5), within(1e-12));
        assertThat(estimate.effectiveDraws()).isCloseTo(2, within(1e-12));
        assertThat(estimate.elbo()).isEqualTo(none);
        assertThat(of(none, none).logLikelihood()).isEqualTo(none);
        assertThat(of(0, Double.NaN).logLikelihood()).isNaN();
    }

    /** The standard error says how far estimates from other draws lie. */
    @Test
    void theStandardErrorIsTheSpreadOfManyEstimates() {
        SplittableRandom random = new SplittableRandom(3);
        int repetitions = 4_000;
        double sum = 0;
        double squares = 0;
        double errors = 0;
        for (int k = 0; k < repetitions; k++) {
            double[] logs = random.doubles(400).map(u -> Math.log(0.1 + u)).toArray();
            ImportanceEstimate estimate = of(logs);
            sum += estimate.logLikelihood();
            squares += estimate.logLikelihood() * estimate.logLikelihood();
            errors += estimate.standardError();
        }
        double mean = sum / repetitions;
        double spread = Math.sqrt(squares / repetitions - mean * mean);
        assertThat(errors / repetitions / spread).isCloseTo(1, within(0.05));
    }
}
