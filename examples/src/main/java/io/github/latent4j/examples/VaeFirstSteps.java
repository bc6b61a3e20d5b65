package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.EvidenceBound;
import io.github.latent4j.evaluation.latent.LatentEvaluation;
import io.github.latent4j.evaluation.latent.LatentEvaluator;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.examples.notebook.LearningCurve;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.Elbo;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Posterior;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * First steps with a variational autoencoder. A plain autoencoder gives every image one code, and codes lie wherever the training
 * left them: pick a point between two of them, and the decoder may never have been asked for anything near it. A variational
 * autoencoder (VAE) gives every image a small cloud of codes, and keeps all clouds together near the origin. So any point there
 * decodes to something, and drawing a point at random draws a new image.
 *
 * <p>This lesson trains a VAE whose code has only two numbers, so that everything it knows fits on a map: it looks at the cloud of
 * one digit, at the two parts of what training maximises, at new digits, and at the map. It takes about half a minute.
 */
public final class VaeFirstSteps {
    private VaeFirstSteps() {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(VaeFirstSteps.class, VaeFirstSteps::run);
    }

    static Evaluation run(Size size, Notebook page) {
        // # Training
        // A specification, a plan, a trainer: the same as for an autoencoder, with a VaeSpec in place of an
        // AutoencoderSpec. Two numbers are little for ten kinds of digits, and reconstructions will be rough.
        // That is the price of a code that can be looked at.
        Dataset digits = Datasets.strokes(size.of(20_000, 3_000), 1);
        VaeSpec spec = VaeSpec.of(784, 2).withHidden(256, 128);
        TrainingPlan plan = TrainingPlan.defaults().withEpochs(size.of(25, 5)).withBatchSize(64);
        TrainingResult<Vae> training = Trainer.with(plan)
                .reportingTo(TrainingListener.lines(System.out))
                .fit(spec, digits.train());
        Vae vae = training.model().using(MultiplicationProvider.forBatches());
        page.show(LearningCurve.of(training.history(), "nats a digit"));

        // # A cloud instead of a point
        // For each digit the encoder gives the mean and the variance of a normal distribution of codes, which
        // is called the posterior. A large variance says: these digits would do as well. Here are six draws
        // from the cloud of each of four digits, decoded; the first column is the digit itself. The table has
        // each cloud's mean and, behind the ±, its standard deviation.
        Random random = new Random(1);
        Matrix four = digits.test().read(0, 4);
        Posterior posterior = vae.posterior(four);
        List<Matrix> columns = new ArrayList<>(List.of(four));
        for (int draw = 0; draw < 6; draw++) {
            columns.add(vae.decode(posterior.sample(random)));
        }
        page.show(Images.grid(sideBySide(columns), vae.card().input(), 7), "A digit, and six draws from its cloud.");
        page.show(List.of("row", "first number", "second number"), clouds(posterior));

        // # What training maximises
        // The evidence lower bound, ELBO, is a difference. The first part says how probable the digit is
        // given its code: closer reconstructions make it larger. The second, the KL divergence, says how far
        // the cloud is from the standard normal distribution that all clouds share, the prior: a narrow cloud
        // far out costs most. Both are in nats, natural logarithms, and a larger ELBO is better.
        List<List<String>> rows = new ArrayList<>();
        for (Elbo elbo : vae.elbo(four, random)) {
            rows.add(row(elbo));
        }
        page.show(List.of("reconstruction", "KL", "ELBO"), rows);

        // The mean over all digits that were kept for such questions:
        Evaluation evaluation = Evaluator.of(vae).evaluate(digits.test());
        EvidenceBound bound = evaluation.bound().orElseThrow();
        page.say(
                "ELBO %.1f = reconstruction %.1f - KL %.1f nats a digit",
                bound.elbo().mean(),
                bound.expectedLogLikelihood().mean(),
                bound.kl().mean());

        // # New digits
        // A code drawn from the prior decodes to a digit that nobody has drawn. Some look like digits, some
        // lie between two kinds: with two numbers, neighbours on the map have to touch.
        page.show(Images.grid(vae.sample(40, random), vae.card().input(), 10), "Forty digits made up by the VAE.");

        // # The map
        // The whole plane of codes, from the lower left to the upper right. Each place is one code, decoded.
        // Walk along any line: kinds of digits change into each other without a jump.
        page.show(Images.manifold(vae, size.of(18, 12)), "The plane of codes, decoded in equally probable steps.");

        // # Where the digits lie
        // The codes of digits that the VAE has not seen, coloured by what they are. Nobody told it the
        // labels: where kinds keep together, it is its own finding. The evaluator of codes has a chart of it,
        // among others.
        LatentEvaluation codes = LatentEvaluator.of(vae).withoutProbes().evaluate(digits.test());
        codes.charts().stream().filter(chart -> chart.name().equals("codes")).forEach(page::show);
        page.say(
                "deviation of the codes from the prior: %.2f nats",
                codes.aggregated().orElseThrow().divergence());

        // That last figure is 0 if all clouds together are the prior, with no gaps and nothing outside. The
        // smaller it is, the more of the draws above come from a place where digits are.

        // # What to try next
        // Give the code ten numbers instead of two, and look at the ELBO and the samples again. The lesson
        // LatentWalks goes on from there: ways through a code of ten numbers, and better places to draw
        // samples from.
        return evaluation;
    }

    /** Rows that take one of each matrix in turn. */
    private static Matrix sideBySide(List<Matrix> columns) {
        List<Matrix> cells = new ArrayList<>();
        for (int row = 0; row < columns.get(0).rows(); row++) {
            for (Matrix column : columns) {
                cells.add(column.slice(row, row + 1));
            }
        }
        return Matrix.joined(cells);
    }

    private static List<String> row(Elbo elbo) {
        return List.of(
                Numbers.text(elbo.logLikelihood(), 1), Numbers.text(elbo.kl(), 1), Numbers.text(elbo.value(), 1));
    }

    /** Mean and standard deviation of each number, a digit a row. */
    private static List<List<String>> clouds(Posterior posterior) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < posterior.mean().rows(); i++) {
            rows.add(List.of(String.valueOf(i + 1), cloud(posterior, i, 0), cloud(posterior, i, 1)));
        }
        return rows;
    }

    private static String cloud(Posterior posterior, int row, int dimension) {
        double deviation = Math.exp(posterior.logVariance().get(row, dimension) / 2);
        return Numbers.text(posterior.mean().get(row, dimension), 2) + " ± " + Numbers.text(deviation, 2);
    }
}
