package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.domain.Networks;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.examples.notebook.LearningCurve;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.training.EpochReport;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingPlan.Pretraining;
import io.github.latent4j.training.TrainingResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A stacked autoencoder. Deep autoencoders were first trained layer by layer: the first layer learns to give back the image, the
 * second to give back what the first makes of it, and so on; only then all of them are trained together. Each layer is one of
 * Deeplearning4j's AutoEncoder layers, whose weights are used twice, forwards to encode and transposed to decode.
 *
 * <p>This lesson trains such a stack with and without the pretraining, looks at what the first layer sees, and takes the network of
 * Deeplearning4j out of the model. It takes about half a minute.
 */
public final class StackedAutoencoder {
    private StackedAutoencoder() {}

    /** Errors on held-out images by the epochs of fine-tuning, and how far DL4J's codes are from the model's. */
    record Found(List<Double> pretrained, List<Double> fromScratch, double difference) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(StackedAutoencoder.class, StackedAutoencoder::run);
    }

    static Found run(Size size, Notebook page) throws IOException {
        // # The stack
        // Three layers: 784 to 256, to 64, to 16. Tied weights halve the number of parameters. The sigmoid is
        // the activation of the time: its slopes are small, which is what made deep stacks hard to train from
        // scratch.
        Dataset images = LessonData.clothesOrStrokes(page, size.of(15_000, 3_000), size.of(1_000, 300));
        AutoencoderSpec spec = AutoencoderSpec.of(784, 16).withHidden(256, 64).withTiedWeights(Activation.SIGMOID);
        page.say("%,d parameters", spec.layout().length());

        // # With pretraining and without
        // Pretraining goes through the layers from below. Each learns to undo a masking of its input: a share
        // of the values is set to 0, and it has to give all of them back. Then all layers are fine-tuned
        // together on the reconstruction of the image. The other training starts with that, from random
        // weights.
        TrainingPlan plan = TrainingPlan.defaults().withEpochs(size.of(20, 4));
        TrainingResult<Autoencoder> pretrained =
                train(spec, plan.withPretraining(new Pretraining(size.of(5, 2), 0.3)), images);
        TrainingResult<Autoencoder> fromScratch = train(spec, plan.withPretraining(new Pretraining(0, 0)), images);
        Map<String, List<EpochReport>> histories = new LinkedHashMap<>();
        histories.put("pretrained", pretrained.history());
        histories.put("from scratch", fromScratch.history());
        page.show(LearningCurve.compare(histories, "squared error of a pixel"));

        // The chart counts the epochs of fine-tuning alone, so it flatters the pretraining, which had its own
        // before. The seconds below are those of all epochs. Look at the start of the curves and at the end.
        page.show(
                List.of("", "after 1 epoch", "at the end", "seconds"),
                List.of(row("pretrained", pretrained), row("from scratch", fromScratch)));

        // # What the first layer sees
        // A unit of the first layer has a weight for every pixel, so its weights are an image: bright where
        // ink excites it, dark where ink inhibits it, grey where it does not care. These are the forty units
        // with the largest weights of the pretrained stack, and below them those of the other one.
        Autoencoder model = pretrained.model().using(MultiplicationProvider.forBatches());
        page.show(Images.grid(features(model, 40), model.card().input(), 10), "Pretrained.");
        page.show(Images.grid(features(fromScratch.model(), 40), model.card().input(), 10), "From scratch.");

        // # What comes back
        // Originals above, reconstructions from 16 numbers below.
        Matrix some = images.test().read(0, 20);
        page.show(Images.pairs(some, model.reconstruct(some), model.card().input()), "The pretrained stack.");

        // # It is Deeplearning4j's network
        // Nothing about the model is special to this library: here is its MultiLayerNetwork, to go on with in
        // DL4J, for instance with a classifier on top. It gives the same codes as the model, up to rounding.
        MultiLayerNetwork network = Networks.of(model);
        page.show(
                List.of("layer", "from", "to"),
                Stream.of(network.getLayers()).map(StackedAutoencoder::row).toList());
        float[] codes = network.output(Nd4j.create(some.data(), some.rows(), some.columns()))
                .data()
                .asFloat();
        double difference = greatest(codes, model.encode(some).data());
        page.say("greatest difference of a code's value: %.1e", difference);

        // # What to try next
        // Exchange the sigmoid for Activation.ELU, with which deep networks train well from scratch, and see
        // what is left of the difference. The lesson VaeFirstSteps turns to autoencoders that can make up new
        // images.
        return new Found(errors(pretrained), errors(fromScratch), difference);
    }

    private static TrainingResult<Autoencoder> train(AutoencoderSpec spec, TrainingPlan plan, Dataset images) {
        return Trainer.with(plan)
                .reportingTo(TrainingListener.lines(System.out))
                .fit(spec, images.train());
    }

    /** The errors on held-out images after each epoch of fine-tuning. */
    private static List<Double> errors(TrainingResult<Autoencoder> training) {
        return training.history().stream()
                .flatMap(epoch -> epoch.validation().stream())
                .map(losses -> losses.loss())
                .toList();
    }

    private static List<String> row(String name, TrainingResult<Autoencoder> training) {
        List<Double> errors = errors(training);
        double seconds =
                training.history().stream().mapToDouble(EpochReport::seconds).sum();
        return List.of(
                name,
                Numbers.text(errors.get(0), 4),
                Numbers.text(errors.get(errors.size() - 1), 4),
                Numbers.text(seconds, 0));
    }

    /** Weights of the first layer's units as images: those of the largest norm, 0 as a middle grey. */
    private static Matrix features(Autoencoder model, int count) {
        ParameterLayout.Block block = model.spec().layout().block("0_W");
        float[] all = model.parameters();
        Matrix weights = Matrix.wrap(
                block.outputs(),
                block.inputs(),
                Arrays.copyOfRange(all, block.offset(), block.offset() + block.length()));
        return Matrix.of(IntStream.range(0, weights.rows())
                .mapToObj(weights::row)
                .sorted((a, b) -> Double.compare(norm(b), norm(a)))
                .limit(count)
                .map(StackedAutoencoder::image)
                .toArray(float[][]::new));
    }

    private static double norm(float[] values) {
        return Math.sqrt(IntStream.range(0, values.length)
                .mapToDouble(i -> (double) values[i] * values[i])
                .sum());
    }

    private static float[] image(float[] weights) {
        double scale = 6 * norm(weights) / Math.sqrt(weights.length);
        float[] image = new float[weights.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) (0.5 + weights[i] / scale);
        }
        return image;
    }

    private static List<String> row(Layer layer) {
        INDArray weights = layer.getParam("W");
        return List.of(
                layer.conf().getLayer().getClass().getSimpleName(),
                String.valueOf(weights.rows()),
                String.valueOf(weights.columns()));
    }

    private static double greatest(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs(a[i] - b[i]))
                .max()
                .orElseThrow();
    }
}
