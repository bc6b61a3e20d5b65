package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Examples;
import io.github.latent4j.data.PcaFit;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Scale;
import io.github.latent4j.evaluation.Chart.Series;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.MeanSquaredError;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Compression with loss. An autoencoder's code is a short description of an image. To store it, its numbers are rounded to bytes,
 * and what the bytes then cost is their entropy: values that come often get short words. Codes of several sizes, rounded
 * coarsely or finely, give a choice of file sizes and of errors; plotted against each other they are the rate-distortion curve, by
 * which any compression with loss is judged.
 *
 * <p>This lesson draws that curve for autoencoders and for principal components, and shows what images look like at a few bytes each.
 * It takes about a minute.
 */
public final class Compression {
    private static final int[] LEVELS = {4, 8, 16, 64};

    private Compression() {}

    /** A point of the curve: bits an image, and the mean squared error of a pixel. */
    record Point(double bits, double error) {}

    /** Of one size of the code: points by the number of levels, and the error without rounding. */
    record Curves(int numbers, List<Point> autoencoder, List<Point> pca, double unrounded) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(Compression.class, Compression::run);
    }

    static List<Curves> run(Size size, Notebook page) throws IOException {
        // # One image, 784 bytes
        // That is what a pixel a byte costs. Some pixels are always white, so even without a model there is less in
        // it: the entropy of the pixels, place by place, is what a coder needs that knows how often each value
        // comes at each place.
        Dataset images = LessonData.clothesOrStrokes(page, size.of(20_000, 4_000), size.of(2_000, 500));
        Matrix originals = images.test().read(0, images.test().size());
        byte[][] pixels = new byte[originals.rows()][784];
        for (int row = 0; row < pixels.length; row++) {
            for (int i = 0; i < 784; i++) {
                pixels[row][i] = (byte) Math.round(255 * originals.get(row, i));
            }
        }
        page.say("pixels: 784 bytes an image, %.0f by their entropy among these images", entropy(pixels) / 8);

        // # Rounding a code to bytes
        // Each number of a code has its own range, which is taken from the training images and cut into equal
        // steps: 64 levels are fine, 4 are coarse. A level is a byte; back again, it becomes the middle of its
        // step. Here is a code of eight numbers, its bytes at 16 levels, and what they stand for.
        LatentModel small = train(8, images.train(), size);
        Quantiser quantiser = Quantiser.of(small.encode(some(images.train())), 16);
        Matrix code = small.encode(originals.slice(0, 1));
        byte[][] bytes = quantiser.bytes(code);
        page.show(List.of("code", "byte", "back"), table(code, bytes, quantiser.codes(bytes)));

        // # Rate against distortion
        // For each size of the code and each number of levels: the rate is the entropy of the bytes, added up over
        // the numbers of the code, the distortion the squared error of the decoded image. Principal components go
        // through the same rounding. A point further to the left costs less, one further down looks more like the
        // original.
        List<Curves> curves = new ArrayList<>();
        curves.add(curves(small, images, originals));
        for (int numbers : size == Size.FULL ? new int[] {16, 32} : new int[] {16}) {
            curves.add(curves(train(numbers, images.train(), size), images, originals));
        }
        page.show(chart(curves));

        // Within a line, the levels grow from left to right. Coarse steps on many numbers or fine steps on few:
        // where the lines cross, the better choice changes. The table has the points at 16 levels.
        page.show(
                List.of("numbers", "bytes", "error", "PCA bytes", "PCA error"),
                curves.stream().map(Compression::row).toList());

        // # What it looks like
        // Originals above, decoded bytes below, for the code of eight numbers with 4, 8 and 64 levels.
        for (int levels : new int[] {4, 8, 64}) {
            Quantiser rounding = Quantiser.of(small.encode(some(images.train())), levels);
            byte[][] stored = rounding.bytes(small.encode(originals));
            Matrix decoded = small.decode(rounding.codes(stored));
            page.show(
                    Images.pairs(
                            originals.slice(0, 10),
                            decoded.slice(0, 10),
                            images.test().input()),
                    "%d levels, %s bytes an image.".formatted(levels, Numbers.text(entropy(stored) / 8, 1)));
        }

        // # What is not counted
        // The decoder has to be there where images are unpacked: its parameters are no part of the rate, which pays
        // for many images alone. And entropy is what a coder of single bytes comes near to, not a file that was
        // written.
        page.say("parameters of encoder and decoder: %,d", small.spec().layout().length());

        // # What to try next
        // Put the bytes through java.util.zip.Deflater and compare with the entropy. The next lessons ask what a
        // reconstruction error tells of a single example: AnomaliesInATable begins.
        return curves;
    }

    /** Rounds each number of a code to one of several levels over its own range. */
    private static final class Quantiser {
        private final float[] from;
        private final float[] step;
        private final int levels;

        private Quantiser(float[] from, float[] step, int levels) {
            this.from = from;
            this.step = step;
            this.levels = levels;
        }

        /** Ranges reach 2.5 standard deviations to both sides of the mean. */
        static Quantiser of(Matrix codes, int levels) {
            float[] from = new float[codes.columns()];
            float[] step = new float[codes.columns()];
            for (int d = 0; d < from.length; d++) {
                double sum = 0;
                double squares = 0;
                for (int row = 0; row < codes.rows(); row++) {
                    sum += codes.get(row, d);
                    squares += (double) codes.get(row, d) * codes.get(row, d);
                }
                double mean = sum / codes.rows();
                double deviation = Math.sqrt(Math.max(0, squares / codes.rows() - mean * mean));
                from[d] = (float) (mean - 2.5 * deviation);
                step[d] = (float) Math.max(5 * deviation / levels, 1e-9);
            }
            return new Quantiser(from, step, levels);
        }

        byte[][] bytes(Matrix codes) {
            byte[][] bytes = new byte[codes.rows()][codes.columns()];
            for (int row = 0; row < bytes.length; row++) {
                for (int d = 0; d < from.length; d++) {
                    double level = Math.floor((codes.get(row, d) - from[d]) / step[d]);
                    bytes[row][d] = (byte) Math.min(levels - 1, Math.max(0, level));
                }
            }
            return bytes;
        }

        Matrix codes(byte[][] bytes) {
            Matrix codes = Matrix.zeros(bytes.length, from.length);
            for (int row = 0; row < bytes.length; row++) {
                for (int d = 0; d < from.length; d++) {
                    codes.data()[row * from.length + d] = from[d] + (bytes[row][d] + 0.5f) * step[d];
                }
            }
            return codes;
        }
    }

    /** Bits a row: the entropy of the bytes of each column, added up. */
    private static double entropy(byte[][] rows) {
        double bits = 0;
        for (int column = 0; column < rows[0].length; column++) {
            int[] counts = new int[256];
            for (byte[] row : rows) {
                counts[Byte.toUnsignedInt(row[column])]++;
            }
            for (int count : counts) {
                double share = (double) count / rows.length;
                bits -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    private static LatentModel train(int numbers, Examples examples, Size size) {
        return Trainer.with(TrainingPlan.defaults().withEpochs(size.of(15, 8)).withBatchSize(size.of(128, 32)))
                .reportingTo(TrainingListener.lines(System.out))
                .fit(AutoencoderSpec.of(784, numbers).withHidden(256), examples)
                .model()
                .using(MultiplicationProvider.forBatches());
    }

    private static Matrix some(Examples examples) {
        return examples.read(0, Math.min(2_000, examples.size()));
    }

    private static Curves curves(LatentModel model, Dataset images, Matrix originals) {
        int numbers = model.spec().latent();
        Pca pca = PcaFit.fit(images.train(), numbers, 1);
        Matrix training = some(images.train());
        return new Curves(
                numbers,
                points(model.encode(training), model.encode(originals), model::decode, originals),
                points(pca.encode(training), pca.encode(originals), codes -> decode(pca, codes), originals),
                MeanSquaredError.between(model.reconstruct(originals), originals));
    }

    private static List<Point> points(Matrix training, Matrix codes, UnaryOperator<Matrix> decoder, Matrix originals) {
        List<Point> points = new ArrayList<>();
        for (int levels : LEVELS) {
            Quantiser quantiser = Quantiser.of(training, levels);
            byte[][] bytes = quantiser.bytes(codes);
            Matrix decoded = decoder.apply(quantiser.codes(bytes));
            points.add(new Point(entropy(bytes), MeanSquaredError.between(decoded, originals)));
        }
        return points;
    }

    private static Matrix decode(Pca pca, Matrix codes) {
        Matrix images = Matrix.zeros(codes.rows(), pca.inputs());
        for (int row = 0; row < codes.rows(); row++) {
            for (int i = 0; i < pca.inputs(); i++) {
                float value = pca.mean()[i];
                for (int d = 0; d < pca.dimensions(); d++) {
                    value += codes.get(row, d) * pca.components().get(d, i);
                }
                images.data()[row * pca.inputs() + i] = Math.min(1, Math.max(0, value));
            }
        }
        return images;
    }

    private static Chart chart(List<Curves> curves) {
        List<Series> series = new ArrayList<>();
        for (Curves one : curves) {
            series.add(line("autoencoder, " + one.numbers(), one.autoencoder()));
        }
        for (Curves one : curves) {
            series.add(line("PCA, " + one.numbers(), one.pca()));
        }
        return new Chart(
                "rate-distortion",
                "The squared error of a pixel by the bytes of an image; further down and to the left is better.",
                new Axis("bytes an image", Scale.LOGARITHMIC),
                Axis.of("squared error of a pixel"),
                series);
    }

    private static Line line(String name, List<Point> points) {
        return new Line(
                name,
                points.stream().map(p -> p.bits() / 8).toList(),
                points.stream().map(Point::error).toList());
    }

    private static List<String> row(Curves curves) {
        Point autoencoder = curves.autoencoder().get(2);
        Point pca = curves.pca().get(2);
        return List.of(
                String.valueOf(curves.numbers()),
                Numbers.text(autoencoder.bits() / 8, 1),
                Numbers.text(autoencoder.error(), 4),
                Numbers.text(pca.bits() / 8, 1),
                Numbers.text(pca.error(), 4));
    }

    private static List<List<String>> table(Matrix code, byte[][] bytes, Matrix back) {
        List<List<String>> rows = new ArrayList<>();
        for (int d = 0; d < code.columns(); d++) {
            rows.add(List.of(
                    Numbers.text(code.get(0, d), 2), String.valueOf(bytes[0][d]), Numbers.text(back.get(0, d), 2)));
        }
        return rows;
    }
}
