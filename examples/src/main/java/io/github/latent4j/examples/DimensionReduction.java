package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Examples;
import io.github.latent4j.data.PcaFit;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Points;
import io.github.latent4j.evaluation.Chart.Scale;
import io.github.latent4j.evaluation.Chart.Series;
import io.github.latent4j.evaluation.latent.LatentEvaluator;
import io.github.latent4j.evaluation.latent.Probes;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Codes as features: reducing dimensions. Many methods suffer from many inputs: a nearest neighbour is slow to find among 784 numbers, a
 * plot shows two, an index wants a short vector. A code is a short vector that was learnt without labels. Principal components (PCA)
 * are the classical way to get one, and the one to beat.
 *
 * <p>This lesson reduces images to 2, 4, 8 and 16 numbers, by principal components and by a VAE, and asks how well the kind of a
 * thing can still be told from them. It takes about two minutes.
 */
public final class DimensionReduction {
    private DimensionReduction() {}

    /** A model with so many numbers a code, and what classifiers make of them. */
    record Reduction(int numbers, LatentModel model, Probes probes) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(DimensionReduction.class, DimensionReduction::run);
    }

    static List<Reduction> run(Size size, Notebook page) throws IOException {
        // # The images
        // Ten kinds of them. The labels are for measuring alone: neither PCA nor the VAE gets to see them.
        Dataset images = LessonData.clothesOrStrokes(page, size.of(15_000, 3_000), size.of(2_000, 400));
        page.show(Images.grid(images.train().read(0, 30), images.train().input(), 10), "Thirty of the images.");

        // # Down to two numbers
        // With two numbers, each image is a point. First along the first two principal components, the directions
        // in which the images differ most.
        Matrix shown = images.test().read(0, images.test().size());
        Matrix components = PcaFit.fit(images.train(), 2, 1).encode(shown);
        page.show(scatter("principal-components", "Two principal components.", components, images.test()));

        // Then the codes of a VAE with two numbers. It is trained as ever; what encode gives is the mean of the
        // cloud of codes of an image. Each colour is a kind.
        LatentModel plane = train(2, images.train(), size);
        page.show(scatter("codes", "The VAE's two numbers.", plane.encode(shown), images.test()));

        // # What can be told from them?
        // Two numbers are for looking. As features one takes some more. Two classifiers ask for the kind. The
        // nearest neighbour takes that of the training image with the nearest vector; the linear one is a softmax
        // regression. Both get the codes, the principal components with as many numbers, and for comparison all 784
        // pixels.
        Examples reference = images.train().first(size.of(3_000, 1_000));
        List<Reduction> reductions = new ArrayList<>();
        reductions.add(probed(plane, reference, images.test()));
        for (int latent : size == Size.FULL ? new int[] {4, 8, 16} : new int[] {8}) {
            reductions.add(probed(train(latent, images.train(), size), reference, images.test()));
        }

        // The shares of images whose kind is found; higher is better. The nearest neighbour:
        page.show(List.of("numbers", "VAE", "PCA", "all pixels"), rows(reductions, Probes.Probe::nearestNeighbour));
        page.show(chart("nearest-neighbour", "The nearest neighbour", reductions, Probes.Probe::nearestNeighbour));

        // And the linear classifier:
        page.show(List.of("numbers", "VAE", "PCA", "all pixels"), rows(reductions, Probes.Probe::linear));
        page.show(chart("linear", "The linear classifier", reductions, Probes.Probe::linear));

        // Where do the two lines lie furthest apart? Few numbers are where a network that bends pays; with many,
        // PCA has most of what matters too, and is fitted in a second.
        Probes two = reductions.get(0).probes();
        page.say(
                "nearest neighbour from 2 numbers: VAE %.0f %%, PCA %.0f %%; always the same answer: %.0f %%",
                100 * two.code().nearestNeighbour(), 100 * two.pca().nearestNeighbour(), 100 * two.mostFrequent());

        // # Neighbours by code
        // The same codes are a search engine: the first column is an image that the model has not seen, the others
        // are the training images with the nearest codes.
        LatentModel model = reductions.get(reductions.size() - 1).model();
        Matrix found = model.encode(reference.read(0, reference.size()));
        List<Matrix> results = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            float[] image = images.test().example(i);
            results.add(Matrix.wrap(1, image.length, image));
            results.add(reference.read(nearest(found, model.encode(image), 9)));
        }
        page.show(
                Images.grid(Matrix.joined(results), reference.input(), 10),
                "An image, and the nine with the nearest codes.");

        // # What to try next
        // Hand the codes to the classifier of your choice, Smile's or Weka's: model.encode gives one row for each
        // image. The lesson Compression asks not what a code tells, but how few bits it can be written in.
        return reductions;
    }

    private static LatentModel train(int latent, Examples examples, Size size) {
        return Trainer.with(TrainingPlan.defaults().withEpochs(size.of(15, 8)).withBatchSize(64))
                .reportingTo(TrainingListener.lines(System.out))
                .fit(VaeSpec.of(784, latent), examples)
                .model()
                .using(MultiplicationProvider.forBatches());
    }

    private static Reduction probed(LatentModel model, Examples reference, Examples test) {
        Probes probes = LatentEvaluator.of(model)
                .withSeed(1)
                .withReference(reference)
                .evaluate(test)
                .probes()
                .orElseThrow();
        return new Reduction(model.spec().latent(), model, probes);
    }

    private static Chart scatter(String name, String caption, Matrix plane, Examples examples) {
        List<Series> series = new ArrayList<>();
        for (int label = 0; label < examples.labelNames().size(); label++) {
            int kind = label;
            int[] rows = IntStream.range(0, plane.rows())
                    .filter(row -> examples.label(row) == kind)
                    .toArray();
            if (rows.length > 0) {
                series.add(new Points(examples.labelNames().get(kind), column(plane, rows, 0), column(plane, rows, 1)));
            }
        }
        return new Chart(name, caption, Axis.of("first number"), Axis.of("second number"), series);
    }

    private static List<Double> column(Matrix matrix, int[] rows, int column) {
        return IntStream.of(rows)
                .mapToObj(row -> (double) matrix.get(row, column))
                .toList();
    }

    private static Chart chart(
            String name, String caption, List<Reduction> reductions, ToDoubleFunction<Probes.Probe> accuracy) {
        List<Double> numbers =
                reductions.stream().map(r -> (double) r.numbers()).toList();
        return new Chart(
                name,
                caption + ": the share of right answers by how many numbers it gets.",
                new Axis("numbers", Scale.LOGARITHMIC),
                Axis.of("share of right answers"),
                List.of(
                        new Line("VAE", numbers, values(reductions, p -> accuracy.applyAsDouble(p.code()))),
                        new Line("PCA", numbers, values(reductions, p -> accuracy.applyAsDouble(p.pca()))),
                        new Line("all pixels", numbers, values(reductions, p -> accuracy.applyAsDouble(p.raw())))));
    }

    private static List<Double> values(List<Reduction> reductions, ToDoubleFunction<Probes> value) {
        return reductions.stream().map(r -> value.applyAsDouble(r.probes())).toList();
    }

    private static List<List<String>> rows(List<Reduction> reductions, ToDoubleFunction<Probes.Probe> accuracy) {
        return reductions.stream()
                .map(reduction -> List.of(
                        String.valueOf(reduction.numbers()),
                        Numbers.text(accuracy.applyAsDouble(reduction.probes().code()), 3),
                        Numbers.text(accuracy.applyAsDouble(reduction.probes().pca()), 3),
                        Numbers.text(accuracy.applyAsDouble(reduction.probes().raw()), 3)))
                .toList();
    }

    /** The rows nearest to a code, the nearest first. */
    private static int[] nearest(Matrix codes, float[] code, int count) {
        return IntStream.range(0, codes.rows())
                .boxed()
                .sorted((a, b) -> Double.compare(distance(codes.row(a), code), distance(codes.row(b), code)))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double distance(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
                .sum();
    }
}
