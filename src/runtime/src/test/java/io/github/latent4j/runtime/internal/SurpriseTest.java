package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.runtime.Scaling;
import io.github.latent4j.runtime.VaeSpec;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SurpriseTest {
    private static final Offset<Double> NEAR = within(1e-6);
    private static final float NAN = Float.NaN;

    /** A number, a category of three with the one for others, and a flag; a feature more for missing numbers. */
    private static final Table TABLE = new Table(List.of(
            new Column.Numeric("number", Scaling.NONE, true),
            new Column.Category("category", List.of("a", "b"), false),
            new Column.Flag("flag", "no", "yes", false)));

    private static final double[] SPREADS = {0.25, 1, 1, 1, 1, 1};

    /** Expects 0.5 of the number, 50, 30 and 20 % of the categories and 80 % of the flag, whatever the others are. */
    private static LatentModel constant(Likelihood likelihood, float... bias) {
        VaeSpec spec =
                VaeSpec.of(6, 1).withHidden(1).withLikelihood(likelihood).withCorruption(new Corruption.Masking(0.2));
        return model(spec, "pXZb", bias).withCard(ModelCard.of(TABLE));
    }

    private static LatentModel model(VaeSpec spec, Object... blocks) {
        float[] parameters = new float[spec.layout().length()];
        for (int i = 0; i < blocks.length; i += 2) {
            ParameterLayout.Block block = spec.layout().block((String) blocks[i]);
            float[] values = (float[]) blocks[i + 1];
            assertThat(values).hasSize(block.length());
            System.arraycopy(values, 0, parameters, block.offset(), values.length);
        }
        return LatentModel.of(spec, parameters);
    }

    private static float log(double value) {
        return (float) Math.log(value);
    }

    private static LatentModel mixed() {
        // Mean and log variance of the number, the indicator, the logits of the category and of the flag.
        return constant(TABLE.likelihood(), 0.5f, 0, -3, log(0.5), log(0.3), log(0.2), log(4));
    }

    private static double[] surprises(LatentModel model, float... row) {
        Surprise surprise = new Surprise(model, SPREADS);
        return surprise.of(row, surprise.expectations(row));
    }

    @Test
    void aNumbersIsTheTailOfStudentsTAndOthersAreMinusTheLogarithmOfTheirProbability() {
        double[] first = surprises(mixed(), 2, 0, 1, 0, 0, 1);
        assertThat(first[0]).isEqualTo(2.5 * Math.log(1 + 1.5 * 1.5 / (4 * 0.25)), NEAR);
        assertThat(first[1]).isEqualTo(-Math.log(0.5), NEAR);
        assertThat(first[2]).isEqualTo(-Math.log(0.8), NEAR);
        double[] second = surprises(mixed(), 0.5f, 0, 0, 0, 1, 0);
        assertThat(second[0]).isEqualTo(0, NEAR);
        assertThat(second[1]).isEqualTo(-Math.log(0.2), NEAR);
        assertThat(second[2]).isEqualTo(-Math.log(0.2), NEAR);
    }

    @Test
    void anErrorOfManyDeviationsIsSurprisingInLogarithmsAlone() {
        double far = surprises(mixed(), 1e6f, 0, 1, 0, 0, 1)[0];
        double farther = surprises(mixed(), 1e7f, 0, 1, 0, 0, 1)[0];
        assertThat(farther - far).isEqualTo(5 * Math.log(10), within(1e-4));
    }

    @Test
    void whatTheModelIsSureOfHasALeastProbability() {
        LatentModel sure = constant(TABLE.likelihood(), 0.5f, 0, -3, 100, 0, 0, 100);
        double[] found = surprises(sure, 0.5f, 0, 0, 1, 0, 0);
        assertThat(found[1]).isEqualTo(-Math.log(1e-6), NEAR);
        assertThat(found[2]).isEqualTo(-Math.log(1e-6), NEAR);
    }

    @Test
    void missingCellsSurpriseNobodyAndTheRestStandsForThem() {
        Surprise surprise = new Surprise(mixed(), SPREADS);
        float[] whole = {2, 0, 1, 0, 0, 1};
        float[] without = {NAN, 1, 1, 0, 0, 1};
        double number = 2.5 * Math.log(3.25);
        double category = -Math.log(0.5);
        double flag = -Math.log(0.8);
        assertThat(surprises(mixed(), without)).containsExactly(new double[] {0, category, flag}, NEAR);
        assertThat(surprise.sum(whole)).isEqualTo(number + category + flag, NEAR);
        assertThat(surprise.sum(without)).isEqualTo((category + flag) * 3 / 2, NEAR);
        assertThat(surprise.sum(new float[] {2, 0, NAN, NAN, NAN, NAN})).isEqualTo(number * 3, NEAR);
        assertThat(surprise.sum(new float[] {NAN, 1, NAN, NAN, NAN, NAN})).isZero();
    }

    @Test
    void withAnotherLikelihoodThanTheColumnsAllAreNumbers() {
        LatentModel gaussian = constant(Likelihood.GAUSSIAN, 0.5f, 0, 0.5f, 0.3f, 0.2f, 0.8f, 0, 0, 0, 0, 0, 0);
        double[] found = surprises(gaussian, 0.5f, 0, 1, 0, 0, 1);
        assertThat(found[1])
                .isEqualTo(2.5 * (Math.log1p(0.25 / 4) + Math.log1p(0.09 / 4) + Math.log1p(0.04 / 4)), NEAR);
        assertThat(found[2]).isEqualTo(2.5 * Math.log1p(0.04 / 4), NEAR);
    }

    @Test
    void whatIsExpectedOfACellComesFromTheOthersAlone() {
        // The code is the sum of both numbers, and so is what either is expected to be; a missing one counts as 0.
        float[] ones = new float[8]; // of the second hidden unit, which is 0, too
        Arrays.fill(ones, 1);
        VaeSpec spec = VaeSpec.of(2, 1)
                .withHidden(2)
                .withActivation(Activation.IDENTITY)
                .withCorruption(new Corruption.Masking(0.2))
                .withLikelihood(Likelihood.GAUSSIAN);
        LatentModel sum = model(
                        spec,
                        "e0W",
                        new float[] {1, 0, 0, 1},
                        "pZXMeanW",
                        new float[] {1, 1},
                        "d0W",
                        new float[] {1, 0},
                        "pXZW",
                        ones)
                .withCard(ModelCard.of(Table.ofNumbers(List.of("a", "b"))));
        Matrix expectations = new Surprise(sum, new double[] {1, 1}).expectations(new float[] {3, 7});
        assertThat(expectations.get(0, 0)).isEqualTo(7);
        assertThat(expectations.get(1, 1)).isEqualTo(3);
    }
}
