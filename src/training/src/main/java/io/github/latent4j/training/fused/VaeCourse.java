package io.github.latent4j.training.fused;

import io.github.latent4j.domain.Networks.LogVarianceBlock;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood.Variance;
import io.github.latent4j.runtime.ParameterLayout.Block;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.InputCorruption;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Objective;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingPlan;
import java.util.List;

/** The one phase of a VAE. */
record VaeCourse(
        VaeSpec spec, TrainingPlan plan, InputCorruption corruption, Noise noise, List<LogVarianceBlock> logVariances)
        implements Course {
    VaeCourse(VaeSpec spec, TrainingPlan plan, InputContract input, Noise noise) {
        this(spec, plan, InputCorruption.of(spec.corruption(), spec, input), noise, LogVarianceBlock.of(spec));
    }

    @Override
    public Phase phase() {
        return Phase.training(plan);
    }

    @Override
    public List<Block> blocks() {
        return spec.layout().blocks();
    }

    @Override
    public int codeSize() {
        return spec.latent();
    }

    @Override
    public Shard shard(Memory memory, Parameters parameters, int rows) {
        return new VaeShard(memory, spec, plan, corruption, noise, parameters, rows);
    }

    @Override
    public boolean waitsForTheBatch() {
        return plan.objective().freeBits() > 0;
    }

    @Override
    public double weigh(double[] kl, float[] codeWeights) {
        double sum = 0;
        for (int j = 0; j < kl.length; j++) {
            codeWeights[j] =
                    kl[j] > plan.objective().freeBits() || plan.objective().freeBits() == 0 ? 1 : 0;
            sum += Math.max(kl[j], plan.objective().freeBits());
        }
        return sum;
    }

    @Override
    public Losses losses(Step step, double reconstruction, double kl, double bound, double codeLoss) {
        boolean importance = plan.objective().bound() == Objective.Bound.IWAE
                && plan.objective().samples() > 1;
        double loss = importance ? -bound : reconstruction + step.klWeight() * codeLoss;
        return new Losses(loss, reconstruction, kl);
    }

    /** Learned variances that the examples share. */
    @Override
    public void keepWithinBounds(Parameters parameters) {
        float[] values = parameters.values;
        for (LogVarianceBlock block : logVariances) {
            if (block.variance() instanceof Variance.PerFeature bounds) {
                float min = (float) Math.log(bounds.min());
                float max = (float) Math.log(bounds.max());
                for (int i = block.biasFrom(); i < block.biasTo(); i++) {
                    values[i] = Math.min(max, Math.max(min, values[i]));
                }
            }
        }
    }
}
