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
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.Nearest;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Codes as features: reducing dimensions. Many methods suffer from many inputs: a nearest neighbour is slow to find among 784 numbers, a
 * plot shows two, an index wants a short vector. A code is a short vector that was learnt without labels. Principal components (PCA)
 * are the classical way to get one, and the one to beat.
 *
 * <p>This lesson reduces images to 2, 4 and 16 numbers, by principal components and by a VAE, and asks how well the kind of a
 * thing can still be told from them. It takes about a minute.
 */
public final class DimensionReduction {
    private DimensionReduction() {}

    /** How often the kind is found with so many numbers, by codes of a VAE and by principal components. */
    record Shares(int numbers, double vae, double pca) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(DimensionReduction.class, DimensionReduction::run);
    }

    static List<Shares> run(Size size, Notebook page) throws IOException {
        // # The images
        // Ten kinds of them. The labels are for measuring alone: neither PCA nor the VAE gets to see them.
        Dataset images = LessonData.clothesOrStrokes(page, size.of(15_000, 3_000), size.of(2_000, 1_000));
        page.show(Images.grid(images.train().read(0, 30), images.train().input(), 10), "Thirty of the images.");

        // # Down to two numbers
        // With two numbers, each image is a point. First along the first two principal components, the
        // directions in which the images differ most.
        Matrix shown = images.test().read(0, images.test().size());
        Pca all = PcaFit.fit(images.train(), 16, 1);
        Matrix components = first(all, 2).encode(shown);
        page.show(scatter("principal-components", "Two principal components.", components, images.test()));

        // Then the codes of a VAE with two numbers. It is trained as ever; what encode gives is the mean of
        // the cloud of codes of an image. Each colour is a kind.
        LatentModel plane = train(2, images.train(), size);
        page.show(scatter("codes", "The VAE's two numbers.", plane.encode(shown), images.test()));

        // # What can be told from them?
        // Two numbers are for looking. As features one takes some more. The simplest classifier there is asks
        // for the kind of the training image with the nearest vector, and that is the answer. It gets the
        // codes, and as many principal components. The share of images whose kind is found; higher is better:
        Examples known = images.train().first(size.of(3_000, 1_000));
        Matrix pixels = known.read(0, known.size());
        LatentModel model = plane;
        List<Shares> shares = new ArrayList<>();
        for (int numbers : size == Size.FULL ? new int[] {2, 4, 16} : new int[] {2, 8}) {
            model = numbers == 2 ? plane : train(numbers, images.train(), size);
            Pca pca = first(all, numbers);
            shares.add(new Shares(
                    numbers,
                    share(model.encode(pixels), known, model.encode(shown), images.test()),
                    share(pca.encode(pixels), known, pca.encode(shown), images.test())));
        }
        double ofPixels = share(pixels, known, shown, images.test());
        page.show(
                List.of("numbers", "VAE", "PCA"),
                shares.stream().map(DimensionReduction::row).toList());
        page.say("all 784 pixels: %.3f", ofPixels);
        page.show(chart(shares, ofPixels));

        // Where do the two lines lie furthest apart? And how many numbers does it take to come near to all
        // the pixels?

        // # Neighbours by code
        // Codes, here the longest, are a search engine, too: the first column is an image that the model has
        // not seen, the others are the training images with the nearest codes.
        Matrix codes = model.encode(pixels);
        List<Matrix> results = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            float[] image = images.test().example(i);
            results.add(Matrix.wrap(1, image.length, image));
            for (int row : Nearest.of(codes, model.encode(image), 9)) {
                results.add(pixels.slice(row, row + 1));
            }
        }
        page.show(
                Images.grid(Matrix.joined(results), known.input(), 10),
                "An image, and the nine with the nearest codes.");

        // # What to try next
        // Hand the codes to the classifier of your choice, Smile's or Weka's: model.encode gives one row for
        // each image. The lesson Compression asks not what a code tells, but how few bits it can be written
        // in.
        return shares;
    }

    private static LatentModel train(int latent, Examples examples, Size size) {
        return Trainer.with(TrainingPlan.defaults().withEpochs(size.of(10, 10)).withBatchSize(size.of(64, 32)))
                .reportingTo(TrainingListener.lines(System.out))
                .fit(VaeSpec.of(784, latent), examples)
                .model()
                .using(MultiplicationProvider.forBatches());
    }

    /** The first components of an analysis: they are the same whatever number was asked for. */
    private static Pca first(Pca pca, int components) {
        return new Pca(pca.mean(), pca.components().slice(0, components));
    }

    /** How often the nearest of the known vectors has the right label. */
    private static double share(Matrix vectors, Examples known, Matrix asked, Examples examples) {
        long right = IntStream.range(0, asked.rows())
                .parallel()
                .filter(i -> known.label(Nearest.of(vectors, asked.row(i), 1).get(0)) == examples.label(i))
                .count();
        return (double) right / asked.rows();
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

    private static Chart chart(List<Shares> shares, double all) {
        List<Double> numbers = shares.stream().map(s -> (double) s.numbers()).toList();
        return new Chart(
                "shares",
                "The share of images whose kind the nearest neighbour finds, by how many numbers it gets.",
                new Axis("numbers", Scale.LOGARITHMIC),
                Axis.of("share of right answers"),
                List.of(
                        new Line(
                                "VAE", numbers, shares.stream().map(Shares::vae).toList()),
                        new Line(
                                "PCA", numbers, shares.stream().map(Shares::pca).toList()),
                        new Line("all pixels", numbers, Collections.nCopies(numbers.size(), all))));
    }

    private static List<String> row(Shares shares) {
        return List.of(String.valueOf(shares.numbers()), Numbers.text(shares.vae(), 3), Numbers.text(shares.pca(), 3));
    }
}
