package io.github.latent4j.training;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.training.dl4j.Dl4jEngine;
import io.github.latent4j.training.fused.FusedEngine;
import java.util.List;
import java.util.Map;

/** Computes the steps of a training; the {@link Trainer} says which examples each step gets and when to stop. */
public interface TrainingEngine {
    /**
     * The engine for CPUs: buffers allocated once, OpenBLAS for the products, one pass for everything between them, and a
     * worker for each processor, as far as the plan's shards go. It has every objective.
     *
     * @return the engine
     */
    static TrainingEngine fused() {
        return fused(Runtime.getRuntime().availableProcessors());
    }

    /**
     * The same with a number of workers, which changes how long a training takes and nothing else.
     *
     * @param workers at least 1; more than the plan's shards are of no use
     * @return the engine
     * @throws IllegalArgumentException if there is no worker
     */
    static TrainingEngine fused(int workers) {
        return new FusedEngine(workers);
    }

    /**
     * The engine that trains through DL4J's own layers and updaters, on ND4J's backend, which may be a GPU's.
     *
     * @return the engine
     */
    static TrainingEngine dl4j() {
        return new Dl4jEngine();
    }

    /**
     * The name as the command line and provenance write it.
     *
     * @return {@code fused} or {@code dl4j}
     */
    String name();

    /**
     * Says whether this engine can train a model as a plan says.
     *
     * @param spec what to train
     * @param plan how to train
     * @throws IllegalArgumentException if it cannot; the message says what it cannot
     */
    void requireSupported(ModelSpec spec, TrainingPlan plan);

    /**
     * Whether it trains on examples with missing values, which are NaN and cost nothing.
     *
     * @return false unless an engine says otherwise
     */
    default boolean takesMissingValues() {
        return false;
    }

    /**
     * Starts a training with new weights on numbers of no known meaning.
     *
     * @param spec what to train
     * @param plan how to train
     * @return the training, for use by one thread, to be closed
     * @throws IllegalArgumentException if the engine cannot train this; the message says what it cannot
     */
    default Training start(ModelSpec spec, TrainingPlan plan) {
        return start(spec, plan, new InputContract.Vector(spec.inputs()));
    }

    /**
     * Starts a training with new weights.
     *
     * @param spec what to train
     * @param plan how to train
     * @param input what the examples are: a table's are disturbed a cell at a time; see {@link InputCorruption}
     * @return the training, for use by one thread, to be closed
     * @throws IllegalArgumentException if the engine cannot train this, or the examples are of another size than the
     *     specification says; the message says what it cannot
     */
    Training start(ModelSpec spec, TrainingPlan plan, InputContract input);

    /**
     * A part of a training with an objective of its own.
     *
     * @param name for people
     * @param epochs passes over the training part
     */
    record Phase(String name, int epochs) {
        /**
         * The one phase of a model that is trained as a whole from the start.
         *
         * @param plan how to train
         * @return the phase
         */
        public static Phase training(TrainingPlan plan) {
            return new Phase("training", plan.epochs());
        }

        /**
         * The pretraining of one layer of a tied stack.
         *
         * @param layer its number, from 0
         * @param layers of the stack
         * @param plan how to train
         * @return the phase
         */
        public static Phase pretraining(int layer, int layers, TrainingPlan plan) {
            return new Phase(
                    "pretraining layer " + (layer + 1) + " of " + layers,
                    plan.pretraining().epochs());
        }

        /**
         * The last phase of a tied stack, of all its layers.
         *
         * @param plan how to train
         * @return the phase
         */
        public static Phase fineTuning(TrainingPlan plan) {
            return new Phase("fine-tuning", plan.epochs());
        }
    }

    /** A training under way: parameters and the optimiser's state. */
    interface Training extends AutoCloseable {
        /**
         * The phases, the last of which trains the whole model.
         *
         * @return at least one
         */
        List<Phase> phases();

        /**
         * Makes one step.
         *
         * @param step where the step stands
         * @param batch one example a row
         * @return the losses of the batch before the step, means over its examples
         */
        Losses step(Step step, Matrix batch);

        /**
         * The model as it stands.
         *
         * @return an immutable copy with a card that knows nothing of its origin
         * @throws IllegalArgumentException if a parameter is no finite number
         */
        LatentModel model();

        /**
         * All that the next step depends on, besides its place and its batch: parameters and the optimiser's memory.
         *
         * @return copies of the arrays by name
         */
        Map<String, float[]> state();

        /**
         * Puts back what {@link #state()} gave, in a training of the same specification and plan.
         *
         * @param state arrays by name
         * @throws IllegalArgumentException if an array is missing or of another length; the message names it
         */
        void restore(Map<String, float[]> state);

        /** Frees what is held outside the heap. */
        @Override
        void close();
    }
}
