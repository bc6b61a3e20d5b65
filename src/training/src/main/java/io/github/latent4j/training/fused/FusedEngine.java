package io.github.latent4j.training.fused;

import io.github.latent4j.domain.Networks;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.TrainingEngine;
import io.github.latent4j.training.TrainingPlan;
import java.util.List;

/**
 * Trains with a backward pass of its own. The first weights are those of DL4J's network; the mathematics of a step is that
 * of DL4J's layers where they can do it. Bytes depend on the plan, the kind of processor and OpenBLAS's kernel, not on the
 * number of workers. While a training is open, OpenBLAS has one thread for each caller in the whole process.
 */
public final class FusedEngine implements TrainingEngine {
    private final int workers;

    /**
     * Makes the engine.
     *
     * @param workers threads that share a step, at least 1
     * @throws IllegalArgumentException if there is none
     */
    public FusedEngine(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("workers: found %d, expected at least 1".formatted(workers));
        }
        this.workers = workers;
    }

    @Override
    public String name() {
        return "fused";
    }

    @Override
    public void requireSupported(ModelSpec spec, TrainingPlan plan) {
        // Every model and every objective.
    }

    @Override
    public boolean takesMissingValues() {
        return true;
    }

    @Override
    public Training start(ModelSpec spec, TrainingPlan plan, InputContract input) {
        return start(spec, plan, input, Noise.seeded(plan.seed()));
    }

    /** The noise is the tests' to choose. */
    FusedTraining start(ModelSpec spec, TrainingPlan plan, InputContract input, Noise noise) {
        float[] start =
                Networks.toModel(Networks.create(spec, plan.startSeed()), spec).parameters();
        List<Course> courses = spec instanceof VaeSpec vae
                ? List.of(new VaeCourse(vae, plan, input, noise))
                : AutoencoderCourse.of((AutoencoderSpec) spec, plan, input);
        return new FusedTraining(spec, plan, courses, start, workers);
    }
}
