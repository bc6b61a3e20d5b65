package io.github.latent4j.training.fused;

import io.github.latent4j.data.Seeds;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ParameterLayout;
import io.github.latent4j.runtime.ParameterLayout.Block;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.InputCorruption;
import io.github.latent4j.training.Objective;
import io.github.latent4j.training.Step;
import io.github.latent4j.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A VAE's part of a batch. {@code codeSums} are the KL of each latent dimension, {@code codeWeights} 1 for a dimension whose
 * KL costs something and 0 for one within its free bits.
 */
final class VaeShard extends Shard {
    private final int features;
    private final int latent;
    private final int samples;
    private final boolean importance;
    private final Noise noise;
    private final long seed;
    private final InputCorruption corruption;
    private final Batch input;
    private final List<DensePass> encoder;
    private final DensePass mean;
    private final DensePass logVariance;
    private final Batch codes;
    private final Batch codeDelta;
    private final List<DensePass> decoder;
    private final DensePass output;
    private final Criterion criterion;
    private final float[] draws;
    private final float[] deviations;
    private final double[] costs;
    private final double[] shares;
    private final float[] weights;

    VaeShard(
            Memory memory,
            VaeSpec spec,
            TrainingPlan plan,
            InputCorruption corruption,
            Noise noise,
            Parameters parameters,
            int rows) {
        super(new Gradient(memory, parameters.values.length), spec.latent());
        ParameterLayout layout = spec.layout();
        this.features = spec.inputs();
        this.latent = spec.latent();
        Objective objective = plan.objective();
        this.samples = objective.samples();
        this.importance = objective.bound() == Objective.Bound.IWAE && samples > 1;
        this.noise = noise;
        this.seed = plan.seed();
        this.corruption = corruption;
        this.input = new Batch(memory, rows, features);
        Stack stack = new Stack(memory, parameters);
        this.encoder = stack.hidden("e", spec.encoder().size(), spec.activation(), input, rows);
        Batch trunk = encoder.get(encoder.size() - 1).output;
        this.mean = stack.linear(layout.block("pZXMeanW"), layout.block("pZXMeanb"), trunk, rows, false);
        this.logVariance = stack.linear(layout.block("pZXLogStd2W"), layout.block("pZXLogStd2b"), trunk, rows, false);
        int drawn = Math.multiplyExact(rows, samples);
        this.codes = new Batch(memory, drawn, latent);
        this.codeDelta = new Batch(memory, drawn, latent);
        this.decoder = stack.hidden("d", spec.decoder().size(), spec.activation(), codes, drawn);
        Block bias = layout.block("pXZb");
        this.criterion = Criterion.of(spec.likelihood(), features, parameters, bias.offset());
        this.output = stack.linear(
                firstRows(layout.block("pXZW"), criterion.width()),
                firstRows(bias, criterion.width()),
                decoder.get(decoder.size() - 1).output,
                drawn,
                true);
        this.draws = new float[drawn * latent];
        this.deviations = new float[rows * latent];
        this.costs = new double[samples];
        this.shares = new double[samples];
        this.weights = new float[drawn];
    }

    private static Block firstRows(Block block, int outputs) {
        return new Block(block.name(), block.offset(), outputs, block.inputs());
    }

    /** Makes passes that write into this shard's gradient. */
    private final class Stack {
        private final Memory memory;
        private final Parameters parameters;

        Stack(Memory memory, Parameters parameters) {
            this.memory = memory;
            this.parameters = parameters;
        }

        List<DensePass> hidden(String prefix, int depth, Activation activation, Batch from, int rows) {
            List<DensePass> passes = new ArrayList<>();
            Batch last = from;
            for (int k = 0; k < depth; k++) {
                Dense layer = new Dense(
                        parameters.layout.block(prefix + k + "W"),
                        parameters.layout.block(prefix + k + "b"),
                        false,
                        activation);
                passes.add(new DensePass(memory, layer, last, rows, parameters, gradient, false, false));
                last = passes.get(k).output;
            }
            return passes;
        }

        DensePass linear(Block weights, Block bias, Batch from, int rows, boolean last) {
            Dense layer = new Dense(weights, bias, false, Activation.IDENTITY);
            return new DensePass(memory, layer, from, rows, parameters, gradient, last, false);
        }
    }

    @Override
    void encode(Step step, Matrix batch, int from, int count) {
        rows = count;
        Arrays.fill(codeSums, 0);
        if (rows == 0) {
            return;
        }
        readInput(step, batch, from);
        encoder.forEach(pass -> pass.forward(rows));
        mean.linear(rows);
        logVariance.linear(rows);
        for (int i = 0; i < rows * latent; i++) {
            double m = mean.output.values[i];
            double s = logVariance.output.values[i];
            double variance = Math.exp(s);
            deviations[i] = (float) Math.sqrt(variance);
            codeSums[i % latent] += 0.5 * (m * m + variance - 1 - s);
        }
    }

    /** The encoder's input: disturbed, and 0 for what is missing. */
    private void readInput(Step step, Matrix batch, int from) {
        if (corruption.isNone()) {
            input.pushFilled(batch.data(), from * features, rows);
            return;
        }
        System.arraycopy(batch.data(), from * features, input.values, 0, rows * features);
        for (int r = 0; r < rows; r++) {
            corruption.apply(input.values, r * features, corruptionSeed(step.noiseSeed(seed, from + r)));
        }
        input.fillMissing(rows);
        input.push(rows);
    }

    /** Other numbers than those of the draws, with which the disturbance must have nothing in common. */
    static long corruptionSeed(long noiseSeed) {
        return Seeds.mix(noiseSeed, 1);
    }

    @Override
    void learn(Step step, Matrix batch, int from, float[] codeWeights) {
        reconstruction = 0;
        bound = 0;
        kl = Arrays.stream(codeSums).sum();
        if (rows == 0) {
            return;
        }
        int drawn = rows * samples;
        drawCodes(step, from);
        codes.push(drawn);
        decoder.forEach(pass -> pass.forward(drawn));
        output.linear(drawn);
        criterion.begin();
        for (int r = 0; r < rows; r++) {
            compare(batch.data(), (from + r) * features, r, (float) step.klWeight());
        }
        output.propagate(drawn);
        criterion.end(gradient);
        back(output, decoder, drawn);
        DensePass first = decoder.get(0);
        first.toInput(drawn, codeDelta, 0);
        codeDelta.pull(drawn);
        codeGradient((float) step.klWeight(), codeWeights);
        mean.propagate(rows);
        logVariance.propagate(rows);
        Batch trunk = encoder.get(encoder.size() - 1).delta;
        mean.toInput(rows, trunk, 0);
        logVariance.toInput(rows, trunk, 1);
        DensePass last = encoder.get(encoder.size() - 1);
        last.backward(rows);
        back(last, encoder.subList(0, encoder.size() - 1), rows);
    }

    /** Back from a pass that is done through those before it. */
    private static void back(DensePass from, List<DensePass> passes, int rows) {
        DensePass after = from;
        for (int k = passes.size() - 1; k >= 0; k--) {
            after.toInput(rows, passes.get(k).delta, 0);
            passes.get(k).backward(rows);
            after = passes.get(k);
        }
    }

    private void drawCodes(Step step, int from) {
        for (int r = 0; r < rows; r++) {
            noise.draw(step, from + r, draws, r * samples * latent, samples * latent);
            for (int s = 0; s < samples; s++) {
                int code = (r * samples + s) * latent;
                for (int j = 0; j < latent; j++) {
                    codes.values[code + j] =
                            mean.output.values[r * latent + j] + deviations[r * latent + j] * draws[code + j];
                }
            }
        }
    }

    /** Compares an example with its reconstructions, and gives each its weight in the loss. */
    private void compare(float[] x, int xFrom, int row, float klWeight) {
        int width = criterion.width();
        float[] raw = output.output.values;
        double total = 0;
        for (int s = 0; s < samples; s++) {
            costs[s] = criterion.cost(x, xFrom, raw, (row * samples + s) * width);
            total += costs[s];
        }
        reconstruction += total / samples;
        if (importance) {
            importanceWeights(row, klWeight);
        }
        for (int s = 0; s < samples; s++) {
            int sample = row * samples + s;
            weights[sample] = importance ? (float) shares[s] : 1f / samples;
            criterion.weigh(raw, sample * width, weights[sample]);
        }
    }

    /**
     * ln w = ln p(x|z) + β (ln p(z) − ln q(z|x)) of each sample; a sample's share of the gradient is its share of Σ w (Burda
     * et al. 2016, arXiv 1509.00519, equation 13).
     */
    private void importanceWeights(int row, double klWeight) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < samples; s++) {
            double ratio = 0;
            for (int j = 0; j < latent; j++) {
                double z = codes.values[(row * samples + s) * latent + j];
                double draw = draws[(row * samples + s) * latent + j];
                ratio += 0.5 * (draw * draw + logVariance.output.values[row * latent + j] - z * z);
            }
            shares[s] = klWeight * ratio - costs[s];
            largest = Math.max(largest, shares[s]);
        }
        double sum = 0;
        for (int s = 0; s < samples; s++) {
            shares[s] = Math.exp(shares[s] - largest);
            sum += shares[s];
        }
        for (int s = 0; s < samples; s++) {
            shares[s] /= sum;
        }
        bound += largest + Math.log(sum / samples);
    }

    /** From the gradient of the codes to that of the posterior's mean and log variance, with the KL term's. */
    private void codeGradient(float klWeight, float[] codeWeights) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < latent; j++) {
                int i = r * latent + j;
                float deviation = deviations[i];
                float toMean = 0;
                float toLogVariance = 0;
                for (int s = 0; s < samples; s++) {
                    int c = (r * samples + s) * latent + j;
                    float g = codeDelta.values[c];
                    if (importance) {
                        g += weights[r * samples + s] * klWeight * codes.values[c];
                    }
                    toMean += g;
                    toLogVariance += g * 0.5f * deviation * draws[c];
                }
                if (importance) {
                    toLogVariance -= 0.5f * klWeight;
                } else {
                    float weight = klWeight * codeWeights[j];
                    toMean += weight * mean.output.values[i];
                    toLogVariance += weight * 0.5f * (deviation * deviation - 1);
                }
                mean.delta.values[i] = toMean;
                logVariance.delta.values[i] = toLogVariance;
            }
        }
    }
}
