package io.github.latent4j.examples;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.data.PcaFit;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.Sources;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.examples.notebook.LearningCurve;
import io.github.latent4j.examples.notebook.Nearest;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Your own images. A folder of PNG or JPEG files is all that is needed: the images are read, brought to one size and trained on; the
 * names of sub-folders, if there are any, are labels that help to judge the result.
 *
 * <p>So that it runs anywhere, this lesson draws such a folder first: coloured shapes on coloured paper. Put a folder of your own in its
 * place, and the rest of the lesson does the same with your photographs. It takes about half a minute.
 */
public final class YourOwnImages {
    private YourOwnImages() {}

    /**
     * What was found out.
     *
     * @param read how many images were found in the folder
     * @param byCode the share of nearest images by code that are of the same shape as the one asked for
     * @param byPixels the same for nearest images by pixels
     * @param byPca the same for nearest images by principal components, as many as a code has numbers
     */
    record Outcome(int read, double byCode, double byPixels, double byPca) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(YourOwnImages.class, YourOwnImages::run);
    }

    static Outcome run(Size size, Notebook page) throws IOException {
        // # A folder of images
        // These images are drawn by Java2D, of various sizes, into a sub-folder for each shape. To use your
        // own, leave out the last line and name your folder in the one before, such as
        // Path.of("/home/me/photographs"). Some hundred images are the least that is worth to be tried, and
        // the more alike their subjects are, the fewer will do.
        int count = size.of(3_000, 600);
        Path folder = page.file("images-" + count);
        draw(folder, count);

        // # Reading it
        // A model takes images of one size: say which, small at first, as each pixel is three inputs
        // (withGrey(true) makes it one). Proportions are not kept, so cut your photographs square before if
        // that matters. A fifth of the images is put aside for questions that the model has not seen. A
        // folder without sub-folders has no labels.
        Examples images = Sources.open(
                "images:" + folder, Part.TRAIN, SourceOptions.defaults().withImageSize(24, 24));
        Examples.Split split = images.split(0.2, 1);
        page.say("%,d images of %s, labels %s", images.size(), images.input().text(), images.labelNames());
        page.show(
                Images.grid(split.train().read(0, 40), images.input(), 10),
                "Forty of the images as the model sees them.");

        // # Training
        // A VAE, because it can draw new images, and its codes lie close enough to each other to be compared.
        // With so few images, many passes are needed. Watch the second line of the chart: when it no longer
        // falls while the first does, the model learns its images by heart; then stop earlier, or find more
        // images.
        TrainingResult<Vae> training = Trainer.with(TrainingPlan.defaults().withEpochs(size.of(60, 25)))
                .reportingTo(TrainingListener.lines(System.out))
                .fit(VaeSpec.of(images.input().size(), 16).withHidden(256), split.train());
        Vae vae = training.model();
        page.show(LearningCurve.of(training.history(), "nats an image"));

        // # What gets through
        // Sixteen numbers have to say all of an image. Of a drawn one that is the colour of the paper, of
        // what shape, colour, size and angle the thing on it is, and where. Look at which of these come back,
        // and which are blurred.
        Examples test = split.validation();
        Matrix some = test.read(0, 20);
        page.show(
                Images.pairs(some, vae.reconstruct(some), images.input()),
                "Images that the model has not seen, and below each its reconstruction.");

        // # New images
        // Codes drawn from the normal distribution decode to images that nobody has drawn.
        page.show(Images.grid(vae.sample(40, new Random(1)), images.input(), 10), "Forty drawn images.");

        // # Which images are alike?
        // The nearest codes belong to images that the model takes for alike: that finds duplicates, and sorts
        // an album. Each row begins with an image that the model has not seen; behind it are the nine whose
        // codes are nearest.
        Matrix known = split.train().read(0, split.train().size());
        Matrix codes = vae.encode(known);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(test.example(i));
            for (int near : Nearest.of(codes, vae.encode(test.example(i)), 9)) {
                rows.add(known.row(near));
            }
        }
        page.show(
                Images.grid(Matrix.of(rows.toArray(float[][]::new)), images.input(), 10),
                "An image in each row, and the nine of the nearest codes.");

        // # Was the model needed?
        // Does an image find its like? Where there are labels, they can be counted: for codes, for the pixels
        // themselves, and for as many principal components as a code has numbers, which take a moment to
        // compute. Pixels are a good guide where things stand in about the same place, as the drawn shapes
        // do, but a search among them compares many more numbers. Guessing is right for as large a share as
        // two images have the same label by chance.
        Matrix asked = test.read(0, Math.min(100, test.size()));
        Pca pca = PcaFit.fit(split.train(), codes.columns(), 1);
        double byCode = 0;
        double byPixels = 0;
        double byPca = 0;
        if (images.labelNames().size() > 1) {
            byCode = sameLabel(split, codes, vae.encode(asked));
            byPixels = sameLabel(split, known, asked);
            byPca = sameLabel(split, pca.encode(known), pca.encode(asked));
            page.show(
                    List.of("nearest by", "numbers", "same label"),
                    List.of(
                            List.of("code", "" + codes.columns(), Numbers.text(byCode, 2)),
                            List.of("principal components", "" + pca.dimensions(), Numbers.text(byPca, 2)),
                            List.of("pixels", "" + known.columns(), Numbers.text(byPixels, 2)),
                            List.of("guessing", "0", Numbers.text(chance(split.train()), 2))));
            page.say("%s", advice(byCode, byPixels, byPca));
        }

        // # What to try next
        // Larger images and a longer code; an autoencoder in the place of the VAE, whose reconstructions are
        // sharper; AnomaliesInImages with your own. A model does not need pixels, though: BagOfWords has one
        // of texts.
        return new Outcome(images.size(), byCode, byPixels, byPca);
    }

    /** The share of the nine nearest rows that have the label of the row asked for. */
    private static double sameLabel(Examples.Split split, Matrix rows, Matrix questions) {
        int same = 0;
        for (int i = 0; i < questions.rows(); i++) {
            for (int near : Nearest.of(rows, questions.row(i), 9)) {
                same += split.train().label(near) == split.validation().label(i) ? 1 : 0;
            }
        }
        return same / (9.0 * questions.rows());
    }

    /** The probability that two images have the same label. */
    private static double chance(Examples images) {
        double[] shares = new double[images.labelNames().size()];
        for (int i = 0; i < images.size(); i++) {
            shares[images.label(i)] += 1.0 / images.size();
        }
        return Arrays.stream(shares).map(share -> share * share).sum();
    }

    private static String advice(double byCode, double byPixels, double byPca) {
        if (byPixels >= Math.max(byCode, byPca)) {
            return "For these images and this question pixels are the best guide. Of the two short ways, "
                    + (byCode > byPca ? "the code" : "principal components") + " find" + (byCode > byPca ? "s" : "")
                    + " more.";
        }
        return byCode > byPca
                ? "For these images and this question the code is the best guide."
                : "For these images and this question principal components are the best guide: a model is not needed.";
    }

    /** Writes images into a folder, and in it a folder for each shape. */
    private static void draw(Path folder, int count) throws IOException {
        Random random = new Random(1);
        List<String> shapes = List.of("disc", "ring", "square", "triangle");
        for (int i = 0; i < count; i++) {
            String shape = shapes.get(i % shapes.size());
            BufferedImage image =
                    new BufferedImage(48 + random.nextInt(48), 48 + random.nextInt(48), BufferedImage.TYPE_INT_RGB);
            draw(shape, image, random);
            Path file = folder.resolve(shape).resolve(String.format(Locale.ROOT, "%04d.png", i));
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        }
    }

    private static void draw(String shape, BufferedImage image, Random random) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.15f, 0.95f));
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        double radius = 0.25 + 0.12 * random.nextDouble();
        AffineTransform place = AffineTransform.getScaleInstance(image.getWidth(), image.getHeight());
        place.translate(0.42 + 0.16 * random.nextDouble(), 0.42 + 0.16 * random.nextDouble());
        place.rotate(0.4 * random.nextDouble() - 0.2);
        place.scale(radius, radius);
        graphics.transform(place);
        graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.8f, 0.7f));
        graphics.setStroke(new BasicStroke(0.4f));
        switch (shape) {
            case "disc" -> graphics.fill(new Ellipse2D.Double(-1, -1, 2, 2));
            case "ring" -> graphics.draw(new Ellipse2D.Double(-0.8, -0.8, 1.6, 1.6));
            case "square" -> graphics.fill(new Rectangle2D.Double(-0.9, -0.9, 1.8, 1.8));
            default -> graphics.fill(triangle());
        }
        graphics.dispose();
    }

    private static Path2D triangle() {
        Path2D path = new Path2D.Double();
        path.moveTo(0, -1.1);
        path.lineTo(1.1, 0.9);
        path.lineTo(-1.1, 0.9);
        path.closePath();
        return path;
    }
}
