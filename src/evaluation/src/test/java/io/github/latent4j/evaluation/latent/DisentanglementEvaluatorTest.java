package io.github.latent4j.evaluation.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Factor;
import io.github.latent4j.data.Strokes;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Codes are made from factors here, and the model hands them through. */
class DisentanglementEvaluatorTest {
    private static final List<Factor> FACTORS =
            List.of(Factor.categorical("kind", 5), Factor.continuous("size"), Factor.continuous("place"));

    /** Examples whose values are computed from their factors and a uniform number more. */
    private static Examples examples(int size, UnaryOperator<double[]> code) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] factors = new double[size][];
        float[][] rows = new float[size][];
        for (int i = 0; i < size; i++) {
            factors[i] = new double[] {random.nextInt(5), random.nextDouble(), random.nextDouble(3, 7)};
            double[] values =
                    code.apply(new double[] {factors[i][0], factors[i][1], factors[i][2], random.nextDouble()});
            rows[i] = new float[values.length];
            for (int k = 0; k < values.length; k++) {
                rows[i][k] = (float) values[k];
            }
        }
        return Identity.examples(Matrix.of(rows)).withFactors(FACTORS, factors);
    }

    private static DisentanglementEvaluation evaluate(Examples examples) {
        return DisentanglementEvaluator.of(Identity.autoencoder(examples.input().size()))
                .withSeed(3)
                .evaluate(examples);
    }

    @Test
    void aDimensionForEachFactorIsPerfect() {
        DisentanglementEvaluation evaluation =
                evaluate(examples(10_000, f -> new double[] {-2 * f[2], f[3], f[0], 5 + f[1]}));
        assertThat(evaluation.mig()).isBetween(0.97, 1.0);
        assertThat(evaluation.disentanglement()).isBetween(0.97, 1.0);
        assertThat(evaluation.completeness()).isBetween(0.97, 1.0);
        assertThat(evaluation.informativenessError()).isLessThan(0.1);
        FactorScore kind = evaluation.factors().get(0);
        assertThat(kind.entropy()).isCloseTo(Math.log(5), within(0.01));
        assertThat(kind.mutualInformation().get(2)).isCloseTo(kind.entropy(), within(1e-9));
        assertThat(kind.error()).isZero();
        FactorScore size = evaluation.factors().get(1);
        assertThat(size.entropy()).isCloseTo(Math.log(20), within(0.01));
        // By chance two independent columns of 20 bins share about 19 · 19 / 2 n (Miller 1955).
        assertThat(size.mutualInformation().get(0)).isCloseTo(361 / 20_000.0, within(0.006));
        assertThat(size.importances().get(3)).isGreaterThan(0.95);
    }

    @Test
    void rotatedFactorsAreNotDisentangled() {
        DisentanglementEvaluation evaluation = evaluate(examples(5_000, f -> {
            double place = (f[2] - 3) / 4;
            return new double[] {f[1] + place, f[1] - place, f[0]};
        }));
        FactorScore size = evaluation.factors().get(1);
        FactorScore place = evaluation.factors().get(2);
        assertThat(size.gap()).isLessThan(0.03);
        assertThat(place.gap()).isLessThan(0.03);
        // Two of three dimensions in equal parts.
        assertThat(size.completeness()).isCloseTo(1 - Math.log(2) / Math.log(3), within(0.05));
        assertThat(evaluation.dimensionDisentanglement().get(0)).isCloseTo(1 - Math.log(2) / Math.log(3), within(0.05));
        assertThat(evaluation.dimensionDisentanglement().get(2)).isGreaterThan(0.9);
        assertThat(size.error()).isLessThan(0.15);
    }

    @Test
    void noiseTellsNothing() {
        DisentanglementEvaluation evaluation =
                evaluate(examples(5_000, f -> new double[] {f[3], 1000 * f[3] % 1, 1e5 * f[3] % 1}));
        assertThat(evaluation.mig()).isBetween(0.0, 0.015);
        assertThat(evaluation.disentanglement()).isLessThan(0.05);
        assertThat(evaluation.completeness()).isLessThan(0.05);
        assertThat(evaluation.informativenessError()).isCloseTo(1, within(0.05));
    }

    @Test
    void aFactorThatIsThereTwiceHasNoGap() {
        DisentanglementEvaluation evaluation = evaluate(examples(5_000, f -> new double[] {f[1], f[2], -f[1], f[0]}));
        FactorScore size = evaluation.factors().get(1);
        assertThat(size.gap()).isCloseTo(0, within(0.01));
        // Two of four dimensions in equal parts: 1 - log_4 2.
        assertThat(size.completeness()).isCloseTo(0.5, within(0.03));
        assertThat(size.error()).isLessThan(0.05);
        assertThat(evaluation.factors().get(2).gap()).isGreaterThan(0.97);
        assertThat(evaluation.factors().get(2).completeness()).isGreaterThan(0.95);
        assertThat(evaluation.disentanglement()).isGreaterThan(0.95);
    }

    @Test
    void aSingleDimensionHasNoCompleteness() throws IOException {
        DisentanglementEvaluation evaluation = evaluate(examples(400, f -> new double[] {f[1]}));
        assertThat(evaluation.completeness()).isNaN();
        assertThat(evaluation.factors().get(1).gap()).isCloseTo(1, within(1e-9));
        assertThat(evaluation.fields()).doesNotContainKey("completeness").containsKey("mig");
        assertThat(JSON.std.asString(evaluation.fields())).doesNotContain("NaN");
    }

    @Test
    void strokesKnowTheirFactors() throws IOException {
        DisentanglementEvaluator evaluator = DisentanglementEvaluator.of(
                        HandMade.random(VaeSpec.of(784, 4).withHidden(8), 1))
                .withSeed(2);
        DisentanglementEvaluation evaluation = evaluator.evaluate(Strokes.of(1500, 1));
        assertThat(evaluation.examples()).isEqualTo(1500);
        assertThat(evaluation.factors())
                .extracting(score -> score.factor().name())
                .containsExactly("digit", "slant", "thickness", "scale", "rotation", "offsetX", "offsetY");
        assertThat(evaluation.figures())
                .extracting(Figure::key)
                .startsWith("mig", "disentanglement", "completeness", "informativenessError", "migOfDigit")
                .doesNotHaveDuplicates()
                .hasSize(11);
        assertThat(evaluation).isEqualTo(evaluator.evaluate(Strokes.of(1500, 1)));
        assertThat(evaluation).isNotEqualTo(evaluator.withSeed(9).evaluate(Strokes.of(1500, 1)));
        assertThat(JSON.std.mapFrom(JSON.std.asString(evaluation.fields())))
                .containsKeys("mig", "disentanglement", "factors");
        assertThat(evaluation.remarks()).singleElement().asString().startsWith("Measured on 1500 examples. MIG");
    }

    @Test
    void noMoreThanTenThousandExamplesAreUsed() {
        Examples many = examples(10_050, f -> new double[] {f[1], f[2]});
        assertThat(evaluate(many).examples()).isEqualTo(10_000);
    }

    @Test
    void constantFactorsAreLeftOut() {
        Examples examples = examples(500, f -> new double[] {f[1], f[2]});
        double[][] values = new double[500][];
        for (int i = 0; i < 500; i++) {
            values[i] = new double[] {2, examples.factor(i, 1), 0.5};
        }
        DisentanglementEvaluation evaluation = evaluate(examples.withFactors(FACTORS, values));
        assertThat(evaluation.factors()).hasSize(1);
        assertThat(evaluation.disentanglement()).isNaN();
        assertThat(evaluation.remarks()).contains("Left out, since the examples do not differ in it: kind, place.");
        for (double[] value : values) {
            value[1] = 1;
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(examples.withFactors(FACTORS, values)))
                .withMessage("codes: found no factor that varies, expected at least one");
        assertThat(DisentanglementEvaluator.obstacle(examples.withFactors(FACTORS, values)))
                .contains("MIG and DCI are left out: codes: found no factor that varies, expected at least one.");
    }

    @Test
    void badArgumentsAreTold() {
        Examples examples = examples(399, f -> new double[] {f[1], f[2]});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(examples))
                .withMessage("codes: found 399 examples, expected at least 400, one for each pair of 20 bins");
        assertThat(DisentanglementEvaluator.obstacle(examples))
                .contains(
                        "MIG and DCI are left out: codes: found 399 examples, expected at least 400, one for each pair of 20 bins.");
        assertThat(DisentanglementEvaluator.obstacle(examples(400, f -> new double[] {f[1], f[2]})))
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(Identity.examples(HandMade.uniform(500, 2, 1))))
                .withMessage(
                        "codes: found no known factors, expected some, which strokes have (and what was given them by Examples.withFactors)");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        DisentanglementEvaluator.of(Identity.autoencoder(3)).evaluate(examples))
                .withMessage("codes: found 2 numbers, expected 3 numbers, which the model takes");
    }
}
