package io.github.latent4j.bench;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.PairList;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deep Java Library with PyTorch on the CPU: the VAE as a DJL block, trained by DJL's trainer with its Adam. A batch is
 * gathered into one direct buffer, which PyTorch reads where it lies; the loss takes few operations (softplus for the cross
 * entropy with logits, the divergence in closed form).
 */
final class DjlPeer implements Peer {
    @Override
    public void train(Task task, Rounds rounds) throws IOException {
        Matrix examples = task.matrix();
        VaeSpec spec = Task.spec(examples.columns());
        DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.l2Loss())
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed((float) Task.LEARNING_RATE))
                        .build())
                // A variance of 2 / (inputs + outputs), as Deeplearning4j's Xavier initialisation has.
                .optInitializer(new XavierInitializer(RandomType.GAUSSIAN, FactorType.AVG, 1), Parameter.Type.WEIGHT);
        Engine engine = Engine.getInstance();
        engine.setRandomSeed((int) Task.SEED);
        try (Model model = Model.newInstance("vae")) {
            model.setBlock(new VaeBlock(spec));
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(task.batch(), examples.columns()));
                rounds.ready(
                        "DJL %s, %s %s".formatted(Engine.getDjlVersion(), engine.getEngineName(), engine.getVersion()));
                for (long epoch = 0; ; epoch++) {
                    epoch(trainer, examples, task.batch(), epoch, rounds);
                }
            }
        }
    }

    private static void epoch(Trainer trainer, Matrix examples, int size, long epoch, Rounds rounds) {
        Permutation order = new Permutation(examples.rows(), Seeds.mix(Task.SEED, epoch));
        int columns = examples.columns();
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(size * columns * Float.BYTES).order(ByteOrder.nativeOrder());
        for (int from = 0; from < examples.rows(); from += size) {
            int rows = Math.min(size, examples.rows() - from);
            bytes.clear().limit(rows * columns * Float.BYTES);
            FloatBuffer batch = bytes.asFloatBuffer();
            for (int i = 0; i < rows; i++) {
                batch.put(examples.data(), order.applyAsInt(from + i) * columns, columns);
            }
            rounds.stepped(1, rows, step(trainer, bytes, new Shape(rows, columns)));
        }
    }

    private static double step(Trainer trainer, ByteBuffer batch, Shape shape) {
        try (NDManager manager = trainer.getManager().newSubManager();
                GradientCollector collector = trainer.newGradientCollector()) {
            NDArray x = manager.create(batch, shape, DataType.FLOAT32);
            NDArray loss = loss(x, trainer.forward(new NDList(x)));
            collector.backward(loss);
            trainer.step();
            return loss.getFloat();
        }
    }

    /** The mean negative ELBO of a batch. */
    private static NDArray loss(NDArray x, NDList output) {
        NDArray logits = output.get(0);
        NDArray mean = output.get(1);
        NDArray logVariance = output.get(2);
        NDArray reconstruction = Activation.softPlus(logits).sub(logits.mul(x)).sum();
        NDArray divergence = mean.square()
                .add(logVariance.exp())
                .sub(logVariance)
                .sub(1f)
                .sum()
                .mul(0.5f);
        return reconstruction.add(divergence).div(x.getShape().get(0));
    }

    /** From a batch to the logits of its reconstruction and to mean and log variance of its posterior. */
    private static final class VaeBlock extends AbstractBlock {
        private final Block encoder;
        private final Block mean;
        private final Block logVariance;
        private final Block decoder;

        @SuppressWarnings("this-escape")
        VaeBlock(VaeSpec spec) {
            encoder = addChildBlock("encoder", hidden(spec.encoder()));
            mean = addChildBlock("mean", linear(spec.latent()));
            logVariance = addChildBlock("logVariance", linear(spec.latent()));
            decoder = addChildBlock("decoder", hidden(spec.decoder()).add(linear(spec.inputs())));
        }

        private static SequentialBlock hidden(List<Integer> sizes) {
            SequentialBlock block = new SequentialBlock();
            sizes.forEach(size -> block.add(linear(size)).add(Activation::relu));
            return block;
        }

        private static Block linear(int units) {
            return Linear.builder().setUnits(units).build();
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
            NDList hidden = encoder.forward(store, inputs, training);
            NDArray mu = mean.forward(store, hidden, training).singletonOrThrow();
            NDArray lnVariance = logVariance.forward(store, hidden, training).singletonOrThrow();
            NDArray noise = mu.getManager().randomNormal(mu.getShape());
            NDArray z = lnVariance.mul(0.5f).exp().mul(noise).add(mu);
            NDArray logits = decoder.forward(store, new NDList(z), training).singletonOrThrow();
            return new NDList(logits, mu, lnVariance);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            encoder.initialize(manager, type, inputs);
            Shape[] hidden = encoder.getOutputShapes(inputs);
            mean.initialize(manager, type, hidden);
            logVariance.initialize(manager, type, hidden);
            decoder.initialize(manager, type, mean.getOutputShapes(hidden));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            Shape code = mean.getOutputShapes(encoder.getOutputShapes(inputs))[0];
            return new Shape[] {inputs[0], code, code};
        }
    }
}
