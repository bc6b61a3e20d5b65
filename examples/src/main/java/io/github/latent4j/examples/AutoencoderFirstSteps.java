package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.examples.notebook.LearningCurve;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * First steps with an autoencoder. An autoencoder is a network that has to copy its input through a bottleneck: an encoder turns
 * an image of 784 numbers into a code of 16, and a decoder turns the code back into an image. What gets through is what the
 * images have in common.
 *
 * <p>This lesson trains one on digits, holds it against principal components, looks at what is lost, and saves the model for a
 * service. It takes less than half a minute.
 */
public final class AutoencoderFirstSteps {
    private AutoencoderFirstSteps() {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(AutoencoderFirstSteps.class, AutoencoderFirstSteps::run);
    }

    static Evaluation run(Size size, Notebook page) throws IOException {
        // # The data
        // The catalogue has digits drawn by a pen, made by a program from a seed, so that nothing needs to be
        // downloaded. An example is an array of 784 numbers from 0 (paper) to 1 (ink), the pixels of 28 rows.
        // One part is for training, the other is kept for questions that the model has not seen.
        Dataset digits = Datasets.strokes(size.of(20_000, 6_000), 1);
        page.show(Images.grid(digits.train().read(0, 40), digits.train().input(), 10), "Forty of the digits.");

        // # The model
        // The specification is a record: 784 inputs, a hidden layer of 256, a code of 16, and the same way
        // back. It is checked when it is made and knows nothing of a library; the network behind it is one of
        // Deeplearning4j's.
        AutoencoderSpec spec = AutoencoderSpec.of(784, 16).withHidden(256);

        // # Training
        // The plan says how: ten passes over the data, all else as the defaults have it. A tenth of the
        // examples is held out, and the model that does best on them is the one that is kept.
        TrainingResult<Autoencoder> training = Trainer.with(
                        TrainingPlan.defaults().withEpochs(size.of(10, 8)))
                .reportingTo(TrainingListener.lines(System.out))
                .fit(spec, digits.train());
        Autoencoder model = training.model();
        page.show(LearningCurve.of(training.history(), "squared error of a pixel"));

        // # Is it any good?
        // Compared with what? Principal components are the best that a linear map can do with 16 numbers, so
        // they are what a network has to beat. A model can carry those of its training data along; this one
        // has none, so the evaluator fits them to the test digits themselves. That favours them: they have
        // seen what the autoencoder has not.
        Evaluation evaluation =
                Evaluator.of(model.using(MultiplicationProvider.forBatches())).evaluate(digits.test());
        page.say(
                "mean squared error of a pixel: autoencoder %.4f, principal components %.4f",
                evaluation.reconstructionError(), evaluation.pcaReconstructionError());
        page.show(evaluation);

        // # What does it lose?
        // Look: originals above, what comes back below. Shape and slant get through, the texture of the
        // stroke does not.
        Matrix originals = digits.test().read(0, 20);
        page.show(
                Images.pairs(
                        originals, model.reconstruct(originals), model.card().input()),
                "Originals and, below each, its reconstruction.");

        // # Saving and using it
        // The file is a DL4J model and little more. A service loads it with latent4j-runtime alone: no native
        // code, one immutable object for any number of threads.
        Path file = page.file("digits.zip");
        ModelFile.write(model, file);
        LatentModel loaded = LatentModel.load(file);
        float[] digit = digits.test().example(0);
        page.say("the code of the first digit: %s", text(loaded.encode(digit)));
        page.say("its reconstruction error: %.4f", loaded.reconstructionError(digit));

        // # What to try next
        // Give the code 2 numbers, or 64, and see how far each is ahead of as many principal components. The
        // lesson DenoisingAutoencoder gives the model a harder task than to copy.
        return evaluation;
    }

    private static String text(float[] code) {
        return IntStream.range(0, code.length)
                .mapToObj(i -> Numbers.text(code[i], 2))
                .collect(Collectors.joining(" "));
    }
}
