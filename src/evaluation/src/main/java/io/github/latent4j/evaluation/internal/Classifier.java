package io.github.latent4j.evaluation.internal;

import io.github.latent4j.data.Permutation;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Matrix;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * A softmax classifier of DL4J's dense layers, trained on the spot: without hidden layers a linear probe, with them a space of
 * features. Of inputs the mean of what it was trained on is subtracted, and the rest is divided by √(v + 0.1 m), where v is the
 * feature's variance there and m the mean of all features' variances, so that features that hardly vary stay small; a missing value, NaN,
 * counts as the mean. The same data and seed give the same classifier on one machine. Not thread-safe: its network is DL4J's. Closing it gives back the
 * memory of the network, which is outside the Java heap; what is not closed is given back some time after it became unreachable.
 */
public final class Classifier implements AutoCloseable {
    private static final int BATCH = 128;
    private static final double LEARNING_RATE = 3e-3;

    /** Of a linear classifier of one feature; with more it falls with the root of their number, for they act together. */
    private static final double LINEAR_LEARNING_RATE = 0.08;

    private static final int BLOCK = 2_000;

    /** As a share of the mean variance of the features. */
    private static final double LEAST_VARIANCE = 0.1;

    private final float[] mean;
    private final float[] scale;
    private final MultiLayerNetwork network;

    private Classifier(float[] mean, float[] scale, MultiLayerNetwork network) {
        this.mean = mean;
        this.scale = scale;
        this.network = network;
    }

    /**
     * Trains a classifier.
     *
     * @param examples one a row, at least one
     * @param labels one an example, from 0 to {@code classes - 1}
     * @param classes at least 2
     * @param hidden sizes of hidden layers; empty for a linear one
     * @param epochs passes over the examples, at least 1
     * @param seed of the first weights and the order of the examples
     * @return the classifier
     */
    public static Classifier fit(
            Matrix examples, int[] labels, int classes, List<Integer> hidden, int epochs, long seed) {
        try (OneThread alone = new OneThread()) {
            return fitAlone(examples, labels, classes, hidden, epochs, seed);
        }
    }

    private static Classifier fitAlone(
            Matrix examples, int[] labels, int classes, List<Integer> hidden, int epochs, long seed) {
        float[] mean = new float[examples.columns()];
        float[] scale = new float[examples.columns()];
        standardise(examples, mean, scale);
        int batches = (examples.rows() + BATCH - 1) / BATCH;
        Classifier classifier =
                new Classifier(mean, scale, network(examples.columns(), classes, hidden, epochs * batches, seed));
        for (int epoch = 0; epoch < epochs; epoch++) {
            Permutation order = new Permutation(examples.rows(), Seeds.mix(seed, epoch));
            for (int from = 0; from < examples.rows(); from += BATCH) {
                int rows = Math.min(BATCH, examples.rows() - from);
                float[] x = new float[rows * examples.columns()];
                float[] y = new float[rows * classes];
                for (int r = 0; r < rows; r++) {
                    int row = order.applyAsInt(from + r);
                    classifier.read(examples, row, x, r * examples.columns());
                    y[r * classes + labels[row]] = 1;
                }
                try (INDArray input = Nd4j.createFromArray(x).reshape(rows, examples.columns());
                        INDArray target = Nd4j.createFromArray(y).reshape(rows, classes)) {
                    classifier.network.fit(input, target);
                }
            }
        }
        return classifier;
    }

    private static MultiLayerNetwork network(int inputs, int classes, List<Integer> hidden, int steps, long seed) {
        double rate = hidden.isEmpty() ? LINEAR_LEARNING_RATE / Math.sqrt(inputs) : LEARNING_RATE;
        // DL4J takes seed 0 for none.
        var builder = new NeuralNetConfiguration.Builder()
                .seed(Seeds.mix(seed, 0) | 1)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(new PolySchedule(ScheduleType.ITERATION, rate, 1, steps + 1)))
                .list();
        int before = inputs;
        for (int size : hidden) {
            builder.layer(new DenseLayer.Builder()
                    .nIn(before)
                    .nOut(size)
                    .activation(Activation.RELU)
                    .build());
            before = size;
        }
        builder.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(before)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(builder.build());
        network.init();
        return network;
    }

    private static void standardise(Matrix examples, float[] mean, float[] scale) {
        double[] variances = new double[mean.length];
        for (int c = 0; c < mean.length; c++) {
            SummaryStatistics values = new SummaryStatistics();
            for (int r = 0; r < examples.rows(); r++) {
                float value = examples.get(r, c);
                if (!Float.isNaN(value)) {
                    values.addValue(value);
                }
            }
            boolean any = values.getN() > 0;
            mean[c] = any ? (float) values.getMean() : 0;
            variances[c] = any ? values.getPopulationVariance() : 0;
        }
        // A feature that hardly varies in training must not explode later: it is measured by what features vary by on
        // average.
        double least = LEAST_VARIANCE * Arrays.stream(variances).average().orElse(0);
        for (int c = 0; c < scale.length; c++) {
            double deviation = Math.sqrt(variances[c] + least);
            scale[c] = deviation > 0 ? (float) (1 / deviation) : 0;
        }
    }

    private void read(Matrix examples, int row, float[] into, int offset) {
        for (int c = 0; c < mean.length; c++) {
            float value = examples.get(row, c);
            into[offset + c] = Float.isNaN(value) ? 0 : (value - mean[c]) * scale[c];
        }
    }

    /**
     * The share of examples whose label has the highest probability.
     *
     * @param examples as wide as those of the training
     * @param labels one an example
     * @return from 0 to 1
     */
    public double accuracy(Matrix examples, int[] labels) {
        int right = 0;
        Matrix outputs = activations(examples, network.getnLayers());
        for (int r = 0; r < examples.rows(); r++) {
            int best = 0;
            for (int c = 1; c < outputs.columns(); c++) {
                best = outputs.get(r, c) > outputs.get(r, best) ? c : best;
            }
            right += best == labels[r] ? 1 : 0;
        }
        return (double) right / examples.rows();
    }

    /**
     * The activations of the last hidden layer.
     *
     * @param examples as wide as those of the training
     * @return a row of features an example
     * @throws IllegalStateException if the classifier is linear
     */
    public Matrix features(Matrix examples) {
        if (network.getnLayers() < 2) {
            throw new IllegalStateException(
                    "found a linear classifier, expected one with hidden layers, which has features");
        }
        return activations(examples, network.getnLayers() - 1);
    }

    /** Gives back the memory of the network, after which this is of no use. */
    @Override
    public void close() {
        network.close();
    }

    /** The activations behind so many layers. */
    private Matrix activations(Matrix examples, int layers) {
        try (OneThread alone = new OneThread()) {
            return activationsAlone(examples, layers);
        }
    }

    private Matrix activationsAlone(Matrix examples, int layers) {
        float[][] rows = new float[examples.rows()][];
        for (int from = 0; from < examples.rows(); from += BLOCK) {
            int count = Math.min(BLOCK, examples.rows() - from);
            float[] x = new float[count * mean.length];
            for (int r = 0; r < count; r++) {
                read(examples, from + r, x, r * mean.length);
            }
            try (INDArray input = Nd4j.createFromArray(x).reshape(count, mean.length)) {
                List<INDArray> outputs = network.feedForwardToLayer(layers - 1, input, false);
                float[][] found = outputs.get(layers).toFloatMatrix();
                System.arraycopy(found, 0, rows, from, count);
                // The first is the input; closing twice does nothing.
                outputs.forEach(INDArray::close);
            }
        }
        return Matrix.of(rows);
    }
}
