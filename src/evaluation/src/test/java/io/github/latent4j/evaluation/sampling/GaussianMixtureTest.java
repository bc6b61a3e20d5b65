package io.github.latent4j.evaluation.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.VaeSpec;
import java.util.Random;
import org.apache.commons.math3.distribution.MixtureMultivariateNormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianMixtureTest {
    static final double[] WEIGHTS = {0.3, 0.7};
    static final double[][] MEANS = {{1, -2}, {-4, 3}};
    static final double[][][] COVARIANCES = {{{2, 0.5}, {0.5, 1}}, {{0.5, -0.3}, {-0.3, 4}}};
    static final GaussianMixture MIXTURE = GaussianMixture.of(WEIGHTS, MEANS, COVARIANCES);

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 3})
    void densityIsThatOfCommonsMath(double temperature) {
        double[][][] heated = new double[2][2][2];
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i < 4; i++) {
                heated[k][i / 2][i % 2] = temperature * temperature * COVARIANCES[k][i / 2][i % 2];
            }
        }
        MixtureMultivariateNormalDistribution same = new MixtureMultivariateNormalDistribution(WEIGHTS, MEANS, heated);
        for (float x = -6; x < 4; x += 0.7f) {
            for (float y = -5; y < 6; y += 0.9f) {
                assertThat(MIXTURE.withTemperature(temperature).logDensity(new float[] {x, y}))
                        .isEqualTo(Math.log(same.density(new double[] {x, y})), within(1e-9));
            }
        }
        // Where the density itself is 0 in double precision its logarithm is still there.
        assertThat(MIXTURE.logDensity(new float[] {1000, 0})).isFinite().isLessThan(-100_000);
    }

    @Test
    void densityOfOneDimensionIntegratesToOne() {
        GaussianMixture mixture = GaussianMixture.of(
                new double[] {0.25, 0.75}, new double[][] {{-1}, {2}}, new double[][][] {{{0.04}}, {{2.25}}});
        double step = 0.005;
        double sum = 0;
        for (double x = -12; x < 16; x += step) {
            sum += step * Math.exp(mixture.logDensity(new float[] {(float) x}));
        }
        assertThat(sum).isEqualTo(1, within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.25})
    void drawsHaveTheMomentsOfTheMixture(double temperature) {
        int count = 40_000;
        Matrix codes = MIXTURE.withTemperature(temperature).codes(count, new Random(3));
        double[] mean = new double[2];
        double[][] products = new double[2][2];
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < 2; d++) {
                mean[d] += codes.get(i, d) / (double) count;
                for (int e = 0; e < 2; e++) {
                    products[d][e] += codes.get(i, d) * (double) codes.get(i, e) / count;
                }
            }
        }
        for (int d = 0; d < 2; d++) {
            assertThat(mean[d]).isEqualTo(WEIGHTS[0] * MEANS[0][d] + WEIGHTS[1] * MEANS[1][d], within(0.06));
            for (int e = 0; e < 2; e++) {
                double expected = 0;
                for (int k = 0; k < 2; k++) {
                    // E[z zᵀ] = Σ_k w_k (t² Σ_k + μ_k μ_kᵀ)
                    expected +=
                            WEIGHTS[k] * (temperature * temperature * COVARIANCES[k][d][e] + MEANS[k][d] * MEANS[k][e]);
                }
                assertThat(products[d][e]).isEqualTo(expected, within(0.25));
            }
        }
        assertThat(MIXTURE.codes(5, new Random(1))).isEqualTo(MIXTURE.codes(5, new Random(1)));
    }

    @Test
    void tellsWhatItIs() {
        assertThat(MIXTURE.components()).isEqualTo(2);
        assertThat(MIXTURE.latent()).isEqualTo(2);
        assertThat(MIXTURE.weight(1)).isEqualTo(0.7);
        assertThat(MIXTURE.mean(1)).containsExactly(-4, 3);
        assertThat(MIXTURE.covariance(1)[1]).containsExactly(new double[] {-0.3, 4}, within(1e-12));
        assertThat(MIXTURE.text()).isEqualTo("a mixture of 2 Gaussians");
        assertThat(MIXTURE.withTemperature(0.5).text()).isEqualTo("a mixture of 2 Gaussians at temperature 0.5");
    }

    @Test
    void refusesWhatIsNoMixture() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianMixture.of(new double[] {0.5, 0.6}, MEANS, COVARIANCES))
                .withMessage("weights: found [0.5, 0.6] with the sum 1.1, expected numbers above 0 with the sum 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianMixture.of(new double[] {1}, MEANS, COVARIANCES))
                .withMessage("found 1 weights, 2 means and 2 covariances, expected as many of each, at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianMixture.of(
                        new double[] {1}, new double[][] {{0, 0}}, new double[][][] {{{1, 2}, {2, 1}}}))
                .withMessage(
                        "component 0: covariance: found a matrix that is not positive definite, as row 1 shows, expected one that is");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianMixture.of(
                        new double[] {1}, new double[][] {{0, 0}}, new double[][][] {{{1, 0.5}, {0.4, 1}}}))
                .withMessage(
                        "component 0: covariance: found 0.5 in row 0, column 1, but 0.4 in row 1, column 0, expected a symmetric matrix");
        // Rounding errors are none.
        assertThat(GaussianMixture.of(
                                new double[] {1}, new double[][] {{0, 0}}, new double[][][] {{{1, 1e-17}, {-1e-17, 1}}})
                        .covariance(0))
                .isDeepEqualTo(new double[][] {{1, 0}, {0, 1}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MIXTURE.logDensity(new float[3]))
                .withMessage("code: found 3 values, expected 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MIXTURE.withTemperature(0))
                .withMessage("temperature: found 0.0, expected a finite number above 0");
    }

    @Test
    void priorIsThatOfTheModelAndScalesWithTheTemperature() {
        Prior prior = Prior.of(HandMade.random(VaeSpec.of(4, 3), 1));
        Matrix codes = prior.codes(2, new Random(1));
        Random random = new Random(1);
        for (float value : codes.data()) {
            assertThat(value).isEqualTo((float) random.nextGaussian());
        }
        Matrix cold = prior.withTemperature(0.5).codes(2, new Random(1));
        for (int i = 0; i < 6; i++) {
            assertThat(cold.data()[i]).isEqualTo(codes.data()[i] / 2);
        }
        assertThat(prior.withTemperature(0.5).text()).isEqualTo("the prior at temperature 0.5");
        assertThat(prior.text()).isEqualTo("the prior");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prior.withTemperature(Double.NaN))
                .withMessage("temperature: found NaN, expected a finite number above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Prior(0, 1))
                .withMessage("latent dimensions: found 0, expected at least 1");
    }
}
