package io.github.latent4j.training.dl4j;

import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.variational.ReconstructionDistribution;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * One of DL4J's distributions, while training: remembers the negative log probability that the layer adds to its score, and
 * keeps the log variances of a Gaussian within bounds where there are any. Beyond a bound the gradient is that at the bound
 * if it leads back, else 0.
 */
final class MeasuredDistribution implements ReconstructionDistribution {
    private static final long serialVersionUID = 1;

    private final ReconstructionDistribution distribution;
    private final boolean bounded;
    private final double min;
    private final double max;
    private double lastMean;

    /**
     * Wraps a distribution.
     *
     * @param distribution DL4J's
     * @param bounds lowest and highest variance of a Gaussian
     */
    MeasuredDistribution(ReconstructionDistribution distribution, Optional<double[]> bounds) {
        this.distribution = distribution;
        this.bounded = bounds.isPresent();
        this.min = bounds.map(b -> Math.log(b[0])).orElse(Double.NEGATIVE_INFINITY);
        this.max = bounds.map(b -> Math.log(b[1])).orElse(Double.POSITIVE_INFINITY);
    }

    /** The mean negative log probability of the last batch, in nats. */
    double lastMean() {
        return lastMean;
    }

    private INDArray within(INDArray raw) {
        if (!bounded) {
            return raw;
        }
        INDArray result = raw.dup();
        INDArray logVariance = logVariance(result);
        logVariance.assign(Transforms.min(Transforms.max(logVariance, min, true), max, false));
        return result;
    }

    private static INDArray logVariance(INDArray raw) {
        return raw.get(NDArrayIndex.all(), NDArrayIndex.interval(raw.size(1) / 2, raw.size(1)));
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
        if (bounded) {
            // A step goes against the gradient: a negative one raises the log variance.
            INDArray g = logVariance(gradient);
            INDArray lv = logVariance(raw);
            INDArray outwards = lv.gt(max)
                    .castTo(g.dataType())
                    .mul(g.lt(0).castTo(g.dataType()))
                    .add(lv.lt(min).castTo(g.dataType()).mul(g.gt(0).castTo(g.dataType())));
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
