package io.github.latent4j.training.dl4j;

import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.training.Optimisation;
import io.github.latent4j.training.Optimiser;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingPlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** DL4J's updater over one flat parameter vector, with the updater's state held here. */
final class Steps {
    // What a seed drawn from the plan's is for; the trainer has numbers of its own, above 0.
    private static final long NOISE = -2;

    private final INDArray parameters;
    private final Optimisation optimisation;
    private final IUpdater config;
    private final @Nullable INDArray state;
    private final GradientUpdater<?> updater;
    private final INDArray weights;

    /**
     * Makes an updater with fresh state.
     *
     * @param parameters the flat vector, changed by each step
     * @param blocks what stands in it; the first block's offset is where the vector starts
     * @param plan names the updater and its rate
     */
    Steps(INDArray parameters, List<ParameterLayout.Block> blocks, TrainingPlan plan) {
        this.parameters = parameters.reshape(1, parameters.length());
        this.optimisation = plan.optimisation();
        this.config = updater(optimisation.optimiser(), optimisation.learningRate());
        long stateSize = config.stateSize(parameters.length());
        this.state = stateSize == 0 ? null : Nd4j.zeros(parameters.dataType(), 1, stateSize);
        this.updater = config.instantiate(state, stateSize > 0);
        this.weights = Nd4j.zeros(parameters.dataType(), 1, parameters.length());
        int start = blocks.get(0).offset();
        for (ParameterLayout.Block block : blocks) {
            if (block.isWeight()) {
                weights.get(
                                NDArrayIndex.all(),
                                NDArrayIndex.interval(block.offset() - start, block.offset() - start + block.length()))
                        .assign(1);
            }
        }
    }

    private static IUpdater updater(Optimiser optimiser, double learningRate) {
        return switch (optimiser) {
            case ADAM, ADAMW -> new Adam(learningRate);
            case RMSPROP -> new RmsProp(learningRate);
            case NESTEROV -> new Nesterovs(learningRate, 0.9);
            case SGD -> new Sgd(learningRate);
        };
    }

    /**
     * Makes a step against a gradient.
     *
     * @param gradient summed over a batch; used up
     * @param batchSize examples of the batch
     * @param step its place and rate
     */
    void take(INDArray gradient, int batchSize, Step step) {
        INDArray row = gradient.reshape(1, gradient.length());
        row.divi(batchSize);
        double decay = optimisation.weightDecay();
        boolean apart = optimisation.optimiser() == Optimiser.ADAMW;
        if (decay > 0 && !apart) {
            row.addi(parameters.mul(weights).muli(decay));
        }
        if (optimisation.clipping() > 0) {
            double norm = row.norm2Number().doubleValue();
            if (norm > optimisation.clipping()) {
                row.muli(optimisation.clipping() / norm);
            }
        }
        if (decay > 0 && apart) {
            parameters.subi(parameters.mul(weights).muli(decay * step.learningRate()));
        }
        config.setLrAndSchedule(step.learningRate(), null);
        updater.applyUpdater(row, Math.toIntExact(step.taken()), step.epoch());
        parameters.subi(row);
    }

    /** Adds parameters and the updater's memory to a state. */
    void save(String name, Map<String, float[]> into) {
        into.put(name, parameters.dup().data().asFloat());
        if (state != null) {
            into.put(name + ".updater", state.dup().data().asFloat());
        }
    }

    /** Takes them from a state. */
    void restore(String name, Map<String, float[]> from) {
        assign(parameters, name, from);
        if (state != null) {
            assign(state, name + ".updater", from);
        }
    }

    private static void assign(INDArray target, String name, Map<String, float[]> from) {
        float[] values = from.get(name);
        if (values == null || values.length != target.length()) {
            throw new IllegalArgumentException("%s: found %s values, expected %d"
                    .formatted(name, values == null ? "no" : values.length, target.length()));
        }
        target.assign(Nd4j.createFromArray(values).reshape(target.shape()));
    }

    /** The seed of a step's noise. ND4J and DL4J take 0 for 'no seed', so it is never 0. */
    static long seed(TrainingPlan plan, Step step) {
        return Seeds.mix(plan.seed(), NOISE, step.phase(), step.epoch(), step.index()) | 1;
    }

    static INDArray array(Matrix batch, DataType type) {
        return Nd4j.createFromArray(batch.data())
                .reshape(batch.rows(), batch.columns())
                .castTo(type);
    }
}
