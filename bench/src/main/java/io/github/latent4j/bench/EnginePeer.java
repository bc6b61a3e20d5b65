package io.github.latent4j.bench;

import io.github.latent4j.data.Examples;
import io.github.latent4j.domain.Backend;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.Version;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Optimiser;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingEngine;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.util.function.IntFunction;

/** One of latent4j's engines, in the hands of its trainer. */
final class EnginePeer implements Peer {
    private final IntFunction<TrainingEngine> engine;

    /**
     * Makes the peer.
     *
     * @param engine made for a number of threads
     */
    EnginePeer(IntFunction<TrainingEngine> engine) {
        this.engine = engine;
    }

    @Override
    public void train(Task task, Rounds rounds) throws IOException {
        TrainingEngine made = engine.apply(task.threads());
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(Integer.MAX_VALUE)
                .withBatchSize(task.batch())
                .withOptimiser(Optimiser.ADAM, Task.LEARNING_RATE)
                .withValidationShare(0)
                .withSeed(Task.SEED);
        try (Examples examples = task.examples()) {
            Trainer.with(plan)
                    .using(made)
                    .reportingTo(new Counting(
                            rounds,
                            task.batch(),
                            "latent4j %s, engine %s, on Deeplearning4j %s"
                                    .formatted(
                                            Version.current(),
                                            made.name(),
                                            Backend.environment().get("deeplearning4j"))))
                    .fit(Task.spec(examples.input().size()), examples);
        }
    }

    private static final class Counting implements TrainingListener {
        private final Rounds rounds;
        private final int batch;
        private final String what;
        private int size;

        Counting(Rounds rounds, int batch, String what) {
            this.rounds = rounds;
            this.batch = batch;
            this.what = what;
        }

        @Override
        public void started(ModelSpec spec, int training, int validation) {
            size = training;
            rounds.ready(what);
        }

        @Override
        public void stepped(Phase phase, int epoch, int step, int steps, Losses losses) {
            rounds.stepped(1, step < steps ? batch : size - (steps - 1) * batch, losses.loss());
        }
    }
}
