package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Scale;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.EvidenceBound;
import io.github.latent4j.evaluation.LikelihoodEvaluation;
import io.github.latent4j.evaluation.LikelihoodEvaluator;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Binarisation;
import io.github.latent4j.training.Objective;
import io.github.latent4j.training.Objective.Bound;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Importance-weighted autoencoders. What one would like to know of a VAE is how probable it finds an image, ln p(x). The ELBO is
 * only a lower bound of that, and how far below is unknown. Several draws of the code for each image, weighted by how well they
 * explain it, give a closer bound: it rises towards ln p(x) with the number of draws. One can measure with that bound, and one can
 * also train with it, which is the importance-weighted autoencoder, IWAE (Burda et al. 2016, arXiv 1509.00519).
 *
 * <p>This lesson does both: it trains a VAE and an IWAE, measures both with a growing number of draws, and counts how many numbers of
 * the code each of them uses. It takes about a minute.
 */
public final class ImportanceWeighted {
    private static final int[] DRAWS = {1, 10, 100, 1_000};

    private ImportanceWeighted() {}

    /** What was found out of a model: its ELBO, and its log likelihood by the number of draws. */
    record Figures(EvidenceBound bound, List<LikelihoodEvaluation> likelihoods) {
        double logLikelihood(int step) {
            return likelihoods.get(step).logLikelihood().mean();
        }

        LikelihoodEvaluation most() {
            return likelihoods.get(likelihoods.size() - 1);
        }

        double last() {
            return most().logLikelihood().mean();
        }
    }

    /** What was found out of both. */
    record Found(Figures vae, Figures iwae) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(ImportanceWeighted.class, ImportanceWeighted::run);
    }

    static Found run(Size size, Notebook page) throws IOException {
        // # Ones and zeros
        // To speak of the probability of an image, pixels have to be ones and zeros. A grey value is taken as
        // the probability of a one: training draws anew in every pass, the images to measure with are drawn
        // once.
        Dataset images = LessonData.clothesOrStrokes(page, size.of(12_000, 3_000), size.of(300, 100));
        Examples test = images.test().binarised(1);
        page.show(Images.grid(test.read(0, 20), test.input(), 10), "Images of ones and zeros.");

        // # Two trainings
        // The same network, a code of 50 numbers, twice. The VAE maximises the ELBO with one draw for each
        // image, the IWAE the bound of eight draws, for which its decoder does eight times the work.
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(size.of(20, 5))
                .withBatchSize(64)
                .withBinarisation(Binarisation.DYNAMIC);
        Vae vae = train(plan, images.train());
        Vae iwae = train(plan.withObjective(Objective.defaults().withSamples(Bound.IWAE, 8)), images.train());

        // # How probable are images they have not seen?
        // Both are measured in the same way, by the ELBO and by the estimate of ln p(x) with more and more
        // draws, in nats an image; higher is better. With one draw the estimate is the ELBO, up to chance.
        // Each line rises: that is the gap between the ELBO and the truth being closed, and no better model.
        Figures ofVae = measure(vae, test, size);
        Figures ofIwae = measure(iwae, test, size);
        page.show(new Chart(
                "log-likelihood",
                "The estimated log likelihood of an image by the number of draws it is estimated with.",
                new Axis("draws", Scale.LOGARITHMIC),
                Axis.of("log likelihood, nats"),
                List.of(line("VAE", ofVae), line("IWAE", ofIwae))));
        page.show(List.of("model", "ELBO", "log likelihood", "gap"), List.of(row("VAE", ofVae), row("IWAE", ofIwae)));

        // The ELBO is not what the IWAE was trained for, so compare by the estimate with many draws. Its
        // standard error in the table says how far it might move with other test images. Where few of the
        // draws count, the estimate is still too low: the last row says how many do for the median image.
        page.say(
                "IWAE - VAE: ELBO %+.1f, log likelihood %+.1f nats",
                ofIwae.bound().elbo().mean() - ofVae.bound().elbo().mean(), ofIwae.last() - ofVae.last());
        page.show(
                List.of("", "VAE", "IWAE"),
                List.of(
                        List.of("standard error", error(ofVae), error(ofIwae)),
                        List.of("draws", draws(ofVae), draws(ofIwae)),
                        List.of("draws that count", effective(ofVae), effective(ofIwae))));

        // # How much of the code is used?
        // A number of the code is active if it varies from image to image. The ELBO asks that every draw
        // explains the image, the importance-weighted bound that one of eight does: the second leaves the
        // encoder more room. Burda et al. found more active numbers with it. Here are the variances of the
        // codes, sorted; below 0.01 a number counts as not active.
        page.show(new Chart(
                "variances",
                "The variance of each number of the code over the images, the largest first.",
                Axis.of("number of the code"),
                Axis.of("variance of the posterior mean"),
                List.of(variances("VAE", ofVae), variances("IWAE", ofIwae))));
        page.say(
                "active of 50: VAE %d, IWAE %d",
                ofVae.bound().activeUnits(), ofIwae.bound().activeUnits());

        // # Samples
        // A better likelihood need not mean nicer samples: look for yourself. These are means, so they are
        // grey.
        page.show(Images.grid(vae.sample(20, new Random(1)), test.input(), 10), "VAE.");
        page.show(Images.grid(iwae.sample(20, new Random(1)), test.input(), 10), "IWAE.");

        // # What to try next
        // Train the IWAE with 2 and with 32 draws and look at the log likelihood and the active numbers
        // again. The lesson DimensionReduction leaves likelihoods and asks what codes are good for.
        return new Found(ofVae, ofIwae);
    }

    private static Vae train(TrainingPlan plan, Examples examples) {
        return Trainer.with(plan)
                .reportingTo(TrainingListener.lines(System.out))
                .fit(VaeSpec.of(784, 50).withHidden(200), examples)
                .model()
                .using(MultiplicationProvider.forBatches());
    }

    private static Figures measure(Vae vae, Examples test, Size size) {
        List<LikelihoodEvaluation> likelihoods = new ArrayList<>();
        for (int draws : DRAWS) {
            if (draws <= size.of(1_000, 100)) {
                likelihoods.add(
                        LikelihoodEvaluator.of(vae).withDraws(draws).withSeed(1).evaluate(test));
            }
        }
        return new Figures(Evaluator.of(vae).evaluate(test).bound().orElseThrow(), likelihoods);
    }

    private static Line line(String name, Figures figures) {
        return new Line(
                name,
                figures.likelihoods().stream().map(l -> (double) l.draws()).toList(),
                figures.likelihoods().stream()
                        .map(l -> l.logLikelihood().mean())
                        .toList());
    }

    private static Line variances(String name, Figures figures) {
        List<Double> sorted = figures.bound().codeVariances().stream()
                .sorted((a, b) -> Double.compare(b, a))
                .toList();
        List<Double> places = new ArrayList<>();
        for (int i = 1; i <= sorted.size(); i++) {
            places.add((double) i);
        }
        return new Line(name, places, sorted);
    }

    private static List<String> row(String name, Figures figures) {
        double elbo = figures.bound().elbo().mean();
        return List.of(
                name, Numbers.text(elbo, 1), Numbers.text(figures.last(), 1), Numbers.text(figures.last() - elbo, 1));
    }

    private static String error(Figures figures) {
        return Numbers.text(figures.most().logLikelihood().standardError(), 1);
    }

    private static String draws(Figures figures) {
        return String.valueOf(figures.most().draws());
    }

    private static String effective(Figures figures) {
        return Numbers.text(figures.most().effectiveDraws().median(), 1);
    }
}
