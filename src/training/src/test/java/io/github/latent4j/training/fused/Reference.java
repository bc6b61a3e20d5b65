package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Likelihood.Variance;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.runtime.ParameterLayout.Block;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The objectives in double precision, written from their formulas: slow, and without a line in common with what they are to
 * check. Losses are means over the batch.
 */
final class Reference {
    private final ParameterLayout layout;
    private final double[] parameters;

    Reference(ParameterLayout layout, double[] parameters) {
        this.layout = layout;
        this.parameters = parameters;
    }

    private double[] dense(double[] x, String weights, String bias, Activation activation) {
        Block w = layout.block(weights);
        Block b = layout.block(bias);
        double[] y = new double[w.outputs()];
        for (int o = 0; o < y.length; o++) {
            double sum = parameters[b.offset() + o];
            for (int i = 0; i < x.length; i++) {
                sum += parameters[w.offset() + o * w.inputs() + i] * x[i];
            }
            y[o] = value(activation, sum);
        }
        return y;
    }

    private double[] transposed(double[] x, String weights, String bias, Activation activation) {
        Block w = layout.block(weights);
        Block b = layout.block(bias);
        double[] y = new double[w.inputs()];
        for (int o = 0; o < y.length; o++) {
            double sum = parameters[b.offset() + o];
            for (int i = 0; i < x.length; i++) {
                sum += parameters[w.offset() + i * w.inputs() + o] * x[i];
            }
            y[o] = value(activation, sum);
        }
        return y;
    }

    static double value(Activation activation, double x) {
        return switch (activation) {
            case IDENTITY -> x;
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case TANH -> Math.tanh(x);
            case RELU -> Math.max(0, x);
            case LEAKYRELU -> x >= 0 ? x : 0.01 * x;
            case ELU -> x >= 0 ? x : Math.exp(x) - 1;
            case SELU -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1));
            case SOFTPLUS -> Math.log(1 + Math.exp(x));
            case SOFTSIGN -> x / (1 + Math.abs(x));
            case SWISH -> x / (1 + Math.exp(-x));
            case GELU -> x / (1 + Math.exp(-1.702 * x));
            case MISH -> x * Math.tanh(Math.log(1 + Math.exp(x)));
            case HARDSIGMOID -> Math.min(1, Math.max(0, 0.2 * x + 0.5));
            case HARDTANH -> Math.min(1, Math.max(-1, x));
            case CUBE -> x * x * x;
        };
    }

    private static double[] row(Matrix batch, int r) {
        double[] x = new double[batch.columns()];
        for (int i = 0; i < x.length; i++) {
            x[i] = batch.data()[r * x.length + i];
        }
        return x;
    }

    /** What enters a network: 0 for what is missing. */
    private static double[] filled(Matrix batch, int r) {
        return Arrays.stream(row(batch, r)).map(v -> Double.isNaN(v) ? 0 : v).toArray();
    }

    /** The objective of a VAE, with the noise of each example's samples given; the input may differ from the batch. */
    double vae(VaeSpec spec, Objective objective, double klWeight, Matrix input, Matrix batch, float[][] noise) {
        int latent = spec.latent();
        int samples = objective.samples();
        double[] klSums = new double[latent];
        double total = 0;
        for (int r = 0; r < batch.rows(); r++) {
            double[] x = row(batch, r);
            double[] h = filled(input, r);
            for (int k = 0; k < spec.encoder().size(); k++) {
                h = dense(h, "e" + k + "W", "e" + k + "b", spec.activation());
            }
            double[] mean = dense(h, "pZXMeanW", "pZXMeanb", Activation.IDENTITY);
            double[] logVariance = dense(h, "pZXLogStd2W", "pZXLogStd2b", Activation.IDENTITY);
            for (int j = 0; j < latent; j++) {
                klSums[j] += 0.5 * (mean[j] * mean[j] + Math.exp(logVariance[j]) - 1 - logVariance[j]);
            }
            double costs = 0;
            double importance = 0;
            for (int s = 0; s < samples; s++) {
                double[] z = new double[latent];
                double logRatio = 0; // ln p(z) - ln q(z|x)
                for (int j = 0; j < latent; j++) {
                    double draw = noise[r][s * latent + j];
                    z[j] = mean[j] + Math.exp(0.5 * logVariance[j]) * draw;
                    logRatio += -0.5 * z[j] * z[j] + 0.5 * (draw * draw + logVariance[j]);
                }
                double[] d = z;
                for (int k = 0; k < spec.decoder().size(); k++) {
                    d = dense(d, "d" + k + "W", "d" + k + "b", spec.activation());
                }
                double cost = cost(spec.likelihood(), x, dense(d, "pXZW", "pXZb", Activation.IDENTITY));
                costs += cost / samples;
                importance += Math.exp(-cost + klWeight * logRatio) / samples;
            }
            total += objective.bound() == Objective.Bound.IWAE && samples > 1 ? -Math.log(importance) : costs;
        }
        if (objective.bound() == Objective.Bound.ELBO || samples == 1) {
            for (double sum : klSums) {
                total += batch.rows() * klWeight * Math.max(objective.freeBits(), sum / batch.rows());
            }
        }
        return total / batch.rows();
    }

    private static double cost(Likelihood likelihood, double[] x, double[] raw) {
        if (!(likelihood instanceof Likelihood.Mixed mixed)) {
            return likelihood instanceof Likelihood.Categorical
                    ? categoricalCost(x, raw)
                    : costOfEach(likelihood, x, raw);
        }
        double cost = 0;
        int feature = 0;
        int from = 0;
        for (Likelihood.Block block : mixed.blocks()) {
            int values = block.features() * (block.likelihood() instanceof Likelihood.Gaussian ? 2 : 1);
            cost += cost(
                    block.likelihood(),
                    Arrays.copyOfRange(x, feature, feature + block.features()),
                    Arrays.copyOfRange(raw, from, from + values));
            feature += block.features();
            from += values;
        }
        return cost;
    }

    private static double categoricalCost(double[] x, double[] raw) {
        double sum = 0;
        double cost = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.exp(raw[i]);
            cost -= x[i] == 1 ? raw[i] : 0;
        }
        return Double.isNaN(x[0]) ? 0 : cost + Math.log(sum);
    }

    private static double costOfEach(Likelihood likelihood, double[] x, double[] raw) {
        double cost = 0;
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i])) {
                continue;
            }
            if (likelihood instanceof Likelihood.Gaussian gaussian) {
                double logVariance = raw[x.length + i];
                if (gaussian.variance() instanceof Variance.PerExample bounds) {
                    logVariance = Math.min(Math.log(bounds.max()), Math.max(Math.log(bounds.min()), logVariance));
                }
                double difference = x[i] - raw[i];
                cost += 0.5 * (Math.log(2 * Math.PI) + logVariance + difference * difference / Math.exp(logVariance));
            } else {
                double p = 1 / (1 + Math.exp(-raw[i]));
                cost -= x[i] * Math.log(p) + (1 - x[i]) * Math.log(1 - p);
            }
        }
        return cost;
    }

    /** Mean squared error of an autoencoder, plus the sparsity's penalty; the input may differ from the target. */
    double autoencoder(AutoencoderSpec spec, Objective.Sparsity sparsity, Matrix input, Matrix target) {
        int depth = spec.hidden().size() + 1;
        boolean tied = spec.weights() == AutoencoderSpec.Weights.TIED;
        double error = 0;
        List<double[]> codes = new ArrayList<>();
        for (int r = 0; r < input.rows(); r++) {
            double[] h = filled(input, r);
            for (int k = 0; k < depth; k++) {
                h = dense(h, k + "_W", k + "_b", k == depth - 1 ? spec.codeActivation() : spec.activation());
            }
            codes.add(h);
            for (int k = depth - 1; k >= 0; k--) {
                Activation activation = k == 0 ? spec.outputActivation() : spec.activation();
                int mirrored = 2 * depth - 1 - k;
                h = tied
                        ? transposed(h, k + "_W", k + "_vb", activation)
                        : dense(h, mirrored + "_W", mirrored + "_b", activation);
            }
            double[] x = row(target, r);
            for (int i = 0; i < x.length; i++) {
                error += Double.isNaN(x[i]) ? 0 : (h[i] - x[i]) * (h[i] - x[i]) / x.length;
            }
        }
        double penalty = 0;
        for (int j = 0; sparsity.weight() > 0 && j < spec.latent(); j++) {
            int unit = j;
            double mean = codes.stream().mapToDouble(c -> c[unit]).average().orElseThrow();
            double rho = sparsity.target();
            penalty += rho * Math.log(rho / mean) + (1 - rho) * Math.log((1 - rho) / (1 - mean));
        }
        return error / input.rows() + sparsity.weight() * penalty;
    }

    /** The loss of one layer of a tied stack, given the masked and the clean batch of the stack's input. */
    double layer(AutoencoderSpec spec, int k, Matrix input, float[][] mask) {
        double loss = 0;
        for (int r = 0; r < input.rows(); r++) {
            double[] clean = row(input, r);
            for (int below = 0; below < k; below++) {
                clean = dense(clean, below + "_W", below + "_b", spec.activation());
            }
            double[] masked = clean.clone();
            for (int i = 0; i < masked.length; i++) {
                masked[i] *= mask[r][i];
            }
            double[] y = transposed(
                    dense(masked, k + "_W", k + "_b", spec.activation()), k + "_W", k + "_vb", spec.activation());
            for (int i = 0; i < y.length; i++) {
                loss += spec.activation() == Activation.SIGMOID
                        ? -clean[i] * Math.log(y[i]) - (1 - clean[i]) * Math.log(1 - y[i])
                        : (y[i] - clean[i]) * (y[i] - clean[i]) / y.length;
            }
        }
        return loss / input.rows();
    }
}
