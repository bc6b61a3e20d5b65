package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Elbo;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Reconstructor;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.training.Objective.Bound;
import java.util.SplittableRandom;

/** Measures models in such a way that epochs compare: with the objective at its full size, and the same draws each time. */
final class Validation {
    // What a seed drawn from the plan's is for; the trainer and the engines have other numbers.
    private static final long VALIDATION = 3;

    private final Objective objective;
    private final long seed;

    Validation(TrainingPlan plan) {
        this.objective = plan.objective();
        this.seed = Seeds.mix(plan.seed(), VALIDATION);
    }

    /**
     * Measures a model.
     *
     * @param trained the model
     * @param held examples that it was not trained on
     * @return as {@link EpochReport#validation()} describes it
     */
    Losses losses(LatentModel trained, Examples held) {
        // Whether values may be missing is the contract's to say.
        LatentModel model = trained.withCard(ModelCard.of(held.input())).using(MultiplicationProvider.forBatches());
        if (model instanceof Vae vae) {
            return losses(vae, held);
        }
        double error = reconstructionError(model, held);
        double penalty =
                objective.sparsity().weight() > 0 ? objective.sparsity().penalty(meanCode(model, held)) : 0;
        return new Losses(error + penalty, error, 0);
    }

    private static double[] meanCode(LatentModel model, Examples held) {
        int units = model.spec().latent();
        double[] mean = new double[units];
        TrainingData.forBlocks(held, block -> {
            float[] codes = model.encode(block).data();
            for (int i = 0; i < codes.length; i++) {
                mean[i % units] += codes[i] / held.size();
            }
        });
        return mean;
    }

    private Losses losses(Vae vae, Examples held) {
        boolean importanceWeighted = objective.bound() == Bound.IWAE && objective.beta() == 1;
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom further = random.split();
        Losses.Sum[] sum = {Losses.Sum.EMPTY};
        TrainingData.forBlocks(held, block -> {
            Elbo[] bounds = vae.elbo(block, random);
            double[] weighted =
                    importanceWeighted ? vae.logLikelihood(block, objective.samples(), further) : new double[0];
            for (int r = 0; r < bounds.length; r++) {
                double reconstruction = -bounds[r].logLikelihood();
                double kl = bounds[r].kl();
                double loss = importanceWeighted ? -weighted[r] : reconstruction + objective.beta() * kl;
                sum[0] = sum[0].plus(new Losses(loss, reconstruction, kl), 1);
            }
        });
        return sum[0].mean();
    }

    /** The mean squared error of a reconstruction. */
    static double reconstructionError(Reconstructor reconstructor, Examples examples) {
        Losses.Sum[] sum = {Losses.Sum.EMPTY};
        TrainingData.forBlocks(examples, (Matrix block) -> {
            for (double error : reconstructor.reconstructionErrors(block)) {
                sum[0] = sum[0].plus(Losses.ofError(error), 1);
            }
        });
        return sum[0].mean().loss();
    }
}
