package io.github.latent4j.training;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.training.dl4j.Dl4jEngine;
import java.util.List;

/** Computes the steps of a training; the {@link Trainer} says which examples each step gets and when to stop. */
public interface TrainingEngine {
    /**
     * The engine that trains through DL4J's own layers and updaters, on ND4J's backend.
     *
     * @return the engine
     */
    static TrainingEngine dl4j() {
        return new Dl4jEngine();
    }

    /**
     * The name as the command line and provenance write it.
     *
     * @return such as {@code dl4j}
     */
    String name();

    /**
     * Says whether this engine can train a model.
     *
     * @param spec what to train
     * @throws IllegalArgumentException if it cannot; the message says what it cannot
     */
    void requireSupported(ModelSpec spec);

    /**
     * Starts a training with new weights.
     *
     * @param spec what to train
     * @param plan how to train
     * @return the training, for use by one thread
     * @throws IllegalArgumentException if the engine cannot train this; the message says what it cannot
     */
    Training start(ModelSpec spec, TrainingPlan plan);

    /**
     * A part of a training with an objective of its own.
     *
     * @param name for people
     * @param epochs passes over the training part
     */
    record Phase(String name, int epochs) {}

    /** A training under way: parameters and the optimiser's state. */
    interface Training {
        /**
         * The phases, the last of which trains the whole model.
         *
         * @return at least one
         */
        List<Phase> phases();

        /**
         * Makes one step.
         *
         * @param phase an index into {@link #phases()}
         * @param batch one example a row
         * @param epoch of the phase, from 0
         * @param step of the epoch, from 0
         * @return the losses of the batch before the step, means over its examples
         */
        Losses step(int phase, Matrix batch, int epoch, int step);

        /**
         * The model as it stands.
         *
         * @return an immutable copy with a card that knows nothing of its origin
         */
        LatentModel model();
    }
}
