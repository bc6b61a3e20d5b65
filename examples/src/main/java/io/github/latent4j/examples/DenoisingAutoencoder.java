package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.evaluation.report.Picture;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.MeanSquaredError;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.Autoencoder;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.training.InputCorruption;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.util.List;

/**
 * A denoising autoencoder. It gets a spoilt image and has to give back the clean one. So it cannot copy: it has to know what such
 * images look like, and fill in. One wants that for its own sake, to clean images, and because codes learnt that way depend less
 * on a few wrong values: tables with noisy or missing cells are the same case.
 *
 * <p>This lesson trains one for each of two kinds of damage, holds both against a plain autoencoder of the same size, and tries each
 * on the other's damage. It takes about a minute.
 */
public final class DenoisingAutoencoder {
    private DenoisingAutoencoder() {}

    /** Mean squared errors of a pixel, against the clean images: of the spoilt images, and of what comes back. */
    record Errors(double noisy, double plain, double forNoise, double forHoles) {}

    /** What was found out, by the damage. */
    record Found(Errors noise, Errors holes, double plainOnClean, double forNoiseOnClean) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(DenoisingAutoencoder.class, DenoisingAutoencoder::run);
    }

    static Found run(Size size, Notebook page) throws IOException {
        // # Two kinds of damage
        // Gaussian noise adds a random number to every pixel, as a bad sensor does. Masking sets pixels to 0,
        // as lost packets do, or missing cells. The library's corruption applies either, with a seed for each
        // image.
        Dataset images = LessonData.clothesOrStrokes(page, size.of(20_000, 3_000), size.of(2_000, 300));
        Corruption noise = new Corruption.Gaussian(0.4);
        Corruption holes = new Corruption.Masking(0.5);
        Matrix clean = images.test().read(0, images.test().size());
        Matrix noisy = InputCorruption.of(noise, 784).apply(clean, row -> row);
        Matrix holed = InputCorruption.of(holes, 784).apply(clean, row -> row);
        page.show(rows(images.test(), clean, noisy, holed), "Clean, with noise, with half of the pixels missing.");

        // # Three models
        // They differ in one thing: the corruption in the specification. While training, the encoder gets the
        // spoilt image, spoilt anew in every pass, and the error is taken against the clean one. The plain
        // one gets it clean. The code of 256 numbers is no narrow bottleneck: the plain one may copy, and the
        // noise with it.
        AutoencoderSpec spec = AutoencoderSpec.of(784, 256).withHidden(256);
        TrainingPlan plan = TrainingPlan.defaults().withEpochs(size.of(15, 5)).withBatchSize(size.of(128, 32));
        LatentModel plain = trained(spec, plan, images.train());
        LatentModel forNoise = trained(spec.withCorruption(noise), plan, images.train());
        LatentModel forHoles = trained(spec.withCorruption(holes), plan, images.train());

        // # Asked for the clean image
        // Rows from the top: what the model gets, what the plain autoencoder makes of it, what the denoising
        // one does, and the truth, which neither has seen.
        page.show(
                rows(images.test(), noisy, plain.reconstruct(noisy), forNoise.reconstruct(noisy), clean),
                "With noise: input, plain autoencoder, denoising autoencoder, truth.");
        page.show(
                rows(images.test(), holed, plain.reconstruct(holed), forHoles.reconstruct(holed), clean),
                "With holes: input, plain autoencoder, denoising autoencoder, truth.");

        // # In figures
        // The mean squared error of a pixel against the clean image; lower is better. The row 'doing nothing'
        // is the spoilt image itself: whoever is not below it has made things worse. The last two rows show
        // how far what was learnt of one damage is good for another.
        Errors ofNoise = errors(noisy, clean, plain, forNoise, forHoles);
        Errors ofHoles = errors(holed, clean, plain, forNoise, forHoles);
        page.show(
                List.of("model", "noise", "holes"),
                List.of(
                        row("doing nothing", ofNoise.noisy(), ofHoles.noisy()),
                        row("plain", ofNoise.plain(), ofHoles.plain()),
                        row("trained on noise", ofNoise.forNoise(), ofHoles.forNoise()),
                        row("trained on holes", ofNoise.forHoles(), ofHoles.forHoles())));
        page.say(
                "The denoising autoencoder leaves %.0f %% of the noise's error, and %.0f %% of that of the holes.",
                100 * ofNoise.forNoise() / ofNoise.noisy(), 100 * ofHoles.forHoles() / ofHoles.noisy());

        // # What it costs
        // Nothing is free: on clean images, a model that has learnt to distrust its input may be less exact.
        // This is the same error for images that were not spoilt.
        double plainOnClean = MeanSquaredError.between(plain.reconstruct(clean), clean);
        double forNoiseOnClean = MeanSquaredError.between(forNoise.reconstruct(clean), clean);
        page.say("clean images: plain %.4f, trained on noise %.4f", plainOnClean, forNoiseOnClean);

        // # What to try next
        // Train with a noise of 0.2 or 0.8 and measure with 0.4: how well does the damage have to be known
        // beforehand? The lesson StackedAutoencoder uses masking for another purpose: to train deep networks
        // layer by layer.
        return new Found(ofNoise, ofHoles, plainOnClean, forNoiseOnClean);
    }

    private static LatentModel trained(AutoencoderSpec spec, TrainingPlan plan, Examples examples) {
        Autoencoder model = Trainer.with(plan)
                .reportingTo(TrainingListener.lines(System.out))
                .fit(spec, examples)
                .model();
        return model.using(MultiplicationProvider.forBatches());
    }

    private static Errors errors(
            Matrix spoilt, Matrix clean, LatentModel plain, LatentModel forNoise, LatentModel forHoles) {
        return new Errors(
                MeanSquaredError.between(spoilt, clean),
                MeanSquaredError.between(plain.reconstruct(spoilt), clean),
                MeanSquaredError.between(forNoise.reconstruct(spoilt), clean),
                MeanSquaredError.between(forHoles.reconstruct(spoilt), clean));
    }

    /** The first ten of each, one below the other. */
    private static Picture rows(Examples images, Matrix... rows) {
        List<Matrix> first = List.of(rows).stream().map(row -> row.slice(0, 10)).toList();
        return Images.grid(Matrix.joined(first), images.input(), 10);
    }

    private static List<String> row(String name, double noise, double holes) {
        return List.of(name, Numbers.text(noise, 4), Numbers.text(holes, 4));
    }
}
