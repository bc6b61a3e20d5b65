package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingEngine.Phase;
import io.github.latent4j.training.TrainingEngine.Training;
import io.github.latent4j.training.TrainingPlan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A training under way. A batch is cut into shards, which workers take; all sums over shards go by their order. */
final class FusedTraining implements Training {
    private final ModelSpec spec;
    private final TrainingPlan plan;
    private final List<Course> courses;
    private final Memory memory = new Memory();
    private final Parameters parameters;
    private final Workers workers;

    private @Nullable Running running;
    private Map<String, float[]> restored = Map.of();
    private boolean closed;

    /**
     * Starts a training.
     *
     * @param spec what is trained
     * @param plan how
     * @param courses one a phase
     * @param start the first parameters
     * @param workerCount at least 1
     */
    FusedTraining(ModelSpec spec, TrainingPlan plan, List<Course> courses, float[] start, int workerCount) {
        this.spec = spec;
        this.plan = plan;
        this.courses = courses;
        this.parameters = new Parameters(memory, spec.layout(), start);
        this.workers = new Workers(Math.min(workerCount, plan.shardsOfABatch()));
        Blas.enterSingleThreaded();
    }

    /** A phase at work, with buffers for batches up to a size. */
    private final class Running implements AutoCloseable {
        private final int phase;
        private final Course course;
        private final int capacity;
        private final Memory buffers = new Memory();
        private final Shard[] shards;
        private final double[] codeMeans;
        private final float[] codeWeights;
        private final Update update;

        Running(int phase, int capacity, Update update) {
            this.phase = phase;
            this.course = courses.get(phase);
            this.capacity = capacity;
            this.shards = new Shard[plan.shardsOfABatch()];
            int rows = (capacity - 1) / shards.length + 1;
            try {
                for (int s = 0; s < shards.length; s++) {
                    shards[s] = course.shard(buffers, parameters, rows);
                }
            } catch (RuntimeException | Error e) {
                buffers.close();
                throw e;
            }
            this.codeMeans = new double[course.codeSize()];
            this.codeWeights = new float[course.codeSize()];
            course.weigh(codeMeans, codeWeights); // what they stay, unless the course waits for the batch
            this.update = update;
        }

        /** Where a shard starts in a batch. */
        private int start(int shard, int rows) {
            return (int) ((long) rows * shard / shards.length);
        }

        Losses gradient(Step step, Matrix batch) {
            int rows = batch.rows();
            double codeLoss;
            if (course.waitsForTheBatch()) {
                workers.run(shards.length, s -> encode(s, step, batch));
                codeLoss = weigh(rows);
                workers.run(shards.length, s -> learn(s, step, batch));
            } else {
                workers.run(shards.length, s -> {
                    encode(s, step, batch);
                    learn(s, step, batch);
                });
                codeLoss = weigh(rows);
            }
            double reconstruction = 0;
            double kl = 0;
            double bound = 0;
            for (Shard shard : shards) {
                reconstruction += shard.reconstruction;
                kl += shard.kl;
                bound += shard.bound;
            }
            return course.losses(step, reconstruction / rows, kl / rows, bound / rows, codeLoss);
        }

        private void encode(int s, Step step, Matrix batch) {
            int from = start(s, batch.rows());
            shards[s].encode(step, batch, from, start(s + 1, batch.rows()) - from);
        }

        private void learn(int s, Step step, Matrix batch) {
            shards[s].learn(step, batch, start(s, batch.rows()), codeWeights);
        }

        private double weigh(int rows) {
            Arrays.fill(codeMeans, 0);
            for (Shard shard : shards) {
                for (int j = 0; j < codeMeans.length; j++) {
                    codeMeans[j] += shard.codeSums[j];
                }
            }
            for (int j = 0; j < codeMeans.length; j++) {
                codeMeans[j] /= rows;
            }
            return course.weigh(codeMeans, codeWeights);
        }

        @Override
        public void close() {
            buffers.close();
        }
    }

    @Override
    public List<Phase> phases() {
        return courses.stream().map(Course::phase).toList();
    }

    @Override
    public Losses step(Step step, Matrix batch) {
        Running phase = running(step, batch.rows());
        Losses losses = phase.gradient(step, batch);
        phase.update.take(workers, phase.shards, batch.rows(), step);
        phase.course.keepWithinBounds(parameters);
        return losses;
    }

    /** Leaves the gradient, summed over the batch, in an array and gives the losses. */
    Losses gradient(Step step, Matrix batch, float[] into) {
        Running phase = running(step, batch.rows());
        Losses losses = phase.gradient(step, batch);
        float[] part = new float[into.length];
        Arrays.fill(into, 0);
        for (Shard shard : phase.shards) {
            if (shard.rows > 0) {
                shard.gradient.get(0, part, part.length);
                for (int i = 0; i < part.length; i++) {
                    into[i] += part[i];
                }
            }
        }
        return losses;
    }

    /** The phase of a step, with room for its batch. */
    private Running running(Step step, int rows) {
        if (closed) {
            throw new IllegalStateException("found a training that is closed, expected an open one");
        }
        Running now = running;
        if (now != null && now.phase == step.phase() && now.capacity >= rows) {
            return now;
        }
        Update update;
        if (now != null && now.phase == step.phase()) {
            update = now.update;
        } else {
            update = new Update(
                    plan.optimisation(), parameters, courses.get(step.phase()).blocks());
            if (step.taken() > 0) {
                update.restore(restored);
            }
            restored = Map.of();
        }
        closeRunning();
        Running next = new Running(step.phase(), rows, update);
        running = next;
        return next;
    }

    @Override
    public LatentModel model() {
        return LatentModel.of(spec, parameters.values.clone());
    }

    @Override
    public Map<String, float[]> state() {
        // A state that was restored and not used yet is still the state.
        Map<String, float[]> state = new HashMap<>(restored);
        state.put("parameters", parameters.values.clone());
        if (running != null) {
            running.update.save(state);
        }
        return state;
    }

    @Override
    public void restore(Map<String, float[]> state) {
        Update.requireFits(state, plan.optimisation(), parameters.values.length);
        copy(state, "parameters", parameters.values);
        parameters.push(0, parameters.values.length);
        restored = Map.copyOf(state);
        closeRunning();
    }

    private void closeRunning() {
        if (running != null) {
            Running ended = running;
            running = null;
            ended.close();
        }
    }

    /** Copies an array of a state. */
    static void copy(Map<String, float[]> from, String name, float[] into) {
        System.arraycopy(array(from, name, into.length), 0, into, 0, into.length);
    }

    /** An array of a state. */
    static float[] array(Map<String, float[]> from, String name, int length) {
        float[] values = from.get(name);
        if (values == null || values.length != length) {
            throw new IllegalArgumentException(
                    "%s: found %s values, expected %d".formatted(name, values == null ? "no" : values.length, length));
        }
        return values;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Blas.leaveSingleThreaded();
        workers.close();
        closeRunning();
        memory.close();
    }
}
