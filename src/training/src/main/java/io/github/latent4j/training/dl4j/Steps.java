package io.github.latent4j.training.dl4j;

import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.training.TrainingPlan;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/** DL4J's updater over one flat parameter vector, with the updater's state held here. */
final class Steps {
    // What a seed drawn from the plan's is for; the trainer has numbers of its own, above 0.
    private static final long START = -1;
    private static final long NOISE = -2;

    private final INDArray parameters;
    private final GradientUpdater<?> updater;
    private int taken;

    /**
     * Makes an updater with fresh state.
     *
     * @param parameters the flat vector, changed by each step
     * @param plan names the updater and its rate
     */
    Steps(INDArray parameters, TrainingPlan plan) {
        this.parameters = parameters.reshape(1, parameters.length());
        IUpdater config = Dl4jEngine.updater(plan.optimiser(), plan.learningRate());
        long stateSize = config.stateSize(parameters.length());
        INDArray state = stateSize == 0 ? null : Nd4j.zeros(parameters.dataType(), 1, stateSize);
        this.updater = config.instantiate(state, stateSize > 0);
    }

    /**
     * Makes a step against a gradient.
     *
     * @param gradient summed over a batch; used up
     * @param batchSize examples of the batch
     * @param epoch from 0
     */
    void take(INDArray gradient, int batchSize, int epoch) {
        INDArray row = gradient.reshape(1, gradient.length());
        row.divi(batchSize);
        updater.applyUpdater(row, taken++, epoch);
        parameters.subi(row);
    }

    /** The seed of a step's noise. ND4J and DL4J take 0 for 'no seed', so it is never 0. */
    static long seed(TrainingPlan plan, int phase, int epoch, int step) {
        return Seeds.mix(plan.seed(), NOISE, phase, epoch, step) | 1;
    }

    /** The seed of the first weights. */
    static long startSeed(TrainingPlan plan) {
        return Seeds.mix(plan.seed(), START);
    }

    static INDArray array(Matrix batch, DataType type) {
        return Nd4j.createFromArray(batch.data())
                .reshape(batch.rows(), batch.columns())
                .castTo(type);
    }
}
