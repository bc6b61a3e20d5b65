package io.github.latent4j.evaluation.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.evaluation.sampling.ExpectationMaximisation.State;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;

class GaussianMixtureFitterTest {
    private static final GaussianMixtureFitter FITTER =
            GaussianMixtureFitter.defaults().withSeed(1);

    private static double[][] doubles(Matrix codes) {
        double[][] rows = new double[codes.rows()][codes.columns()];
        for (int i = 0; i < rows.length; i++) {
            for (int d = 0; d < rows[i].length; d++) {
                rows[i][d] = codes.get(i, d);
            }
        }
        return rows;
    }

    private static Matrix blobs(int count, int each, double distance, int latent, long seed) {
        Matrix codes = HandMade.normal(count * each, latent, 1, seed);
        for (int i = 0; i < codes.rows(); i++) {
            int blob = i / each;
            codes.data()[i * latent] += (float) (distance * Math.cos(2 * Math.PI * blob / count));
            codes.data()[i * latent + 1] += (float) (distance * Math.sin(2 * Math.PI * blob / count));
        }
        return codes;
    }

    @Test
    void oneComponentIsTheMeanAndTheCovarianceOfTheCodes() {
        Matrix codes = GaussianMixtureTest.MIXTURE.codes(200, new Random(1));
        GaussianMixtureFit fit = FITTER.withComponents(1).fit(codes);
        GaussianMixture one = fit.mixture();
        double[][] rows = doubles(codes);
        double[][] covariance =
                new Covariance(rows, false).getCovarianceMatrix().getData();
        for (int d = 0; d < 2; d++) {
            int column = d;
            assertThat(one.mean(0)[d])
                    .isEqualTo(
                            Arrays.stream(rows)
                                    .mapToDouble(r -> r[column])
                                    .average()
                                    .orElseThrow(),
                            within(1e-9));
            assertThat(one.covariance(0)[d]).containsExactly(covariance[d], within(1e-9));
        }
        // The maximum of a Gaussian's log likelihood is -n/2 (d ln 2π + ln det S + d); there are 2 + 3 parameters.
        double determinant = covariance[0][0] * covariance[1][1] - covariance[0][1] * covariance[0][1];
        double expected = -100 * (2 * Math.log(2 * Math.PI) + Math.log(determinant) + 2);
        assertThat(fit.logLikelihood()).isEqualTo(expected / 200, within(1e-9));
        assertThat(fit.bic()).containsOnlyKeys(1);
        assertThat(fit.bic().get(1)).isEqualTo(-2 * expected + 5 * Math.log(200), within(1e-6));
        assertThat(fit.codes()).isEqualTo(200);
    }

    @Test
    void findsAKnownMixture() {
        GaussianMixture truth = GaussianMixtureTest.MIXTURE;
        GaussianMixtureFit fit = FITTER.fit(truth.codes(4000, new Random(2)));
        GaussianMixture found = fit.mixture();
        assertThat(found.components()).isEqualTo(2);
        int first = found.weight(0) < found.weight(1) ? 0 : 1;
        for (int k = 0; k < 2; k++) {
            int same = k == 0 ? first : 1 - first;
            assertThat(found.weight(same)).isEqualTo(truth.weight(k), within(0.03));
            assertThat(found.mean(same)).containsExactly(truth.mean(k), within(0.15));
            for (int d = 0; d < 2; d++) {
                assertThat(found.covariance(same)[d]).containsExactly(truth.covariance(k)[d], within(0.3));
            }
        }
    }

    @Test
    void bicFindsTheNumberOfBlobs() {
        // In the third dimension the blobs do not differ.
        for (int count = 1; count <= 6; count++) {
            GaussianMixtureFit fit = FITTER.withMostComponents(8).fit(blobs(count, 150, 12, 3, count));
            assertThat(fit.mixture().components()).isEqualTo(count);
            assertThat(fit.bic().firstKey()).isEqualTo(1);
            assertThat(fit.bic().lastKey()).isGreaterThanOrEqualTo(count);
            assertThat(fit.bic()).containsEntry(count, Collections.min(fit.bic().values()));
        }
    }

    @Test
    void noStepLowersTheLikelihood() {
        // Overlapping blobs, and a direction without variance, in which covariances are raised to the floor.
        Matrix codes = blobs(3, 60, 1.5, 4, 7);
        for (int i = 0; i < codes.rows(); i++) {
            codes.data()[i * 4 + 3] = codes.get(i, 0) + codes.get(i, 1);
        }
        for (double floor : new double[] {1e-6, 0.3}) {
            ExpectationMaximisation em = new ExpectationMaximisation(doubles(codes), new double[] {1, 1, 1, 1}, floor);
            State state = em.start(4, new SplittableRandom(5));
            double start = state.logLikelihood();
            for (int i = 0; i < 60; i++) {
                State next = em.step(state);
                assertThat(next.logLikelihood())
                        .isGreaterThanOrEqualTo(state.logLikelihood() - 1e-9 * Math.abs(state.logLikelihood()));
                state = next;
            }
            assertThat(state.logLikelihood()).isGreaterThan(start + 1);
        }
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        Matrix codes = blobs(3, 200, 2, 3, 9);
        GaussianMixtureFit one = FITTER.withComponents(4).fit(codes);
        GaussianMixtureFit again = FITTER.withComponents(4).fit(codes);
        assertThat(again.bic()).isEqualTo(one.bic());
        assertThat(again.mixture().codes(20, new Random(1)))
                .isEqualTo(one.mixture().codes(20, new Random(1)));
        assertThat(FITTER.withSeed(2).withComponents(4).fit(codes).bic()).isNotEqualTo(one.bic());
    }

    @Test
    void dimensionsThatDoNotVaryStayWhereTheyAre() {
        Matrix codes = blobs(2, 100, 8, 3, 4);
        for (int i = 0; i < codes.rows(); i++) {
            codes.data()[i * 3 + 2] = 0.1f;
        }
        GaussianMixtureFit fit = FITTER.fit(codes);
        assertThat(fit.mixture().components()).isEqualTo(2);
        Matrix drawn = fit.mixture().codes(50, new Random(1));
        for (int i = 0; i < 50; i++) {
            assertThat(drawn.get(i, 2)).isEqualTo(0.1f, within(0.05f));
        }
    }

    @Test
    void codesThatCoincideAreOneComponent() {
        Matrix same = Matrix.of(new float[] {3, 4}, new float[] {3, 4}, new float[] {3, 4}, new float[] {3, 4});
        GaussianMixtureFit fit = FITTER.withComponents(3).fit(same);
        assertThat(fit.mixture().components()).isEqualTo(1);
        assertThat(fit.mixture().mean(0)).containsExactly(3, 4);
        assertThat(fit.bic()).containsOnlyKeys(3);
        assertThat(FITTER.fit(same).bic()).containsOnlyKeys(1);
        assertThat(FITTER.fit(Matrix.of(new float[] {3, 4})).mixture().components())
                .isEqualTo(1);
    }

    @Test
    void tooFewCodesForACovarianceEndTheTrial() {
        // Ten codes of six dimensions: two components would share 10 codes, below 2 (6 + 1).
        assertThat(FITTER.fit(HandMade.normal(10, 6, 1, 1)).bic()).containsOnlyKeys(1);
        assertThat(FITTER.withComponents(2).fit(HandMade.normal(10, 6, 1, 1)).logLikelihood())
                .isFinite();
    }

    @Test
    void fitsTheCodesOfAModel() {
        Vae vae = HandMade.random(VaeSpec.of(5, 2).withHidden(4), 3);
        Matrix inputs = HandMade.uniform(60, 5, 1);
        Examples examples = Examples.of(inputs, new InputContract.Vector(5), "some");
        GaussianMixtureFit all = FITTER.withComponents(1).fit(vae, examples);
        assertThat(all.bic())
                .isEqualTo(FITTER.withComponents(1).fit(vae.encode(inputs)).bic());
        assertThat(FITTER.withComponents(1).withMostCodes(50).fit(vae, examples).codes())
                .isEqualTo(50);
    }

    @Test
    void refusesWhatItCannotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FITTER.withComponents(8).fit(Matrix.zeros(5, 2)))
                .withMessage(
                        "found 5 codes of 2 dimensions, expected at least 8, one a component, of at least 1 dimension");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FITTER.fit(Matrix.of(new float[] {0, 1}, new float[] {2, Float.NaN})))
                .withMessage("code 1: found NaN in dimension 1, expected a finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FITTER.withComponents(0))
                .withMessage("components: found 0, expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FITTER.withMostCodes(0))
                .withMessage("codes: found 0, expected at least 1");
    }
}
