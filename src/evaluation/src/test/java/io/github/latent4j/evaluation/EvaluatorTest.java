package io.github.latent4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.PcaBaseline.FittedOn;
import io.github.latent4j.evaluation.report.HtmlReport;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Scaling;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
    private static final Examples FOUR =
            Examples.of(Matrix.of(row(0, 1), row(1, 2), row(2, 3), row(3, 5)), new InputContract.Vector(2), "four");

    @Test
    void anIdentityHasNoError() {
        AutoencoderSpec spec =
                AutoencoderSpec.of(2, 2).withActivations(Activation.IDENTITY, Activation.IDENTITY, Activation.IDENTITY);
        Autoencoder identity =
                HandMade.of(spec).set("0_W", 1, 0, 0, 1).set("1_W", 1, 0, 0, 1).autoencoder();
        Evaluation evaluation = Evaluator.of(identity).evaluate(FOUR);
        assertThat(evaluation.reconstructionError()).isZero();
        assertThat(evaluation.reconstruction().overall().standardError()).isZero();
        assertThat(evaluation.reconstruction().perExample()).containsOnly(0).hasSize(4);
        assertThat(evaluation.bound()).isEmpty();
    }

    @Test
    void errorsAreMeansOverFeaturesAndOverExamples() {
        // The reconstruction of (a, b) is (a, 1): squared errors of the second feature are 0, 1, 4, 16.
        Evaluation evaluation = Evaluator.of(HandMade.keepsTheFirst(1)).evaluate(FOUR);
        ReconstructionErrors errors = evaluation.reconstruction();
        assertThat(errors.perExample()).containsExactly(0, 0.5, 2, 8);
        assertThat(errors.perFeature()).containsExactly(0, 5.25);
        assertThat(evaluation.reconstructionError()).isEqualTo(2.625);
        assertThat(errors.exampleQuartiles()).isEqualTo(new Quartiles(0, 0.375, 1.25, 3.5, 8));
        assertThat(errors.featureQuartiles()).isEqualTo(new Quartiles(0, 1.3125, 2.625, 3.9375, 5.25));
        double variance = (2.625 * 2.625 + 2.125 * 2.125 + 0.625 * 0.625 + 5.375 * 5.375) / 3;
        assertThat(errors.overall().standardError()).isCloseTo(Math.sqrt(variance / 4), within(1e-12));
    }

    @Test
    void errorsAreThoseOfTheModel() {
        Vae vae = HandMade.random(VaeSpec.of(9, 3).withHidden(5), 1);
        Matrix examples = HandMade.uniform(40, 9, 2);
        Evaluation evaluation = Evaluator.of(vae).evaluate(vector(examples));
        assertThat(evaluation.reconstruction().perExample()).isEqualTo(vae.reconstructionErrors(examples));
        assertThat(Arrays.stream(evaluation.reconstruction().perFeature())
                        .average()
                        .orElseThrow())
                .isCloseTo(evaluation.reconstructionError(), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "bernoulli, 'If values lie between 0 and 1, and are not ones and zeros alone'",
        "gaussian:1, A density",
        "bernoulli[2]+gaussian:1[4], A density",
        "categorical[4]+categorical[2], 'The likelihood of categories is a probability, so it is at most 0.'",
        "categorical[4]+bernoulli[2], 'If values lie between 0 and 1, and are not ones and zeros alone'",
    })
    void whatABoundIsComparedWithIsToldByTheBlocksOfTheLikelihood(String likelihood, String told) {
        Vae vae = HandMade.random(VaeSpec.of(6, 2).withHidden(4).withLikelihood(Likelihood.parse(likelihood)), 1);
        Matrix categories = Matrix.of(row(1, 0, 0, 0, 1, 0), row(0, 0, 1, 0, 0, 1));
        assertThat(Evaluator.of(vae).evaluate(vector(categories)).figures())
                .filteredOn(figure -> figure.key().equals("elbo"))
                .singleElement()
                .satisfies(figure -> assertThat(figure.meaning()).contains("Higher is better. " + told));
    }

    @Test
    void resultsCannotBeChangedFromOutside() {
        ReconstructionErrors errors =
                Evaluator.of(HandMade.keepsTheFirst(1)).evaluate(FOUR).reconstruction();
        errors.perExample()[0] = 7;
        errors.perFeature()[0] = 7;
        assertThat(errors.perExample()[0]).isZero();
        assertThat(errors.perFeature()[0]).isZero();
    }

    @Test
    void theBaselineOfTheCardIsUsed() {
        // It keeps the second value and gives 1 as the first: squared errors 1, 0, 1, 4 of the first feature.
        Pca pca = new Pca(row(1, 0), Matrix.of(row(0, 1)));
        InputContract input = new InputContract.Vector(2);
        Autoencoder model =
                HandMade.keepsTheFirst(1).withCard(new ModelCard(input, Optional.empty(), Map.of(), Optional.of(pca)));
        PcaBaseline baseline = Evaluator.of(model).evaluate(FOUR).pca();
        assertThat(baseline).isEqualTo(new PcaBaseline(0.75, 1, FittedOn.TRAINING_DATA));
        assertThat(baseline.text())
                .isEqualTo("PCA with 1 dimension, fitted on the data that the model was trained on.");
    }

    @Test
    void withoutOneTheBaselineIsFittedOnTheData() {
        Examples line = vector(Matrix.of(row(0, 1), row(1, 3), row(2, 5), row(4, 9)));
        PcaBaseline baseline =
                Evaluator.of(HandMade.keepsTheFirst(1)).evaluate(line).pca();
        assertThat(baseline.reconstructionError()).isCloseTo(0, within(1e-9));
        assertThat(baseline.dimensions()).isEqualTo(1);
        assertThat(baseline.text())
                .isEqualTo(
                        "PCA with 1 dimension, fitted on the evaluated data itself, since the model brings none along, which favours PCA.");
    }

    @Test
    void aBaselineThatLosesNothingIsLeftOut() {
        Vae vae = HandMade.random(VaeSpec.of(2, 2).withHidden(3), 1);
        Evaluation evaluation =
                Evaluator.of(vae).evaluate(vector(Matrix.of(row(0, 1), row(1, 0), row(1, 1), row(0, 0.5f))));
        assertThat(evaluation.figures().stream().map(Figure::key))
                .doesNotContain("pcaReconstructionError", "reconstructionErrorToPca");
        assertThat(evaluation.fields()).doesNotContainKey("reconstructionErrorToPca");
        assertThat(evaluation.remarks())
                .contains("PCA is left out: with as many dimensions as an example has features it loses nothing.");
    }

    @Test
    void theBoundOfAVaeThatIgnoresItsInput() {
        // Posterior N(0.5, e^-1) for every example; log odds of the output 1 and -2, whatever the code.
        Vae vae = HandMade.of(small(Likelihood.BERNOULLI))
                .set("pZXMeanb", 0.5f)
                .set("pZXLogStd2b", -1)
                .set("pXZb", 1, -2)
                .vae();
        Examples binary = vector(Matrix.of(row(0, 0), row(1, 0), row(1, 1)));
        EvidenceBound bound = Evaluator.of(vae).evaluate(binary).bound().orElseThrow();
        double kl = 0.5 * (0.25 + Math.exp(-1) - 1 + 1);
        double none = -Math.log1p(Math.exp(1)) - Math.log1p(Math.exp(-2));
        // Each of the two values is accurate to 3e-7, whatever the example.
        // The three examples have none, none + 1 and none - 1.
        assertThat(bound.kl().mean()).isCloseTo(kl, within(1e-12));
        assertThat(bound.kl().standardError()).isZero();
        assertThat(bound.expectedLogLikelihood().mean()).isCloseTo(none, within(6e-7));
        assertThat(bound.expectedLogLikelihood().standardError()).isCloseTo(Math.sqrt(1 / 3.0), within(1e-12));
        assertThat(bound.elbo().mean()).isCloseTo(none - kl, within(6e-7));
        assertThat(bound.klPerDimension()).singleElement().satisfies(v -> assertThat(v)
                .isCloseTo(kl, within(1e-12)));
        assertThat(bound.activeUnits()).isZero();
    }

    @Test
    void theBoundOfALinearVae() {
        // z ~ N(x0, 0.25), x0 ~ N(2 z, 0.5), x1 ~ N(0, 0.5): E over z of (x0 - 2 z)^2 is x0^2 + 4 * 0.25.
        float logVariance = (float) Math.log(0.5);
        Vae vae = HandMade.of(small(new Likelihood.Gaussian(new Likelihood.Variance.Fixed(0.5))))
                .set("e0W", 1, 0)
                .set("pZXMeanW", 1)
                .set("pZXLogStd2b", (float) Math.log(0.25))
                .set("d0W", 2)
                .set("pXZW", 1, 0, 0, 0)
                .set("pXZb", 0, 0, logVariance, logVariance)
                .vae();
        Matrix examples = Matrix.zeros(20_000, 2);
        for (int r = 0; r < examples.rows(); r++) {
            examples.data()[2 * r] = r % 2 == 0 ? 1 : -1;
            examples.data()[2 * r + 1] = 0.5f;
        }
        EvidenceBound bound =
                Evaluator.of(vae).evaluate(vector(examples)).bound().orElseThrow();
        double logLikelihood = -Math.log(2 * Math.PI * 0.5) - 0.5 / 0.5 * (1 + 4 * 0.25 + 0.25);
        double kl = 0.5 * (1 + 0.25 - 1 - Math.log(0.25));
        assertThat(bound.kl().mean()).isCloseTo(kl, within(1e-6));
        assertThat(bound.expectedLogLikelihood().mean())
                .isCloseTo(
                        logLikelihood, within(4 * bound.expectedLogLikelihood().standardError()));
        assertThat(bound.expectedLogLikelihood().standardError()).isBetween(0.01, 0.05);
        assertThat(bound.elbo().mean())
                .isCloseTo(bound.expectedLogLikelihood().mean() - bound.kl().mean(), within(1e-9));
        assertThat(bound.codeVariances()).containsExactly(1.0);
        assertThat(bound.activeUnits()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 36, 37, 100})
    void theSizeOfTheBlocksDoesNotMatter(int blockSize) {
        Vae vae = HandMade.random(VaeSpec.of(6, 3).withHidden(4).withLikelihood(Likelihood.GAUSSIAN), 3);
        Examples examples = vector(HandMade.uniform(37, 6, 4));
        Evaluator evaluator = Evaluator.of(vae).withSeed(5);
        assertThat(evaluator.withBlockSize(blockSize).evaluate(examples)).isEqualTo(evaluator.evaluate(examples));
    }

    @Test
    void examplesAreReadOnceInBlocks() {
        Examples all = vector(HandMade.uniform(300, 6000, 6));
        var counted = new Object() {
            int read;
            int most;
        };
        Examples watched = new ForwardingExamples(all) {
            @Override
            public void read(int[] indices, float[] into) {
                counted.read += indices.length;
                counted.most = Math.max(counted.most, indices.length);
                super.read(indices, into);
            }
        };
        VaeSpec spec = VaeSpec.of(6000, 1).withHidden(1);
        Pca pca = new Pca(new float[6000], Matrix.zeros(1, 6000));
        LatentModel model = HandMade.of(spec)
                .vae()
                .withCard(new ModelCard(all.input(), Optional.empty(), Map.of(), Optional.of(pca)));
        Evaluator.of(model).evaluate(watched);
        assertThat(counted.read).isEqualTo(300);
        assertThat(counted.most).isEqualTo((1 << 18) / 6000);
    }

    @Test
    void theSeedDeterminesTheDrawsAndNothingElse() {
        Vae vae = HandMade.random(VaeSpec.of(6, 3).withHidden(4), 3);
        Examples examples = vector(HandMade.uniform(10, 6, 4));
        Evaluation first = Evaluator.of(vae).withSeed(1).evaluate(examples);
        Evaluation second = Evaluator.of(vae).withSeed(2).evaluate(examples);
        assertThat(Evaluator.of(vae).withSeed(1).evaluate(examples)).isEqualTo(first);
        assertThat(second.bound().orElseThrow().kl())
                .isEqualTo(first.bound().orElseThrow().kl());
        assertThat(second.reconstruction()).isEqualTo(first.reconstruction());
        assertThat(second.bound().orElseThrow().elbo().mean())
                .isNotEqualTo(first.bound().orElseThrow().elbo().mean());
    }

    @Test
    void everyExampleHasADrawOfItsOwn() {
        // The code is the draw itself and the likelihood depends on it: equal examples must differ.
        Vae vae = HandMade.of(small(Likelihood.BERNOULLI))
                .set("d0W", 1)
                .set("pXZW", 1, 0)
                .vae();
        Estimate logLikelihood = Evaluator.of(vae)
                .evaluate(vector(Matrix.of(row(1, 0), row(1, 0), row(1, 0))))
                .bound()
                .orElseThrow()
                .expectedLogLikelihood();
        assertThat(logLikelihood.standardError()).isGreaterThan(0.01);
    }

    @Test
    void fieldsOfAVae() throws IOException {
        Vae vae = HandMade.random(VaeSpec.of(4, 2).withHidden(3), 7);
        Examples examples = vector(HandMade.uniform(12, 4, 8));
        Evaluation evaluation = Evaluator.of(vae).withSeed(9).evaluate(examples);
        Map<String, Object> fields = evaluation.fields();
        assertThat(fields.keySet())
                .containsExactly(
                        "model",
                        "data",
                        "dataSha256",
                        "examples",
                        "seed",
                        "reconstructionError",
                        "reconstructionErrorStandardError",
                        "medianReconstructionError",
                        "reconstructionErrorPerExample",
                        "reconstructionErrorPerFeature",
                        "pcaReconstructionError",
                        "reconstructionErrorToPca",
                        "pcaDimensions",
                        "pcaFittedOn",
                        "elbo",
                        "elboStandardError",
                        "expectedLogLikelihood",
                        "expectedLogLikelihoodStandardError",
                        "kl",
                        "klStandardError",
                        "klPerDimension",
                        "activeUnits");
        EvidenceBound bound = evaluation.bound().orElseThrow();
        assertThat(fields)
                .containsKeys(evaluation.figures().stream().map(Figure::key).toArray(String[]::new));
        assertThat(fields)
                .containsEntry("model", "vae")
                .containsEntry("data", "test data")
                .containsEntry("dataSha256", examples.sha256())
                .containsEntry("examples", 12)
                .containsEntry("seed", 9L)
                .containsEntry("reconstructionError", evaluation.reconstructionError())
                .containsEntry("pcaReconstructionError", evaluation.pcaReconstructionError())
                .containsEntry("pcaDimensions", 2)
                .containsEntry("pcaFittedOn", "evaluated data")
                .containsEntry("elbo", bound.elbo().mean())
                .containsEntry("kl", bound.kl().mean())
                .containsEntry("activeUnits", bound.activeUnits());
        String json = JSON.std.asString(fields);
        assertThat(JSON.std.mapFrom(json).keySet()).containsExactlyElementsOf(fields.keySet());
    }

    @Test
    void aSingleExampleHasNoStandardError() {
        Evaluation evaluation = Evaluator.of(HandMade.keepsTheFirst(1)).evaluate(FOUR.first(1));
        assertThat(evaluation.fields())
                .containsEntry("examples", 1)
                .doesNotContainKeys("reconstructionErrorStandardError", "elbo", "kl");
    }

    @Test
    void aTableHasItsErrorsByColumn() {
        Examples table = Examples.of(
                Matrix.of(row(0, 1), row(1, 2)), InputContract.Table.ofNumbers(List.of("width", "height")), "table");
        Evaluation evaluation = Evaluator.of(HandMade.keepsTheFirst(1)).evaluate(table);
        assertThat(evaluation.fields())
                .containsEntry("reconstructionErrorPerColumn", Map.of("width", 0.0, "height", 0.5));
    }

    @Test
    void whatIsMissingHasNoError() {
        InputContract contract = InputContract.Table.ofNumbers(List.of("width", "height"));
        Examples table = Examples.of(
                Matrix.of(row(3, Float.NaN), row(Float.NaN, 3), row(Float.NaN, Float.NaN), row(2, 2)),
                contract,
                "table");
        ReconstructionErrors errors = Evaluator.of(HandMade.keepsTheFirst(1).withCard(ModelCard.of(contract)))
                .evaluate(table)
                .reconstruction();
        assertThat(errors.perExample()).containsExactly(0, 4, 0, 0.5);
        assertThat(errors.perFeature()).containsExactly(0, 2.5);
    }

    @Test
    void examplesOfAnotherWidthAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.of(HandMade.keepsTheFirst(1)).evaluate(vector(Matrix.zeros(3, 5))))
                .withMessage("test data: found 5 numbers, expected 2 numbers, which the model takes");
    }

    @Test
    void imagesOfAnotherShapeAreRefused() {
        Autoencoder model = HandMade.keepsTheFirst(1).withCard(ModelCard.of(new InputContract.Image(1, 2, 1)));
        Examples high = Examples.of(Matrix.zeros(3, 2), new InputContract.Image(2, 1, 1), "high");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.of(model).evaluate(high))
                .withMessage(
                        "high: found 2 x 1 grey pixels in [0, 1], expected 1 x 2 grey pixels in [0, 1], which the model takes");
    }

    @Test
    void columnsInAnotherOrderAreRefused() {
        Autoencoder model = HandMade.keepsTheFirst(1)
                .withCard(ModelCard.of(InputContract.Table.ofNumbers(List.of("width", "height"))));
        Examples turned =
                Examples.of(Matrix.zeros(3, 2), InputContract.Table.ofNumbers(List.of("height", "width")), "turned");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.of(model).evaluate(turned))
                .withMessage("turned: found %s, expected %s, which the model takes"
                        .formatted(turned.input().text(), model.card().input().text()))
                .withMessageContaining(": height, width, expected ");
    }

    @Test
    void figuresThatAreNotFiniteAreRefused() {
        AutoencoderSpec spec =
                AutoencoderSpec.of(2, 1).withActivations(Activation.IDENTITY, Activation.IDENTITY, Activation.IDENTITY);
        Autoencoder huge = HandMade.of(spec)
                .set("0_W", 1, 0)
                .set("1_W", Float.MAX_VALUE, 0)
                .autoencoder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.of(huge).evaluate(FOUR))
                .withMessage(
                        "found a reconstruction of example 2 that is not finite, expected finite numbers: its values are too large, or the model's parameters of no use");
        Vae wide = HandMade.of(small(Likelihood.BERNOULLI))
                .set("e0W", 1, 0)
                .set("pZXLogStd2W", 1000)
                .vae();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.of(wide).evaluate(FOUR))
                .withMessage(
                        "found a KL divergence of Infinity for example 1, expected a finite number: its values are too large, or the model's parameters of no use");
    }

    private static VaeSpec small(Likelihood likelihood) {
        return new VaeSpec(2, List.of(1), 1, List.of(1), Activation.IDENTITY, likelihood);
    }

    private static Examples vector(Matrix examples) {
        return Examples.of(examples, new InputContract.Vector(examples.columns()), "test data");
    }

    private static float[] row(float... values) {
        return values;
    }

    /** Examples that do as others do. */
    private static class ForwardingExamples implements Examples {
        private final Examples source;

        ForwardingExamples(Examples source) {
            this.source = source;
        }

        @Override
        public int size() {
            return source.size();
        }

        @Override
        public InputContract input() {
            return source.input();
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public String sha256() {
            return source.sha256();
        }

        @Override
        public void read(int[] indices, float[] into) {
            source.read(indices, into);
        }

        @Override
        public List<String> labelNames() {
            return source.labelNames();
        }

        @Override
        public int label(int index) {
            return source.label(index);
        }
    }

    @Test
    void missingValuesDoNotCount() {
        ReconstructionErrors.Sums sums = new ReconstructionErrors.Sums(3, 3);
        sums.add(
                Matrix.of(row(1, Float.NaN, Float.NaN), row(4, 2, Float.NaN), row(Float.NaN, Float.NaN, Float.NaN)),
                Matrix.of(row(0, 7, 7), row(2, 2, 7), row(7, 7, 7)));
        ReconstructionErrors errors = sums.result();
        assertThat(errors.perExample()).containsExactly(1, 2, 0);
        assertThat(errors.perFeature()).containsExactly(2.5, 0, Double.NaN);
        assertThat(errors.overall().mean()).isEqualTo(1);
        assertThat(errors.featureQuartiles()).isEqualTo(new Quartiles(0, 0.625, 1.25, 1.875, 2.5));

        ReconstructionErrors.Sums nothing = new ReconstructionErrors.Sums(1, 1);
        nothing.add(Matrix.of(row(Float.NaN)), Matrix.of(row(0)));
        assertThatIllegalArgumentException()
                .isThrownBy(nothing::result)
                .withMessage("found missing values alone, expected some to hold reconstructions against");
    }

    @Test
    void theErrorOfAColumnIsTheMeanOverItsFeatures() {
        ReconstructionErrors.Sums sums = new ReconstructionErrors.Sums(1, 5);
        sums.add(Matrix.of(row(1, 0, 2, 0, Float.NaN)), Matrix.zeros(1, 5));
        InputContract.Table table = new InputContract.Table(List.of(
                new Column.Numeric("length", Scaling.NONE, true),
                new Column.Category("colour", List.of("red"), false),
                new Column.Numeric("empty", Scaling.NONE, false)));
        Evaluation evaluation = new Evaluation(
                AutoencoderSpec.of(5, 1),
                "table.csv",
                "",
                1,
                table,
                0,
                sums.result(),
                new PcaBaseline(0, 1, FittedOn.TRAINING_DATA),
                Optional.empty());
        // A missing cell's own feature tells of it, and is no part of the error; a category has a feature for all
        // others.
        assertThat(evaluation.errorPerColumn()).containsExactly(Map.entry("length", 1.0), Map.entry("colour", 2.0));
        assertThat(HtmlReport.of("table").withMeasurement(evaluation).html())
                .contains("<tr><td>colour</td><td>2.000</td></tr>")
                .doesNotContain("<td>empty</td>");
    }
}
