package io.github.latent4j.training.dl4j;

import io.github.latent4j.runtime.Likelihood.Variance;
import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.variational.ReconstructionDistribution;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * One of DL4J's distributions, while training: remembers the negative log probability that the layer adds to its score, and
 * keeps log variances of Gaussians within bounds where there are any. Beyond a bound the gradient is that at the bound
 * if it leads back, else 0.
 */
final class MeasuredDistribution implements ReconstructionDistribution {
    private static final long serialVersionUID = 1;

    private final ReconstructionDistribution distribution;
    private final List<Bounds> bounds;
    private double lastMean;

    /**
     * Raw values that are log variances, and how low and high they may be.
     *
     * @param from the first column
     * @param to behind the last column
     * @param min lowest log variance
     * @param max highest log variance
     */
    record Bounds(int from, int to, double min, double max) implements Serializable {
        static Bounds of(Variance.PerExample variance, int from, int to) {
            return new Bounds(from, to, Math.log(variance.min()), Math.log(variance.max()));
        }

        INDArray columns(INDArray raw) {
            return raw.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
        }
    }

    /**
     * Wraps a distribution.
     *
     * @param distribution DL4J's
     * @param bounds of log variances that the network gives for each example
     */
    MeasuredDistribution(ReconstructionDistribution distribution, List<Bounds> bounds) {
        this.distribution = distribution;
        this.bounds = bounds;
    }

    /** The mean negative log probability of the last batch, in nats. */
    double lastMean() {
        return lastMean;
    }

    private INDArray within(INDArray raw) {
        if (bounds.isEmpty()) {
            return raw;
        }
        INDArray result = raw.dup();
        for (Bounds b : bounds) {
            INDArray logVariance = b.columns(result);
            logVariance.assign(Transforms.min(Transforms.max(logVariance, b.min(), true), b.max(), false));
        }
        return result;
    }

    @Override
    public double negLogProbability(INDArray x, INDArray raw, boolean average) {
        double value = distribution.negLogProbability(x, within(raw), average);
        lastMean = average ? value : value / x.size(0);
        return value;
    }

    @Override
    public INDArray gradient(INDArray x, INDArray raw) {
        INDArray gradient = distribution.gradient(x, within(raw));
        for (Bounds b : bounds) {
            // A step goes against the gradient: a negative one raises the log variance.
            INDArray g = b.columns(gradient);
            INDArray lv = b.columns(raw);
            INDArray outwards = lv.gt(b.max())
                    .castTo(g.dataType())
                    .mul(g.lt(0).castTo(g.dataType()))
                    .add(lv.lt(b.min()).castTo(g.dataType()).mul(g.gt(0).castTo(g.dataType())));
            g.muli(outwards.rsub(1));
        }
        return gradient;
    }

    @Override
    public boolean hasLossFunction() {
        return distribution.hasLossFunction();
    }

    @Override
    public int distributionInputSize(int dataSize) {
        return distribution.distributionInputSize(dataSize);
    }

    @Override
    public INDArray exampleNegLogProbability(INDArray x, INDArray raw) {
        return distribution.exampleNegLogProbability(x, within(raw));
    }

    @Override
    public INDArray generateRandom(INDArray raw) {
        return distribution.generateRandom(within(raw));
    }

    @Override
    public INDArray generateAtMean(INDArray raw) {
        return distribution.generateAtMean(within(raw));
    }
}
