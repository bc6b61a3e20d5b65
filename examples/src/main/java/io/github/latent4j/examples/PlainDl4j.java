package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.domain.Networks;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.examples.notebook.LargestDifference;
import io.github.latent4j.examples.notebook.LearningCurve;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.training.EpochReport;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingEngine;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Plain Deeplearning4j, there and back. The networks behind models are Deeplearning4j's own, and a model file is one that its own code
 * reads. So nothing is locked in: what you have trained there can come here, and the other way round.
 *
 * <p>This lesson trains by Deeplearning4j's code from within latent4j, opens the saved file in plain Deeplearning4j, goes on training
 * there, and brings a network that knows nothing of latent4j over. After each step the numbers of both sides are compared. It takes
 * about a minute.
 */
public final class PlainDl4j {
    private PlainDl4j() {}

    /**
     * What was found out.
     *
     * @param saved the largest difference of a pixel between a model and its file in plain Deeplearning4j
     * @param brought the same between a plain network and the model made from it
     * @param before the model's mean squared error of a pixel
     * @param after that of the network that went on training
     */
    record Outcome(double saved, double brought, double before, double after) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(PlainDl4j.class, PlainDl4j::run);
    }

    static Outcome run(Size size, Notebook page) throws IOException {
        // # Two engines
        // An engine is what turns a plan into trained weights. The usual one, fused, is latent4j's own. The
        // other one, dl4j, lets Deeplearning4j's layers do all of it, and is there for whoever wants to hold
        // one against the other. The plan is the same for both; where one line of the chart hides the other,
        // they go the same way.
        Dataset digits = Datasets.strokes(size.of(6_000, 1_000), 1);
        AutoencoderSpec spec = AutoencoderSpec.of(784, 16).withHidden(128);
        TrainingPlan plan = TrainingPlan.defaults().withEpochs(size.of(8, 3));
        TrainingResult<Autoencoder> fused = train(TrainingEngine.fused(), plan, spec, digits.train());
        TrainingResult<Autoencoder> dl4j = train(TrainingEngine.dl4j(), plan, spec, digits.train());
        Map<String, List<EpochReport>> histories = new LinkedHashMap<>();
        histories.put("fused", fused.history());
        histories.put("dl4j", dl4j.history());
        page.show(LearningCurve.compare(histories, "squared error of a pixel"));

        // # Do they agree?
        // They draw their first weights and the order of the examples from the same seed, and take their sums
        // in another order. So they agree in what comes out, though not in every digit. The test measures
        // both on digits that neither has seen.
        Autoencoder model = dl4j.model();
        double before = error(model, digits.test());
        page.say("error of a pixel: fused %.5f, dl4j %.5f", error(fused.model(), digits.test()), before);

        // # The file in plain Deeplearning4j
        // Save the model with latent4j, and open it with the class that every program with Deeplearning4j has
        // for that. Put the same digits through both: the largest difference of any pixel is that of
        // rounding.
        Path file = page.file("digits.zip");
        ModelFile.write(model, file);
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        Matrix some = digits.test().read(0, 20);
        double saved = LargestDifference.between(model.reconstruct(some), output(network, some));
        page.say("%s", network.summary());
        page.say("largest difference of a pixel: %.1e", saved);

        // # Going on there
        // It is a network like any other. It brings its updater along, Adam with the learning rate of the
        // plan, and goes on, here for two more passes, with the images as their own targets. What was learned
        // is where it starts from, and the error on unseen digits tells whether the passes have helped.
        train(network, digits.train(), 2);
        double after = error(Networks.toModel(network), digits.test());
        page.say("error of a pixel: before %.5f, after two more passes %.5f", before, after);

        // # A network from elsewhere
        // This one is configured and trained without a line of latent4j: dense layers that narrow to eight
        // numbers and widen again, with sigmoids at the end and the squared error as its loss.
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Adam(1e-3))
                .weightInit(WeightInit.XAVIER)
                .list()
                .layer(dense(784, 200, Activation.RELU))
                .layer(dense(200, 8, Activation.IDENTITY))
                .layer(dense(8, 200, Activation.RELU))
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(200)
                        .nOut(784)
                        .activation(Activation.SIGMOID)
                        .build())
                .build();
        MultiLayerNetwork own = new MultiLayerNetwork(configuration);
        own.init();
        train(own, digits.train(), size.of(8, 2));

        // # Bringing it over
        // One call makes a model of it, if its layers are those of an autoencoder or a VAE; if they are not,
        // the exception says which are. The network does not know what its inputs mean: the card does, so
        // tell it.
        LatentModel brought =
                Networks.toModel(own).withCard(ModelCard.of(digits.test().input()));
        page.say(
                "%s: %d inputs, a code of %d",
                brought.spec().kind(), brought.spec().inputs(), brought.spec().latent());
        double difference = LargestDifference.between(brought.reconstruct(some), output(own, some));
        page.say("largest difference of a pixel: %.1e", difference);

        // # What it gains
        // From here on it is a model like all others: files for services, codes from many threads, ONNX, and
        // everything that measures. Here are the figures and its reconstructions. The principal components
        // that it is held against are fitted on the very digits that they are measured on, which flatters
        // them.
        Evaluation evaluation = Evaluator.of(brought).evaluate(digits.test());
        page.show(evaluation);
        page.show(
                Images.pairs(some, brought.reconstruct(some), digits.test().input()),
                "Digits, and below each what the network from elsewhere makes of it.");

        // # What to try next
        // This was the last lesson. docs/architecture.md tells how the parts fit together, and docs/plan.md
        // what else a plan can say; AutoencoderFirstSteps is where the lessons begin.
        return new Outcome(saved, difference, before, after);
    }

    private static DenseLayer dense(int in, int out, Activation activation) {
        return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
    }

    private static TrainingResult<Autoencoder> train(
            TrainingEngine engine, TrainingPlan plan, AutoencoderSpec spec, Examples examples) {
        return Trainer.with(plan)
                .using(engine)
                .reportingTo(TrainingListener.lines(System.out))
                .fit(spec, examples);
    }

    /** Trains by plain Deeplearning4j, the images being their own targets, in another order each time. */
    private static void train(MultiLayerNetwork network, Examples examples, int epochs) {
        for (int epoch = 0; epoch < epochs; epoch++) {
            Permutation order = new Permutation(examples.size(), epoch);
            for (int from = 0; from < examples.size(); from += 128) {
                int[] drawn = IntStream.range(from, Math.min(from + 128, examples.size()))
                        .map(order)
                        .toArray();
                INDArray batch = array(examples.read(drawn));
                network.fit(batch, batch);
            }
        }
    }

    private static INDArray array(Matrix rows) {
        return Nd4j.createFromArray(rows.data()).reshape(rows.rows(), rows.columns());
    }

    private static Matrix output(MultiLayerNetwork network, Matrix rows) {
        return Matrix.of(network.output(array(rows)).toFloatMatrix());
    }

    private static double error(LatentModel model, Examples examples) {
        return Arrays.stream(model.reconstructionErrors(examples.read(0, examples.size())))
                .average()
                .orElseThrow();
    }
}
