package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Series;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.evaluation.EvidenceBound;
import io.github.latent4j.evaluation.latent.DisentanglementEvaluation;
import io.github.latent4j.evaluation.latent.DisentanglementEvaluator;
import io.github.latent4j.evaluation.latent.FactorScore;
import io.github.latent4j.evaluation.latent.LatentDimension;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.evaluation.report.Picture;
import io.github.latent4j.evaluation.sampling.Traversal;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Objective;
import io.github.latent4j.training.Span;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.WarmUp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The weight of the KL term: β, warm-up and free bits. A VAE's loss has two parts: what the reconstruction lacks, and the KL
 * divergence, which is what the code costs. The weight β of the second decides how much the code may tell. A large β makes the
 * model thrifty: it gives up dimensions that do not pay. In the hope of some, the dimensions that are left then stand for single
 * properties, such as the slant of a digit.
 *
 * <p>This lesson trains with several weights on digits whose properties are known, counts what the code uses, and measures whether
 * the hope is fulfilled. It takes about a minute.
 */
public final class BetaVae {
    private BetaVae() {}

    /** A trained model, and what was found out of it. */
    record Trained(String name, Vae vae, Evaluation evaluation, DisentanglementEvaluation factors) {
        EvidenceBound bound() {
            return evaluation.bound().orElseThrow();
        }

        /** Dimensions that tell next to nothing: a KL below 0.1 nats. */
        long givenUp() {
            return bound().klPerDimension().stream().filter(kl -> kl < 0.1).count();
        }
    }

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(BetaVae.class, BetaVae::run);
    }

    static List<Trained> run(Size size, Notebook page) {
        // # Digits with known factors
        // Each digit was drawn by a program from seven factors: which digit, slant, thickness, scale,
        // rotation, and place. The models do not get to see them; they are kept for the measuring.
        Dataset digits = Datasets.strokes(size.of(20_000, 4_000), 1);
        page.say(
                "factors: %s",
                digits.test().factors().stream().map(f -> f.name()).toList());
        page.show(Images.grid(digits.train().read(0, 30), digits.train().input(), 10), "Thirty of the digits.");

        // # Four objectives
        // β = 1 is the plain VAE. β = 8 makes the code eight times as dear. With a warm-up, the weight grows
        // from 0 within some epochs, so that the decoder learns to use the code before it has to pay for it.
        // With free bits, the first half nat of each dimension costs nothing, so that none is given up for
        // thrift.
        Objective dear = Objective.defaults().withBeta(8);
        WarmUp warmUp = new WarmUp.Linear(Span.epochs(size.of(5, 2)));
        Trained one = train("β = 1", Objective.defaults(), size, digits);
        Trained eight = train("β = 8", dear, size, digits);
        Trained warm = train("β = 8, warm-up", dear.withWarmUp(warmUp), size, digits);
        Trained free = train("β = 8, free bits", dear.withFreeBits(0.5), size, digits);
        List<Trained> all = List.of(one, eight, warm, free);

        // # What it does
        // The table has the error of a pixel, the KL (how much the code tells, in nats), the number of active
        // dimensions (those whose codes vary at all), and the ELBO of β = 1 for all, so that it compares.
        // Dearer codes tell less, and reconstructions pay for it.
        page.show(
                List.of("objective", "error", "KL", "active", "ELBO"),
                all.stream().map(BetaVae::row).toList());

        // The same by dimension, sorted: where the KL is near 0, the dimension was given up. Free bits hold
        // all of them at about half a nat or more, whether they are of use or not.
        page.show(klChart(all));
        for (Trained trained : all) {
            page.say("%s: of 10 dimensions, with a KL below 0.1: %d", trained.name(), trained.givenUp());
        }

        // # Does a dimension mean something?
        // One dimension a row, from -3 to 3, of the most active one first: above for β = 1, below for β = 8
        // with warm-up. Look for rows in which a single thing changes.
        Matrix center = digits.test().read(0, 1);
        page.show(traversal(one.vae(), digits, center), "β = 1: one dimension a row, around a digit's code.");
        page.show(
                traversal(warm.vae(), digits, center),
                "β = 8 with warm-up: one dimension a row, around the same digit's code.");

        // # Measured
        // The mutual information gap, MIG, asks for each factor whether one dimension tells much more of it
        // than the next best: 1 if a factor has a dimension of its own, 0 if not. The other figure asks how
        // well the factors can be predicted from the whole code: 0 is perfectly, 1 not at all. The second may
        // be good where the first is not: then the code has the factors, but mixed.
        page.show(
                List.of("objective", "MIG", "error of prediction"),
                all.stream().map(BetaVae::factorRow).toList());

        // # What was not found
        // Factor by factor, for the model with the highest MIG. A gap near 0 says: no dimension of its own.
        // With these digits that is what to expect: docs/reproduction.md has the same for β from 1 to 16. The
        // factors move the same strokes of ink, slant and rotation nearly alike, and a VAE has no reason to
        // prefer our names for the changes to any mixture of them. Locatello et al. 2019 (arXiv 1811.12359)
        // show that without labels there can be no guarantee.
        DisentanglementEvaluation best = all.stream()
                .map(Trained::factors)
                .max((a, b) -> Double.compare(a.mig(), b.mig()))
                .orElseThrow();
        page.show(
                List.of("factor", "gap", "error of prediction"),
                best.factors().stream().map(BetaVae::row).toList());
        long found =
                best.factors().stream().filter(factor -> factor.gap() > 0.5).count();
        long predicted =
                best.factors().stream().filter(factor -> factor.error() < 0.5).count();
        page.say(
                "of %d factors, with a gap above 0.5: %d; predicted with an error below 0.5: %d",
                best.factors().size(), found, predicted);

        // # What to try next
        // Take a β below 1: do reconstructions get better, and samples worse? FollowAPlan trains such a model
        // by a plan in a file, stops and goes on; ImportanceWeighted gets closer to the likelihood instead.
        return all;
    }

    private static Trained train(String name, Objective objective, Size size, Dataset digits) {
        TrainingPlan plan = TrainingPlan.defaults().withEpochs(size.of(15, 5)).withObjective(objective);
        Vae vae = Trainer.with(plan)
                .reportingTo(TrainingListener.lines(System.out))
                .fit(VaeSpec.of(784, 10), digits.train())
                .model()
                .using(MultiplicationProvider.forBatches());
        return new Trained(
                name,
                vae,
                Evaluator.of(vae).evaluate(digits.test()),
                DisentanglementEvaluator.of(vae).withSeed(1).evaluate(digits.test()));
    }

    private static Chart klChart(List<Trained> all) {
        List<Series> series = new ArrayList<>();
        for (Trained trained : all) {
            List<Double> kl = trained.bound().klPerDimension();
            List<Double> sorted = kl.stream().sorted(Comparator.reverseOrder()).toList();
            series.add(new Line(
                    trained.name(),
                    IntStream.rangeClosed(1, kl.size())
                            .mapToObj(d -> (double) d)
                            .toList(),
                    sorted));
        }
        return new Chart(
                "kl",
                "The KL of each dimension, the largest first.",
                Axis.of("dimension"),
                Axis.of("KL, nats"),
                series);
    }

    private static Picture traversal(Vae vae, Dataset digits, Matrix digit) {
        List<Integer> active = LatentDimension.byActivity(LatentDimension.of(vae, digits.test()));
        List<Matrix> rows =
                Traversal.ofPrior(vae).around(vae.encode(digit).row(0)).withDimensions(active).paths().stream()
                        .map(path -> vae.decode(path.codes()))
                        .toList();
        return Images.grid(Matrix.joined(rows), vae.card().input(), 11);
    }

    private static List<String> row(Trained trained) {
        return List.of(
                trained.name(),
                Numbers.text(trained.evaluation().reconstructionError(), 4),
                Numbers.text(trained.bound().kl().mean(), 1),
                String.valueOf(trained.bound().activeUnits()),
                Numbers.text(trained.bound().elbo().mean(), 1));
    }

    private static List<String> factorRow(Trained trained) {
        return List.of(
                trained.name(),
                Numbers.text(trained.factors().mig(), 3),
                Numbers.text(trained.factors().informativenessError(), 2));
    }

    private static List<String> row(FactorScore factor) {
        return List.of(factor.factor().name(), Numbers.text(factor.gap(), 2), Numbers.text(factor.error(), 2));
    }
}
