package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Trains an autoencoder on pen strokes, holds it against principal components, and uses the saved model as a service
 * would. Run {@code main}; it takes about a minute and writes into {@code examples/out}.
 */
public final class TrainAnAutoencoder {
    private TrainAnAutoencoder() {}

    /**
     * Runs the example in full.
     *
     * @param arguments none
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        run(20_000, 10, Files.createDirectories(Path.of("examples/out/TrainAnAutoencoder")));
    }

    /**
     * Runs the example.
     *
     * @param examples digits to train on
     * @param epochs passes over them
     * @param folder where files go
     * @return how well the model does on digits that it has not seen
     * @throws IOException if a file cannot be written
     */
    static Evaluation run(int examples, int epochs, Path folder) throws IOException {
        // The data: digits drawn by a pen. An example is 784 numbers, the pixels of an image of 28 x 28.
        Dataset digits = Datasets.strokes(examples, 1);

        // The model: 784 numbers go through a hidden layer of 256 down to a code of 16, and all the way back.
        AutoencoderSpec spec = AutoencoderSpec.of(784, 16).withHidden(256);

        // Training: a tenth of the examples is held out, and the model that does best on it is kept.
        Autoencoder model = Trainer.with(TrainingPlan.defaults().withEpochs(epochs))
                .reportingTo(TrainingListener.lines(System.out))
                .fit(spec, digits.train())
                .model();

        // How good is it? Principal components are the best that a linear map can do with 16 numbers.
        Evaluation evaluation =
                Evaluator.of(model.using(MultiplicationProvider.forBatches())).evaluate(digits.test());
        System.out.printf(
                "mean squared error a pixel: autoencoder %.4f, principal components %.4f%n",
                evaluation.reconstructionError(), evaluation.pcaReconstructionError());

        // What does it lose? Look at originals and reconstructions.
        Matrix originals = digits.test().read(0, 40);
        Images.pairs(originals, model.reconstruct(originals), model.card().input())
                .write(folder.resolve("reconstructions.png"));

        // A service loads the file with latent4j-runtime alone: no native code, any number of threads.
        Path file = folder.resolve("digits.zip");
        ModelFile.write(model, file);
        LatentModel loaded = LatentModel.load(file);
        float[] digit = digits.test().example(0);
        System.out.println("the code of the first digit: " + Arrays.toString(loaded.encode(digit)));
        System.out.printf("its reconstruction error: %.4f%n", loaded.reconstructionError(digit));
        System.out.println("wrote " + folder);
        return evaluation;
    }
}
