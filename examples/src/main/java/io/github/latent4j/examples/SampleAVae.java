package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Trains a VAE with a code of two numbers on pen strokes, draws new digits from it and maps the plane of its codes. Run
 * {@code main}; it takes about a minute and writes into {@code examples/out}.
 */
public final class SampleAVae {
    private SampleAVae() {}

    /**
     * Runs the example in full.
     *
     * @param arguments none
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        run(20_000, 15, Files.createDirectories(Path.of("examples/out/SampleAVae")));
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
        Dataset digits = Datasets.strokes(examples, 1);

        // A VAE gives each digit not a code but a distribution of codes, and keeps all of them near a standard normal
        // one.
        // What it maximises is the evidence lower bound (ELBO): how probable the digit is given its code, less what the
        // code's distribution differs from the normal one (KL).
        VaeSpec spec = VaeSpec.of(784, 2).withHidden(256, 128);
        Vae vae = Trainer.with(TrainingPlan.defaults().withEpochs(epochs).withBatchSize(64))
                .reportingTo(TrainingListener.lines(System.out))
                .fit(spec, digits.train())
                .model();

        // So a code drawn from that normal distribution decodes to a digit that nobody has drawn before.
        Images.grid(vae.sample(64, new Random(1)), vae.card().input()).write(folder.resolve("samples.png"));

        // With two numbers a code, all codes lie in a plane, which can be looked at.
        Images.manifold(vae, 20).write(folder.resolve("manifold.png"));

        Evaluation evaluation =
                Evaluator.of(vae.using(MultiplicationProvider.forBatches())).evaluate(digits.test());
        System.out.printf(
                "ELBO %.1f nats a digit, of which KL %.1f%n",
                evaluation.bound().orElseThrow().elbo().mean(),
                evaluation.bound().orElseThrow().kl().mean());
        System.out.println("wrote " + folder);
        return evaluation;
    }
}
