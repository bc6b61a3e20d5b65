package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.runtime.ParameterLayout.Block;
import io.github.latent4j.training.InputCorruption;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Objective.Sparsity;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A phase of an autoencoder: of the whole one, or of one layer of a tied stack. */
record AutoencoderCourse(Phase phase, AutoencoderShard.Part part, List<Block> blocks, Sparsity sparsity)
        implements Course {
    /** The phases of an autoencoder: of a tied stack, its layers one after the other, then the whole. */
    static List<Course> of(AutoencoderSpec spec, TrainingPlan plan, InputContract input) {
        List<Block> blocks = spec.layout().blocks();
        int depth = spec.encoderSizes().size() - 1;
        List<Dense> encoder = new ArrayList<>();
        List<Dense> decoder = new ArrayList<>();
        boolean tied = spec.weights() == AutoencoderSpec.Weights.TIED;
        for (int k = 0; k < depth; k++) {
            Activation inner = k == depth - 1 ? spec.codeActivation() : spec.activation();
            Activation outer = k == 0 ? spec.outputActivation() : spec.activation();
            if (tied) {
                encoder.add(new Dense(blocks.get(3 * k), blocks.get(3 * k + 1), false, inner));
                decoder.add(new Dense(blocks.get(3 * k), blocks.get(3 * k + 2), true, outer));
            } else {
                int mirrored = 2 * depth - 1 - k;
                encoder.add(new Dense(blocks.get(2 * k), blocks.get(2 * k + 1), false, inner));
                decoder.add(new Dense(blocks.get(2 * mirrored), blocks.get(2 * mirrored + 1), false, outer));
            }
        }
        List<Course> courses = new ArrayList<>();
        for (int k = 0; tied && k < depth; k++) {
            courses.add(layer(spec, plan, input, k, encoder, decoder));
        }
        Collections.reverse(decoder);
        courses.add(new AutoencoderCourse(
                tied ? Phase.fineTuning(plan) : Phase.training(plan),
                new AutoencoderShard.Part(
                        List.of(),
                        encoder,
                        decoder,
                        InputCorruption.of(spec.corruption(), spec, input),
                        false,
                        plan.seed()),
                blocks,
                plan.objective().sparsity()));
        return courses;
    }

    /** The denoising pretraining of one layer; sigmoids learn by cross-entropy, as DL4J's layer has it. */
    private static Course layer(
            AutoencoderSpec spec,
            TrainingPlan plan,
            InputContract input,
            int k,
            List<Dense> encoder,
            List<Dense> decoder) {
        double share = plan.pretraining().masking();
        Corruption masking = share == 0 ? Corruption.NONE : new Corruption.Masking(share);
        ParameterLayout layout = spec.layout();
        return new AutoencoderCourse(
                Phase.pretraining(k, encoder.size(), plan),
                new AutoencoderShard.Part(
                        List.copyOf(encoder.subList(0, k)),
                        List.of(encoder.get(k)),
                        List.of(decoder.get(k)),
                        k == 0
                                ? InputCorruption.of(masking, spec, input)
                                : InputCorruption.of(masking, encoder.get(k).inputs()),
                        spec.activation() == Activation.SIGMOID,
                        plan.seed()),
                layout.blocks().subList(3 * k, 3 * k + 3),
                Sparsity.NONE);
    }

    @Override
    public int codeSize() {
        return part.encoder().get(part.encoder().size() - 1).outputs();
    }

    @Override
    public Shard shard(Memory memory, Parameters parameters, int rows) {
        return new AutoencoderShard(memory, part, parameters, rows);
    }

    @Override
    public boolean waitsForTheBatch() {
        return sparsity.weight() > 0;
    }

    @Override
    public double weigh(double[] activations, float[] codeWeights) {
        if (sparsity.weight() == 0) {
            return 0;
        }
        for (int j = 0; j < activations.length; j++) {
            codeWeights[j] = (float) sparsity.slope(activations[j]);
        }
        return sparsity.penalty(activations);
    }

    @Override
    public Losses losses(Step step, double reconstruction, double kl, double bound, double codeLoss) {
        return new Losses(reconstruction + codeLoss, reconstruction, 0);
    }
}
