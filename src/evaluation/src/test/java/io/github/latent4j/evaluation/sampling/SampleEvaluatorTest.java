package io.github.latent4j.evaluation.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleEvaluatorTest {
    private static final int WIDTH = 6;
    private static final Examples TRAIN = examples(clusters(800, 1), "train");
    private static final Examples TEST = examples(clusters(300, 2), "test");
    private static final Vae MODEL = HandMade.random(VaeSpec.of(WIDTH, 2).withHidden(4), 3);
    private static final SampleEvaluator EVALUATOR =
            SampleEvaluator.of(TRAIN, TEST).withSeed(7);

    /** Points on two rings far apart, which no normal distribution describes. The cluster is the sign of the third value. */
    private static Matrix clusters(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix points = HandMade.normal(rows, WIDTH, 0.05, seed + 1);
        for (int r = 0; r < rows; r++) {
            double angle = random.nextDouble(2 * Math.PI);
            points.data()[r * WIDTH] += (float) Math.cos(angle);
            points.data()[r * WIDTH + 1] += (float) Math.sin(angle);
            points.data()[r * WIDTH + 2] += random.nextBoolean() ? 2 : -2;
        }
        return points;
    }

    private static Examples examples(Matrix points, String name) {
        int[] labels = new int[points.rows()];
        for (int r = 0; r < labels.length; r++) {
            labels[r] = points.get(r, 2) > 0 ? 1 : 0;
        }
        return Examples.of(points, new InputContract.Vector(points.columns()), name, List.of("below", "above"), labels);
    }

    private static Samples values(String name, Matrix values) {
        return new Samples.Values(name, values);
    }

    @Test
    void goodSamplesAreAsFarAsRealExamplesAndBadOnesFarther() {
        SampleEvaluation found = EVALUATOR.evaluate(
                MODEL, List.of(values("good", clusters(300, 5)), values("bad", HandMade.normal(300, WIDTH, 3, 6))));
        SampleEvaluation.Quality good = found.samples().get(0);
        SampleEvaluation.Quality bad = found.samples().get(1);
        assertThat(good.frechetDistance()).isLessThan(found.pca().frechetDistance() / 3);
        assertThat(good.precision()).isCloseTo(found.real().precision(), within(0.1));
        assertThat(good.recall()).isCloseTo(found.real().recall(), within(0.1));
        assertThat(found.real().precision()).isGreaterThan(0.8);
        assertThat(bad.frechetDistance())
                .isGreaterThan(10 * found.real().frechetDistance())
                .isGreaterThan(found.pca().frechetDistance());
        assertThat(bad.precision()).isLessThan(0.5);
        assertThat(found.features().count()).isEqualTo(128);
        assertThat(found.features().accuracy()).isGreaterThan(0.98);
        assertThat(found.features().mostFrequent()).isBetween(0.5, 0.65);
        assertThat(found.features().trainedOn()).isEqualTo(500);
        assertThat(found.count()).isEqualTo(300);
        assertThat(found.remarks())
                .filteredOn(text -> text.contains("no better than PCA's"))
                .singleElement()
                .asString()
                .startsWith("The samples with codes from the bad are no better");
    }

    @Test
    void samplesThatLeaveOutAClusterHavePrecisionWithoutRecall() {
        Matrix both = clusters(700, 5);
        float[][] rows = new float[300][];
        for (int r = 0, n = 0; n < 300; r++) {
            if (both.get(r, 2) > 0) {
                rows[n++] = both.row(r);
            }
        }
        SampleEvaluation.Quality half = EVALUATOR
                .evaluate(MODEL, List.of(values("half", Matrix.of(rows))))
                .samples()
                .get(0);
        assertThat(half.precision()).isGreaterThan(0.8);
        assertThat(half.recall()).isBetween(0.35, 0.6);
    }

    @Test
    void pcaOfAllDimensionsGeneratesANormalDistributionAsItIs() {
        Matrix points = HandMade.normal(900, WIDTH, 1, 8);
        for (int r = 0; r < 900; r++) {
            // Correlated, and away from 0.
            points.data()[r * WIDTH + 1] += 3 * points.data()[r * WIDTH] + 5;
        }
        Vae wide = HandMade.random(VaeSpec.of(WIDTH, WIDTH).withHidden(4), 1);
        SampleEvaluation found =
                SampleEvaluator.of(examples(points, "normal"), 3).evaluate(wide);
        assertThat(found.count()).isEqualTo(300);
        assertThat(found.baseline()).isEqualTo(new SampleEvaluation.Baseline(WIDTH, false, false));
        assertThat(found.pca().frechetDistance())
                .isLessThan(3 * found.real().frechetDistance())
                .isLessThan(found.samples().get(0).frechetDistance() / 10);
        assertThat(found.pca().precision()).isCloseTo(found.real().precision(), within(0.1));
        assertThat(found.pca().recall()).isCloseTo(found.real().recall(), within(0.1));
    }

    @Test
    void theSameSeedGivesTheSameFigures() {
        SampleEvaluation first = EVALUATOR.evaluate(MODEL);
        assertThat(EVALUATOR.evaluate(MODEL)).isEqualTo(first);
        assertThat(EVALUATOR.evaluate(MODEL, List.of(Samples.prior(MODEL, 400, 7))))
                .isEqualTo(first);
        SampleEvaluator small =
                SampleEvaluator.of(TRAIN.first(120), TEST.first(40)).withSeed(7);
        assertThat(small.withSeed(7).evaluate(MODEL)).isEqualTo(small.evaluate(MODEL));
        assertThat(small.withSeed(8).evaluate(MODEL).samples())
                .isNotEqualTo(small.evaluate(MODEL).samples());
    }

    @Test
    void whatIsNotOfTheModelIsTheSameForAllModels() {
        Vae other = HandMade.random(VaeSpec.of(WIDTH, 2).withHidden(9), 4);
        SampleEvaluation one = EVALUATOR.evaluate(MODEL);
        SampleEvaluation two = EVALUATOR.evaluate(other);
        assertThat(two.real()).isEqualTo(one.real());
        assertThat(two.pca()).isEqualTo(one.pca());
        assertThat(two.features()).isEqualTo(one.features());
        assertThat(two.samples()).isNotEqualTo(one.samples());
    }

    @Test
    void codesAreDecodedAndWhatIsTooMuchIsLeftAlone() {
        Matrix codes = HandMade.normal(320, 2, 1, 9);
        SampleEvaluation.Quality ofCodes = EVALUATOR
                .evaluate(MODEL, List.of(new Samples.Codes("mine", codes)))
                .samples()
                .get(0);
        assertThat(EVALUATOR
                        .evaluate(MODEL, List.of(values("mine", MODEL.decode(codes.slice(0, 300)))))
                        .samples())
                .containsExactly(ofCodes);
    }

    @Test
    void thePcaOfTheCardIsTaken() {
        Pca pca = new Pca(new float[WIDTH], Matrix.of(new float[] {0, 0, 1, 0, 0, 0}));
        LatentModel model = MODEL.withCard(new ModelCard(TRAIN.input(), Optional.empty(), Map.of(), Optional.of(pca)));
        SampleEvaluation found = EVALUATOR.evaluate((Vae) model);
        assertThat(found.baseline()).isEqualTo(new SampleEvaluation.Baseline(1, true, false));
        assertThat(found.remarks())
                .contains(
                        "PCA has 1 dimension, fitted on what the model was trained on; its codes are normally distributed with their mean and covariance.");
    }

    @Test
    void pixelsOfPcaStayPixels() {
        Matrix binary = HandMade.uniform(300, WIDTH, 1);
        for (int i = 0; i < binary.data().length; i++) {
            binary.data()[i] = Math.round(binary.data()[i]);
        }
        int[] labels = new int[300];
        for (int r = 0; r < 300; r++) {
            labels[r] = (int) binary.get(r, 0);
        }
        Examples images =
                Examples.of(binary, new InputContract.Image(2, 3, 1), "images", List.of("dark", "light"), labels);
        SampleEvaluation found = SampleEvaluator.of(images, 1).evaluate(MODEL);
        assertThat(found.baseline().clamped()).isTrue();
        assertThat(found.greyOnBinary()).isTrue();
        assertThat(found.remarks())
                .anyMatch(
                        text -> text.startsWith("The real examples are ones and zeros, the samples values in between"))
                .anyMatch(text -> text.endsWith("mean and covariance, and its pixels held in [0, 1]."))
                .anyMatch(text -> text.startsWith("There are no more examples than features"));
        assertThat(SampleEvaluator.of(images, 1)
                        .evaluate(MODEL, List.of(values("drawn", binary)))
                        .greyOnBinary())
                .isFalse();
    }

    @Test
    void aClassifierThatLearnsNothingIsMentioned() {
        SplittableRandom random = new SplittableRandom(5);
        int[] labels = random.ints(300, 0, 10).map(v -> v == 0 ? 1 : 0).toArray();
        Examples noise = Examples.of(
                HandMade.normal(300, WIDTH, 1, 1),
                new InputContract.Vector(WIDTH),
                "noise",
                List.of("usual", "rare"),
                labels);
        assertThat(SampleEvaluator.of(noise, 1).evaluate(MODEL).remarks())
                .anyMatch(text ->
                        text.startsWith("The classifier is no better than naming the most frequent label every time"));
    }

    @Test
    void figuresHaveKeysOfTheirOwn() {
        SampleEvaluation found = EVALUATOR.evaluate(
                MODEL, List.of(values("prior", clusters(300, 5)), values("mixture", clusters(300, 6))));
        List<String> keys = found.figures().stream().map(Figure::key).toList();
        assertThat(keys)
                .containsExactly(
                        "frechetDistance",
                        "samplePrecision",
                        "sampleRecall",
                        "frechetDistanceMixture",
                        "samplePrecisionMixture",
                        "sampleRecallMixture",
                        "frechetDistancePca",
                        "samplePrecisionPca",
                        "sampleRecallPca",
                        "frechetDistanceHeldOut",
                        "samplePrecisionHeldOut",
                        "sampleRecallHeldOut");
        assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
        assertThat(found.fields())
                .containsEntry("frechetDistance", found.samples().get(0).frechetDistance())
                .containsEntry("sampleRecallMixture", found.samples().get(1).recall())
                .containsEntry("samplePrecisionPca", found.pca().precision())
                .containsEntry("frechetDistanceHeldOut", found.real().frechetDistance())
                .containsEntry("samples", List.of("prior", "mixture"))
                .containsEntry("sampleCount", 300)
                .containsEntry("sampleClassifierAccuracy", found.features().accuracy());
        assertThat(found.charts()).singleElement().satisfies(chart -> assertThat(chart.series())
                .extracting(Chart.Series::name)
                .containsExactly("prior", "mixture", "PCA", "held-out examples"));
        assertThat(found.remarks())
                .anyMatch(text -> text.startsWith(
                                "Examples are compared by 128 features: the activations of the last hidden layer of a classifier that was trained for it with DL4J on 500 examples of train.")
                        && text.endsWith("and are not the FID, whose features are an Inception network's."))
                .contains(
                        "Each set has 300 examples, held against 300 real ones of train. Fewer would have a larger Fréchet distance, so compare at equal numbers.");
    }

    @Test
    void saysWhatItNeeds() {
        Examples unlabelled = Examples.of(clusters(10, 1), new InputContract.Vector(WIDTH), "rows.csv");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleEvaluator.of(unlabelled, TEST))
                .withMessage(
                        "rows.csv: found no labels, expected some, since samples are compared by the features of a classifier");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleEvaluator.of(TRAIN, examples(Matrix.zeros(2, 7), "wide")))
                .withMessage("wide: found 7 numbers, expected 6 numbers, which the reference has");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        EVALUATOR.evaluate(HandMade.random(VaeSpec.of(7, 1).withHidden(2), 1)))
                .withMessage("train: found 6 numbers, expected 7 numbers, which the model takes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleEvaluator.of(TRAIN, examples(clusters(800, 1), "again")))
                .withMessage(
                        "again: found the examples of the reference, expected others that are held out, since examples are near themselves");
        Examples one =
                Examples.of(clusters(20, 1), new InputContract.Vector(WIDTH), "one", List.of("a", "b"), new int[20]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleEvaluator.of(one, 1).evaluate(MODEL))
                .withMessage(
                        "one: found the label a alone in 7 examples, expected at least two, since samples are compared by the features of a classifier");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleEvaluator.of(TRAIN.first(7), TEST).evaluate(MODEL))
                .withMessage(
                        "found 3 examples to compare (300 held out, 7 of reference, half of which are fitted on), expected more than 3, the neighbours of each");
    }

    @Test
    void saysWithoutTrainingWhyItCannotJudge() {
        assertThat(EVALUATOR.obstacle()).isEmpty();
        Examples one =
                Examples.of(clusters(20, 1), new InputContract.Vector(WIDTH), "one", List.of("a", "b"), new int[20]);
        assertThat(SampleEvaluator.of(one, 1).obstacle())
                .contains(
                        "Figures of samples are left out: one: found the label a alone in 7 examples, expected at least two, since samples are compared by the features of a classifier.");
        assertThat(SampleEvaluator.of(TRAIN.first(7), TEST).obstacle())
                .contains(
                        "Figures of samples are left out: found 3 examples to compare (300 held out, 7 of reference, half of which are fitted on), expected more than 3, the neighbours of each.");
    }

    @Test
    void whatIsFittedOnIsThePartOfTheReferenceThatIsNotComparedWith() {
        SampleEvaluator evaluator = SampleEvaluator.of(TRAIN, TEST).withSeed(4);
        Examples fitted = evaluator.fitted();
        assertThat(fitted.size()).isEqualTo(500).isEqualTo(TRAIN.size() - evaluator.count());
        assertThat(fitted.labelNames()).isEqualTo(TRAIN.labelNames());
        assertThat(IntStream.range(0, 500).map(fitted::origin).distinct().count())
                .isEqualTo(500);
        Examples compared = SampleSpace.compared(TRAIN, evaluator.count(), 4);
        assertThat(IntStream.range(0, 300).map(compared::origin))
                .doesNotContainAnyElementsOf(
                        IntStream.range(0, 500).map(fitted::origin).boxed().toList());
    }

    @Test
    void saysWhichSamplesItCannotJudge() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EVALUATOR.evaluate(MODEL, List.of()))
                .withMessage("found no set of samples, expected at least one");
        Samples few = values("few", clusters(299, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EVALUATOR.evaluate(MODEL, List.of(few)))
                .withMessage(
                        "samples few: found 299, expected at least 300, as many as the real examples they are compared with");
        Samples enough = values("same", clusters(300, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EVALUATOR.evaluate(MODEL, List.of(enough, enough)))
                .withMessage("found two sets of samples named same, expected each name once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EVALUATOR.evaluate(MODEL, List.of(values("wide", Matrix.zeros(300, 7)))))
                .withMessage("samples wide: found 7 values an example, expected 6");
        Matrix broken = clusters(300, 1);
        broken.data()[8] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EVALUATOR.evaluate(MODEL, List.of(values("broken", broken))))
                .withMessage("samples broken: found NaN in example 1 at index 2, expected a finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values("Held Out", clusters(1, 1)))
                .withMessage(
                        "samples: found the name 'Held Out', expected a word of lower-case letters other than pca");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EVALUATOR.withMost(1))
                .withMessage("examples: found 1, expected at least 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EVALUATOR.withNeighbours(0))
                .withMessage("neighbours: found 0, expected at least 1");
    }
}
