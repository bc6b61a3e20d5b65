package io.github.latent4j.training;

import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import java.util.Map;

/**
 * How to train: everything but the model and the data. Immutable; {@code withX} methods give a changed copy.
 *
 * @param epochs passes over the training part, at least 1; of a tied stack, those of fine-tuning
 * @param batchSize examples a step, at least 1; the last batch of an epoch may be smaller
 * @param optimisation how gradients change parameters
 * @param objective what is minimised
 * @param binarise whether ones and zeros are drawn from values in [0, 1]
 * @param validationShare the share of the examples that is held out to measure with, from 0, none, to below 1
 * @param patience after how many epochs without a better validation loss training stops, not counting those of the KL
 *     weight's warm-up; 0 for never
 * @param pretraining greedy layer-wise pretraining, of tied stacks alone
 * @param shards parts that a batch is cut into, which is how many workers can share a step, from 0 to 64; 0 for one for
 *     every 256 examples of a batch, at least 2 from batches of 32 on, at most 8. The result's last bits depend on it, and not on the number of workers
 * @param seed of the split, the order of the examples, the first weights and all noise; any number, 0 included
 */
public record TrainingPlan(
        int epochs,
        int batchSize,
        Optimisation optimisation,
        Objective objective,
        Binarisation binarise,
        double validationShare,
        int patience,
        Pretraining pretraining,
        int shards,
        long seed) {
    // What a seed drawn from the plan's is for; the trainer and the engines have other numbers.
    private static final long START = -1;

    private static final long MOST_VALUES = 1 << 29;

    /**
     * Greedy layer-wise denoising pretraining (Vincent et al. 2010, JMLR 11): each layer learns to undo the masking of its
     * input, the layers before it being fixed.
     *
     * @param epochs passes over the training part for each layer, from 0
     * @param masking the probability with which a value of the layer's input is set to 0, from 0 to below 1
     */
    public record Pretraining(int epochs, double masking) {
        /**
         * Makes a pretraining.
         *
         * @throws PlanException if a value is out of range
         */
        public Pretraining {
            PlanException.require(epochs >= 0, "pretrainingEpochs", epochs, "at least 0");
            PlanException.require(masking >= 0 && masking < 1, "pretrainingMasking", masking, "from 0 to below 1");
        }
    }

    /**
     * Makes a plan.
     *
     * @throws PlanException if a value is out of range or values contradict each other; the message says which
     */
    public TrainingPlan {
        PlanException.require(epochs >= 1, "epochs", epochs, "at least 1");
        PlanException.require(batchSize >= 1, "batchSize", batchSize, "at least 1");
        PlanException.require(
                validationShare >= 0 && validationShare < 1, "validationShare", validationShare, "from 0 to below 1");
        PlanException.require(patience >= 0, "patience", patience, "at least 0");
        PlanException.require(
                patience == 0 || validationShare > 0,
                "patience",
                patience,
                "0 where no examples are held out for validation");
        PlanException.require(
                !(optimisation.schedule() instanceof Schedule.Plateau) || validationShare > 0,
                "schedule",
                optimisation.schedule().text(),
                "another where no examples are held out for validation");
        PlanException.require(shards >= 0 && shards <= 64, "shards", shards, "from 0 to 64");
    }

    /**
     * A plan that suits most data: 10 epochs of batches of 128, Adam with a learning rate of 0.001, a tenth held out, no
     * early stopping, 4 epochs of pretraining a layer with a masking of 0.3, seed 1.
     *
     * @return the plan
     */
    public static TrainingPlan defaults() {
        return new TrainingPlan(
                10,
                128,
                Optimisation.defaults(),
                Objective.defaults(),
                Binarisation.NONE,
                0.1,
                0,
                new Pretraining(4, 0.3),
                0,
                1);
    }

    /**
     * The same with other epochs.
     *
     * @param value at least 1
     * @return a new plan
     */
    public TrainingPlan withEpochs(int value) {
        return with("epochs", value);
    }

    /**
     * The same with another batch size.
     *
     * @param value at least 1
     * @return a new plan
     */
    public TrainingPlan withBatchSize(int value) {
        return with("batchSize", value);
    }

    /**
     * The same with another optimiser.
     *
     * @param value the optimiser
     * @param rate its learning rate, above 0
     * @return a new plan
     */
    public TrainingPlan withOptimiser(Optimiser value, double rate) {
        return withOptimisation(optimisation.withOptimiser(value, rate));
    }

    /**
     * The same with another way to change parameters.
     *
     * @param value how gradients change parameters
     * @return a new plan
     */
    public TrainingPlan withOptimisation(Optimisation value) {
        return new TrainingPlan(
                epochs, batchSize, value, objective, binarise, validationShare, patience, pretraining, shards, seed);
    }

    /**
     * The same with another objective.
     *
     * @param value what is minimised
     * @return a new plan
     */
    public TrainingPlan withObjective(Objective value) {
        return new TrainingPlan(
                epochs, batchSize, optimisation, value, binarise, validationShare, patience, pretraining, shards, seed);
    }

    /**
     * The same with another binarisation.
     *
     * @param value whether ones and zeros are drawn
     * @return a new plan
     */
    public TrainingPlan withBinarisation(Binarisation value) {
        return with("binarise", value.text());
    }

    /**
     * The same with another share of validation examples.
     *
     * @param value from 0 to below 1
     * @return a new plan
     */
    public TrainingPlan withValidationShare(double value) {
        return with("validationShare", value);
    }

    /**
     * The same with another patience.
     *
     * @param value epochs without a better validation loss after which training stops; 0 for never
     * @return a new plan
     */
    public TrainingPlan withPatience(int value) {
        return with("patience", value);
    }

    /**
     * The same with another pretraining.
     *
     * @param value of tied stacks
     * @return a new plan
     */
    public TrainingPlan withPretraining(Pretraining value) {
        return new TrainingPlan(
                epochs, batchSize, optimisation, objective, binarise, validationShare, patience, value, shards, seed);
    }

    /**
     * The same with other shards.
     *
     * @param value parts that a batch is cut into, from 0, automatic, to 64
     * @return a new plan
     */
    public TrainingPlan withShards(int value) {
        return with("shards", value);
    }

    /**
     * The same with another seed.
     *
     * @param value any number
     * @return a new plan
     */
    public TrainingPlan withSeed(long value) {
        return with("seed", value);
    }

    private TrainingPlan with(String field, Object value) {
        return with(Map.of(field, value.toString()));
    }

    /**
     * The same with other values of some fields.
     *
     * @param changes texts by field, named and written as {@link #fields()} does
     * @return a new plan
     * @throws PlanException if a field is unknown, a text is no value of its field, or values contradict each other
     */
    public TrainingPlan with(Map<String, String> changes) {
        return PlanText.read(this, changes);
    }

    /**
     * All fields by name, as plan files, provenance and the command line have them. docs/plan.md describes each.
     *
     * @return in a fixed order
     */
    public Map<String, String> fields() {
        return PlanText.write(this);
    }

    /**
     * The seed of the first weights.
     *
     * @return drawn from {@link #seed()}
     */
    public long startSeed() {
        return Seeds.mix(seed, START);
    }

    /**
     * The number of parts that a batch is cut into.
     *
     * @return at least 1
     */
    public int shardsOfABatch() {
        return shards > 0 ? shards : batchSize < 32 ? 1 : Math.max(2, Math.min(8, batchSize / 256));
    }

    /**
     * Says whether this plan makes sense for a model.
     *
     * @param spec what is to be trained
     * @throws PlanException if a field means nothing for it
     */
    public void requireFor(ModelSpec spec) {
        if (spec instanceof VaeSpec) {
            PlanException.require(
                    objective.sparsity().weight() == 0,
                    "sparsityWeight",
                    objective.sparsity().weight(),
                    "0 with a VAE; it is for the code of an autoencoder");
            requireNoTarget();
            return;
        }
        Map<String, String> defaults = defaults().fields();
        for (String field : new String[] {"beta", "warmUp", "freeBits", "bound", "samples"}) {
            String found = fields().get(field);
            PlanException.require(
                    found != null && found.equals(defaults.get(field)),
                    field,
                    String.valueOf(found),
                    "%s with an autoencoder, which has no posterior".formatted(defaults.get(field)));
        }
        if (objective.sparsity().weight() == 0) {
            requireNoTarget();
        }
        Activation code = ((AutoencoderSpec) spec).codeActivation();
        PlanException.require(
                objective.sparsity().weight() == 0 || code == Activation.SIGMOID || code == Activation.HARDSIGMOID,
                "sparsityWeight",
                objective.sparsity().weight(),
                "0 with a code activation %s; sigmoid or hardsigmoid keep codes in [0, 1]".formatted(code.text()));
    }

    private void requireNoTarget() {
        double usual = Objective.Sparsity.NONE.target();
        PlanException.require(
                objective.sparsity().target() == usual,
                "sparsityTarget",
                objective.sparsity().target(),
                usual + " without a sparsityWeight above 0");
    }

    /**
     * Says so if the KL weight or the learning rate would never get to its full size.
     *
     * @param stepsPerEpoch steps of one epoch
     */
    void requireWarmUpsWithin(int stepsPerEpoch) {
        long steps = (long) epochs * stepsPerEpoch;
        String expected = "a warm-up that ends within the %d epochs of %d steps".formatted(epochs, stepsPerEpoch);
        PlanException.require(
                objective.warmUp().steps(stepsPerEpoch) <= steps,
                "warmUp",
                objective.warmUp().text(),
                expected);
        PlanException.require(
                !(optimisation.schedule() instanceof Schedule.Cosine cosine)
                        || cosine.warmUp().inSteps(stepsPerEpoch) <= steps,
                "schedule",
                optimisation.schedule().text(),
                expected);
    }

    /**
     * Says so if a batch with all its samples is too large for an array.
     *
     * @param examples that there are
     * @param widest values of an example in the widest layer
     */
    void requireBatchesFit(int examples, int widest) {
        long values = (long) Math.min(batchSize, examples) * objective.samples() * widest;
        PlanException.require(
                values <= MOST_VALUES,
                "batchSize",
                batchSize,
                "at most %d, for batches of %d samples an example and %d values a sample"
                        .formatted(MOST_VALUES / objective.samples() / widest, objective.samples(), widest));
    }
}
