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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Compression with loss. An autoencoder's code is a short description of an image. To store it, its numbers are rounded to bytes,
 * and what the bytes then cost is their entropy: values that come often get short words. Codes of several sizes, rounded
 * coarsely or finely, give a choice of file sizes and of errors; plotted against each other they are the rate-distortion curve, by
 * which any compression with loss is judged.
 *
 * <p>This lesson draws that curve for autoencoders and for principal components, and shows what images look like at a few bytes each.
 * It takes about half a minute.
 */
public final class Compression {
    private static final List<Integer> LEVELS = List.of(4, 8, 16, 64);
    private static final int COMPONENTS = 64;

    private Compression() {}

    /** A point of the curve: bits an image, and the mean squared error of a pixel. */
    record Point(double bits, double error) {}

    /** Of one size of the code: a point for each number of levels, and the error without rounding. */
    record Curve(int numbers, List<Point> points, double unrounded) {}

    /** The curves of the autoencoders, and that of principal components by growing bits. */
    record Found(List<Curve> autoencoders, List<Point> pca) {
        /** The error of principal components at as many bits, on the straight line between the points on both sides. */
        double pcaError(double bits) {
            int next = 1;
            while (next < pca.size() - 1 && pca.get(next).bits() < bits) {
                next++;
            }
            Point a = pca.get(next - 1);
            Point b = pca.get(next);
            return a.error() + (bits - a.bits()) / (b.bits() - a.bits()) * (b.error() - a.error());
        }
    }

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(Compression.class, Compression::run);
    }

    static Found run(Size size, Notebook page) throws IOException {
        // # One image, 784 bytes
        // That is what a pixel a byte costs. Some pixels are always white, so even without a model there is
        // less in it: the entropy of the pixels, place by place, is what a coder needs that knows how often
        // each value comes at each place.
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
        // steps: 64 levels are fine, 4 are coarse. The range reaches 2.5 standard deviations to both sides of
        // the mean; what lies beyond is clipped to its end. A level is a byte; back again, it becomes the
        // middle of its step. Here is a code of eight numbers, its bytes at 16 levels, and what they stand
        // for.
        LatentModel small = train(8, images.train(), size);
        Quantiser quantiser = Quantiser.of(small.encode(some(images.train())), 16);
        Matrix code = small.encode(originals.slice(0, 1));
        byte[][] bytes = quantiser.bytes(code);
        page.show(List.of("code", "byte", "back"), table(code, bytes, quantiser.codes(bytes)));

        // # Rate against distortion
        // For each size of the code and each number of levels: the rate is the entropy of the bytes, added up
        // over the numbers of the code, the distortion the squared error of the decoded image.
        List<Curve> curves = new ArrayList<>(List.of(curve(small, images, originals)));
        for (int numbers : size == Size.FULL ? new int[] {16, 32} : new int[] {16}) {
            curves.add(curve(train(numbers, images.train(), size), images, originals));
        }

        // Principal components are the classical way, and the one to beat. They are rounded as their theory
        // says: they stand at right angles, so an error in any of them costs the same, and all of them get
        // the same step. Where a component hardly varies, that step rounds it to 0, and it costs next to
        // nothing. So 64 of them need one line only: from left to right the step gets finer.
        Found found = new Found(curves, pca(images, originals));
        page.show(chart(found));

        // A point further to the left costs less, one further down looks more like the original. Within a
        // line of the autoencoders, the levels grow from left to right; where the lines cross, the better
        // size of the code changes. The table has all of their points, and the error of principal components
        // at as many bytes, read off their line.
        page.show(List.of("numbers", "levels", "bytes", "error", "PCA error"), rows(found));
        page.say("%s", verdict(found));

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
        // What decodes has to be there where images are unpacked: its numbers are no part of the rate, which
        // pays for many images alone. And entropy is what a coder of single bytes comes near to, not a file
        // that was written.
        page.say(
                "parameters of encoder and decoder, code of eight: %,d",
                small.spec().layout().length());
        page.say("numbers of %d principal components and the mean: %,d", COMPONENTS, (COMPONENTS + 1) * 784);

        // # What to try next
        // Put the bytes through java.util.zip.Deflater and compare with the entropy. The next lessons ask
        // what a reconstruction error tells of a single example: AnomaliesInATable begins.
        return found;
    }

    /** Rounds each number of a code to one of several levels; what lies beyond them is clipped to the last one. */
    private static final class Quantiser {
        private final float[] from;
        private final float[] step;
        private final int levels;

        private Quantiser(float[] from, float[] step, int levels) {
            if (levels < 2 || levels > 256) {
                throw new IllegalArgumentException(
                        "levels: found %d, expected 2 to 256, as a byte has".formatted(levels));
            }
            this.from = from;
            this.step = step;
            this.levels = levels;
        }

        /** For each number its own range, which reaches 2.5 standard deviations to both sides of the mean. */
        static Quantiser of(Matrix codes, int levels) {
            float[] from = new float[codes.columns()];
            float[] step = new float[codes.columns()];
            for (int d = 0; d < from.length; d++) {
                double deviation = deviation(codes, d);
                from[d] = (float) (mean(codes, d) - 2.5 * deviation);
                step[d] = (float) Math.max(5 * deviation / levels, 1e-9);
            }
            return new Quantiser(from, step, levels);
        }

        /** The same step for all numbers, with 0 in the middle of a level. */
        static Quantiser ofStep(int numbers, double step) {
            float[] from = new float[numbers];
            float[] steps = new float[numbers];
            Arrays.fill(from, (float) (-128.5 * step));
            Arrays.fill(steps, (float) step);
            return new Quantiser(from, steps, 256);
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
                    codes.data()[row * from.length + d] =
                            from[d] + (Byte.toUnsignedInt(bytes[row][d]) + 0.5f) * step[d];
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

    private static Curve curve(LatentModel model, Dataset images, Matrix originals) {
        Matrix training = model.encode(some(images.train()));
        Matrix codes = model.encode(originals);
        return new Curve(
                model.spec().latent(),
                LEVELS.stream()
                        .map(levels -> point(Quantiser.of(training, levels), codes, model::decode, originals))
                        .toList(),
                MeanSquaredError.between(model.reconstruct(originals), originals));
    }

    /** Steps from four standard deviations of the first component down to a sixteenth of one. */
    private static List<Point> pca(Dataset images, Matrix originals) {
        Pca pca = PcaFit.fit(images.train(), COMPONENTS, 1);
        Matrix codes = pca.encode(originals);
        double deviation = deviation(pca.encode(some(images.train())), 0);
        return IntStream.rangeClosed(-4, 8)
                .mapToObj(i -> Quantiser.ofStep(COMPONENTS, deviation / Math.pow(2, i / 2.0)))
                .map(quantiser -> point(quantiser, codes, c -> withinRange(pca.decode(c)), originals))
                .toList();
    }

    private static Point point(Quantiser quantiser, Matrix codes, UnaryOperator<Matrix> decoder, Matrix originals) {
        byte[][] bytes = quantiser.bytes(codes);
        return new Point(entropy(bytes), MeanSquaredError.between(decoder.apply(quantiser.codes(bytes)), originals));
    }

    /** Pixels from 0 to 1, as the autoencoder's are. */
    private static Matrix withinRange(Matrix images) {
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = Math.min(1, Math.max(0, images.data()[i]));
        }
        return images;
    }

    private static double mean(Matrix codes, int column) {
        return column(codes, column).average().orElseThrow();
    }

    private static double deviation(Matrix codes, int column) {
        double mean = mean(codes, column);
        return Math.sqrt(column(codes, column)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }

    private static DoubleStream column(Matrix codes, int column) {
        return IntStream.range(0, codes.rows()).mapToDouble(row -> codes.get(row, column));
    }

    private static Chart chart(Found found) {
        List<Series> series = new ArrayList<>();
        for (Curve curve : found.autoencoders()) {
            series.add(line("autoencoder, " + curve.numbers(), curve.points()));
        }
        series.add(line("PCA, " + COMPONENTS, found.pca()));
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

    private static List<List<String>> rows(Found found) {
        List<List<String>> rows = new ArrayList<>();
        for (Curve curve : found.autoencoders()) {
            for (int i = 0; i < LEVELS.size(); i++) {
                Point point = curve.points().get(i);
                rows.add(List.of(
                        String.valueOf(curve.numbers()),
                        String.valueOf(LEVELS.get(i)),
                        Numbers.text(point.bits() / 8, 1),
                        Numbers.text(point.error(), 4),
                        Numbers.text(found.pcaError(point.bits()), 4)));
            }
        }
        return rows;
    }

    /** Who is ahead where, at the same bytes. */
    private static String verdict(Found found) {
        List<Point> all = found.autoencoders().stream()
                .flatMap(curve -> curve.points().stream())
                .toList();
        List<Point> lost = all.stream()
                .filter(point -> point.error() >= found.pcaError(point.bits()))
                .sorted(Comparator.comparingDouble(Point::bits))
                .toList();
        String bytes =
                lost.stream().map(point -> Numbers.text(point.bits() / 8, 1)).collect(Collectors.joining(", "));
        return "At the same bytes, the autoencoder has the smaller error at %d of %d points%s."
                .formatted(
                        all.size() - lost.size(),
                        all.size(),
                        lost.isEmpty() ? "" : "; principal components have it at " + bytes + " bytes");
    }

    private static List<List<String>> table(Matrix code, byte[][] bytes, Matrix back) {
        List<List<String>> rows = new ArrayList<>();
        for (int d = 0; d < code.columns(); d++) {
            rows.add(List.of(
                    Numbers.text(code.get(0, d), 2),
                    String.valueOf(Byte.toUnsignedInt(bytes[0][d])),
                    Numbers.text(back.get(0, d), 2)));
        }
        return rows;
    }
}
