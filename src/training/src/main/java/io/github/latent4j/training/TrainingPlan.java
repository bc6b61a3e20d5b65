package io.github.latent4j.training;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to train: everything but the model and the data. Immutable; {@code withX} methods give a changed copy.
 *
 * @param epochs passes over the training part, at least 1; of a tied stack, those of fine-tuning
 * @param batchSize examples a step, at least 1; the last batch of an epoch may be smaller
 * @param optimiser how a gradient becomes a step
 * @param learningRate above 0
 * @param validationShare the share of the examples that is held out to measure with, from 0, none, to below 1
 * @param patience after how many epochs without a better validation loss training stops; 0 for never
 * @param pretraining greedy layer-wise pretraining, of tied stacks alone
 * @param seed of the split, the order of the examples, the first weights and all noise; any number, 0 included
 */
public record TrainingPlan(
        int epochs,
        int batchSize,
        Optimiser optimiser,
        double learningRate,
        double validationShare,
        int patience,
        Pretraining pretraining,
        long seed) {

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
         * @throws IllegalArgumentException if a value is out of range
         */
        public Pretraining {
            require(epochs >= 0, "pretraining epochs", epochs, "at least 0");
            require(masking >= 0 && masking < 1, "masking while pretraining", masking, "from 0 to below 1");
        }
    }

    /**
     * Makes a plan.
     *
     * @throws IllegalArgumentException if a value is out of range; the message says which
     */
    public TrainingPlan {
        require(epochs >= 1, "epochs", epochs, "at least 1");
        require(batchSize >= 1, "batch size", batchSize, "at least 1");
        require(learningRate > 0 && Double.isFinite(learningRate), "learning rate", learningRate, "a number above 0");
        require(validationShare >= 0 && validationShare < 1, "validation share", validationShare, "from 0 to below 1");
        require(patience >= 0, "patience", patience, "at least 0");
        require(
                patience == 0 || validationShare > 0,
                "patience",
                patience,
                "0 where no examples are held out for validation");
    }

    private static void require(boolean holds, String what, Number found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("%s: found %s, expected %s".formatted(what, found, expected));
        }
    }

    /**
     * A plan that suits most data: 10 epochs of batches of 128, Adam with a learning rate of 0.001, a tenth held out, no
     * early stopping, 4 epochs of pretraining a layer with a masking of 0.3, seed 1.
     *
     * @return the plan
     */
    public static TrainingPlan defaults() {
        return new TrainingPlan(10, 128, Optimiser.ADAM, 1e-3, 0.1, 0, new Pretraining(4, 0.3), 1);
    }

    /**
     * The same with other epochs.
     *
     * @param value at least 1
     * @return a new plan
     */
    public TrainingPlan withEpochs(int value) {
        return new TrainingPlan(
                value, batchSize, optimiser, learningRate, validationShare, patience, pretraining, seed);
    }

    /**
     * The same with another batch size.
     *
     * @param value at least 1
     * @return a new plan
     */
    public TrainingPlan withBatchSize(int value) {
        return new TrainingPlan(epochs, value, optimiser, learningRate, validationShare, patience, pretraining, seed);
    }

    /**
     * The same with another optimiser.
     *
     * @param value the optimiser
     * @param rate its learning rate, above 0
     * @return a new plan
     */
    public TrainingPlan withOptimiser(Optimiser value, double rate) {
        return new TrainingPlan(epochs, batchSize, value, rate, validationShare, patience, pretraining, seed);
    }

    /**
     * The same with another share of validation examples.
     *
     * @param value from 0 to below 1
     * @return a new plan
     */
    public TrainingPlan withValidationShare(double value) {
        return new TrainingPlan(epochs, batchSize, optimiser, learningRate, value, patience, pretraining, seed);
    }

    /**
     * The same with another patience.
     *
     * @param value epochs without a better validation loss after which training stops; 0 for never
     * @return a new plan
     */
    public TrainingPlan withPatience(int value) {
        return new TrainingPlan(epochs, batchSize, optimiser, learningRate, validationShare, value, pretraining, seed);
    }

    /**
     * The same with another pretraining.
     *
     * @param value of tied stacks
     * @return a new plan
     */
    public TrainingPlan withPretraining(Pretraining value) {
        return new TrainingPlan(epochs, batchSize, optimiser, learningRate, validationShare, patience, value, seed);
    }

    /**
     * The same with another seed.
     *
     * @param value any number
     * @return a new plan
     */
    public TrainingPlan withSeed(long value) {
        return new TrainingPlan(
                epochs, batchSize, optimiser, learningRate, validationShare, patience, pretraining, value);
    }

    /**
     * All fields by name, for provenance.
     *
     * @return in a fixed order
     */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("epochs", Integer.toString(epochs));
        fields.put("batchSize", Integer.toString(batchSize));
        fields.put("optimiser", optimiser.text());
        fields.put("learningRate", Double.toString(learningRate));
        fields.put("validationShare", Double.toString(validationShare));
        fields.put("patience", Integer.toString(patience));
        fields.put("pretrainingEpochs", Integer.toString(pretraining.epochs()));
        fields.put("pretrainingMasking", Double.toString(pretraining.masking()));
        fields.put("seed", Long.toString(seed));
        return fields;
    }
}
