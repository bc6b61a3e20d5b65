package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
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
     * Says so if examples do not suit a model, the plan or the engine. Goes through them unless any number will do.
     *
     * @throws IllegalArgumentException if the steps of an epoch are too few for the warm-up, a value is none that the model
     *     could give, or missing where it must not be; the message names the example and the feature
     */
    void requireSuitable(ModelSpec spec, TrainingEngine engine) {
        plan.requireWarmUpsWithin(stepsPerEpoch());
        int widest = spec.layout().blocks().stream()
                .mapToInt(ParameterLayout.Block::outputs)
                .reduce(spec.inputs(), Math::max);
        plan.requireBatchesFit(train.size(), widest);
        boolean drawn = plan.binarise() != Binarisation.NONE;
        Likelihood likelihood = drawn ? Likelihood.BERNOULLI : likelihood(spec);
        boolean missing = examples.input() instanceof InputContract.Table;
        if (missing || !(likelihood instanceof Likelihood.Gaussian)) {
            requireSuitable(likelihood, reason(spec), drawn || !missing, engine);
        }
    }

    /** A likelihood that gives the values that a model's reconstructions can have. */
    private static Likelihood likelihood(ModelSpec spec) {
        if (spec instanceof VaeSpec vae) {
            return vae.likelihood();
        }
        Activation output = ((AutoencoderSpec) spec).outputActivation();
        return output == Activation.SIGMOID || output == Activation.HARDSIGMOID
                ? Likelihood.BERNOULLI
                : Likelihood.GAUSSIAN;
    }

    /** Why values have to be in [0, 1], where they have to. */
    private String reason(ModelSpec spec) {
        if (plan.binarise() != Binarisation.NONE) {
            return "0 to 1, a probability to draw from";
        }
        return spec instanceof AutoencoderSpec ae
                ? "0 to 1 for an output activation %s; identity gives any number"
                        .formatted(ae.outputActivation().text())
                : "0 to 1 for a Bernoulli likelihood; a Gaussian one takes any number";
    }

    private void requireSuitable(Likelihood likelihood, String unitInterval, boolean complete, TrainingEngine engine) {
        int[] example = {0};
        forBlocks(examples, block -> {
            int columns = block.columns();
            for (int r = 0; r < block.rows(); r++) {
                int at = likelihood.unsupported(block.data(), r * columns, columns);
                int missing = firstMissing(block.data(), r * columns, columns);
                if (complete && missing >= 0 && (at < 0 || missing < at)) {
                    at = missing;
                }
                if (at >= 0) {
                    String support = likelihood.support(at);
                    throw new IllegalArgumentException("%s: found %s in example %d at index %d, expected %s"
                            .formatted(
                                    examples.name(),
                                    block.get(r, at),
                                    example[0] + r,
                                    at,
                                    support.equals(Likelihood.BERNOULLI.support(0)) ? unitInterval : support));
                }
                if (missing >= 0 && !engine.takesMissingValues()) {
                    throw new IllegalArgumentException(
                            "%s: found a missing value in example %d at index %d, expected none with engine %s; engine fused takes them"
                                    .formatted(examples.name(), example[0] + r, missing, engine.name()));
                }
            }
            example[0] += block.rows();
        });
    }

    private static int firstMissing(float[] values, int from, int count) {
        for (int i = 0; i < count; i++) {
            if (Float.isNaN(values[from + i])) {
                return i;
            }
        }
        return -1;
    }

    /** Reads examples block by block, in their order. */
    static void forBlocks(Examples examples, Consumer<Matrix> action) {
        for (int from = 0; from < examples.size(); from += BLOCK) {
            action.accept(examples.read(from, Math.min(examples.size(), from + BLOCK)));
        }
    }
}
