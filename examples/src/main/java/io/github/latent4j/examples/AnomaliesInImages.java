package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Examples;
import io.github.latent4j.data.PcaFit;
import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.AnomalyLabels;
import io.github.latent4j.evaluation.AnomalyScoring;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.examples.notebook.LearningCurve;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.training.AnomalyTrainer;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Anomalies in images. A camera above a belt sees one product all day, and is to stop the belt when something else comes along. There
 * are thousands of pictures of the product and none of what else may come; so a model learns the product alone, and whatever it cannot
 * copy well, or finds far from what it knows, is odd.
 *
 * <p>This lesson trains on one kind of ten, shows the detector all ten, and looks at what it finds hard. It takes some seconds.
 */
public final class AnomaliesInImages {
    private AnomaliesInImages() {}

    /**
     * What was found out.
     *
     * @param evaluation of the detector
     * @param aurocs of each kind against the normal one, which itself is left out
     * @param pca the AUROC of the error of principal components, over all kinds
     */
    record Outcome(AnomalyEvaluation evaluation, List<Double> aurocs, double pca) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(AnomaliesInImages.class, AnomaliesInImages::run);
    }

    static Outcome run(Size size, Notebook page) throws IOException {
        // # The data
        // Kind 0 is what is normal: the detector will be trained on it and never see another. Labels are used
        // to pick these images, and in the end to count how right the detector is.
        Dataset data = LessonData.clothesOrStrokes(page, size.of(60_000, 24_000), size.of(4_000, 1_000));
        Examples test = data.test();
        List<String> kinds = LessonData.kinds(data);
        Examples product = ofKind(data.train(), 0);
        page.say("normal: %s, %,d images", kinds.get(0), product.size());
        page.show(Images.grid(product.read(0, 20), product.input(), 10), "Twenty images of the normal kind.");
        page.show(Images.grid(test.read(0, 20), test.input(), 10), "Twenty images of all kinds, as in the test.");

        // # Training
        // An autoencoder with a narrow code has to learn what images of this kind have in common, because it
        // has no room for more. The trainer of detectors keeps a fifth of the images from it. One half of
        // these says how rare values of the score's parts are. The other half says what scores are usual, and
        // the threshold is set so that one in twenty of them lies above.
        AutoencoderSpec spec = AutoencoderSpec.of(product.input().size(), 16).withHidden(256);
        TrainingPlan plan = TrainingPlan.defaults().withEpochs(size.of(40, 30));
        TrainingResult<LatentModel> training = AnomalyTrainer.with(
                        Trainer.with(plan).reportingTo(TrainingListener.lines(System.out)))
                .fit(spec, product);
        AnomalyDetector detector = AnomalyDetector.of(training.model());
        page.show(LearningCurve.of(training.history(), "squared error of a pixel"));

        // # What the model does with what it does not know
        // Originals above, what the model makes of them below. It draws everything in terms of what it knows,
        // and where that fails, original and copy differ: that is the reconstruction error. The detector's
        // score has a second part, how far the code is from those of the training images; for each part it
        // looks up how rare such a value is among normal images, and takes the mean.
        Matrix some = test.read(0, 20);
        page.show(
                Images.pairs(some, training.model().reconstruct(some), test.input()),
                "Images of all kinds, and below each what a model makes of it that knows one kind alone.");

        // # How good is it?
        // Nine of ten test images are of another kind here, far more than on a belt. That does not matter for
        // the AUROC, which is the probability that an image of another kind has a higher score than a normal
        // one, nor for false alarms and recall. The precision, though, is what it is because of the nine of
        // ten.
        double[] scores = AnomalyScoring.with(detector).scores(test);
        AnomalyEvaluation evaluation = AnomalyEvaluation.of(
                scores, detector.threshold(), AnomalyLabels.of(test.size(), i -> test.label(i) != 0));
        page.show(evaluation);

        // # Kind by kind
        // Some kinds are nothing like the normal one, and some nearly are. The table has the AUROC of each
        // kind against the normal one: of the detector, of the model's reconstruction error alone, and of two
        // ways without a network. PCA is the error of as many principal components of the normal images as a
        // code has numbers; the mean is the squared distance from their mean image, which is one subtraction.
        // Compare the columns.
        Matrix images = test.read(0, test.size());
        double[] errors = training.model().reconstructionErrors(images);
        Pca pca = PcaFit.fit(product, spec.latent(), 1);
        List<double[]> ways = List.of(scores, errors, pca.reconstructionErrors(images), fromMean(images, pca.mean()));
        List<List<String>> rows = new ArrayList<>();
        List<List<Double>> aurocs = new ArrayList<>();
        for (int kind = 1; kind < kinds.size(); kind++) {
            int label = kind;
            aurocs.add(ways.stream()
                    .map(way -> auroc(test, way, i -> test.label(i) == label))
                    .toList());
            rows.add(row(kinds.get(kind), aurocs.get(kind - 1)));
        }
        List<Double> overall = ways.stream()
                .map(way -> auroc(test, way, i -> test.label(i) != 0))
                .toList();
        rows.add(row("all", overall));
        page.show(List.of("kind", "detector", "its error", "PCA", "mean"), rows);
        page.say("A model is not needed for every kind: %s.", withoutModel(kinds, aurocs));
        page.say("Over all kinds, the detector is %s", gain(overall.get(0) - overall.get(2)));
        List<Double> detected = aurocs.stream().map(ofKind -> ofKind.get(0)).toList();
        page.show(Chart.histogram(
                "scores-by-kind",
                "Scores of normal images and of the kind that is hardest to tell from them: no threshold parts bars that overlap.",
                "anomaly score",
                hardest(test, kinds, scores, detected)));

        // # The oddest and the most usual
        // Numbers hide what is easy to see. First the normal images with the highest scores: judge for
        // yourself which of them deserve an alarm. Then images of other kinds with the lowest scores, which
        // the detector would let pass, and what they are.
        int[] oddest = sorted(test, scores, true).limit(20).toArray();
        page.show(
                Images.grid(test.read(oddest), test.input(), 10), "The oddest of the normal images, the oddest first.");
        int[] missed = sorted(test, scores, false).limit(20).toArray();
        page.show(
                Images.grid(test.read(missed), test.input(), 10),
                "The most usual of the other images, the most usual first.");
        page.say("they are: %s", labels(test, kinds, missed));

        // # What to try next
        // Another kind as the normal one; a code of 4 or 64 numbers; DetectionPlan.withScore, which names the
        // other scores. Tables of mixed columns with cells that are missing are next, in
        // MixedTableAndMissingValues.
        return new Outcome(evaluation, detected, overall.get(2));
    }

    private static Examples ofKind(Examples examples, int kind) {
        int[] found = IntStream.range(0, examples.size())
                .filter(i -> examples.label(i) == kind)
                .toArray();
        return examples.select(
                found.length, i -> found[i], examples.labelNames().get(kind));
    }

    /** The probability that one of some images has a higher score than one of kind 0. */
    private static double auroc(Examples examples, double[] scores, IntPredicate odd) {
        int[] both = IntStream.range(0, examples.size())
                .filter(i -> examples.label(i) == 0 || odd.test(i))
                .toArray();
        return AnomalyEvaluation.of(
                        Arrays.stream(both).mapToDouble(i -> scores[i]).toArray(),
                        0,
                        AnomalyLabels.of(both.length, i -> odd.test(both[i])))
                .labelled()
                .orElseThrow()
                .auroc()
                .orElseThrow();
    }

    /** How far each image is from the mean of the normal ones: the squared distance. */
    private static double[] fromMean(Matrix images, float[] mean) {
        return IntStream.range(0, images.rows())
                .mapToDouble(i -> IntStream.range(0, mean.length)
                        .mapToDouble(p -> Math.pow(images.get(i, p) - mean[p], 2))
                        .sum())
                .toArray();
    }

    private static List<String> row(String kind, List<Double> aurocs) {
        return Stream.concat(Stream.of(kind), aurocs.stream().map(auroc -> Numbers.text(auroc, 3)))
                .toList();
    }

    /** For which kinds a way without a network is at least as good as the detector. */
    private static String withoutModel(List<String> kinds, List<List<Double>> aurocs) {
        String names = IntStream.range(0, aurocs.size())
                .filter(k -> Math.max(aurocs.get(k).get(2), aurocs.get(k).get(3))
                        >= aurocs.get(k).get(0))
                .mapToObj(k -> kinds.get(k + 1))
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? "on these data, though, the detector is ahead for all"
                : "PCA or the mean image does as well or better for " + names;
    }

    private static String gain(double difference) {
        return difference > 0
                ? Numbers.text(difference, 3) + " ahead of PCA: that is what the network brings"
                : Numbers.text(-difference, 3) + " behind PCA: the simple way is the better one here";
    }

    private static Map<String, double[]> hardest(
            Examples examples, List<String> kinds, double[] scores, List<Double> aurocs) {
        int kind = 1 + aurocs.indexOf(Collections.min(aurocs));
        Map<String, double[]> sides = new LinkedHashMap<>();
        for (int label : new int[] {0, kind}) {
            sides.put(
                    kinds.get(label),
                    IntStream.range(0, examples.size())
                            .filter(i -> examples.label(i) == label)
                            .mapToDouble(i -> scores[i])
                            .toArray());
        }
        return sides;
    }

    /** Normal images from the highest score down, or the others from the lowest up. */
    private static IntStream sorted(Examples examples, double[] scores, boolean normal) {
        Comparator<Integer> ascending = Comparator.comparingDouble(i -> scores[i]);
        return IntStream.range(0, examples.size())
                .filter(i -> (examples.label(i) == 0) == normal)
                .boxed()
                .sorted(normal ? ascending.reversed() : ascending)
                .mapToInt(Integer::intValue);
    }

    private static String labels(Examples examples, List<String> kinds, int[] indices) {
        return Arrays.stream(indices)
                .mapToObj(i -> kinds.get(examples.label(i)))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " x " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
