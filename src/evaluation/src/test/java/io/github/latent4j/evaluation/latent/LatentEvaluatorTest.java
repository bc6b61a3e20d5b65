package io.github.latent4j.evaluation.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.EvidenceBound;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.evaluation.internal.ModelData;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatentEvaluatorTest {
    private static final String WHAT_TO_TRY =
            "let the KL weight warm up, give each dimension some free bits, lower beta, the weight of the KL divergence, or make the decoder weaker with smaller hidden layers";

    /** Groups of points around (0, 0, 0), (9, 0, 0), (0, 9, 0) … in turn, with names for labels. */
    private static Examples groups(int size, int columns, int labels, long seed) {
        Matrix rows = HandMade.normal(size, columns, 1, seed);
        int[] numbers = new int[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = i % labels;
            if (numbers[i] > 0) {
                rows.data()[i * columns + (numbers[i] - 1) % columns] += 9 * (1 + (numbers[i] - 1) / columns);
            }
        }
        List<String> names =
                IntStream.range(0, labels).mapToObj(l -> "group " + l).toList();
        return Examples.of(rows, new InputContract.Vector(columns), "groups", names, numbers);
    }

    private static double figure(LatentEvaluation evaluation, String key) {
        return evaluation.figures().stream()
                .filter(figure -> figure.key().equals(key))
                .mapToDouble(Figure::value)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theExamplesThemselvesAreNoReference() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatentEvaluator.of(Identity.autoencoder(3))
                        .withReference(groups(90, 3, 4, 3))
                        .evaluate(groups(90, 3, 4, 3)))
                .withMessage(
                        "groups: found the examples of the reference, expected others to measure probes on, since the nearest neighbour of each would be itself");
    }

    @Test
    void aCodeThatIsNotFiniteIsToldByTheExamplesName() {
        Matrix rows = Matrix.zeros(5_000, 100);
        rows.data()[4_321 * 100] = 3e38f;
        Examples some = Identity.examples(rows).select(4_000, i -> i + 1_000, "some");
        float[] doubling = new float[100 * 100];
        for (int i = 0; i < 100; i++) {
            doubling[i * 101] = 2;
        }
        AutoencoderSpec spec = AutoencoderSpec.of(100, 100)
                .withActivations(Activation.IDENTITY, Activation.IDENTITY, Activation.IDENTITY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelData.posteriors(
                        HandMade.of(spec).set("0_W", doubling).autoencoder(), some))
                .withMessage(
                        "some: found a code of Infinity for example 4321, expected finite numbers: its values are too large, or the model's parameters of no use");
    }

    @Test
    void dimensionsAreThoseOfTheBound() {
        Vae vae = HandMade.random(VaeSpec.of(9, 3).withHidden(5), 1);
        Examples examples = Identity.examples(HandMade.uniform(400, 9, 2));
        EvidenceBound bound = Evaluator.of(vae).evaluate(examples).bound().orElseThrow();
        LatentEvaluation evaluation = LatentEvaluator.of(vae).evaluate(examples);
        assertThat(evaluation.dimensions()).extracting(LatentDimension::kl).isEqualTo(bound.klPerDimension());
        assertThat(evaluation.dimensions())
                .extracting(LatentDimension::codeVariance)
                .isEqualTo(bound.codeVariances());
        assertThat(evaluation.aggregated().orElseThrow().kl())
                .isCloseTo(bound.kl().mean(), within(1e-9));
        assertThat(evaluation.probes()).isEmpty();
        assertThat(evaluation.remarks())
                .contains("The examples have no labels: what the code tells of labels is left out.");
        assertThat(evaluation.charts())
                .extracting(Chart::name)
                .containsExactly("kl-per-dimension", "variance-per-dimension", "codes");
    }

    @Test
    void theAggregatedPosteriorIsThatOfTheMeansAndVariances() {
        Matrix rows = HandMade.normal(3000, 2, 2, 1);
        LatentEvaluation evaluation =
                LatentEvaluator.of(Identity.vae(2, (float) Math.log(0.5))).evaluate(Identity.examples(rows));
        LatentDimension first = evaluation.dimensions().get(0);
        assertThat(first.codeVariance()).isCloseTo(4, within(0.3));
        assertThat(first.posteriorVariance()).isCloseTo(0.5, within(1e-6));
        assertThat(first.aggregatedVariance()).isEqualTo(first.codeVariance() + first.posteriorVariance());
        assertThat(first.mean()).isCloseTo(0, within(0.15));
        AggregatedPosterior aggregated = evaluation.aggregated().orElseThrow();
        // N(0, 4.5) in each of two dimensions, of which 0.5 is the posterior's.
        assertThat(aggregated.mutualInformation().mean()).isCloseTo(Math.log(9), within(0.1));
        assertThat(aggregated.divergence()).isCloseTo(3.5 - Math.log(4.5), within(0.25));
        assertThat(evaluation.effectiveDimensions()).isCloseTo(2, within(0.01));
        assertThat(figure(evaluation, "aggregatedPosteriorGreatestVariance")).isBetween(4.2, 4.9);
        assertThat(evaluation.remarks()).noneMatch(remark -> remark.contains("active"));
    }

    @Test
    void aCollapsedPosteriorIsTold() {
        Vae vae = HandMade.of(VaeSpec.of(4, 3).withHidden(2)).vae();
        LatentEvaluation evaluation = LatentEvaluator.of(vae).evaluate(Identity.examples(HandMade.uniform(50, 4, 1)));
        assertThat(evaluation.remarks().get(0))
                .isEqualTo(
                        "The posterior has collapsed: no latent dimension is active, so the decoder ignores the code and makes the same of every example. Try to "
                                + WHAT_TO_TRY + ".");
        AggregatedPosterior aggregated = evaluation.aggregated().orElseThrow();
        assertThat(aggregated.kl()).isZero();
        assertThat(aggregated.mutualInformation().mean()).isCloseTo(0, within(1e-9));
        assertThat(evaluation.effectiveDimensions()).isNaN();
        assertThat(evaluation.fields()).doesNotContainKey("effectiveDimensions");
    }

    @Test
    void dimensionsThatCouldBeLeftOutAreCounted() {
        Matrix rows = HandMade.normal(500, 3, 1, 1);
        for (int i = 0; i < rows.rows(); i++) {
            rows.data()[3 * i + 1] = 0;
        }
        LatentEvaluator evaluator = LatentEvaluator.of(Identity.vae(3, -1));
        assertThat(evaluator.evaluate(Identity.examples(rows)).remarks())
                .contains(
                        "2 of 3 latent dimensions are active; the other says next to nothing of an example and could be left out.")
                .noneMatch(remark -> remark.contains("--beta"));
        for (int i = 0; i < rows.rows(); i++) {
            rows.data()[3 * i + 2] = 0;
        }
        assertThat(evaluator.evaluate(Identity.examples(rows)).remarks())
                .contains("If more of the code is to be used, " + WHAT_TO_TRY + ".");
    }

    @Test
    void manyExamplesThatAreFarApartSaturateTheInformation() {
        Matrix rows = HandMade.normal(300, 2, 1, 1);
        LatentEvaluation evaluation = LatentEvaluator.of(Identity.vae(2, -20)).evaluate(Identity.examples(rows));
        assertThat(figure(evaluation, "mutualInformation")).isCloseTo(Math.log(300), within(0.01));
        assertThat(evaluation.remarks())
                .contains(
                        "The estimate of the mutual information is near the greatest that 300 examples allow, ln 300 = 5.70 nats: nearly every one of them can be told from its code. The true one may be greater, and the divergence from the prior smaller.");
    }

    @Test
    void probesFindGroupsInTheCodes() throws IOException {
        Examples examples = groups(600, 3, 4, 1);
        LatentEvaluation evaluation =
                LatentEvaluator.of(Identity.autoencoder(3)).withSeed(1).evaluate(examples);
        Probes probes = evaluation.probes().orElseThrow();
        assertThat(probes.fittedOn()).isEqualTo(300);
        assertThat(probes.measuredOn()).isEqualTo(300);
        assertThat(probes.labels()).isEqualTo(4);
        assertThat(probes.mostFrequent()).isBetween(0.15, 0.35);
        for (Probes.Probe probe : List.of(probes.code(), probes.pca(), probes.raw())) {
            assertThat(probe.dimensions()).isEqualTo(3);
            assertThat(probe.nearestNeighbour()).isGreaterThan(0.99);
            assertThat(probe.linear()).isGreaterThan(0.99);
        }
        assertThat(evaluation.figures())
                .extracting(Figure::key)
                .containsExactly(
                        "codeNearestNeighbourAccuracy",
                        "pcaNearestNeighbourAccuracy",
                        "rawNearestNeighbourAccuracy",
                        "codeLinearAccuracy",
                        "pcaLinearAccuracy",
                        "rawLinearAccuracy",
                        "mostFrequentLabelAccuracy",
                        "effectiveDimensions");
        assertThat(evaluation.remarks())
                .containsExactly(
                        "An autoencoder has no prior and no posterior: KL divergence, active units and mutual information are a VAE's alone.",
                        "Nearest neighbours and linear probes were fitted on 300 of the examples and measured on 300; PCA was fitted on the former.");
        assertThat(JSON.std.mapFrom(JSON.std.asString(evaluation.fields()))).containsEntry("probesFittedOn", 300);
        assertThat(JSON.std.asString(evaluation.fields())).doesNotContain("NaN");
    }

    @Test
    void aCodeThatLosesTheLabelsIsFound() {
        // The first value is kept, and the groups differ in the second.
        Matrix rows = HandMade.normal(800, 2, 1, 1);
        int[] labels = new int[800];
        for (int i = 0; i < 800; i++) {
            labels[i] = i % 2;
            rows.data()[2 * i + 1] += 10 * labels[i];
        }
        Examples examples = Examples.of(rows, new InputContract.Vector(2), "two", List.of("a", "b"), labels);
        Probes probes = LatentEvaluator.of(HandMade.keepsTheFirst(1))
                .evaluate(examples)
                .probes()
                .orElseThrow();
        assertThat(probes.code().nearestNeighbour()).isBetween(0.4, 0.6);
        assertThat(probes.code().linear()).isBetween(0.4, 0.6);
        assertThat(probes.pca().dimensions()).isEqualTo(1);
        assertThat(probes.pca().nearestNeighbour()).isGreaterThan(0.99);
        assertThat(probes.raw().linear()).isGreaterThan(0.99);
    }

    @Test
    void aReferenceIsFittedOn() {
        Examples reference = groups(200, 3, 3, 2);
        Examples examples = groups(90, 3, 4, 3);
        LatentEvaluation evaluation = LatentEvaluator.of(Identity.autoencoder(3))
                .withReference(reference)
                .evaluate(examples);
        Probes probes = evaluation.probes().orElseThrow();
        assertThat(probes.fittedOn()).isEqualTo(200);
        assertThat(probes.measuredOn()).isEqualTo(90);
        // Of four groups one is unknown to the reference: 22 of 90 examples.
        assertThat(probes.code().nearestNeighbour()).isCloseTo(68 / 90.0, within(0.03));
        assertThat(evaluation.remarks())
                .contains(
                        "Nearest neighbours and linear probes were fitted on 200 examples of the reference and measured on 90; PCA was fitted on the former.");
    }

    @Test
    void tooFewLabelsAreNoProbes() {
        LatentEvaluator evaluator = LatentEvaluator.of(Identity.autoencoder(2));
        LatentEvaluation one = evaluator.evaluate(groups(40, 2, 1, 1));
        assertThat(one.probes()).isEmpty();
        assertThat(one.remarks())
                .contains(
                        "What the code tells of labels is left out: found 1 label with at least 5 examples to fit probes on, expected at least 2.");
        LatentEvaluation many = evaluator.evaluate(groups(40, 2, 20, 1));
        assertThat(many.probes()).isEmpty();
        assertThat(many.remarks())
                .contains(
                        "What the code tells of labels is left out: found 0 labels with at least 5 examples to fit probes on, expected at least 2.");
        assertThat(evaluator.evaluate(groups(1, 2, 1, 1)).remarks())
                .contains(
                        "There is one example, and probes are fitted on some and measured on others: what the code tells of labels is left out.");
    }

    @Test
    void codesAreShownByLabel() {
        Chart two = codes(LatentEvaluator.of(Identity.autoencoder(2)).evaluate(groups(40, 2, 3, 1)));
        assertThat(two.x().label()).isEqualTo("latent dimension 0");
        assertThat(two.y().label()).isEqualTo("latent dimension 1");
        assertThat(two.series()).extracting(Chart.Series::name).containsExactly("group 0", "group 1", "group 2");
        Chart three = codes(LatentEvaluator.of(Identity.autoencoder(3)).evaluate(groups(4000, 3, 13, 1)));
        assertThat(three.x().label()).matches("first principal component of the codes, [0-9]+ % of the variance");
        assertThat(three.series()).singleElement().satisfies(series -> {
            assertThat(series.name()).isEqualTo("examples");
            assertThat(((Chart.Points) series).x()).hasSize(2000);
        });
        assertThat(LatentEvaluator.of(HandMade.keepsTheFirst(1))
                        .evaluate(groups(40, 2, 2, 1))
                        .charts())
                .isEmpty();
    }

    private static Chart codes(LatentEvaluation evaluation) {
        return evaluation.charts().stream()
                .filter(chart -> chart.name().equals("codes"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSameSeedGivesTheSameFigures() {
        Examples examples = groups(5000, 2, 3, 1);
        LatentEvaluator evaluator = LatentEvaluator.of(Identity.vae(2, -1)).withSeed(5);
        LatentEvaluation evaluation = evaluator.evaluate(examples);
        assertThat(evaluation.aggregated().orElseThrow().examples()).isEqualTo(4000);
        assertThat(evaluator.evaluate(examples)).isEqualTo(evaluation);
        assertThat(evaluator.withSeed(6).evaluate(examples).aggregated()).isNotEqualTo(evaluation.aggregated());
    }

    @Test
    void keysAreNotThoseOfTheEvaluation() {
        Vae vae = Identity.vae(2, -1);
        Examples examples = groups(100, 2, 2, 1);
        Evaluation evaluation = Evaluator.of(vae).evaluate(examples);
        assertThat(LatentEvaluator.of(vae).evaluate(examples).fields().keySet())
                .doesNotContainAnyElementsOf(evaluation.fields().keySet());
    }

    @Test
    void deadCodesAreTold() {
        AutoencoderSpec spec =
                AutoencoderSpec.of(2, 3).withActivations(Activation.IDENTITY, Activation.IDENTITY, Activation.IDENTITY);
        Autoencoder model = HandMade.of(spec).set("0_W", 1, 0, 0, 0, 1, 0).autoencoder();
        assertThat(LatentEvaluator.of(model).evaluate(groups(20, 2, 2, 1)).remarks())
                .contains("1 of 3 numbers of the code are the same for all examples and could be left out.");
    }

    @Test
    void badArgumentsAreTold() {
        LatentEvaluator evaluator = LatentEvaluator.of(Identity.autoencoder(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate(groups(20, 2, 2, 1)))
                .withMessage("groups: found 2 numbers, expected 3 numbers, which the model takes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.withReference(groups(20, 2, 2, 1)))
                .withMessage("groups: found 2 numbers, expected 3 numbers, which the model takes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.withReference(Identity.examples(HandMade.uniform(5, 3, 1))))
                .withMessage("codes: found no labels, expected some to fit probes on");
        Matrix huge = Matrix.zeros(3, 2);
        huge.data()[4] = 3e38f;
        Vae vae = HandMade.of(VaeSpec.of(2, 1).withHidden(1).withActivation(Activation.IDENTITY))
                .set("e0W", 1, 0)
                .set("pZXMeanW", 10)
                .vae();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatentEvaluator.of(vae).evaluate(Identity.examples(huge)))
                .withMessage(
                        "codes: found a code of Infinity for example 2, expected finite numbers: its values are too large, or the model's parameters of no use");
    }
}
