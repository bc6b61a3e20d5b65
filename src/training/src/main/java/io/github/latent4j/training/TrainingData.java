package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.runtime.VaeSpec;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is trained on and what is held out. Where the plan binarises, the values are ones and zeros drawn once from the
 * examples; with dynamic binarisation each epoch trains on others of its own. For use by one thread.
 */
final class TrainingData {
    private static final int BLOCK = 512;

    // What a seed drawn from the plan's is for.
    private static final long ORDER = 1;
    private static final long SPLIT = 2;
    private static final long BINARISE = 5; // 3 is the validation's, 4 a step's

    private final TrainingPlan plan;
    private final Examples examples;
    private final Examples grey;
    private final Examples train;
    private final Optional<Examples> validation;
    private Optional<String> sha256 = Optional.empty();

    TrainingData(TrainingPlan plan, Examples examples) {
        this.plan = plan;
        this.examples = examples;
        Examples drawn =
                plan.binarise() == Binarisation.NONE ? examples : examples.binarised(Seeds.mix(plan.seed(), BINARISE));
        if (plan.validationShare() > 0) {
            long seed = Seeds.mix(plan.seed(), SPLIT);
            Examples.Split split = drawn.split(plan.validationShare(), seed);
            this.grey = examples.split(plan.validationShare(), seed).train();
            this.train = split.train();
            this.validation = Optional.of(split.validation());
        } else {
            this.grey = examples;
            this.train = drawn;
            this.validation = Optional.empty();
        }
    }

    /** All examples, as they came. */
    Examples examples() {
        return examples;
    }

    /** The digest of all examples, computed when it is asked for first. */
    String sha256() {
        sha256 = sha256.or(() -> Optional.of(examples.sha256()));
        return sha256.orElseThrow();
    }

    /** What is trained on; with dynamic binarisation one draw of it. */
    Examples train() {
        return train;
    }

    Optional<Examples> validation() {
        return validation;
    }

    int stepsPerEpoch() {
        return BatchReader.count(train.size(), plan.batchSize());
    }

    /** The batches of an epoch from one of them on. */
    BatchReader batches(int phase, int epoch, int first) {
        Examples data = plan.binarise() == Binarisation.DYNAMIC
                ? grey.binarised(Seeds.mix(plan.seed(), BINARISE, phase, epoch))
                : train;
        Permutation order = new Permutation(train.size(), Seeds.mix(plan.seed(), ORDER, phase, epoch));
        return new BatchReader(data, order, plan.batchSize(), first);
    }

    /**
     * Says so if examples do not suit a model or the plan.
     *
     * @throws IllegalArgumentException if the steps of an epoch are too few for the warm-up, or a value lies outside [0, 1]
     *     where only values within make sense; the message names the example and the feature
     */
    void requireSuitable(ModelSpec spec) {
        plan.requireWarmUpsWithin(stepsPerEpoch());
        int widest = spec.layout().blocks().stream()
                .mapToInt(ParameterLayout.Block::outputs)
                .reduce(spec.inputs(), Math::max);
        plan.requireBatchesFit(train.size(), widest);
        unitInterval(spec).ifPresent(this::requireUnitInterval);
    }

    /** Why values have to be in [0, 1]; empty if they need not. */
    private Optional<String> unitInterval(ModelSpec spec) {
        if (plan.binarise() != Binarisation.NONE) {
            return Optional.of(", a probability to draw from");
        }
        if (spec instanceof VaeSpec vae) {
            return vae.likelihood() instanceof Likelihood.Bernoulli
                    ? Optional.of(" for a Bernoulli likelihood; a Gaussian one takes any number")
                    : Optional.empty();
        }
        Activation output = ((AutoencoderSpec) spec).outputActivation();
        return output == Activation.SIGMOID || output == Activation.HARDSIGMOID
                ? Optional.of(" for an output activation %s; identity gives any number".formatted(output.text()))
                : Optional.empty();
    }

    private void requireUnitInterval(String reason) {
        int[] example = {0};
        forBlocks(examples, block -> {
            for (int i = 0; i < block.data().length; i++) {
                float value = block.data()[i];
                if (!(value >= 0 && value <= 1)) {
                    throw new IllegalArgumentException("%s: found %s in example %d at index %d, expected 0 to 1%s"
                            .formatted(
                                    examples.name(),
                                    value,
                                    example[0] + i / block.columns(),
                                    i % block.columns(),
                                    reason));
                }
            }
            example[0] += block.rows();
        });
    }

    /** Reads examples block by block, in their order. */
    static void forBlocks(Examples examples, Consumer<Matrix> action) {
        for (int from = 0; from < examples.size(); from += BLOCK) {
            action.accept(examples.read(from, Math.min(examples.size(), from + BLOCK)));
        }
    }
}
